"""Words that name a day but no day to wait for: names, wishes, figures of speech, and days that never came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.reading.dates.scene import Preposition
from susul.reading.dates.sentence import in_clause, in_sentence

if TYPE_CHECKING:
    from susul.reading.dates.scene import Found, Scene

_OPENING, _CLOSING = ('"', "“", "‘", "„", "«"), ('"', "”", "’", "“", "»")
_HOURS_REACH = 4  # terms: as far behind "office hours" as its days may stand
_NAME, _WISH = 3, 4  # terms: as long as the name of a shop, or what stands between a wish and its day, may be


def is_idle(scene: Scene, place: int, found: Found) -> bool:
    """Whether the day is a part of a name, of a wish, of a figure of speech, or of what never happened."""
    return (
        _is_denied(scene, place)
        or _is_a_name(scene, place)
        or _is_a_title(scene, place, found)
        or _is_named_after(scene, place, found)
        or _is_wished(scene, place)
        or _is_a_figure(scene, place)
        or _is_likened(scene, place, found)
        or _is_what_is_measured(scene, place, found)
        or _is_pointed_out(scene, found)
        or _is_in_a_word(scene, place, found)
        or in_clause(scene, place, found.stop, "tense.unreal")
    )


def is_repeated(scene: Scene, place: int) -> bool:
    """ "Besok-besok" is some day, not tomorrow."""
    dash = place + 1
    return scene.glue(dash, "-") and scene.word(place) == scene.word(dash + 1) and scene.word(place).isalpha()


def _is_denied(scene: Scene, place: int) -> bool:
    """ "Not this Friday", "bukan hari Senin"; "why not Friday?" is no denial."""
    before = scene.lead(place)
    before -= scene.preposition(before) == Preposition.ON and not scene.has(before, "names.denying")
    return scene.has(before, "names.denying")


def _is_a_figure(scene: Scene, place: int) -> bool:
    """ "At the end of the day, money decides", "the leaders of tomorrow", "today's youth"."""
    if scene.has(place, "relative_days"):
        return scene.has(place - 1, "names.figures_before") or scene.has(place + 1, "names.of_our_time")
    if not scene.has(place, "names.figurative") or not scene.ends_clause(place - 1):
        return False
    return not in_sentence(scene, place, place + 1, "tense.future")


def _is_pointed_out(scene: Scene, found: Found) -> bool:
    """ "Jumat itu" is one that is known. "It's Wednesday now", said on one."""
    if found.weekday == scene.today.weekday() and scene.has(found.stop, "marks.now"):
        return True
    return scene.has(found.stop, "names.spoilers_after")


def _is_in_a_word(scene: Scene, place: int, found: Found) -> bool:
    """ "A Monday-to-Thursday job", "the song “Hari Minggu”"."""
    if scene.word(place - 1) in _OPENING and scene.touching(place):
        return scene.word(found.stop) in _CLOSING and scene.touching(found.stop)
    return scene.glue(place - 1, "-") and scene.word(place - 2).isalpha() and scene.has(place - 2, "joiners.range")


def _is_named_after(scene: Scene, place: int, found: Found) -> bool:
    """ "Mas Rabu Prasetyo", "our Thursday Night Football", "July and Sons"."""
    if not scene.capital(place) or not scene.has(place, "weekday", "month"):
        return False
    if scene.has(place - 1, "names.titles_sure") and scene.capital(place - 1):
        return True
    if scene.has(found.stop, "joiners.both") and scene.has(found.stop + 1, "names.partners"):
        return True
    after = found.stop - (found.stop > place + 1 and scene.is_part_of_day(found.stop - 1))
    if not scene.capital(after) or scene.has(after, "month", "modifiers.this_after", "modifiers.next_after"):
        return False
    if not scene.is_part_of_day(after) and scene.term(after).senses:
        return False
    if after < found.stop and scene.capital(found.stop) and not scene.term(found.stop).senses:
        return True  # "Monday Night Football"
    return scene.has(place - 1, "names.programmes") or (
        scene.capital(place - 1) and scene.has(place - 1, "names.titles") and after == found.stop
    )


def _is_a_name(scene: Scene, place: int) -> bool:
    """Whether the words are an address, a number of something, or hours of opening."""
    behind_hours = any(scene.has(at, "names.hours") for at in range(place - _HOURS_REACH, place))
    return scene.has(place - 1, "names.before") or behind_hours


def _is_a_title(scene: Scene, place: int, found: Found) -> bool:
    """ "Toko Kue Minggu Pagi", "Sunday Club", "Tomorrow's World"."""
    if scene.has(found.stop, "names.houses_after") and scene.capital(found.stop) and scene.capital(found.stop - 1):
        return True
    if not scene.capital(place):
        return False
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
    named = any(scene.has(at, "modifiers.this_before", "month") for at in range(place, found.stop))
    genitive = named and scene.word(found.stop - 1).endswith("'s")
    return genitive or scene.has(found.stop, "names.measured") or scene.has(place - 1, "names.measured_before")
