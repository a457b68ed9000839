"""In the making."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from susul.days import BusinessDays
from susul.model import Window


class Preposition(StrEnum):
    """How a date is attached in its sentence."""

    ON = "on"
    BY = "by"
    WITHIN = "within"
    AFTER = "after"
    FROM = "from"
    UNTIL = "until"
    BEFORE = "before"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Mention:
    """Days named."""

    start: int
    end: int
    quote: str
    window: Window
    preposition: Preposition
    past: bool
    starts_at: datetime | None
    ends_at: datetime | None


def mentions(
    text: str, written_at: datetime, zone: ZoneInfo, days: BusinessDays, preferred: str = "und"
) -> tuple[Mention, ...]:
    return ()
