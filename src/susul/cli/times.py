"""Times and durations as people type them on the command line."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
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
