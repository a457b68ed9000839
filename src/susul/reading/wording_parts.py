"""The parts that a wording is made of; each knows where it may end in a text. How they are written: ``wordings``.

``ends`` gives every place where a part that begins at ``at`` may end, in the order in which a regular expression would
try them, each once, and no group is repeated without end: so the work grows with the lengths of text and wording only,
whatever stands in either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A comma, a bracket or a hyphened ending ("PO-nya") may stand between two words of a phrase, and no row of them.
_BETWEEN_WORDS = re.compile(r"(?:-\w{1,4})?[,;:)\"']{0,4}( )[\"'(]{0,4}")
_OPENING = ('"', "'", "(")
# How often a group is repeated where its wording sets no bound: "really very very". It keeps the work linear.
MOST_TIMES = 8
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
        if isinstance(self.part, Sign) and not self.part.is_place:
            found = self._of_letters(self.part, text, at)
        elif isinstance(self.part, _WITH_ONE_END):
            found = self._of_one(text, at)
        else:
            found = self._of_many(text, at)
        return found[:1] if self.keeps else found

    @property
    def may_be_missing(self) -> bool:
        return self.least == 0

    def _of_letters(self, sign: Sign, text: str, at: int) -> Sequence[int]:
        run = _as_many_as_there_are(sign.expression.pattern).match(text, at)
        last = min(run.end() if run else at, at + self.most)
        found = range(at + self.least, int(last) + 1)
        return found if self.lazy else found[::-1]

    def _of_one(self, text: str, at: int) -> Sequence[int]:
        reached = [at]
        while len(reached) <= self.most:
            end = self.part.ends(text, reached[-1])
            if not end or end[0] == reached[-1]:
                break
            reached.append(end[0])
        found = reached[self.least :]
        return found if self.lazy else found[::-1]

    def _of_many(self, text: str, at: int) -> Sequence[int]:
        """Depth first, without recursion: a place that was reached in as many steps before leads nowhere new."""
        found: dict[int, None] = {}
        tried: set[tuple[int, int]] = set()
        path = [self._entered(text, at, 0, found)]
        while path:
            start, count, ends = path[-1]
            step = next(
                ((e, count + 1) for e in ends if (e, count + 1) not in tried and not self._idle(start, e, count)), None
            )
            if step:
                tried.add(step)
                path.append(self._entered(text, *step, found))
            else:
                path.pop()
                if count >= self.least:
                    found.setdefault(start)
        return list(found)

    def _entered(self, text: str, at: int, count: int, found: dict[int, None]) -> tuple[int, int, Iterator[int]]:
        if self.lazy and count >= self.least:
            found.setdefault(at)
        return at, count, iter(self.part.ends(text, at) if count < min(self.most, MOST_TIMES) else ())

    def _idle(self, start: int, end: int, count: int) -> bool:
        """Whether the step takes nothing and isn't needed."""
        return end == start and count >= self.least


@cache
def _as_many_as_there_are(letter: str) -> re.Pattern[str]:
    return re.compile(f"{letter}*")
