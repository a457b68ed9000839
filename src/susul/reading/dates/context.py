"""How one day bears on the next one of its sentence: "early in the year, namely January"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from susul.reading.dates.scene import Found, Preposition, Scene
from susul.reading.dates.sentence import STOPS, in_clause

if TYPE_CHECKING:
    from datetime import date

_MONTHS = 350  # days: a longer period is a year
_FAR = 7  # days: a weekday is the next one even beside a date in the week to come


class Read(NamedTuple):
    """A day and the place where its words begin."""

    place: int
    found: Found


def takes_the_place_of(scene: Scene, earlier: Read, new: Read) -> bool:
    """Whether the new day says more exactly what the earlier meant, or is the one to wait for.

    "Early next year, namely on 10 January"; "I'm offline today and back on Monday".
    """
    between = range(earlier.found.stop, new.place)
    if any(scene.word(at) in STOPS for at in between):
        return False
    if _is_moved_to(scene, new):
        return True
    first, last = _first(earlier.found, scene.today), earlier.found.last
    if _is_year(earlier.found) and first <= new.found.last <= last:
        return True  # "this year it's 12 June"
    if first < last and any(scene.has(at, "marks.namely") for at in between):
        return first <= new.found.last <= last
    only_today = earlier.found.first == last == scene.today and earlier.found.preposition is Preposition.BARE
    return only_today and any(scene.has(at, "marks.returning") for at in between)


def _is_moved_to(scene: Scene, new: Read) -> bool:
    """ "The meeting on Thursday is moved to Monday", "rapat Kamis dipindah ke Senin"."""
    leads = scene.lead(new.place)
    return scene.has(leads, "tense.moved_to") and in_clause(scene, new.place, new.found.stop, "tense.moving")


def is_in_doubt(scene: Scene, earlier: Read, new: Read) -> bool:
    """Whether a weekday may be this week's or that of a later date beside it.

    "Thursday the 2nd suits us, as Friday is a holiday"; "next week is full, but Friday works".
    """
    if new.found.weekday is None or not new.found.loose:
        return False
    if any(scene.word(at) in STOPS for at in range(earlier.found.stop, new.place)):
        return False
    if earlier.found.whole:
        return new.found.last < _first(earlier.found, scene.today) and _is_week(earlier.found)
    named = any(scene.has(at, "weekday") for at in range(earlier.place, earlier.found.stop))
    return named and (earlier.found.last - new.found.last).days >= _FAR - 1


def _is_year(found: Found) -> bool:
    return found.whole and found.first is not None and (found.last - found.first).days > _MONTHS


def _is_week(found: Found) -> bool:
    return found.first is not None and (found.last - found.first).days < _FAR


def _first(found: Found, today: date) -> date:
    return found.first or today
