"""Stored bytes as the API shows them: the part tree, attachments, the snippet.

https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages: bodies are base64url, written here
without padding; a part with a file name is not inlined but fetched by its attachment id.
"""

from __future__ import annotations

import html
import re
from base64 import b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from email import message_from_bytes
from email.message import Message
from typing import TYPE_CHECKING, TypeAlias

from susul.sandbox.message import Headers, decoded, read_headers, split_head
from susul.sandbox.routing import Json, invalid, not_found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from susul.sandbox.message import StoredMessage

Part: TypeAlias = "Message[str, str]"

SNIPPET_LENGTH = 200
TAG = re.compile(r"<[^<>]*>")
UNSEEN = re.compile(r"<(style|script|head)\b[^<>]*>", re.IGNORECASE)


def encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: object) -> bytes:
    """The bytes of a base64url field of a request, padded or not; 400 if it is none."""
    if not isinstance(text, str):
        raise invalid("Invalid value for ByteString")
    try:
        plain = text.replace("+", "-").replace("/", "_").rstrip("=").encode("ascii")
        return b64decode(plain + b"=" * (-len(plain) % 4), altchars=b"-_", validate=True)
    except (Base64Error, UnicodeEncodeError) as error:
        raise invalid("Invalid value for ByteString") from error


def parsed(raw: bytes) -> Part:
    return message_from_bytes(raw)


def charset(part: Part) -> str:
    found = part.get_param("charset")
    return found if isinstance(found, str) else "utf-8"


def content(part: Part) -> bytes:
    """The part's bytes with the transfer encoding undone."""
    if part.is_multipart():
        return b""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def text_of(part: Part) -> str:
    """The part as text, whatever its charset claims."""
    data = content(part)
    for name in (charset(part), "utf-8"):
        try:
            return data.decode(name)
        except (LookupError, ValueError):
            continue
    return data.decode("windows-1252", "replace")


def file_name(part: Part) -> str:
    return decoded(part.get_filename() or "")


def children(part: Part) -> list[Part]:
    nested = part.get_payload()
    return [one for one in nested if isinstance(one, Message)] if isinstance(nested, list) else []


def walk(part: Part, part_id: str = "") -> Iterator[tuple[str, Part]]:
    """Every part with its id: the root is empty, its children 0, 1, theirs 0.0, 0.1."""
    pending = [(part_id, part)]
    while pending:
        own_id, one = pending.pop()
        yield own_id, one
        below = [(f"{own_id}.{n}" if own_id else str(n), child) for n, child in enumerate(children(one))]
        pending.extend(reversed(below))


def plain_text(raw: bytes) -> str:
    """The text of all text parts, markup taken out, in order."""
    texts = []
    for _, part in walk(parsed(raw)):
        kind = part.get_content_type()
        if kind in {"text/plain", "text/html"} and not part.get_filename():
            texts.append(without_markup(text_of(part)) if kind == "text/html" else text_of(part))
    return "\n".join(texts)


def without_markup(markup: str) -> str:
    pieces = UNSEEN.split(markup)
    seen = [pieces[0]]
    for name, after in zip(pieces[1::2], pieces[2::2], strict=False):
        seen.append(after.partition(f"</{name}>")[2] or after)
    return html.unescape(TAG.sub(" ", " ".join(seen)))


def snippet(message: StoredMessage) -> str:
    """The first words, with HTML entities, as the API writes them."""
    if message.snippet is None:
        message.snippet = _first_words(message.raw)
    return message.snippet


def _first_words(raw: bytes) -> str:
    for _, part in walk(parsed(raw)):
        kind = part.get_content_type()
        if kind in {"text/plain", "text/html"} and not part.get_filename():
            text = text_of(part)[: SNIPPET_LENGTH * 20]
            words = " ".join((without_markup(text) if kind == "text/html" else text).split())
            if words:
                return html.escape(words[:SNIPPET_LENGTH]).replace("&#x27;", "&#39;")
    return ""


def header_list(headers: Headers) -> list[Json]:
    return [{"name": name, "value": decoded(value)} for name, value in headers]


def metadata_payload(message: StoredMessage, wanted: Iterable[str]) -> Json:
    """Headers only; all of them if ``wanted`` is empty."""
    names = {name.lower() for name in wanted}
    headers = [(name, value) for name, value in read_headers(message.raw) if not names or name.lower() in names]
    return {"mimeType": parsed(split_head(message.raw)[0]).get_content_type(), "headers": header_list(headers)}


def full_payload(message: StoredMessage, *, text_as_utf8: bool = False) -> Json:
    """The whole part tree. ``text_as_utf8`` recodes text parts, which live Gmail may or may not do."""
    root = _part_json(message, parsed(message.raw), "", text_as_utf8)
    root["headers"] = header_list(read_headers(message.raw))
    return root


def _part_json(message: StoredMessage, part: Part, part_id: str, utf8: bool) -> Json:
    name = file_name(part)
    shown: Json = {
        "partId": part_id,
        "mimeType": part.get_content_type(),
        "filename": name,
        "headers": [{"name": key, "value": " ".join(decoded(str(value)).split())} for key, value in part.items()],
        "body": _body_json(message, part, part_id, utf8),
    }
    below = children(part)
    if below:
        prefix = f"{part_id}." if part_id else ""
        shown["parts"] = [_part_json(message, child, f"{prefix}{n}", utf8) for n, child in enumerate(below)]
    return shown


def _body_json(message: StoredMessage, part: Part, part_id: str, utf8: bool) -> Json:
    if part.is_multipart():
        if part.get_content_type() == "message/rfc822" and part.get_filename():
            return {"attachmentId": attachment_id(message, part_id), "size": len(_nested_bytes(part))}
        return {"size": 0}
    data = content(part)
    if part.get_filename() or part.get_content_maintype() not in {"text", "message"}:
        return {"attachmentId": attachment_id(message, part_id), "size": len(data)}
    if utf8 and part.get_content_maintype() == "text":
        data = text_of(part).encode("utf-8", "replace")
    return {"size": len(data), "data": encode(data)} if data else {"size": 0}


def _nested_bytes(part: Part) -> bytes:
    return b"".join(child.as_bytes() for child in children(part))


def attachment_id(message: StoredMessage, part_id: str) -> str:
    return "ANGjdJ" + encode(f"{message.id}:{part_id}".encode())


def attachment(message: StoredMessage, wanted: str) -> bytes:
    """The bytes behind an attachment id; 404 if the message has no such part."""
    for part_id, part in walk(parsed(message.raw)):
        if attachment_id(message, part_id) == wanted:
            return _nested_bytes(part) if part.is_multipart() else content(part)
    raise not_found()


def has_attachment(raw: bytes) -> bool:
    return any(part.get_filename() for _, part in walk(parsed(raw)))


def message_json(message: StoredMessage, form: str, wanted: Iterable[str] = (), *, text_as_utf8: bool = False) -> Json:
    """A message in ``minimal``, ``metadata``, ``full`` or ``raw`` form."""
    shown: Json = {
        "id": message.id,
        "threadId": message.thread_id,
        "labelIds": sorted(message.labels),
        "snippet": snippet(message),
        "sizeEstimate": len(message.raw),
        "historyId": str(message.history_id),
        "internalDate": str(message.internal_ms),
    }
    if form == "full":
        shown["payload"] = full_payload(message, text_as_utf8=text_as_utf8)
    elif form == "metadata":
        shown["payload"] = metadata_payload(message, wanted)
    elif form == "raw":
        shown["raw"] = encode(message.raw)
    return shown


def short_json(message: StoredMessage) -> Json:
    """What changes answer with: ids and labels."""
    return {"id": message.id, "threadId": message.thread_id, "labelIds": sorted(message.labels)}
