"""Times of day beside a date: "09:00 to 10:00", "at 2pm", "pukul 14.00-15.00 WIB", "jam 3 sore", "2-3 pm EST".

An hour without "am", "pm" or minutes is taken from a working day: 1 to 6 is the afternoon. A zone's name moves the
instant; without one it is the owner's local time. A zone whose letters mean several ("CST") leaves the time unread.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from susul.days import at
from susul.reading.dates.lexicon import PARAGRAPH
from susul.reading.dates.scene import PARTS_OF_DAY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from susul.reading.dates.scene import Scene

_BETWEEN = ",-–—(|/;:*•·@)"  # what may stand between a date and its time
_NOON = 12
_EARLIEST_BARE_MORNING = 7  # "at 6" is in the evening, "at 7" in the morning


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day read up to ``stop``. ``half`` is "am", "pm" or "" where it is not said."""

    hour: int
    minute: int
    half: str
    bare: bool  # an hour and nothing else
    dotted: bool  # "14.00", which is also a figure
    stop: int


@dataclass(frozen=True, slots=True)
class Times:
    """A time or a span of time, with its zone: an offset, a zone's name, None for local, "" for unknown."""

    starts: time
    ends: time | None
    zone: str | None
    sure: bool  # written so that it can be nothing but a time
    start: int
    stop: int


def times_at(
    scene: Scene, place: int, zones: Mapping[str, str], *, led: bool = False, half: str = "", hours: bool = False
) -> Times | None:
    """The times that begin at ``place``.

    ``led``: a word before them ("at", "pukul") says that they are times. ``half``: the half of the day that is said
    before them ("tonight"). ``hours``: two bare numbers will do ("Monday 12-4").
    """
    if not scene.is_number(place) and not scene.has(place, "clock.at", "clock.lead", "clock.noon"):
        return None
    begin = place
    marked = led or scene.has(place, "clock.at", "clock.labels")
    place = scene.skip(place, "clock.at", "clock.lead")
    marked = marked or scene.has(place + 1, "clock.clock_word")
    first = _clock(scene, place)
    if first is None or (first.bare and not first.half and not marked and not _ranged(scene, first, hours)):
        return None
    second = _until(scene, first)
    stop = second.stop if second else _open_end(scene, first.stop)
    zone, stop = _zone(scene, stop, zones)
    sure = bool(
        marked or first.half or zone is not None or (second and second.half) or not (first.bare or first.dotted)
    )
    if first.bare and not first.half and second and not second.half and not marked and zone is None and not hours:
        return None
    if half and not first.half and not (second and second.half) and first.hour < 12:
        first = replace(first, half=half)
    starts = _time(first, second)
    ends = _time(second, None, after=starts) if second else None
    return Times(starts, ends, zone, sure or (first.dotted and second is not None), begin, stop)


def _ranged(scene: Scene, first: Clock, hours: bool) -> bool:
    second = _until(scene, first)
    if second is None or second.half:
        return second is not None
    return hours and max(first.hour, second.hour) <= _NOON and scene.ends_clause(second.stop)


def _clock(scene: Scene, place: int) -> Clock | None:
    if scene.has(place, "clock.noon"):
        return Clock(12, 0, "pm", bare=False, dotted=False, stop=place + 1)
    term = scene.term(place)
    if not 0 <= term.number <= 24 or len(term.word) > 2:
        return None
    minute, sign, stop = _minutes(scene, place)
    half, stop = _half(scene, stop, term.number)
    if term.number == 24 or (half and not 1 <= term.number <= 23) or minute > 59:
        return None
    return Clock(term.number, minute, half, bare=not sign, dotted=sign == ".", stop=stop)


def _minutes(scene: Scene, place: int) -> tuple[int, str, int]:
    sign, figures = scene.word(place + 1), scene.term(place + 2)
    if scene.glue(place + 1, (":", ".")) and figures.number >= 0 and len(figures.word) == 2:
        seconds = scene.word(place + 3) == ":" and scene.touching(place + 3) and len(scene.word(place + 4)) == 2
        return figures.number, sign, place + (5 if seconds else 3)
    return 0, "", place + 1


def _half(scene: Scene, place: int, hour: int) -> tuple[str, int]:
    """The half of the day that is said at ``place``, and the place after the words that say it."""
    place = scene.skip(place, "clock.clock_word")
    for sense, half in (("clock.am", "am"), ("clock.pm", "pm"), ("clock.morning", "am")):
        if scene.has(place, sense):
            return half, place + 1
    if scene.has(place, "clock.afternoon", "clock.evening"):
        return "pm", place + 1
    if scene.has(place, "clock.noon"):
        return "pm", place + 1  # "12:00 noon"
    if scene.has(place, "clock.midday"):
        return ("am" if hour in (10, 11) else "pm"), place + 1
    return "", place


def _until(scene: Scene, first: Clock) -> Clock | None:
    if not scene.has(first.stop, "clock.to"):
        return None
    return _clock(scene, scene.skip(first.stop + 1, "clock.at"))


def _open_end(scene: Scene, stop: int) -> int:
    after = stop + scene.has(stop, "clock.to")
    return after + 1 if scene.has(after, "clock.open_end") else stop


def _zone(scene: Scene, stop: int, zones: Mapping[str, str]) -> tuple[str | None, int]:
    """The zone named after the time, in brackets or not: its letters as written, then two or three words."""
    place = stop + (scene.word(stop) in ("(", ","))
    for length in (3, 2, 1):
        first, last = scene.term(place), scene.term(place + length - 1)
        if last.end < 0 or first.end < 0:
            continue
        name = " ".join(scene.text[first.start : last.end].split())
        if name in zones:
            zone, after = _shifted(scene, zones[name], place + length)
            return zone, after + (scene.word(stop) == "(" and scene.word(after) == ")")
    return None, stop


def _shifted(scene: Scene, zone: str, place: int) -> tuple[str, int]:
    """ "UTC+7", "GMT+07:00": the offset behind the name."""
    sign, hours = scene.word(place), scene.term(place + 1).number
    if zone != "+00:00" or sign not in ("+", "-", "−") or not 0 <= hours <= 14 or not scene.touching(place + 1):
        return zone, place
    half = scene.word(place + 2) == ":" and scene.touching(place + 2) and 0 <= scene.term(place + 3).number < 60
    minutes = scene.term(place + 3).number if half else 0
    return f"{'+' if sign == '+' else '-'}{hours:02}:{minutes:02}", place + (4 if half else 2)


def _time(clock: Clock, until: Clock | None, after: time | None = None) -> time:
    """The time on a 24-hour clock. ``until`` may say which half of the day both lie in, ``after`` is the beginning."""
    if clock.half:
        return time(_hour(clock.hour, clock.half), clock.minute)
    if until is not None and until.half:
        taken = time(_hour(clock.hour, until.half), clock.minute)
        return taken if taken < _time(until, None) else time(_hour(clock.hour, "am"), clock.minute)
    if clock.bare and clock.hour < _EARLIEST_BARE_MORNING:
        return time(_hour(clock.hour, "pm"), clock.minute)
    written = time(clock.hour % 24, clock.minute)
    if after is not None and written <= after and clock.hour < 12 and after < time(clock.hour + 12, clock.minute):
        return time(clock.hour + 12, clock.minute)
    return written


def _hour(hour: int, half: str) -> int:
    if hour > 12:
        return hour % 24
    return hour % 12 + (12 if half == "pm" else 0)


def times_after(scene: Scene, start: int, stop: int, zones: Mapping[str, str]) -> Times | None:
    """The time that follows the date at ``start``: "…, 09:00", "… at 2pm", or the next line's "Waktu: 14.00 WIB"."""
    place, led = stop, False
    for _ in range(7):
        label = scene.has(place, "clock.labels") and scene.word(place + 1) in (":", "=", "-")
        if scene.word(place) == PARAGRAPH and not _label_follows(scene, place):
            return None
        if not (label or _may_stand_between(scene, place)):
            break
        led = led or label or scene.has(place, "clock.at")
        place += 1
    late = any(scene.has(at, "clock.afternoon", "clock.evening", "clock.late_day") for at in range(start, place))
    hours = place == stop and scene.has(stop - 1, "weekday", "modifiers.next_after", *PARTS_OF_DAY)
    found = times_at(scene, place, zones, led=led, half="pm" if late else "", hours=hours)
    return found if found and (found.sure or led or hours or _dotted(scene, stop, place)) else None


def _dotted(scene: Scene, stop: int, place: int) -> bool:
    """ "15 Juni 2026, 10.41": right behind a date, figures with a dot are a time."""
    return place - stop <= 1 and scene.glue(place + 1, ".")


def _may_stand_between(scene: Scene, place: int) -> bool:
    word = scene.word(place)
    return bool(word) and (
        word in _BETWEEN
        or word == PARAGRAPH
        or scene.has(place, "clock.at", "clock.lead", "marks.by_after", *PARTS_OF_DAY)
    )


def _label_follows(scene: Scene, place: int) -> bool:
    at_label = scene.skip(place + 1, signs="*-•·–")
    return scene.has(at_label, "clock.labels")


def instants(times: Times, day: date, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """The times on ``day`` as instants in the owner's ``zone``; an end that is not later is on the next day."""
    there = _tz(times.zone, zone)
    if there is None:
        return None, None
    starts = _at(day, times.starts, there, zone)
    if times.ends is None:
        return starts, None
    ends = _at(day, times.ends, there, zone)
    return starts, ends if ends > starts else _at(day + timedelta(days=1), times.ends, there, zone)


def _at(day: date, clock: time, there: tzinfo, zone: ZoneInfo) -> datetime:
    if isinstance(there, ZoneInfo):
        return at(day, clock, there).astimezone(zone)
    return datetime.combine(day, clock, tzinfo=there).astimezone(zone)


def _tz(name: str | None, zone: ZoneInfo) -> tzinfo | None:
    if name is None:
        return zone
    if not name:
        return None
    if name[0] in "+-":
        hours, minutes = int(name[1:3]), int(name[4:6])
        offset = timedelta(hours=hours, minutes=minutes)
        return timezone(offset if name[0] == "+" else -offset)
    return ZoneInfo(name)
