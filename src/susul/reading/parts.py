"""The MIME parts of a message in document order, from RFC 5322 bytes or from a Gmail payload, in one form.

Both readers are loops, not recursions: any depth of nesting is read in linear time. What an attached message holds is
not part of the message: message/rfc822 counts as one part without children.
"""

from __future__ import annotations

import binascii
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from susul.charsets import from_base64, whole
from susul.reading.header_fields import Fields, parameters, split_header

_MOST_PARTS = 10_000  # real mail has a few dozen; beyond this the rest stays unread
ATTACHED_MESSAGES = ("message/rfc822", "message/global", "message/partial", "message/external-body")


@dataclass(frozen=True, slots=True)
class Part:
    """One node of the part tree. ``content`` decodes the transfer encoding when it is called; a multipart has none."""

    header: Fields
    content_type: str
    parameters: Mapping[str, str]
    disposition: str
    filename: str  # as the disposition gives it
    content: Callable[[], bytes] = bytes
    detached: bool = False  # Gmail keeps its content elsewhere (attachmentId)

    @property
    def name(self) -> str:
        return self.filename or self.parameters.get("name", "")

    @property
    def is_multipart(self) -> bool:
        return self.content_type.startswith("multipart/")


def _part(header: Fields, default: str, mime_type: str = "") -> Part:
    declared, found = parameters(header.first("content-type"))
    disposition, placed = parameters(header.first("content-disposition"))
    content_type = mime_type or (declared if "/" in declared else default)
    return Part(header, content_type, found, disposition, placed.get("filename", ""))


def parts_of_bytes(raw: bytes) -> list[Part]:
    """The parts of an RFC 5322 message, the root first (RFC 2046, 5.1, with the tolerance that mail needs)."""
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    header, body = split_header(raw, len(raw) - len(raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")))
    parts = _Splitter(raw).split(header, body)
    if len(parts) > 1 or not parts[0].is_multipart:
        return parts
    # None of the delimiters it announces is there: all there is to show is the text as it stands.
    root = parts[0]
    return [root, Part(root.header, "text/plain", {}, "", "", partial(_decoded, raw, body, len(raw), ""))]


class _Splitter:
    """Walks over the delimiter lines once, with the stack of the multiparts that are open."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.parts: list[Part] = []
        self.open: list[tuple[bytes, str]] = []  # boundary, default type of the children
        self.depth_of: dict[bytes, int] = {}
        self.leaf: tuple[Part, int] | None = None

    def split(self, header: Fields, body: int) -> list[Part]:
        self._begin(header, body, "text/plain")
        for start, end, text in self._delimiters(body) if self.open else ():
            closing = text not in self.depth_of
            boundary = text[:-2] if closing and text.endswith(b"--") else text
            if boundary not in self.depth_of:
                continue
            if len(self.parts) >= _MOST_PARTS:
                break
            self._finish(start)
            self._close(self.depth_of[boundary] + (not closing))
            if not closing:
                header, body = split_header(self.raw, end)
                self._begin(header, body, self.open[-1][1])
        self._finish(len(self.raw))
        return self.parts

    def _delimiters(self, body: int) -> Iterator[tuple[int, int, bytes]]:
        """Each line that begins with ``--``: where it begins (its line break is part of it) and ends, and its text."""
        at = self.raw.find(b"\n--", max(body - 1, 0))
        while at >= 0:
            end = self.raw.find(b"\n", at + 3)
            end = len(self.raw) if end < 0 else end
            yield at, min(end + 1, len(self.raw)), self.raw[at + 3 : end].rstrip(b" \t\r")
            at = self.raw.find(b"\n--", end)

    def _begin(self, header: Fields, body: int, default: str) -> None:
        part = _part(header, default)
        boundary = self._boundary(part, body) if part.is_multipart else b""
        # A boundary that is open already stays the outer one's: its parts are read all the same.
        if boundary and boundary not in self.depth_of:
            self.parts.append(part)
            self.depth_of[boundary] = len(self.open)
            self.open.append((boundary, "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"))
        elif not boundary:
            self.leaf = (part, body)

    def _boundary(self, part: Part, body: int) -> bytes:
        declared = part.parameters.get("boundary", "").rstrip().encode("utf-8", "replace")
        if declared:
            return declared
        guess = next(self._delimiters(body), None)
        return guess[2] if guess else b""

    def _close(self, depth: int) -> None:
        for boundary, _ in self.open[depth:]:
            del self.depth_of[boundary]
        del self.open[depth:]

    def _finish(self, end: int) -> None:
        if self.leaf is None:
            return
        part, start = self.leaf
        self.leaf = None
        if end < len(self.raw) and self.raw[end - 1 : end] == b"\r":
            end -= 1
        encoding = part.header.first("content-transfer-encoding").lower()
        content = partial(_decoded, self.raw, start, max(start, end), encoding)
        # A multipart without any delimiter line is shown as text, too.
        content_type = "text/plain" if part.is_multipart else part.content_type
        self.parts.append(Part(part.header, content_type, part.parameters, part.disposition, part.filename, content))


def _decoded(raw: bytes, start: int, end: int, encoding: str) -> bytes:
    data = raw[start:end]
    if encoding.startswith("base64"):
        return from_base64(data)
    if encoding.startswith("quoted-printable"):
        return binascii.a2b_qp(data)
    return data


def parts_of_payload(payload: Mapping[str, Any]) -> list[Part]:
    """The parts of ``users.messages`` ``payload`` (a MessagePart resource, format=full), the root first."""
    found: list[Part] = []
    waiting: list[Any] = [payload]
    while waiting and len(found) < _MOST_PARTS:
        node = waiting.pop()
        if not isinstance(node, Mapping):
            continue
        part = _payload_part(node)
        found.append(part)
        if part.content_type not in ATTACHED_MESSAGES:
            waiting += reversed(node.get("parts") or ())
    return found


def _payload_part(node: Mapping[str, Any]) -> Part:
    header = Fields(
        (str(field.get("name", "")).lower(), whole(str(field.get("value", "")))) for field in node.get("headers") or ()
    )
    body = node.get("body") or {}
    data = str(body.get("data") or "").encode("ascii", "ignore")
    part = _part(header, "text/plain", str(node.get("mimeType") or "").lower())
    filename = part.filename or whole(str(node.get("filename") or ""))
    detached = bool(body.get("attachmentId")) and not data
    content = partial(from_base64, data)
    return Part(header, part.content_type, part.parameters, part.disposition, filename, content, detached)
