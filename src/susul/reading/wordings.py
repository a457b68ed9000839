"""How a phrase is written in the language data, and what it takes for one to match.

A wording is the words themselves. ``(a|b)`` is a choice, ``(a )?`` may be missing, ``{name}`` stands for the list of
that name in ``[words]``; ``..``, ``...`` and ``....`` stand for up to two, six and fourteen words. ``[.,!]``, ``\\w``,
``*``, ``+``, ``{1,4}``, ``(?!not this)``, ``^`` and ``$`` mean what they mean in a regular expression, and match as
there, but that ``(a |b )*`` stops after eight. A match begins and ends at the edges of words.

Wordings are not made into regular expressions: of the two thousand that there are one run needs a few hundred, and to
compile one of them takes as long as to read several messages.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from susul.reading.wording_needs import Need, needs_of, openers_of, rarest_first
from susul.reading.wording_syntax import Lists, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from susul.reading.sentences import Places, Sentence
    from susul.reading.wording_parts import Part

Span = tuple[int, int]


class Wording:
    """One wording. It is read when it is first needed; ValueError or KeyError where it is not well written."""

    def __init__(self, text: str, lists: Lists) -> None:
        self.text = text
        self._lists = lists
        self._known = lists.known.of(text) if lists.known else None

    def first_in(self, sentence: Sentence, places: Places) -> Span | None:
        """Its first match in a sentence. ``places``: where each word of it starts; only there is tried."""
        text = sentence.folded
        if self._begins_anywhere:
            return self.search(text)
        opening = (self.openers or frozenset()) & sentence.words
        return self._first(text, sorted(place for word in opening for place in places[word]))

    def is_within(self, sentence: Sentence, places: Places, start: int, end: int) -> bool:
        """Whether it matches in a part of a sentence, which is read as if it ended there."""
        if any(need.isdisjoint(sentence.words) for need in self.needs):
            return False
        if self._begins_anywhere:
            return self.search(sentence.folded[start:end]) is not None
        opening = (self.openers or frozenset()) & sentence.words
        spots = (place for word in opening for place in places[word] if start <= place < end)
        return self._first(sentence.folded[:end], spots) is not None

    def found_in(self, text: str, present: frozenset[bytes]) -> Span | None:
        """Its first match in ``text``, a part of a sentence with the words ``present``."""
        return None if any(need.isdisjoint(present) for need in self.needs) else self.search(text)

    def search(self, text: str) -> Span | None:
        """Its first match anywhere in ``text``."""
        return self._first(text, (0,) if self.text.startswith("^") else range(len(text) + 1))

    def _first(self, text: str, spots: Iterable[int]) -> Span | None:
        for at in spots:
            if at and _is_letter(text, at - 1) and text[at : at + 1] != "'":
                continue
            for end in self._part.ends(text, at):
                if not _is_letter(text, end):
                    return at, end
        return None

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """The words that it can't do without, what is hardest to meet first; none where it has no word of its own."""
        if self._known:
            return self._known[1]
        needs = needs_of(self._part)
        return needs if self.openers is None else rarest_first((*needs, self.openers))

    @cached_property
    def openers(self) -> Need | None:
        """The words of which a match begins with one; None where that can't be told."""
        return self._known[0] if self._known else openers_of(self._part)

    @property
    def _begins_anywhere(self) -> bool:
        return self.openers is None or self.text.startswith("^")

    @cached_property
    def _part(self) -> Part:
        return parts_of(self.text, self._lists)


def _is_letter(text: str, at: int) -> bool:
    letter = text[at : at + 1]
    return letter.isalnum() or letter == "_"
