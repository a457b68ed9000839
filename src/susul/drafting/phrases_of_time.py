"""Days and moments in a language's own words: "Friday 12 June", "Jumat, 12 Juni"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from susul.drafting.wording import Dates, Wording


def day_in_words(day: date, today: date, dates: Dates) -> str:
    """``day`` with its weekday; with the year only where it isn't the year of ``today``."""
    pattern = dates.day if day.year == today.year else dates.day_and_year
    return pattern.format(
        weekday=dates.weekdays[day.weekday()], day=day.day, month=dates.months[day.month - 1], year=day.year
    )


def moments_in_words(moments: Sequence[datetime], today: date, words: Wording) -> str:
    """Local ``moments`` as a choice: "Thursday 23 July at 10:00 or 14:00"."""
    days: dict[date, list[str]] = {}
    for moment in sorted(set(moments)):
        days.setdefault(moment.date(), []).append(moment.strftime(words.dates.clock))
    either = words.lists["or"]
    return either.join(
        words.dates.moment.format(day=day_in_words(day, today, words.dates), clock=either.join(clocks))
        for day, clocks in days.items()
    )


def attribution(sent_at: datetime, name: str, email: str, dates: Dates) -> str:
    """The line above a quote, as Gmail writes it. ``sent_at`` is the owner's local time."""
    pattern = dates.attribution if name else dates.attribution_nameless
    return pattern.format(
        weekday=dates.weekdays_short[sent_at.weekday()],
        day=sent_at.day,
        month=dates.months_short[sent_at.month - 1],
        year=sent_at.year,
        clock=sent_at.strftime(dates.clock),
        name=name,
        email=email,
    )
