"""Where in a text days may be named: the neighbourhoods of date words and of dates in figures.

A mail is mostly other words. Its letters are compared with the lexicon by C-speed primitives, and only what stands
around a hit is looked at closely.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from susul.reading.dates.lexicon import Lexicon

# The sentence before a date says how it is meant, the line after it at what time.
BEFORE, AFTER = 80, 90
# No mail names so many days; beyond them a text is hostile or a table.
MOST_ANCHORS = 500

_LETTERS = bytes(ord(chr(byte).lower()) if chr(byte).isalpha() and byte < 128 else 32 for byte in range(256))
_DIGITS = bytes(48 if chr(byte).isdigit() and byte < 128 else byte for byte in range(256))
# Over text whose digits are all 0: literals are searched for at the speed of C, and most mails hold none of these.
_SEPARATED = (b"0/0", b"0-0", b"0.0")
_FIGURES = re.compile(rb"0{1,4}(?:/0{1,2}(?:/0{2,4}|(?!0))|-0{1,2}-0{2,4}|\.0{1,2}\.0{2,4})")
_SPACE = re.compile(r"\s")
_UNBROKEN = 60  # a longer run without white space is cut where it comes
_YEAR = re.compile(rb"[0-9]")
_YEAR_REACH = 40  # as far behind "early" or "the end of" as the figures of its year or month may stand


def neighbourhoods(text: str, words: Lexicon) -> list[tuple[int, int]]:
    """The stretches of ``text`` in which days may be named, in order, none overlapping another."""
    stretches: list[tuple[int, int]] = []
    for place in _anchors(text, words):
        start, end = max(0, place - BEFORE), min(len(text), place + AFTER)
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    return [_at_spaces(text, start, end) for start, end in stretches]


def _anchors(text: str, words: Lexicon) -> list[int]:
    # One byte a character, so that places in the bytes are places in the text.
    plain = text.encode("ascii", "replace")
    found = [
        *islice(_words_found(text, plain, words), MOST_ANCHORS),
        *islice(_figures_found(plain), MOST_ANCHORS),
    ]
    found.sort()
    return found[:MOST_ANCHORS]


def _figures_found(plain: bytes) -> Iterator[int]:
    shape = plain.translate(_DIGITS)
    if any(separated in shape for separated in _SEPARATED):
        yield from (match.start() for match in _FIGURES.finditer(shape))


def _words_found(text: str, plain: bytes, words: Lexicon) -> Iterator[int]:
    letters = b" " + plain.translate(_LETTERS) + b" "
    present = frozenset(letters.split())
    for anchor in sorted(words.anchors & present):
        yield from _places(letters, anchor)
    for part in sorted(words.parts & present) if _YEAR.search(plain) else ():
        yield from (at for at in _places(letters, part) if _YEAR.search(plain, at, at + _YEAR_REACH))
    if words.foreign_anchors:
        foreign = re.compile("|".join(map(re.escape, words.foreign_anchors)), re.IGNORECASE)
        yield from (match.start() for match in foreign.finditer(text))


def _places(letters: bytes, word: bytes) -> Iterator[int]:
    needle = b" " + word + b" "
    place = letters.find(needle)
    while place >= 0:
        yield place
        place = letters.find(needle, place + len(needle) - 1)


def _at_spaces(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch moved to white space at both ends, so that no word or number is cut."""
    if start:
        space = _SPACE.search(text, start, start + _UNBROKEN)
        start = space.end() if space else start
    if end < len(text):
        space = _SPACE.search(text, end, end + _UNBROKEN)
        end = space.start() if space else end
    return start, end
