"""Moments told from today, the way the sample's data writes them.

``-5b 10:12`` is 10:12 five business days before today, ``+2d 09:00`` the day after tomorrow, ``0d`` today, and
``now -40m`` forty minutes ago. A list of moments holds alternatives: those after a ``from 09:00:`` count once that
hour has come today, with ``workday`` in front only where today is a business day; the last one that counts is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from susul.days import at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from susul.days import BusinessDays

DAY = re.compile(r"([+-]?\d{1,3})([bd])")
AGO = re.compile(r"now -(\d{1,4})m")
GUARD = re.compile(r"(workday )?from (\d\d:\d\d): ")


@dataclass(frozen=True, slots=True)
class Moments:
    """Days and moments as seen from ``now`` (aware), in the owner's ``zone``."""

    now: datetime
    zone: ZoneInfo
    days: BusinessDays

    @property
    def here(self) -> datetime:
        return self.now.astimezone(self.zone)

    def day(self, told: str) -> date:
        """``-5b`` or ``+2d`` as a date. Raises ValueError for anything else."""
        match = DAY.fullmatch(told)
        if not match:
            raise ValueError(f"{told!r} is not a day")
        count, today = int(match[1]), self.here.date()
        if match[2] == "d":
            return today + timedelta(days=count)
        return self.days.after(today, count) if count > 0 else self.days.before(today, -count)

    def moment(self, told: str | Sequence[str]) -> datetime:
        """A moment, or the one of several that counts now. Raises ValueError for what is none."""
        if not isinstance(told, str):
            return self.moment(self._counting(told))
        ago = AGO.fullmatch(told)
        if ago:
            return (self.here - timedelta(minutes=int(ago[1]))).replace(second=0, microsecond=0)
        day, _, clock = told.partition(" ")
        return at(self.day(day), time.fromisoformat(clock), self.zone)

    def _counting(self, alternatives: Sequence[str]) -> str:
        chosen = alternatives[0]
        for alternative in alternatives[1:]:
            match = GUARD.match(alternative)
            if not match:
                raise ValueError(f"{alternative!r} does not say from when it counts")
            if self._is_so(bool(match[1]), time.fromisoformat(match[2])):
                chosen = alternative[match.end() :]
        return chosen

    def _is_so(self, workday: bool, clock: time) -> bool:
        return self.here.time() >= clock and (not workday or self.days.is_business_day(self.here.date()))
