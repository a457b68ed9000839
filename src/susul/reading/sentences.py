"""A writer's words, ready to be searched: one spacing, small letters beside the original, sentences on demand."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from susul import languages

if TYPE_CHECKING:
    from collections.abc import Iterator

# Longer "sentences" (lists without full stops, one-line mails) are read in pieces of this size, which overlap.
_LONGEST, _OVERLAP = 600, 150
# Of a text longer than these together, only the beginning and the end are read (characters).
_HEAD, _TAIL = 60_000, 15_000
_LONGEST_PART = 20_000
# A line at least this long was broken by the mail program, so the sentence goes on below it.
_WRAPPED = 46

_LOOKS_ALIKE = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("\u00a0", " "))
_SPARE_SPACE = re.compile(r"[ \t\r\f\v]+(?=[ \t\r\f\v\n])")
_OTHER_SPACE = str.maketrans("\t\r\f\v", "    ")
_PARAGRAPH = re.compile(r"\n\n+")
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"')\]]*+(?=\s|$)|\n+")
_LIST_MARK = re.compile(r"[-*•·]|\(?\d{1,2}[.)] |\(?[a-z][.)] ")
_WORD = re.compile(rb"[a-z0-9]+")
_NOT_WORD = bytes(byte if chr(byte).isalnum() and byte < 128 else 32 for byte in range(256))


# Where each word of a sentence starts.
Places = dict[bytes, list[int]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the prose: its place, its text in small letters on one line, and the words in it."""

    start: int
    end: int
    folded: str
    words: frozenset[bytes]


def words(text: str) -> list[bytes]:
    """The words of small-letter text, cut at everything that is not a letter or digit (outside ASCII: "?")."""
    return text.encode("ascii", "replace").translate(_NOT_WORD).split()


def places(text: str) -> Places:
    """Where each word of small-letter text starts; behind an apostrophe ("we'll"), also at the apostrophe."""
    found: Places = {}
    for match in _WORD.finditer(text.encode("ascii", "replace")):
        start = match.start()
        spots = found.setdefault(match.group(), [])
        if start and text[start - 1] == "'":
            spots.append(start - 1)
        spots.append(start)
    return found


class Prose:
    """One text with single spaces. ``folded`` has the same length as ``text``, letter for letter."""

    def __init__(self, original: str) -> None:
        self.text, self._cuts = _single_spaced(_plain(original))
        self.folded = _folded(self.text)
        self.answers: dict[object, bool] = {}  # of questions about the whole text, asked once
        self._paragraphs = [0, *(match.end() for match in _PARAGRAPH.finditer(self.text))]

    def moved(self, position: int) -> int:
        """Where a position of the original text lies in this one."""
        if not self._cuts:
            return position
        index = bisect_right(self._cuts, (position, 0)) - 1
        if index < 0:
            return position
        start, removed_before = self._cuts[index]
        return position - removed_before if position > start else position

    def sentences(self) -> Iterator[Sentence]:
        """The sentences, endless ones in pieces. What the text repeats comes only once."""
        paragraphs, sentences = set(), set()
        for start, end in self._parts():
            paragraph = self.folded[start:end]
            if paragraph not in paragraphs:
                paragraphs.add(paragraph)
                for piece, text in self._pieces(start, end):
                    if (told := text.strip()) and told not in sentences:
                        sentences.add(told)
                        yield self._sentence(piece, text)

    def _parts(self) -> Iterator[tuple[int, int]]:
        """The paragraphs; of a very long text those at its beginning and its end, where letters say what they want."""
        length = len(self.text)
        for start, end in pairwise((*self._paragraphs, length)):
            for first in range(start, end, _LONGEST_PART):
                last = min(end, first + _LONGEST_PART)
                if first < _HEAD or last > length - _TAIL:
                    yield first, last

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        for first, last in pairwise((*self._starts(start, end), end)):
            for piece in range(first, last, _LONGEST):
                yield piece, self.folded[piece : min(last, piece + _LONGEST + _OVERLAP)]

    def _sentence(self, start: int, text: str) -> Sentence:
        lead = len(text) - len(text.lstrip())
        line = text[lead:].replace("\n", " ")
        return Sentence(start + lead, start + len(text), line, frozenset(words(line)))

    def _starts(self, start: int, end: int) -> list[int]:
        starts, line = [start], start
        for match in _STOP.finditer(self.folded, start, end):
            if match.group()[0] == "\n":
                if not self._goes_on(line, match.start()):
                    starts.append(match.end())
                line = match.end()
            elif match.group()[0] != "." or not self._abbreviation(starts[-1], match.start()):
                starts.append(match.end())
        return [place for place in dict.fromkeys(starts) if place < end] or [start]

    def _goes_on(self, line: int, newline: int) -> bool:
        """True where a line break is the mail program's, not the writer's."""
        return newline - line >= _WRAPPED and not _LIST_MARK.match(self.folded, newline + 1)

    def _abbreviation(self, sentence: int, stop: int) -> bool:
        before = self.folded[max(sentence, stop - 12) : stop].strip()
        word = before.rpartition(" ")[2].rpartition("\n")[2].lstrip("(")
        list_number = word.isdigit() and word == before and len(word) < 3
        return list_number or (len(word) == 1 and word.isalpha()) or word in _abbreviations()


def _plain(text: str) -> str:
    if text.isascii():
        return text
    for fancy, plain in _LOOKS_ALIKE:
        text = text.replace(fancy, plain)
    return text


def _single_spaced(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without doubled spaces, and where they were: (position, characters removed up to its end)."""
    if not any(space in text for space in ("  ", " \n", "\t", "\r")):
        return text, []
    cuts, removed = [], 0
    for match in _SPARE_SPACE.finditer(text):
        removed += match.end() - match.start()
        cuts.append((match.start(), removed))
    return _SPARE_SPACE.sub("", text).translate(_OTHER_SPACE), cuts


def _folded(text: str) -> str:
    folded = text.lower()
    if len(folded) == len(text):
        return folded
    # A few capitals (U+0130) have two small letters, which would shift every place behind them.
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(
        word
        for code in languages.codes()
        for word in str(languages.table(code, "phrases").get("abbreviations", "")).split()
    )
