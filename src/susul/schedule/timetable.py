"""At which moments of each day a run starts, in the machine's local time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from susul.errors import UsageError

TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
INTERVAL = re.compile(r"(\d{1,4})([mh])")
SHORTEST, DAY = 5, 24 * 60  # minutes
SPREAD = 10  # minutes after the full hour within which runs begin

Moment = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Timetable:
    """The (hour, minute) of each run of a day, in order; ``every`` the minutes between two where they are even."""

    moments: tuple[Moment, ...]
    every: int | None = None

    def groups(self) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """(minutes, hours) such that together they are all moments, each group one line of cron."""
        hours_of: dict[int, list[int]] = {}
        for hour, minute in self.moments:
            hours_of.setdefault(minute, []).append(hour)
        together = sorted((tuple(hours), minute) for minute, hours in hours_of.items())
        return [
            (tuple(minute for _, minute in same), hours) for hours, same in groupby(together, key=lambda pair: pair[0])
        ]


def at_times(text: str, offset: int) -> Timetable:
    """``--at 07:00,12:30``. A full hour begins ``offset`` minutes later, other times as given. Raises UsageError."""
    moments = {_moment(part.strip(), offset) for part in text.split(",")}
    return Timetable(tuple(sorted(moments)))


def every_interval(text: str, offset: int) -> Timetable:
    """``--every 15m`` or ``2h``, shifted by ``offset`` minutes. Raises UsageError."""
    found = INTERVAL.fullmatch(text.strip())
    minutes = int(found[1]) * (60 if found[2] == "h" else 1) if found else 0
    if minutes < SHORTEST or DAY % minutes or (minutes > 60 and minutes % 60) or (minutes < 60 and 60 % minutes):
        raise UsageError(
            f"{text!r} can't be repeated evenly over a day.",
            hint="Write minutes such as 5m, 10m, 15m, 20m or 30m, or hours such as 1h, 2h, 3h, 4h, 6h, 8h or 12h.",
        )
    starts = range(offset % min(minutes, 60), DAY, minutes)
    return Timetable(tuple(divmod(start, 60) for start in starts), minutes)


def offset_of(seed: str) -> int:
    """0 to 9 minutes, always the same for one seed: not every machine should ask Google on the full hour."""
    return int.from_bytes(sha256(seed.encode("utf-8", "surrogateescape")).digest()[:4], "big") % SPREAD


def _moment(text: str, offset: int) -> Moment:
    found = TIME.fullmatch(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise UsageError(f"{text!r} is not a time of day.", hint="Write them like 07:00,12:00,17:00.")
    return hour, minute or offset
