"""The parts that a wording is made of; each knows where it may end in a text. How they are written: ``wordings``.

``ends`` gives every place where a part that begins at ``at`` may end, in the order in which a regular expression would
try them, each once: so the work grows with the lengths of text and wording only, whatever stands in either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A comma, a bracket or a hyphened ending ("PO-nya") may stand between two words of a phrase.
_BETWEEN_WORDS = re.compile(r"(?:-\w{1,4})?[,;:)\"']*( )[\"'(]*")
_OPENING = ('"', "'", "(")
_WORD_LETTER = "abcdefghijklmnopqrstuvwxyz0123456789é"


class Part(Protocol):
    """Anything that a wording is made of. Parts are shared between wordings and never change."""

    def ends(self, text: str, at: int) -> Sequence[int]:
        """The places where it may end, the best first; none where it doesn't stand at ``at``."""
        ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True, slots=True, eq=False)
class Letters:
    """These very letters."""

    letters: str

    def ends(self, text: str, at: int) -> Sequence[int]:
        return (at + len(self.letters),) if text.startswith(self.letters, at) else ()


@dataclass(frozen=True, slots=True, eq=False)
class Sign:
    """One letter of a kind (``[.,!]``, ``\\w``), or none: a place (``^``, ``$``, ``\\b``, what stands before it)."""

    expression: re.Pattern[str]
    is_place: bool = False

    def ends(self, text: str, at: int) -> Sequence[int]:
        match = self.expression.match(text, at)
        return (match.end(),) if match else ()

    def is_of_words(self) -> bool:
        """Whether a letter of a word may stand there."""
        return not self.is_place and any(map(self.expression.match, _WORD_LETTER))


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """What may stand between two words."""

    def ends(self, text: str, at: int) -> Sequence[int]:
        if text.startswith(" ", at) and text[at + 1 : at + 2] not in _OPENING:
            return (at + 1,)
        match = _BETWEEN_WORDS.match(text, at)
        return range(match.end(), match.end(1) - 1, -1) if match else ()


SPACE = Space()


@dataclass(frozen=True, slots=True, eq=False)
class AnyWord:
    """Whatever stands up to the next space, and the space."""

    def ends(self, text: str, at: int) -> Sequence[int]:
        end = text.find(" ", at)
        return (end + 1,) if end > at else ()


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """What must come next, or must not; it takes nothing."""

    part: Part
    wanted: bool

    def ends(self, text: str, at: int) -> Sequence[int]:
        return (at,) if bool(self.part.ends(text, at)) is self.wanted else ()


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """One part after the other."""

    parts: tuple[Part, ...]

    def ends(self, text: str, at: int) -> Sequence[int]:
        reached: Sequence[int] = (at,)
        for part in self.parts:
            if len(reached) == 1:
                reached = part.ends(text, reached[0])
            else:
                reached = list(dict.fromkeys(end for start in reached for end in part.ends(text, start)))
            if not reached:
                break
        return reached


@dataclass(frozen=True, slots=True, eq=False)
class Spellings:
    """One of several plain texts: most choices are no more than that, and most of them never come up."""

    texts: tuple[str, ...]
    _by_first: dict[str, tuple[Part, ...]] = field(default_factory=dict, init=False, repr=False)

    def ends(self, text: str, at: int) -> Sequence[int]:
        first = text[at : at + 1]
        options = self._by_first.get(first)
        if options is None:
            options = tuple(plain(one) for one in self.texts if one[:1] in (first, " ", ""))
            self._by_first[first] = options
        if len(options) == 1:
            return options[0].ends(text, at)
        return list(dict.fromkeys(end for option in options for end in option.ends(text, at)))


@cache
def plain(text: str) -> Part:
    """Words and the spaces between them."""
    parts: list[Part] = []
    for number, word in enumerate(text.split(" ")):
        parts += [SPACE] * (number > 0) + [Letters(word)] * bool(word)
    return parts[0] if len(parts) == 1 else Chain(tuple(parts))


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of several."""

    options: tuple[Part, ...]
    _by_first: dict[str, tuple[Part, ...]] = field(default_factory=dict, init=False, repr=False)

    def ends(self, text: str, at: int) -> Sequence[int]:
        first = text[at : at + 1]
        options = self._by_first.get(first)
        if options is None:
            options = tuple(option for option in self.options if _first_letter(option) in ("", first))
            self._by_first[first] = options
        if len(options) == 1:
            return options[0].ends(text, at)
        return list(dict.fromkeys(end for option in options for end in option.ends(text, at)))


def _first_letter(part: Part) -> str:
    """The letter that it begins with; empty where that is not certain."""
    while isinstance(part, Chain) and part.parts:
        part = part.parts[0]
    return part.letters[0] if isinstance(part, Letters) else ""


_WITH_ONE_END = (Letters, Sign, AnyWord)


@dataclass(frozen=True, slots=True, eq=False)
class Repeat:
    """The same several times, as often as can be; ``lazy``: as seldom as can be. ``keeps`` gives nothing back."""

    part: Part
    least: int
    most: float
    lazy: bool = False
    keeps: bool = False

    def ends(self, text: str, at: int) -> Sequence[int]:
        found = self._of_one(text, at) if isinstance(self.part, _WITH_ONE_END) else self._of_many(text, at)
        return found[:1] if self.keeps else found

    @property
    def may_be_missing(self) -> bool:
        return self.least == 0

    def _of_one(self, text: str, at: int) -> list[int]:
        reached = [at]
        while len(reached) <= self.most:
            end = self.part.ends(text, reached[-1])
            if not end or end[0] == reached[-1]:
                break
            reached.append(end[0])
        found = reached[self.least :]
        return found if self.lazy else found[::-1]

    def _of_many(self, text: str, at: int) -> list[int]:
        return list(dict.fromkeys(self._from(text, at, 0, set())))

    def _from(self, text: str, at: int, count: int, seen: set[tuple[int, int]]) -> Iterator[int]:
        if (at, count) in seen:
            return
        seen.add((at, count))
        enough = count >= self.least
        if enough and self.lazy:
            yield at
        if count < self.most:
            for end in self.part.ends(text, at):
                if end != at or count < self.least:
                    yield from self._from(text, end, count + 1, seen)
        if enough and not self.lazy:
            yield at
