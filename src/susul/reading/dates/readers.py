"""Every way to read a day, tried at one place, and two days joined into a stretch: "from Monday to Wednesday"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from susul.reading.dates.calendar_periods import plus_months
from susul.reading.dates.counted import beside_a_day, counted, event_day
from susul.reading.dates.feasts import feast, season
from susul.reading.dates.following import counted_on, next_day, next_one, of_that_week, same_day, weekday_after
from susul.reading.dates.idle import is_repeated
from susul.reading.dates.named import (
    begins_beside,
    day_to_day,
    eve,
    gone_weekday,
    relative_day,
    week_then_weekday,
    weekday,
    with_relative,
    with_weekday,
)
from susul.reading.dates.periods import (
    calendar_week,
    day_of_named_month,
    ordinal_of_month,
    part_of_period,
    period_then_day,
    week_of_date,
    whole_period,
)
from susul.reading.dates.scene import Found, Preposition, Scene
from susul.reading.dates.sentence import is_moved
from susul.reading.dates.written import day_of_month, day_range, moved_day, single_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from susul.reading.dates.lexicon import Term

_LONGEST_SPAN = 400  # days
_WEEK = 7  # days


def day_end(scene: Scene, place: int) -> Found | None:
    """ "EOD", "close of business tomorrow", "close of business on the 15th", "akhir hari Jumat"."""
    start = scene.unmarked(place)
    if not scene.has(start, "marks.day_end"):
        return None
    after = scene.skip(start + 1, "marks.filler", "preposition", "marks.day", signs=",")
    day = (
        weekday(scene, after)
        or relative_day(scene, after)
        or single_day(scene, after)
        or day_of_named_month(scene, after)
        or day_of_month(scene, after)
    )
    if day is None:
        return Found(start + 1, scene.today, scene.today, Preposition.BY)
    return replace(day, preposition=Preposition.BY)


# Every reader with the senses of the terms that it may begin at; "0" stands for figures. Of two that read equally far
# the earlier wins.
Reader = Callable[[Scene, int], Found | None]
_MODIFIERS = frozenset(f"modifiers.{name}_before" for name in ("next", "this", "coming", "last"))
_DATE = frozenset({"0", "month", "ordinals", "numbers", "marks.date"})
_PERIOD = _MODIFIERS | {"0", "unit", "month", "ordinals", "marks.month", "marks.quarter", "marks.date"}
_WEEKDAY = _MODIFIERS | {"weekday", "marks.day", "marks.coming_day"}
_SPAN = frozenset({"joiners.between", "joiners.from"})
_COUNT = frozenset(
    {"0", "numbers", "amounts", "fused"} | {f"durations.{name}" for name in ("limit", "point", "stretch", "around")}
)
_READERS: tuple[tuple[Reader, frozenset[str]], ...] = (
    (day_to_day, _DATE | _WEEKDAY | _SPAN | {"relative_days"}),
    (day_range, _DATE | _SPAN),
    (moved_day, frozenset({"marks.date", "joiners.from"})),
    (ordinal_of_month, _WEEKDAY | {"0", "ordinals", "unit", "marks.ordinal_prefix", "marks.date", "marks.week_of"}),
    (weekday, _WEEKDAY),
    (week_then_weekday, _MODIFIERS | {"unit", "marks.date"}),
    (single_day, _DATE),
    (day_of_named_month, _DATE),
    (week_of_date, frozenset({"marks.week_of", "marks.date"})),
    (period_then_day, _PERIOD | {"part", "fused_parts"}),
    (part_of_period, frozenset({"part", "fused_parts", "marks.date"})),
    (whole_period, _PERIOD),
    (counted, _COUNT),
    (day_end, frozenset({"marks.day_end", "marks.date"})),
    (relative_day, frozenset({"relative_days", "marks.date"})),
    (day_of_month, frozenset({"0", "marks.date"})),
    (event_day, frozenset({"marks.count"})),
    (gone_weekday, frozenset({"marks.gone_day"})),
    (eve, frozenset({"marks.eve"})),
    (feast, frozenset({"feast"})),
    (season, frozenset({"season"})),
    (calendar_week, frozenset({"marks.calendar_week", "unit"})),
    (beside_a_day, frozenset({"marks.date", "unit"})),
    (next_day, frozenset({"marks.day_after_it", "marks.date"})),
    (same_day, frozenset({"marks.same_day", "marks.date"})),
    (next_one, frozenset({"marks.one_after_it", "marks.date"})),
    (counted_on, _COUNT),
    (weekday_after, frozenset({"weekday"})),
    (of_that_week, _WEEKDAY),
)


@cache
def _readers_at(senses: tuple[str, ...]) -> tuple[Reader, ...]:
    """The readers that may begin at a term of these senses; there are only as many as the lexicon has."""
    return tuple(reader for reader, begins in _READERS if not begins.isdisjoint(senses))


_CORES = frozenset(
    {
        "weekday",
        "month",
        "unit",
        "relative_days",
        "fused",
        "fused_parts",
        "marks.quarter",
        "marks.day_end",
        "marks.count",
        "marks.calendar_week",
        "clock.morning",
        "marks.day_after_it",
        "marks.same_day",
        "marks.one_after_it",
        "feast",
        "season",
    }
)
_REACH = 6  # terms: the core of a date is never further from its beginning


def _best(scene: Scene, place: int) -> Found | None:
    """The longest reading of the terms from ``place`` on; of equally long ones the more exact, which comes first."""
    term = scene.term(place)
    senses = ("0",) if term.number >= 0 else tuple(term.senses)
    readers = _readers_at(senses)
    if not readers:
        return None
    readings = [found for reader in readers if (found := reader(scene, place))]
    best = max(readings, key=lambda found: found.stop, default=None)
    return best and with_relative(scene, with_weekday(scene, best))


def near_cores(stretch: Sequence[Term]) -> list[bool]:
    """Of every term, whether the core of a date is close enough behind it for the date to begin here."""
    near, left = [False] * len(stretch), 0
    for place in range(len(stretch) - 1, -1, -1):
        term = stretch[place]
        if term.number >= 0 or (term.senses and not _CORES.isdisjoint(term.senses)):
            left = _REACH
        near[place] = left > 0
        left -= 1
    return near


def spanned(scene: Scene, place: int) -> Found | None:
    """The reading at ``place``, and what "to" or "or" joins to it: "end of this week or early next week"."""
    first = _best(scene, place)
    if first is None or first.ignored or first.first is None:
        return first
    if is_repeated(scene, place):
        return replace(first, stop=place + 3, ignored=True)
    between = scene.has(place - 1, "joiners.between")
    both = scene.has(first.stop, "joiners.both")
    joined = scene.has(first.stop, "joiners.range", "joiners.either") or (between and both)
    if both and not between:
        return _with_the_next_day(scene, first)
    if not joined:
        return first
    after = scene.unmarked(first.stop + 1)
    moved = is_moved(scene, place, first.stop)
    second = _best(scene, after) or single_day(scene, after, joined=True)
    begins = first.first
    if second and second.weekday is not None and second.last < begins:
        second = _best(scene.seen_on(first.last), after)  # "next week Monday or Tuesday"
    if second and first.loose and second.last < begins:
        begins = plus_months(begins, -12)  # "from August to October", said in September
    if moved and second:
        return second
    if second is None or second.ignored or not 0 <= (second.last - begins).days <= _LONGEST_SPAN:
        opened = between or scene.has(place - 1, "joiners.from")
        return replace(first, stop=first.stop + opened, ignored=opened)
    spreads = (first.whole and second.whole) or (
        first.first < first.last and second.first and second.first < second.last
    )
    if spreads and not scene.has(first.stop, "joiners.either"):
        return replace(second, ignored=True)  # "from May to August": when it is, but no day to wait for
    last = max(second.last, first.last) if begins == first.first else second.last
    repeatable = first.repeatable and second.repeatable
    return replace(first, stop=second.stop, first=begins, last=last, whole=False, repeatable=repeatable)


def _with_the_next_day(scene: Scene, first: Found) -> Found:
    """ "Today and tomorrow", "Sabtu dan Minggu": one stretch of days; "Monday and Thursday" are two."""
    second = _best(scene, first.stop + 1)
    if second is None or second.first is None or second.ignored or first.first != first.last:
        return first
    if second.first != second.last:
        return first
    begins = begins_beside(scene, first.stop, first, second)
    if begins > first.last and (second.last - begins).days == 1:
        return replace(second, first=begins)  # "Thursday and Friday next week"
    if first.weekday is not None and first.loose and not second.loose and (second.last - first.last).days > _WEEK:
        return replace(first, ignored=first.weekday != second.last.weekday())  # "Monday and Thursday next week"
    if (second.last - first.last).days != 1:
        return first
    return replace(second, first=first.first, loose=first.loose and second.loose, weekday=None)
