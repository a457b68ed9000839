"""Business days: weekends and a country's public holidays, collective leave included.

All functions work on the owner's local dates. Holidays come from the ``holidays`` library, loaded late because it
costs a quarter of a second; a country that it does not know has weekends only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

SATURDAY, SUNDAY = 5, 6
ONE_DAY = timedelta(days=1)


@cache
def public_holidays(country: str, year: int, collective_leave: bool) -> frozenset[date]:
    """The public holidays of ``country`` (ISO 3166 alpha-2) in ``year``; cuti bersama too if ``collective_leave``."""
    import holidays  # loaded late: 0.25 s

    known = holidays.list_supported_countries()
    if country not in known:
        return frozenset()
    categories = ["public"]
    if collective_leave and "government" in _categories(country):
        categories.append("government")
    return frozenset(holidays.country_holidays(country, years=year, categories=tuple(categories)))


def _categories(country: str) -> tuple[str, ...]:
    import holidays

    return tuple(holidays.country_holidays(country).supported_categories)


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


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """The calendar day of ``moment`` in ``zone``."""
    return moment.astimezone(zone).date()
