"""Weeks, months, quarters and years as days: what "mid next month" and "Friday" come to.

Pure calendar arithmetic, no words. A week ends on its Friday (protocol, section 3), a weekend is Saturday and Sunday.
Counts are bounded by the callers, so that no day falls off the calendar.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
MONTHS_A_QUARTER = 3

# "Early" in a week ends on Wednesday and "mid" on Thursday; "early" in a month ends on the 10th, "mid" on the 20th.
_WEEK_PARTS = {
    "early": (0, 2),
    "mid": (2, 3),
    "late": (3, 4),
    "end": (4, 4),
    "first_half": (0, 2),
    "second_half": (2, 4),
}
_MONTH_PARTS = {
    "early": (1, 10), "mid": (11, 20), "late": (21, 31), "end": (21, 31), "first_half": (1, 15), "second_half": (16, 31)
}  # fmt: skip
# In months of the year and of the quarter. A year's middle is June and July, its end December.
_YEAR_PARTS = {
    "early": (1, 3), "mid": (6, 7), "late": (10, 12), "end": (12, 12), "first_half": (1, 6), "second_half": (7, 12)
}  # fmt: skip
_QUARTER_PARTS = {
    "early": (1, 1), "mid": (2, 2), "late": (3, 3), "end": (3, 3), "first_half": (1, 2), "second_half": (2, 3)
}  # fmt: skip


Days = tuple[date, date]  # from the one to the other, both counted


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days from ``first`` to ``last``; ``unit`` is week, weekend, month, quarter or year."""

    unit: str
    first: date
    last: date


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, None where there is no such day."""
    if not (1 <= month <= 12 and 1 <= year <= 9998 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def plus_days(day: date, count: int) -> date:
    return day + timedelta(days=count)


def plus_months(day: date, count: int) -> date:
    """The same day of another month, or that month's last."""
    years, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def on_or_after(day: date, weekday: int) -> date:
    return plus_days(day, (weekday - day.weekday()) % 7)


def before(day: date, weekday: int) -> date:
    """The last ``weekday`` that is strictly before ``day``."""
    return plus_days(day, -((day.weekday() - weekday - 1) % 7 + 1))


def week(today: date, ahead: int) -> Period:
    """The week ``ahead`` of this one. On a weekend, "this week" and "next week" both begin on the coming Monday."""
    monday = plus_days(today, -today.weekday())
    if today.weekday() >= SATURDAY and ahead >= 0:
        ahead = max(1, ahead)
    monday = plus_days(monday, 7 * ahead)
    return Period("week", monday, plus_days(monday, FRIDAY))


def weekend(today: date, ahead: int) -> Period:
    saturday = plus_days(today, SATURDAY - today.weekday() + 7 * ahead)
    return Period("weekend", saturday, plus_days(saturday, 1))


def month(year: int, number: int) -> Period:
    return Period("month", date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def quarter(year: int, number: int) -> Period:
    first = date(year, MONTHS_A_QUARTER * (number - 1) + 1, 1)
    return Period("quarter", first, plus_days(plus_months(first, MONTHS_A_QUARTER), -1))


def year(number: int) -> Period:
    return Period("year", date(number, 1, 1), date(number, 12, 31))


def period(unit: str, today: date, ahead: int) -> Period | None:
    """The ``unit`` that lies ``ahead`` of today's (0: this one, -1: the last), None for units that are no period."""
    if unit == "week":
        return week(today, ahead)
    if unit == "weekend":
        return weekend(today, ahead)
    if unit == "month":
        there = plus_months(today, ahead)
        return month(there.year, there.month)
    if unit == "quarter":
        there = plus_months(today, MONTHS_A_QUARTER * ahead)
        return quarter(there.year, (there.month - 1) // MONTHS_A_QUARTER + 1)
    return year(today.year + ahead) if unit == "year" else None


def part(name: str, whole: Period, today: date) -> Days | None:
    """The part ``name`` (early, mid, late, end, later, first_half, second_half) of a period, None where it has none."""
    if name == "later":
        return (max(whole.first, plus_days(today, 1)), whole.last) if today < whole.last else None
    if whole.unit == "week":
        first, last = _WEEK_PARTS[name]
        return plus_days(whole.first, first), plus_days(whole.first, last)
    if whole.unit == "month":
        first, last = _MONTH_PARTS[name]
        return whole.first.replace(day=first), whole.first.replace(day=min(last, whole.last.day))
    if whole.unit in ("quarter", "year"):
        return _months_of(whole, *(_YEAR_PARTS if whole.unit == "year" else _QUARTER_PARTS)[name])
    return None


def _months_of(whole: Period, first: int, last: int) -> Days:
    start = plus_months(whole.first, first - 1)
    end = plus_months(whole.first, last - 1)
    return start, month(end.year, end.month).last


def week_of_month(whole: Period, ordinal: int) -> Days | None:
    """The ``ordinal``-th seven days of a month; -1 is its last seven."""
    if ordinal == -1:
        return plus_days(whole.last, -6), whole.last
    first = plus_days(whole.first, 7 * (ordinal - 1))
    return (first, min(plus_days(first, 6), whole.last)) if first <= whole.last else None


def weekday_of_month(whole: Period, weekday: int, ordinal: int) -> date | None:
    """The ``ordinal``-th ``weekday`` of a month; -1 is its last."""
    if ordinal == -1:
        return before(plus_days(whole.last, 1), weekday)
    day = plus_days(on_or_after(whole.first, weekday), 7 * (ordinal - 1))
    return day if day <= whole.last else None
