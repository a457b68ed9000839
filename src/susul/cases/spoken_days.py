"""A weekday alone is the day that the conversation speaks of already: "Tuesday at 10" after "Tuesday, 16 June".

Read by itself it is the next such day, which may be a week too early; thanks before an interview would be the harm.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from susul import languages
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
    """``told``, in time order, with the weekdays of those who agree put on the day that was named or invited to.

    And where the owner, asking, is the first to name a day, that is a proposal, whatever the words.
    """
    named: set[date] = {event.starts_at.astimezone(owner.zone).date() for event in events}
    return tuple(_settled(t, named, owner) if t.reading.nature is Nature.PERSON else t for t in told)


def _settled(t: Told, named: set[date], owner: Owner) -> Told:
    """``t`` on the days that were ``named``, to which its own are added."""
    signals = tuple(_proposed(_moved(signal, t, named, owner), t, named, owner) for signal in t.reading.signals)
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


def _proposed(signal: Signal, t: Told, named: set[date], owner: Owner) -> Signal:
    """What the owner "can do" while asking for a meeting is a proposal: nobody has named that day before."""
    asks = any(other.fact in (Fact.QUESTION, Fact.REQUEST) for other in t.reading.signals)
    if t.outgoing and asks and signal.sense is Sense.FIXED and (day := _day(signal, owner)) and day not in named:
        return replace(signal, sense=Sense.PROPOSED)
    return signal


def _is_weekday_alone(signal: Signal, day: date, t: Told, owner: Owner) -> bool:
    """Whether the words name the next day of its weekday by the weekday and nothing else: no date, month or "this"."""
    written_on = t.message.sent_at.astimezone(owner.zone).date()
    if not timedelta() < day - written_on <= timedelta(days=A_WEEK):
        return False
    said = f" {' '.join(_words(TIME_OF_DAY.sub(' ', signal.quote.casefold())))} "
    names = [name for name in _weekdays()[day.weekday()] if f" {name} " in said]
    pairs = (f" {one} {other} " for name in names for near in _near() for one, other in ((near, name), (name, near)))
    told_apart = any(f" {word} " in said for word in _dates()) or any(pair in said for pair in pairs)
    return bool(names) and not told_apart and day.day not in {int(number) for number in NUMBER.findall(said)}


TIME_OF_DAY = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2} ?(?:am|pm)\b|\b(?:at|pukul|jam|pkl\.?) \d{1,2}\b")
NUMBER = re.compile(r" (\d{1,2})(?:st|nd|rd|th)? ")


@cache
def _weekdays() -> tuple[frozenset[str], ...]:
    """The names of each weekday, Monday first, in every language."""
    tables = [languages.table(code, "dates")["weekdays"] for code in languages.codes()]
    return tuple(
        frozenset(
            name for table in tables for name in (*table["names"][day], *table["short"][day], *table["weak"][day])
        )
        for day in range(A_WEEK)
    )


@cache
def _dates() -> frozenset[str]:
    """The words that name a day without its weekday: months, "tomorrow"."""
    found: set[str] = set()
    for code in languages.codes():
        table = languages.table(code, "dates")
        months = table["months"]
        found |= {name for names in (*months["names"], *months["short"]) for name in names} - set(months["everyday"])
        found |= set(table["relative_days"])
    return frozenset(found)


@cache
def _near() -> frozenset[str]:
    """The words beside a weekday that mean the one that is near: "this", "coming", "last"."""
    tables = [languages.table(code, "dates")["modifiers"] for code in languages.codes()]
    kinds = ("this_before", "this_after", "coming_before", "coming_after", "last_before", "last_after")
    return frozenset(word for table in tables for kind in kinds for word in table[kind])


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
