"""Feasts: days to wait for behind a word that says until when ("before Christmas", "setelah Lebaran").

In the language data a feast is keyed by its day, "12-25", or by a country and the names that its holidays carry in
English, "ID Eid al-Fitr": the days of many feasts are told by no rule but a country's calendar (``susul.days``). A
season ("Ramadan", "the holidays") is keyed by the feast that it ends with, and is read only behind "after".
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from susul.days import named_holidays
from susul.reading.dates.calendar_periods import plus_days
from susul.reading.dates.scene import Found, Preposition, Scene
from susul.reading.dates.written import FEW_DAYS_AGO, Written, resolved

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_UP_TO = (Preposition.BY, Preposition.BEFORE, Preposition.UNTIL, Preposition.AFTER)
ONE_FEAST = timedelta(days=7)  # days of one name that are no further apart are one feast
SEASON_AHEAD = timedelta(days=75)  # "after the holidays", said in July, means others


def feast(scene: Scene, place: int) -> Found | None:
    """ "Before Christmas", "sampai Natal"; "over Christmas" is no one day, "two weeks after Christmas" another."""
    start = scene.unmarked(place)
    key, attached = scene.name(start, "feast"), _attached(scene, place)
    if key is None or attached is None or _is_other_day(scene, place, start + 1):
        return None
    days = _days_of(key, scene, start + 1)
    return _found(days, attached, start + 1) if days else None


def season(scene: Scene, place: int) -> Found | None:
    """ "After the Christmas break", "setelah libur Lebaran", "once Ramadan is over"."""
    start = scene.unmarked(place)
    key = scene.name(start, "season")
    if key is None or _attached(scene, place) is not Preposition.AFTER or _is_other_day(scene, place, start + 1):
        return None
    days = _days_of(key, scene, start + 1)
    near = days and scene.today - ONE_FEAST < days[-1] <= scene.today + SEASON_AHEAD
    return _found(days, Preposition.AFTER, start + 1) if near else None


def _attached(scene: Scene, place: int) -> Preposition | None:
    place = scene.skip_back(place - 1, "durations.around", "marks.date", most=1) + 1  # "after the holidays"
    if scene.has(place - 1, "marks.feast_after"):
        return Preposition.AFTER
    name = scene.name(place - 1, "preposition")
    return Preposition(name) if name in _UP_TO else None


def _is_other_day(scene: Scene, place: int, stop: int) -> bool:
    counted = scene.has(place - 2, "unit", "fused") or scene.term(place - 2).number >= 0  # "two weeks after Christmas"
    return counted or scene.has(stop, "marks.feast_things")


def _found(days: Sequence[date], attached: Preposition, stop: int) -> Found:
    """Who waits until a feast of several days is over waits for its last; who comes before it, for its first."""
    day = days[-1] if attached is Preposition.AFTER else days[0]
    return Found(stop, day, day, attached, loose=True, repeatable=True)


def _days_of(key: str, scene: Scene, stop: int) -> Sequence[date]:
    """The days of the feast that is meant: the nearest to come, or the one that has only just been."""
    country, _, names = key.partition(" ")
    if not names:
        month, _, number = key.partition("-")
        day = resolved(Written(stop, int(number), int(month), None), scene)
        return (day,) if day else ()
    years = range(scene.today.year - 1, scene.today.year + 2)
    known = sorted(day for year in years for day in named_holidays(country, year, tuple(names.split(", "))))
    feasts = _grouped(known)
    if scene.backwards:
        return next((days for days in reversed(feasts) if days[-1] < scene.today), ())
    earliest = plus_days(scene.today, -FEW_DAYS_AGO)
    return next((days for days in feasts if earliest and days[-1] >= earliest), ())


def _grouped(days: Sequence[date]) -> list[list[date]]:
    feasts: list[list[date]] = []
    for day in days:
        if feasts and day - feasts[-1][-1] <= ONE_FEAST:
            feasts[-1].append(day)
        else:
            feasts.append([day])
    return feasts
