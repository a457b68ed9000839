"""The sentence and the clause around a day: how far they reach, and which senses their words have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.reading.dates.lexicon import PARAGRAPH
from susul.reading.dates.scene import MARGIN, Scene, Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterable

STOPS = frozenset({".", "!", "?", ";", PARAGRAPH})
PAUSES = frozenset({",", "—", "–", "(", ")", ":"})
REACH = 25  # terms: as far as a sentence is looked at


def in_sentence(scene: Scene, place: int, stop: int, *senses: str) -> bool:
    """Whether a word of one of these senses stands in the sentence around the terms from ``place`` to ``stop``."""
    return not surroundings(scene, place, stop).sentence.isdisjoint(senses)


def in_clause(scene: Scene, place: int, stop: int, *senses: str) -> bool:
    """Whether a word of one of these senses stands in the clause around the terms from ``place`` to ``stop``."""
    return not surroundings(scene, place, stop).clause.isdisjoint(senses)


def is_moved(scene: Scene, place: int, joiner: int) -> bool:
    """Whether the day behind ``joiner`` takes the place of the one at ``place``: "moved from Monday to Friday"."""
    if not scene.has(joiner, "tense.moved_to") or scene.has(scene.lead(place), "tense.moved_to"):
        return False  # "moved to 15 to 17 December"
    return in_clause(scene, place, joiner, "tense.moving")


def surroundings(scene: Scene, place: int, stop: int) -> Surroundings:
    """What stands around the terms from ``place`` to ``stop``, themselves left out."""
    known = scene.surroundings.get((place, stop))
    if known is None:
        known = scene.surroundings[place, stop] = _looked_at(scene, place, stop)
    return known


def _looked_at(scene: Scene, place: int, stop: int) -> Surroundings:
    before, own_before = _as_far_as(scene, range(place - 1, place - REACH, -1))
    # A day in front of its clause belongs to it: "On Tuesday, you asked …".
    in_front = scene.word(stop) == "," and scene.ends_clause(scene.skip_back(place - 1, "preposition", "marks.day"))
    after, own_after = _as_far_as(scene, range(stop + in_front, stop + REACH))
    clause = (*before[:own_before], *after[:own_after])
    return Surroundings(_senses(scene, (*before, *after)), _senses(scene, clause), clause)


def _senses(scene: Scene, places: Iterable[int]) -> frozenset[str]:
    found: set[str] = set()
    for at in places:
        senses = scene.padded[at + MARGIN].senses
        if senses and not ("month.everyday" in senses and scene.capital(at)):  # "May" is nothing else then
            found.update(senses)
    return frozenset(found)


def _as_far_as(scene: Scene, places: range) -> tuple[list[int], int]:
    """The terms up to the end of the sentence, and how many of them are of the same clause."""
    reached: list[int] = []
    clause = -1
    for at in places:
        word, senses = scene.word(at), scene.term(at).senses
        if not word:
            break
        if word in STOPS:
            if places.step > 0:
                reached.append(at)  # the question mark says how the sentence is meant
            break
        if clause < 0 and (word in PAUSES or "tense.breaks" in senses):
            clause = len(reached)
        reached.append(at)
    return reached, clause if clause >= 0 else len(reached)
