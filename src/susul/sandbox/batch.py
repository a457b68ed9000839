"""Batch requests: multipart/mixed in and out (https://developers.google.com/workspace/gmail/api/guides/batch)."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from susul.sandbox.routing import Call, Reply, invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_PARTS = 100
BOUNDARY = "batch_susul_sandbox"


@dataclass(frozen=True, slots=True)
class Part:
    """One inner call and its Content-ID without the brackets."""

    content_id: str
    call: Call


def read(outer: Call) -> list[Part]:
    """The calls inside; 400 for a body that is none, or that holds more than Google takes."""
    kind = outer.headers.get("content-type", "").encode("latin-1", "replace")
    whole = message_from_bytes(b"Content-Type: " + kind + b"\r\n\r\n" + outer.body)
    pieces = whole.get_payload()
    if not isinstance(pieces, list):
        raise invalid("Failed to parse batch request, error: Missing a boundary.", "badRequest")
    if len(pieces) > MOST_PARTS:
        message = f"Inner request count exceeds the limit. Received: {len(pieces)}, Limit: {MOST_PARTS}"
        raise invalid(message, "badRequest")
    return [_part(piece, outer) for piece in pieces if isinstance(piece, Message)]


def _part(piece: Message, outer: Call) -> Part:
    data = piece.get_payload(decode=True)
    head, _, rest = (data if isinstance(data, bytes) else b"").lstrip().replace(b"\r\n", b"\n").partition(b"\n")
    words = head.decode("latin-1").split(" ")
    if len(words) < 2:
        raise invalid("Failed to parse batch request, error: Invalid request line.", "badRequest")
    fields, _, body = rest.partition(b"\n\n") if not rest.startswith(b"\n") else (b"", b"", rest[1:])
    headers = {name.lower(): value for name, value in message_from_bytes(fields + b"\n\n").items()}
    headers.setdefault("authorization", outer.headers.get("authorization", ""))
    place = urlsplit(words[1])
    query = parse_qs(place.query, keep_blank_values=True)
    call = Call(words[0].upper(), place.path, query, headers, body.rstrip(b"\n"), in_batch=True)
    return Part((piece.get("Content-ID") or "").strip().strip("<>"), call)


def write(answers: Sequence[tuple[Part, Reply]]) -> Reply:
    """The answers as the client reads them: each names its call in Content-ID ``<response-…>``."""
    lines: list[bytes] = []
    for part, reply in answers:
        head = [f"--{BOUNDARY}", "Content-Type: application/http"]
        if part.content_id:
            head.append(f"Content-ID: <response-{part.content_id}>")
        head += ["", f"HTTP/1.1 {reply.status} {_phrase(reply.status)}", f"Content-Type: {reply.content_type}"]
        head += [f"{name}: {value}" for name, value in reply.headers.items()]
        head += [f"Content-Length: {len(reply.body)}", "", ""]
        lines += ["\r\n".join(head).encode(), reply.body, b"\r\n"]
    lines.append(f"--{BOUNDARY}--\r\n".encode())
    return Reply(200, b"".join(lines), f"multipart/mixed; boundary={BOUNDARY}")


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase
