"""What is left over around a reading: date words beside it make it a piece of something that was not understood.

"Monday" of "Monday 21" and "next month" of "20 of next month" are days, but not the days that were meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.reading.dates.counted import count_at

if TYPE_CHECKING:
    from susul.reading.dates.scene import Found, Scene

_GLUE = ("-", "/", ".", ":")
_LEFT = (
    "ordinals", "numbers", "amounts", "marks.ordinal_suffix", "marks.month", "marks.week_of",
    "modifiers.after_next", "modifiers.next_before", "modifiers.this_before", "modifiers.coming_before",
    "modifiers.last_before",
)  # fmt: skip
# Readings that begin with these have their own beginning: "in building 34 this afternoon", "that over the next week".
_SELF_CONTAINED = ("modifiers.this_before", "relative_days", "durations.limit", "durations.point", "marks.week_of")
_MARKS = ("marks.bare_date", "marks.day", "joiners.between", "joiners.from")
_LEFT_OF_PERIOD = (
    "unit",
    "ordinals",
    "marks.ordinal_suffix",
    "weekday",
    "clock.am",
    "clock.pm",
)
_TIMES_OF_DAY = ("clock.morning", "clock.evening")  # "the morning of 20 June" is that day


def cut_short(scene: Scene, place: int, found: Found, *, led_by_time: bool, timed: bool) -> bool:
    """Whether date words stand unread before ``place`` or behind the reading; a time of day that was read is none."""
    several = found.first != found.last and not found.whole and scene.has(scene.skip(place, "marks.day"), "weekday")
    if several and scene.has(found.stop, "marks.bare_date") and _figures(scene, found.stop + 1):
        return True  # "Sabtu-Minggu tanggal 20-21"
    return _left_before(scene, place, found, led_by_time) or _left_after(scene, found.stop, timed)


def _left_before(scene: Scene, place: int, found: Found, led_by_time: bool) -> bool:
    before = place - 1
    if scene.has(place - 1, "part") and scene.has(scene.unmarked(place), "ordinals"):
        return True  # "the end of the first week of July"
    if scene.has(place, *_MARKS):
        return False
    if scene.has(before, *_LEFT) and not (scene.has(place, *_SELF_CONTAINED) or _belongs_before(scene, before)):
        return True
    if scene.has(before, "names.spoilers") and not scene.has(place, "durations.limit", "durations.point"):
        return True
    if scene.has(before, "names.pointers") and found.loose and (found.whole or found.weekday is not None):
        return True  # "that Friday"
    if led_by_time:
        return False
    if _figures(scene, before):
        return not scene.has(place, *_SELF_CONTAINED)
    if scene.glue(before, _GLUE):
        return _figures(scene, before - 1)
    return _left_before_of(scene, before, found.whole)


def _belongs_before(scene: Scene, ordinal: int) -> bool:
    """ "Wawancara kedua" on a Thursday."""
    noun = ordinal - 1
    described = scene.word(noun).isalpha() and not scene.has(noun, "unit", "weekday", "marks.date", "preposition")
    return described and scene.has(ordinal, "marks.ordinal_behind")


def _left_before_of(scene: Scene, before: int, whole: bool) -> bool:
    """ "20 of next month", "the day of next week", "labor day weekend", "first Monday evening in July"."""
    linked = scene.has(before, "durations.counted_from") and not scene.has(before, "preposition")
    linked = linked or (whole and scene.has(before, "marks.filler") and scene.word(before).isalpha())
    left = (*_LEFT_OF_PERIOD, *_TIMES_OF_DAY) if whole else _LEFT_OF_PERIOD
    return linked and (_figures(scene, before - 1) or scene.has(before - 1, *left))


def _left_after(scene: Scene, stop: int, timed: bool) -> bool:
    if scene.has(stop, "modifiers.after_next", "month", "ordinals"):
        return not scene.has(stop, "month.everyday")
    if timed:
        return False
    if scene.has(stop, "unit") and not scene.has(stop, "clock.at", "marks.day"):
        return True
    if _figures(scene, stop) or count_at(scene, stop) is not None:
        return True
    return scene.glue(stop, _GLUE) and _figures(scene, stop + 1)


def _figures(scene: Scene, place: int) -> bool:
    return scene.word(place).isdecimal()
