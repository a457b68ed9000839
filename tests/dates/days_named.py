"""How the tables of sentences are written and checked.

A mail is written on Wednesday 10 June 2026 at 10:00 in Jakarta, by someone whose holidays are Indonesia's (16 June is
one). What it names is written "first last preposition": days as month-day (another year in front where it differs),
"-" for "from now on", and "past" where it lies behind; several mentions are joined by "; ", none is "".
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from susul.days import BusinessDays
from susul.reading.dates import Mention, mentions

JAKARTA = ZoneInfo("Asia/Jakarta")
WRITTEN_AT = datetime(2026, 6, 10, 10, 0, tzinfo=JAKARTA)
INDONESIA = BusinessDays("ID")


def _day(day: date | None) -> str:
    if day is None:
        return "-"
    return f"{day:%m-%d}" if day.year == WRITTEN_AT.year else f"{day:%Y-%m-%d}"


def in_short(mention: Mention) -> str:
    window = mention.window
    last = "" if window.starts_on == window.ends_on else f" {_day(window.ends_on)}"
    return f"{_day(window.starts_on)}{last} {mention.preposition}{' past' if mention.past else ''}"


def marked(text: str) -> str:
    """The text with the words of its days in brackets."""
    for mention in reversed(mentions(text, WRITTEN_AT, JAKARTA, INDONESIA)):
        text = f"{text[: mention.start]}[{text[mention.start : mention.end]}]{text[mention.end :]}"
    return text


def timed(text: str) -> str:
    """What a text names, in short, with the times of day behind each: "06-12 by 17:00", "06-12 bare 09:00-10:00"."""
    return "; ".join(in_short(mention) + _times(mention) for mention in mentions(text, WRITTEN_AT, JAKARTA, INDONESIA))


def _times(mention: Mention) -> str:
    times = [f"{moment:%H:%M}" for moment in (mention.starts_at, mention.ends_at) if moment]
    return " " + "-".join(times) if times else ""


def named(text: str, written_at: datetime = WRITTEN_AT, days: BusinessDays = INDONESIA, preferred: str = "und") -> str:
    """What a text names, in short."""
    found = mentions(text, written_at, JAKARTA, days, preferred)
    return "; ".join(in_short(mention) for mention in found)
