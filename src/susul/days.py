"""Business days: weekends and a country's public holidays, collective leave included.

All functions work on the owner's local dates. Holidays come from the ``holidays`` library, loaded late because it
costs a tenth of a second; a country that it does not know has weekends only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from susul.lean_imports import keep_apart

SATURDAY, SUNDAY = 5, 6
ONE_DAY = timedelta(days=1)


# The category of ``holidays`` that holds a country's collective leave. Elsewhere "government" are days on which offices
# of the state close and business goes on (Washington's inauguration day), so it is taken for these countries only.
COLLECTIVE_LEAVE = {
    "ID": "government",  # cuti bersama: joint decree of three ministers each year; companies close, too
}


def day_named(day: date, today: date) -> str:
    """``Wed 10 Jun``, with the year where it is not that of ``today``: English, as all that a stage says.

    Instants must be in the owner's zone already.
    """
    return f"{day:%a %d %b}" if day.year == today.year else f"{day:%a %d %b %Y}"


@cache
def public_holidays(country: str, year: int, collective_leave: bool) -> frozenset[date]:
    """The public holidays of ``country`` (ISO 3166 alpha-2) in ``year``; cuti bersama too if ``collective_leave``."""
    if not is_known_country(country):
        return frozenset()
    categories = ["public"]
    if collective_leave and country in COLLECTIVE_LEAVE:
        categories.append(COLLECTIVE_LEAVE[country])
    return frozenset(_library().country_holidays(country, years=year, categories=tuple(categories)))


@cache
def named_holidays(country: str, year: int, names: tuple[str, ...]) -> tuple[date, ...]:
    """The days of ``year`` whose holiday in ``country`` has a name that begins with one of ``names``, in English.

    Its second day and its collective leave carry the same beginning, so they are among them.
    """
    categories = ("public", COLLECTIVE_LEAVE[country]) if country in COLLECTIVE_LEAVE else ("public",)
    known = _library().country_holidays(country, years=year, language="en_US", categories=categories)
    return tuple(sorted({day for name in names for day in known.get_named(name, lookup="startswith")}))


@cache
def _library() -> Any:
    """``holidays``, loaded late, and of its 250 countries only those that are asked for."""
    import holidays

    keep_apart(holidays, "countries")
    return holidays


def is_known_country(code: str) -> bool:
    """Whether the holidays of the country with this ISO 3166 alpha-2 code are known."""
    return code in _country_codes().values()


def country_near(text: str) -> str:
    """The code of the country whose name or code is most like ``text`` (``Indonesia``, ``IDN``); empty for none."""
    names = _country_codes()
    wanted = text.strip().lower().replace(" ", "_")
    near = get_close_matches(wanted, names, n=1, cutoff=0.7)
    return names[near[0]] if near else ""


@cache
def _country_codes() -> dict[str, str]:
    """Country code by name and by longer code, in lower case."""
    from holidays.registry import COUNTRIES

    named = {name: codes[1] for name, codes in COUNTRIES.items()}
    return named | {other.lower(): codes[1] for codes in COUNTRIES.values() for other in codes[1:]}


@dataclass(frozen=True, slots=True)
class BusinessDays:
    """Counts business days in one country."""

    country: str = ""
    collective_leave: bool = True

    def is_business_day(self, day: date) -> bool:
        if day.weekday() in (SATURDAY, SUNDAY):
            return False
        return not self.country or day not in public_holidays(self.country, day.year, self.collective_leave)

    def on_or_after(self, day: date) -> date:
        """The first business day that is not before ``day``."""
        while not self.is_business_day(day):
            day += ONE_DAY
        return day

    def after(self, day: date, count: int = 1) -> date:
        """The ``count``-th business day after ``day`` (day 0, business day or not)."""
        for _ in range(count):
            day = self.on_or_after(day + ONE_DAY)
        return day

    def before(self, day: date, count: int = 1) -> date:
        """The ``count``-th business day before ``day``."""
        for _ in range(count):
            day -= ONE_DAY
            while not self.is_business_day(day):
                day -= ONE_DAY
        return day

    def between(self, start: date, end: date) -> int:
        """How many business days lie after ``start``, up to and including ``end``; 0 when ``end`` is not later."""
        count, day = 0, start
        while day < end:
            day += ONE_DAY
            count += self.is_business_day(day)
        return count


def at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """``clock`` on ``day`` as people in ``zone`` read it (a time skipped by daylight saving moves forward)."""
    moment = datetime.combine(day, clock, tzinfo=zone)
    return moment.astimezone(ZoneInfo("UTC")).astimezone(zone)
