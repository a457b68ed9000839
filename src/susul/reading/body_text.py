"""The plain text of a text part: its charset, its line endings, and format=flowed (RFC 3676) undone. Linear."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from susul.charsets import decode_text

if TYPE_CHECKING:
    from susul.reading.parts import Part

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_META_WITHIN = 2048
_SIGNATURE = "-- "


def text_of_part(part: Part) -> str:
    """What a text/plain or text/html part says, with ``\\n`` line endings."""
    data = part.content()
    declared = part.parameters.get("charset", "")
    if not declared and part.content_type == "text/html":
        meta = _META_CHARSET.search(data, 0, _META_WITHIN)
        declared = meta[1].decode("ascii") if meta else ""
    text = decode_text(data, declared).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if part.parameters.get("format", "").lower() == "flowed" and part.content_type == "text/plain":
        return unflowed(text, delete_space=part.parameters.get("delsp", "").lower() == "yes")
    return text


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """Flowed lines joined to the paragraphs that were typed (RFC 3676, 4.1 to 4.4); quote marks stay at each start."""
    out: list[str] = []
    paragraph: list[str] = []
    depth = 0
    for line in text.split("\n"):
        content = line.lstrip(">")
        level = len(line) - len(content)
        content = content.removeprefix(" ")
        if paragraph and (level != depth or content == _SIGNATURE):
            out.append(_quoted(depth, "".join(paragraph)))
            paragraph = []
        depth = level
        flows = content.endswith(" ") and content != _SIGNATURE
        paragraph.append(content[:-1] if flows and delete_space else content)
        if not flows:
            out.append(_quoted(depth, "".join(paragraph)))
            paragraph = []
    if paragraph:
        out.append(_quoted(depth, "".join(paragraph)))
    return "\n".join(out)


def _quoted(depth: int, text: str) -> str:
    return f"{'>' * depth} {text}" if depth else text
