"""Many reads in one request: multipart/mixed with one application/http part each.

Written and read here rather than by the client library, because that loses the whole batch when one part is missing
from the answer, sends a refused part again by itself, and writes the access token into every part.
Source: https://developers.google.com/workspace/gmail/api/guides/batch
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# A part of ours is one GET line, so no part can hold a line that looks like this.
BOUNDARY = "susul_batch"
CONTENT_TYPE = f'multipart/mixed; boundary="{BOUNDARY}"'

_PART = re.compile(
    r"\r\nContent-Type: application/http\r\nContent-ID: <susul \+ (\d{1,4})>\r\n\r\n"
    r"([A-Z]{1,10}) (\S{1,8192}) HTTP/1\.1\r\n\r\n"
)
_ANSWERED = re.compile(rb"content-id:[^\r\n]{0,200}susul ?\+ ?(\d{1,4})>", re.IGNORECASE)
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})\b")


@dataclass(frozen=True, slots=True)
class Part:
    """The answer to one part: HTTP status, headers by lower-case name, body."""

    status: int
    headers: dict[str, str]
    body: bytes


def encode(targets: Sequence[str]) -> str:
    """The body of a batch of GETs. ``targets`` are paths with their queries."""
    parts = (
        f"--{BOUNDARY}\r\nContent-Type: application/http\r\nContent-ID: <susul + {number}>\r\n\r\n"
        f"GET {target} HTTP/1.1\r\n\r\n"
        for number, target in enumerate(targets)
    )
    return "".join(parts) + f"--{BOUNDARY}--\r\n"


def requests_in(body: str) -> list[tuple[str, str]] | None:
    """Verb and target of each part, or None where the body isn't exactly of the form that ``encode`` writes.

    The allow-list reads batches with this: a form that it doesn't know could hide a call from it.
    """
    first, *parts = body.split(f"--{BOUNDARY}")
    if first or not parts or parts[-1] != "--\r\n":
        return None
    found = [_PART.fullmatch(part) for part in parts[:-1]]
    return [(match[2], match[3]) for match in found if match] if found and all(found) else None


def decode(content: bytes, content_type: str) -> dict[int, Part]:
    """The answers by the number of their request. Parts that are missing or broken are left out."""
    boundary = re.search(r'boundary="?([^";,\s]{1,200})', content_type)
    if not boundary:
        return {}
    pieces = content.split(b"--" + boundary[1].encode())[1:]
    return dict(answer for piece in pieces if (answer := _answer(piece)))


def _answer(piece: bytes) -> tuple[int, Part] | None:
    outer, inner = _halves(piece)
    head, body = _halves(inner)
    number, status = _ANSWERED.search(outer), _STATUS.match(head)
    if not number or not status:
        return None
    return int(number[1]), Part(int(status[1]), _headers(head), body.rstrip(b"\r\n"))


def _halves(piece: bytes) -> tuple[bytes, bytes]:
    """Head and body, parted by the first empty line, whichever way lines end."""
    piece = piece.lstrip(b"\r\n")
    ends = [(at, len(gap)) for gap in (b"\r\n\r\n", b"\n\n") if (at := piece.find(gap)) >= 0]
    if not ends:
        return piece, b""
    at, width = min(ends)
    return piece[:at], piece[at + width :]


def _headers(head: bytes) -> dict[str, str]:
    lines = head.decode("latin-1").splitlines()[1:]
    pairs = (line.split(":", 1) for line in lines if ":" in line)
    return {name.strip().lower(): value.strip() for name, value in pairs}
