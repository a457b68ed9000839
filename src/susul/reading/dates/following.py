"""Days told by the day before them: "the morning after", "two days after that", "the Thursday of that week"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.reading.dates.calendar_periods import on_or_after, plus_days
from susul.reading.dates.counted import count_at, moved
from susul.reading.dates.scene import Found, Preposition

if TYPE_CHECKING:
    from susul.reading.dates.scene import Scene

_WEEK = 7  # days


def next_day(scene: Scene, place: int) -> Found | None:
    """ "On the 27th; I'll ring you the morning after", "Jumat, keesokan harinya". "The day after the fair" is none."""
    stop = _stop(scene, place, "marks.day_after_it", ("day",))
    if scene.named is None or not stop:
        return None
    day = plus_days(scene.named.last, 1)
    return Found(stop, day, day)


def same_day(scene: Scene, place: int) -> Found | None:
    """ "The board meets on the 15th; you'll hear from me that same day", "hari itu juga"."""
    start = scene.unmarked(place)
    if scene.named is None or not scene.has(start, "marks.same_day"):
        return None
    return Found(start + 1, scene.named.last, scene.named.last)


def next_one(scene: Scene, place: int) -> Found | None:
    """ "Not this Friday but the one after", "next week is full, the week after is fine"."""
    base, stop = scene.named, _stop(scene, place, "marks.one_after_it", ("week",))
    if base is None or not stop:
        return None
    return Found(stop, base.first and plus_days(base.first, _WEEK), plus_days(base.last, _WEEK), whole=base.whole)


def _stop(scene: Scene, place: int, sense: str, units: tuple[str, ...]) -> int:
    """The place behind words of this sense, or behind "the week after"; 0 where there are none."""
    if scene.has(place, sense):
        return 0 if scene.has(place + 1, "durations.counted_from") else place + 1
    start = scene.unmarked(place)
    unit = scene.unit(start) in units or ("day" in units and scene.has(start, "clock.morning", "clock.evening"))
    if start == place or not unit or scene.preposition(start + 1) != Preposition.AFTER:
        return 0
    return start + 2 if _is_all(scene, start + 2) else 0


def _is_all(scene: Scene, stop: int) -> bool:
    """Whether "after" ends there: "the week after is fine", but not "the week after the fair"."""
    return scene.ends_clause(stop) or scene.has(stop, "marks.after_day", "tense.present", "tense.breaks")


def weekday_after(scene: Scene, place: int) -> Found | None:
    """ "This Thursday or the Thursday after"."""
    start = scene.unmarked(place)
    number = scene.weekday(start)
    if scene.named is None or number is None or scene.preposition(start + 1) != Preposition.AFTER:
        return None
    if not _is_all(scene, start + 2):
        return None
    day = on_or_after(plus_days(scene.named.last, 1), number)
    return Found(start + 2, day, day)


def counted_on(scene: Scene, place: int) -> Found | None:
    """ "The interview is on Friday, the result two days after that", "seminggu sebelumnya"."""
    base = scene.named
    if base is None:
        return None
    count = count_at(scene, place + scene.has(place, "durations.point", "durations.limit"))
    if count is None or count.unit in ("minute", "hour"):
        return None
    sign = 1 if scene.has(count.stop, "marks.after_it") else -1
    if sign < 0 and not scene.has(count.stop, "marks.before_it"):
        return None
    first, last = sorted(moved(scene, base.last, sign * many, count.unit) for many in (count.least, count.most))
    return Found(count.stop + 1, first, last) if first >= scene.today else None


def of_that_week(scene: Scene, place: int) -> Found | None:
    """ "The week of 15 June: could we say the Thursday of that week?"."""
    start = scene.unmarked(place)
    number = scene.weekday(start)
    if scene.named is None or number is None or not scene.has(start + 1, "marks.of_that_week"):
        return None
    last = scene.named.last
    day = plus_days(last, number - last.weekday())
    return Found(start + 2, day, day) if day >= scene.today else None
