"""A weekday alone is the day that the conversation speaks of already: "Tuesday at 10" after "Tuesday, 16 June".

Read by itself it is the next such day, which may be a week too early; thanks before an interview would be the harm.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from susul.model import Fact, Nature, Sense, Signal, Told, Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from susul.model import Event
    from susul.owner import Owner

AGREES = (Sense.FIXED, Sense.PLAIN)  # who proposes or moves may well mean another week
A_WEEK = 7
AS_FAR_AS = timedelta(days=28)


def on_days_spoken_of(told: Sequence[Told], events: Iterable[Event], owner: Owner) -> tuple[Told, ...]:
    """``told``, in time order, with the weekdays of those who agree put on the day that was named or invited to."""
    named: set[date] = {event.starts_at.astimezone(owner.zone).date() for event in events}
    return tuple(_settled(t, named, owner) if t.reading.nature is Nature.PERSON else t for t in told)


def _settled(t: Told, named: set[date], owner: Owner) -> Told:
    """``t`` on the days that were ``named``, to which its own are added."""
    signals = tuple(_moved(signal, t, named, owner) for signal in t.reading.signals)
    named |= {day for signal in signals if (day := _day(signal, owner))}
    return t if signals == t.reading.signals else replace(t, reading=replace(t.reading, signals=signals))


def _day(signal: Signal, owner: Owner) -> date | None:
    """The one day that a schedule names."""
    if signal.fact is not Fact.SCHEDULE:
        return None
    if signal.starts_at:
        return signal.starts_at.astimezone(owner.zone).date()
    window = signal.window
    return window.ends_on if window and window.starts_on == window.ends_on else None


def _moved(signal: Signal, t: Told, named: set[date], owner: Owner) -> Signal:
    day = _day(signal, owner)
    if day is None or signal.sense not in AGREES or day in named or not _is_weekday_alone(signal, day, t, owner):
        return signal
    later = [other for other in named if timedelta() < other - day <= AS_FAR_AS and (other - day).days % A_WEEK == 0]
    return _later(signal, min(later) - day) if later else signal


def _is_weekday_alone(signal: Signal, day: date, t: Told, owner: Owner) -> bool:
    """Whether ``day`` is no more than the next one of its weekday, and its number is not written."""
    written_on = t.message.sent_at.astimezone(owner.zone).date()
    numbers = {int(word) for word in _words(signal.quote) if word.isascii() and word.isdigit()}
    return timedelta() < day - written_on <= timedelta(days=A_WEEK) and day.day not in numbers


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text).split()


def _later(signal: Signal, by: timedelta) -> Signal:
    window = signal.window
    return replace(
        signal,
        window=Window(window.starts_on + by if window.starts_on else None, window.ends_on + by) if window else None,
        starts_at=signal.starts_at + by if signal.starts_at else None,
        ends_at=signal.ends_at + by if signal.ends_at else None,
    )
