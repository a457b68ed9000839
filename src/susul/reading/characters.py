"""Text as people see it: the characters that only steer its display are taken out, and there is one line ending."""

from __future__ import annotations

import re

_SPACES = frozenset("\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))))
_BREAKS = frozenset("\r\x0b\x0c\x85\u2028\u2029")
# Zero-width and bidirectional controls (Unicode UAX 9), soft hyphens, byte-order marks, variation selectors, tag
# characters, noncharacters, C0 and C1 controls: invisible, and the usual means to hide a word from a reader.
_RANGES = (
    (0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C),
    (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB), (0xFDD0, 0xFDEF),
    (0xE0000, 0xE0FFF),
)  # fmt: skip
_INVISIBLE = frozenset(chr(code) for first, last in _RANGES for code in range(first, last + 1))
_SPECIAL = _SPACES | _BREAKS | _INVISIBLE
# Ranges are kept as ranges: thousands of single characters would be compared one by one.
_ANY_SPECIAL = re.compile(
    "["
    + "".join(map(re.escape, sorted(_SPACES | _BREAKS)))
    + "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in _RANGES)
    + "]"
)
_ASCII_CONTROLS = bytes([*range(9), *range(0x0E, 0x20), 0x7F])
_ASCII_SPELLED = bytes.maketrans(b"\t\r\x0b\x0c", b" \n\n\n")
# Up to so many different ones it is faster to replace one after the other than to look at each character.
_FEW = 8


def visible(text: str) -> str:
    """``text`` without what cannot be seen, every space a space and every line ending ``\\n``. Linear."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if text.isascii():
        return text.encode("ascii").translate(_ASCII_SPELLED, _ASCII_CONTROLS).decode("ascii")
    special = _SPECIAL.intersection(text)
    if len(special) > _FEW:
        return _ANY_SPECIAL.sub(lambda found: _shown(found.group()), text)
    for character in special:
        text = text.replace(character, _shown(character))
    return text


def _shown(special: str) -> str:
    if special in _SPACES:
        return " "
    return "\n" if special in _BREAKS else ""
