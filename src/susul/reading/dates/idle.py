"""Words that name a day but no day to wait for: names, wishes, figures of speech, and days that never came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.reading.dates.sentence import in_clause

if TYPE_CHECKING:
    from susul.reading.dates.scene import Found, Scene

_HOURS_REACH = 4  # terms: as far behind "office hours" as its days may stand
_NAME, _WISH = 3, 4  # terms: as long as the name of a shop, or what stands between a wish and its day, may be


def is_idle(scene: Scene, place: int, found: Found) -> bool:
    """Whether the day is a part of a name, of a wish, of a figure of speech, or of what never happened."""
    return (
        _is_a_name(scene, place)
        or _is_a_title(scene, place, found)
        or _is_wished(scene, place)
        or _is_likened(scene, place, found)
        or _is_what_is_measured(scene, place, found)
        or scene.has(found.stop, "names.spoilers_after")
        or in_clause(scene, place, found.stop, "tense.unreal")
    )


def is_repeated(scene: Scene, place: int) -> bool:
    """ "Besok-besok" is some day, not tomorrow."""
    dash = place + 1
    glued = scene.word(dash) == "-" and scene.touching(dash) and scene.touching(dash + 1)
    return glued and scene.word(place) == scene.word(dash + 1) and scene.word(place).isalpha()


def _is_a_name(scene: Scene, place: int) -> bool:
    """Whether the words are an address, a number of something, or hours of opening."""
    behind_hours = any(scene.has(at, "names.hours") for at in range(place - _HOURS_REACH, place))
    return scene.has(place - 1, "names.before") or behind_hours


def _is_a_title(scene: Scene, place: int, found: Found) -> bool:
    """ "Toko Kue Minggu Pagi", "Sunday Club", "Tomorrow's World"."""
    if not scene.capital(place):
        return False
    if scene.has(found.stop, "names.houses_after") and scene.capital(found.stop):
        return True
    genitive = scene.has(place, "relative_days") and scene.word(found.stop - 1).endswith("'s")
    if genitive and scene.capital(found.stop) and not scene.term(found.stop).senses:
        return True
    for at in range(place - 1, place - 1 - _NAME, -1):
        if scene.has(at, "names.houses"):
            return True
        if not scene.capital(at):
            return False
    return False


def _is_wished(scene: Scene, place: int) -> bool:
    """ "Enjoy the weekend", "have a great Friday", "selamat hari Senin"."""
    at = scene.skip_back(place - 1, "names.wish_fill", most=_WISH)
    return scene.has(at, "names.wish")


def _is_likened(scene: Scene, place: int, found: Found) -> bool:
    """ "The Sunday of our team", "the Friday after the interview": a day of something that is not known."""
    return (
        found.weekday is not None
        and scene.has(place - 1, "marks.date")
        and scene.has(found.stop, "durations.counted_from")
    )


def _is_what_is_measured(scene: Scene, place: int, found: Found) -> bool:
    """ "The Q2 results", "gaji bulan ini", "this month's invoice": the period says which one, not when."""
    if not found.whole:
        return False
    genitive = scene.has(place, "modifiers.this_before") and scene.word(found.stop - 1).endswith("'s")
    return genitive or scene.has(found.stop, "names.measured") or scene.has(place - 1, "names.measured_before")
