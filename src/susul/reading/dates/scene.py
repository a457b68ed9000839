"""What the reading of dates stands on: the terms of a stretch of text, the day of writing, and what is found there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from susul.reading.dates.lexicon import END, PARAGRAPH, Term, VerbForms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from susul.days import BusinessDays


class Preposition(StrEnum):
    """How a date is attached in its sentence: "on Friday", "by Friday", "within 3 days"; BARE where nothing does it."""

    ON = "on"
    BY = "by"
    WITHIN = "within"
    AFTER = "after"
    FROM = "from"
    UNTIL = "until"
    BEFORE = "before"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Found:
    """Days read in the terms up to (not including) ``stop``; ``first`` is None for "from now on, until ``last``"."""

    stop: int
    first: date | None
    last: date
    preposition: Preposition = Preposition.BARE  # the one that the words themselves carry
    past: bool = False  # the words themselves say so: "last Friday"
    loose: bool = False  # the day before or the day to come, as the sentence has it: "Monday", "3 July"
    repeatable: bool = True  # "every" before it makes it a habit; a day with its year happens once
    weekday: int | None = None  # a weekday and nothing else
    whole: bool = False  # a whole week, month, quarter or year: "before August" ends where it begins
    ignored: bool = False  # it only looks like a date: office hours


MARGIN = 40
PARTS_OF_DAY = ("clock.morning", "clock.midday", "clock.afternoon", "clock.evening")
_JOINERS = frozenset({"joiners.range", "joiners.either", "joiners.both"})
_DAY = 12  # terms: no day is said in more
_SKIPPED = 3  # terms: more small words than these do not stand between the words of one day
_PADDING = (END,) * MARGIN


def padded(terms: Sequence[Term]) -> Sequence[Term]:
    """The terms of a stretch as a ``Scene`` wants them."""
    return (*_PADDING, *terms, *_PADDING)


class Surroundings(NamedTuple):
    """The senses of the words in the sentence and in the clause around a day, and the places of the clause's terms."""

    sentence: frozenset[str]
    clause: frozenset[str]
    places: tuple[int, ...]


@dataclass(slots=True)
class Scene:
    """A stretch of a mail being read. ``today`` is the local day of writing; ``backwards`` reads towards the past.

    Places count from the first term; ``padded`` has ``MARGIN`` empty terms on either side, so that looking a few terms
    ahead or back needs no care.
    """

    text: str
    padded: Sequence[Term]
    wrote_at: datetime
    today: date
    days: BusinessDays
    verbs: VerbForms
    backwards: bool = False
    named: Found | None = None  # the last day to come that was named before the place that is read
    surroundings: dict[tuple[int, int], Surroundings] = field(default_factory=dict)  # those asked for, by their day

    def term(self, place: int) -> Term:
        return self.padded[place + MARGIN]

    def has(self, place: int, *senses: str) -> bool:
        found = self.padded[place + MARGIN].senses
        if found:
            for sense in senses:  # the hottest lines of the reading of dates: no generator
                if sense in found:
                    return True
        return False

    def number(self, place: int, sense: str) -> int | None:
        value = self.padded[place + MARGIN].senses.get(sense)
        return value if isinstance(value, int) else None

    def name(self, place: int, sense: str) -> str | None:
        value = self.padded[place + MARGIN].senses.get(sense)
        return value if isinstance(value, str) else None

    def preposition(self, place: int) -> str | None:
        return self.name(place, "preposition")

    def unit(self, place: int) -> str | None:
        return self.name(place, "unit")

    def weekday(self, place: int) -> int | None:
        """Monday is 0."""
        return self.number(place, "weekday")

    def is_part_of_day(self, place: int) -> bool:
        return self.has(place, *PARTS_OF_DAY)

    def is_number(self, place: int) -> bool:
        """Whether figures stand there."""
        return self.padded[place + MARGIN].number >= 0

    def word(self, place: int) -> str:
        return self.padded[place + MARGIN].word

    def capital(self, place: int) -> bool:
        term = self.term(place)
        return term is not END and self.text[term.start].isupper()

    def touching(self, place: int) -> bool:
        """Whether nothing stands between the term and the one before it; an empty line stands apart."""
        before, term = self.padded[place + MARGIN - 1], self.padded[place + MARGIN]
        return 0 < term.start == before.end and PARAGRAPH not in (before.word, term.word)

    def glue(self, place: int, signs: Sequence[str]) -> bool:
        """Whether one of the signs stands at ``place`` with nothing between it and the words beside it."""
        return self.word(place) in signs and self.touching(place) and self.touching(place + 1)

    def skip(self, place: int, *senses: str, signs: str = "") -> int:
        """The first place from ``place`` on, of a few, that has none of these senses and signs."""
        for _ in range(_SKIPPED):
            term = self.padded[place + MARGIN]
            if not ((term.senses and self.has(place, *senses)) or (signs and term.word and term.word in signs)):
                break
            place += 1
        return place

    def unmarked(self, place: int) -> int:
        """The first place from ``place`` on that is no mere mark of a day: "the", "hari", "tanggal"."""
        return self.skip(place, "marks.date", "marks.day")

    def lead(self, place: int) -> int:
        """The place of what leads to the day at ``place``, the marks between the two left out."""
        return self.skip_back(place - 1, "marks.date", "marks.day")

    def behind_part_of_day(self, place: int) -> int:
        """``place``, or the place behind "morning", "sore" and the like that stand there."""
        return self.skip(place, *PARTS_OF_DAY)

    def behind_bracket(self, place: int) -> int:
        """``place``, or the place behind the closing bracket that stands there."""
        return place + (self.word(place) == ")")

    def skip_back(self, place: int, *senses: str, most: int = _SKIPPED) -> int:
        """The first place from ``place`` on backwards that has none of these senses."""
        for _ in range(most):
            if not self.has(place, *senses):
                break
            place -= 1
        return place

    def places(self, place: int, *senses: str, signs: str = "") -> Iterator[int]:
        """``place`` and the places after it, as long as only such terms are passed over."""
        return iter(range(place, self.skip(place, *senses, signs=signs) + 1))

    def counts(self, place: int) -> bool:
        """Whether the number before ``place`` counts something or is an hour: "15 days", "3 pm"."""
        counted = self.has(place, "unit") and not self.has(place, "clock.at")
        return counted or self.has(place, "clock.am", "clock.pm")

    def joined(self, place: int) -> bool:
        """Whether a word that joins two days stands in the terms that one day may take."""
        for term in self.padded[place + MARGIN : place + MARGIN + _DAY]:
            if term.senses and not _JOINERS.isdisjoint(term.senses):
                return True
        return False

    def ends_clause(self, place: int) -> bool:
        """Whether a clause ends before the term: a sign, a paragraph or the end of the text."""
        word = self.word(place)
        return word in ("", PARAGRAPH) or not word[0].isalnum()

    def seen_on(self, day: date) -> Scene:
        """The same words as if written on ``day``."""
        return replace(self, today=day, backwards=False)
