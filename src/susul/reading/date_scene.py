"""What the reading of dates stands on: the terms of a stretch of text, the day of writing, and what is found there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from susul.reading.date_words import END, PARAGRAPH, Term

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


@dataclass(slots=True)
class Scene:
    """A stretch of a mail being read. ``today`` is the local day of writing; ``backwards`` reads towards the past."""

    text: str
    terms: Sequence[Term]
    wrote_at: datetime
    today: date
    days: BusinessDays
    backwards: bool = False

    def term(self, place: int) -> Term:
        return self.terms[place] if 0 <= place < len(self.terms) else END

    def has(self, place: int, *senses: str) -> bool:
        found = self.term(place).senses
        if found:
            for sense in senses:  # the hottest lines of the reading of dates: no generator
                if sense in found:
                    return True
        return False

    def number(self, place: int, sense: str) -> int | None:
        value = self.term(place).senses.get(sense)
        return value if isinstance(value, int) else None

    def name(self, place: int, sense: str) -> str | None:
        value = self.term(place).senses.get(sense)
        return value if isinstance(value, str) else None

    def word(self, place: int) -> str:
        return self.term(place).word

    def capital(self, place: int) -> bool:
        term = self.term(place)
        return term is not END and self.text[term.start].isupper()

    def touching(self, place: int) -> bool:
        """Whether nothing stands between the term and the one before it."""
        return 0 < place < len(self.terms) and self.terms[place].start == self.terms[place - 1].end

    def skip(self, place: int, *senses: str, signs: str = "", most: int = 3) -> int:
        """The first place from ``place`` on that is neither of these senses nor one of these signs."""
        *_, last = self.places(place, *senses, signs=signs, most=most)
        return last

    def places(self, place: int, *senses: str, signs: str = "", most: int = 3) -> Iterator[int]:
        """``place`` and the places after it, as long as only such terms are passed over."""
        yield place
        for _ in range(most):
            if not (self.has(place, *senses) or (self.word(place) and self.word(place) in signs)):
                return
            place += 1
            yield place

    def counts(self, place: int) -> bool:
        """Whether the number before ``place`` counts something or is an hour: "15 days", "3 pm"."""
        counted = self.has(place, "unit") and not self.has(place, "clock.at")
        return counted or self.has(place, "clock.am", "clock.pm")

    def ends_clause(self, place: int) -> bool:
        """Whether a clause ends before the term: a sign, a paragraph or the end of the text."""
        word = self.word(place)
        return word in ("", PARAGRAPH) or not word[0].isalnum()

    def seen_on(self, day: date) -> Scene:
        """The same words as if written on ``day``."""
        return replace(self, today=day, backwards=False)
