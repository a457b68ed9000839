"""The words of a report in one language: ``languages/<code>/report.toml`` as a frozen value, and days in its words."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from susul import languages
from susul.drafting.wording import language_of, wording

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SectionWords:
    """A section's heading, and what stands there when it holds nothing."""

    title: str
    empty: str


@dataclass(frozen=True, slots=True)
class ReportWords:
    """One language's ``report.toml``."""

    page: dict[str, str]
    dates: dict[str, str]
    next: dict[str, str]
    sections: dict[str, SectionWords]
    outcomes: dict[str, str]
    coverage: dict[str, str]
    kinds: dict[str, str]
    states: dict[str, str]
    waiting_on: dict[str, str]
    steps: dict[str, str]
    natures: dict[str, str]
    facts: dict[str, str]
    event_status: dict[str, str]
    sentences: dict[str, str]
    parts: dict[str, str]


@cache
def report_words(code: str) -> ReportWords:
    return msgspec.convert(languages.table(code, "report"), ReportWords)


def report_language(*wanted: str) -> str:
    """The first of ``wanted`` that a report can be written in, or else the first language there is one for."""
    known = [code for code in languages.codes() if languages.table(code, "report")]
    return next((code for code in wanted if code in known), language_of(*known))


def named(table: Mapping[str, str], name: str) -> str:
    """The word for ``name``; the name itself, spelt out, where the language has none."""
    return table.get(name) or name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Days:
    """How a language writes days and moments, the year only where it isn't ``this_year``.

    Instants must be in the owner's zone already.
    """

    code: str
    this_year: int = 0

    def day(self, at: date) -> str:
        return self._spelt(at.weekday(), at.day, at.month, str(at.year))

    def moment(self, at: datetime) -> str:
        pattern = report_words(self.code).dates["moment"]
        return pattern.format(day=self.day(at), clock=at.strftime(wording(self.code).dates.clock))

    def respelt(self, text: str) -> str | None:
        """A day as ``strftime`` wrote it ("Wed 10 Jun", with or without the year) in the language's own words."""
        weekday, _, rest = text.partition(" ")
        day, _, rest = rest.partition(" ")
        month, _, year = rest.partition(" ")
        weekdays, months = list(calendar.day_abbr), list(calendar.month_abbr)[1:]
        if weekday not in weekdays or month not in months or not day.isdecimal() or not (year.isdecimal() or not year):
            return None
        return self._spelt(weekdays.index(weekday), int(day), months.index(month) + 1, year)

    def _spelt(self, weekday: int, day: int, month: int, year: str) -> str:
        names, patterns = wording(self.code).dates, report_words(self.code).dates
        pattern = patterns["day" if year in ("", str(self.this_year)) else "day_and_year"]
        return pattern.format(
            weekday=names.weekdays_short[weekday], day=day, month=names.months_short[month - 1], year=year
        )

    def number(self, value: float) -> str:
        """One decimal at most."""
        whole = f"{value:.1f}".removesuffix(".0")
        return whole.replace(".", report_words(self.code).dates["decimal_point"])
