"""Text as people see it: the characters that only steer its display are taken out, and there is one line ending."""

from __future__ import annotations

import re

_SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = "\r\x0b\x0c\x85\u2028\u2029"
# Zero-width and bidirectional controls (Unicode UAX 9), soft hyphens, byte-order marks, variation selectors, tag
# characters, noncharacters, C0 and C1 controls: invisible, and the usual means to hide a word from a reader.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufdd0-\ufdef\U000e0000-\U000e0fff"
)
_SPECIAL = re.compile(f"([{_SPACES}])|([{_BREAKS}])|[{_INVISIBLE}]+")
_ASCII_CONTROLS = bytes([*range(9), *range(0x0E, 0x20), 0x7F])
_ASCII_SPELLED = bytes.maketrans(b"\t\r\x0b\x0c", b" \n\n\n")


def visible(text: str) -> str:
    """``text`` without what cannot be seen, every space a space and every line ending ``\\n``. Linear."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if text.isascii():
        return text.encode("ascii").translate(_ASCII_SPELLED, _ASCII_CONTROLS).decode("ascii")
    return _SPECIAL.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    if found.group(1):
        return " "
    return "\n" if found.group(2) else ""
