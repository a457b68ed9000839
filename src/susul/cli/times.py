"""Times and durations as people type them on the command line."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from susul.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

DURATION = re.compile(r"(\d{1,4})([dwmy])")
DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
LONGEST = 3650  # days
YEARS = range(1990, 2200)  # within which everything that is reckoned with stays a date


def now() -> datetime:
    """The one clock of the program."""
    return datetime.now(UTC)


def moment(text: str | None, zone: Callable[[], ZoneInfo]) -> datetime:
    """``--as-of``: an ISO 8601 time, in ``zone`` where it has no offset; the present where it is missing."""
    if not text:
        return now()
    try:
        given = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{text!r} is not a time.", hint="Write it like 2026-06-10T15:30 or 2026-06-10T15:30+07:00."
        ) from error
    if given.year not in YEARS:
        raise UsageError(f"{text!r} is out of range.", hint=f"The year may be {YEARS[0]} to {YEARS[-1]}.")
    return given if given.tzinfo else given.replace(tzinfo=zone())


def duration(text: str | None) -> timedelta | None:
    """``--since``: a number with d, w, m or y."""
    if not text:
        return None
    found = DURATION.fullmatch(text.strip())
    if not found:
        raise UsageError(f"{text!r} is not a length of time.", hint="Write it like 90d, 12w, 6m or 1y.")
    days = int(found[1]) * DAYS[found[2]]
    if not 1 <= days <= LONGEST:
        raise UsageError(f"--since {text} is out of range.", hint=f"It may be 1 to {LONGEST} days.")
    return timedelta(days=days)


def day_ahead(text: str, today: date) -> date:
    """``--until``: a date, a length of time from ``today``, or a weekday or "tomorrow" in any language spoken here."""
    wanted = " ".join(text.lower().split())
    try:
        day = _named_day(wanted, today) or _counted_day(wanted, today) or date.fromisoformat(wanted)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a day.", hint="Write it like 2026-07-01, 3d, 2w or monday.") from error
    if not 1 <= (day - today).days <= LONGEST:
        raise UsageError(
            f"--until {text} is out of range.", hint=f"It may be tomorrow or later, up to {LONGEST} days from now."
        )
    return day


def _named_day(text: str, today: date) -> date | None:
    from susul import languages  # a sync without news reads the clock here and needs no words

    for code in languages.codes():
        words = languages.table(code, "dates")
        for names in (words["weekdays"]["names"], words["weekdays"]["short"]):
            for weekday, spellings in enumerate(names):
                if text in spellings:
                    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
        if text in words["relative_days"]:
            return today + timedelta(days=words["relative_days"][text])
    return None


def _counted_day(text: str, today: date) -> date | None:
    found = DURATION.fullmatch(text)
    # Whatever is too far is out of range in the end, and must stay a date until then.
    return today + timedelta(days=min(int(found[1]) * DAYS[found[2]], LONGEST + 1)) if found else None
