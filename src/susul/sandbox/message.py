"""One stored message: its bytes, kept once, and what Gmail keeps beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from susul.sandbox.search_text import BodyText, HeaderText

Headers = list[tuple[str, str]]

MESSAGE_ID = re.compile(r"<[^<>\s]+>")


@dataclass(slots=True, eq=False)
class StoredMessage:
    """A message as the mailbox holds it. ``rfc_id`` is its Message-ID; the texts are made on the first search."""

    id: str
    thread_id: str
    raw: bytes
    labels: frozenset[str]
    internal_ms: int
    rfc_id: str
    history_id: int = 0
    header_text: HeaderText | None = field(default=None, repr=False)
    body_text: BodyText | None = field(default=None, repr=False)
    snippet: str | None = field(default=None, repr=False)

    @property
    def order(self) -> tuple[int, str]:
        return self.internal_ms, self.id


def split_head(raw: bytes) -> tuple[bytes, bytes]:
    """The header block and the body, at the first empty line (RFC 5322, 2.1)."""
    for gap in (b"\r\n\r\n", b"\n\n"):
        head, found, body = raw.partition(gap)
        if found and (gap == b"\n\n" or b"\n\n" not in head):
            return head, body
    return raw, b""


def read_headers(raw: bytes) -> Headers:
    """Header names and unfolded values as written; encoded words stay encoded."""
    return list(_fields(_text(split_head(raw)[0])))


def _text(head: bytes) -> str:
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError:
        return head.decode("latin-1")


def _fields(head: str) -> Iterable[tuple[str, str]]:
    name, parts = "", list[str]()
    for line in head.replace("\r\n", "\n").split("\n"):
        if line[:1] in (" ", "\t"):
            parts.append(line.strip())
            continue
        if name:
            yield name, " ".join(parts)
        name, colon, value = line.partition(":")
        name, parts = (name.strip() if colon else ""), [value.strip()]
    if name:
        yield name, " ".join(parts)


def header(headers: Headers, name: str) -> str:
    """The first value of ``name``, whatever its case; empty if there is none."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), "")


def decoded(value: str) -> str:
    """``value`` with encoded words (RFC 2047) read; unchanged where they are broken."""
    if "=?" not in value:
        return value
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):
        return value


def references(headers: Headers) -> list[str]:
    """The message ids of References and In-Reply-To, nearest ancestor last."""
    return MESSAGE_ID.findall(f"{header(headers, 'References')} {header(headers, 'In-Reply-To')}")


def own_id(headers: Headers) -> str:
    found = MESSAGE_ID.search(header(headers, "Message-ID"))
    return found.group() if found else ""


def dated_at(headers: Headers) -> datetime | None:
    """The Date header as an aware instant; ``None`` if it is missing or broken."""
    try:
        moment = parsedate_to_datetime(header(headers, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def with_headers(raw: bytes, added: Headers) -> bytes:
    """``raw`` with more header lines in front."""
    return "".join(f"{name}: {value}\r\n" for name, value in added).encode() + raw


def without_headers(raw: bytes, names: Iterable[str]) -> bytes:
    """``raw`` without the header fields of these names, folded lines included."""
    unwanted = {name.lower().encode() for name in names}
    head, body = split_head(raw)
    kept, skipping = [], False
    for line in head.replace(b"\r\n", b"\n").split(b"\n"):
        if line[:1] not in (b" ", b"\t"):
            skipping = line.partition(b":")[0].strip().lower() in unwanted
        if not skipping:
            kept.append(line)
    return b"\r\n".join([*kept, b"", body])
