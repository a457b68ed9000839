"""When a day lies: behind the writer, ahead, or on every week again, as the words around it have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.reading.dates.scene import Found, Preposition, Scene
from susul.reading.dates.sentence import PAUSES, REACH, STOPS, in_clause, in_sentence, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterable

DEADLINES = frozenset({Preposition.BY, Preposition.BEFORE, Preposition.UNTIL, Preposition.AFTER})
BACK, ON = ("modifiers.last_after",), ("modifiers.this_after", "modifiers.coming_after")
_UNFULFILLED = 8  # terms: as far behind "had hoped to" as its day may stand
_NEARLY_A_YEAR = 325  # days: a day without a year that is further ahead was a few weeks ago
_SHORTEST = 5  # letters: "asked" is a verb of the past, "bed" is none
_NAMES_OF_DAYS = ("weekday", "month", "relative_days")


def pointing(scene: Scene, found: Found) -> tuple[str, ...]:
    """The senses of the word behind a date that points to it: "15 Juni lalu", "3 Agustus mendatang"; else ()."""
    return next((senses for senses in (BACK, ON) if scene.has(found.stop, *senses)), ())


def lies_behind(scene: Scene, place: int, found: Found, preposition: Preposition) -> bool:
    """Whether the words around a day that could be before or behind us put it behind."""
    if scene.has(place - 1, "tense.since") or (found.loose and pointing(scene, found) == BACK):
        return True
    if found.first == found.last == scene.today and not found.loose:
        return preposition not in DEADLINES and _narrated(scene, place, found.stop, ("tense.past", "tense.narrating"))
    if not found.loose:
        return False
    if found.weekday is not None and scene.has(place - 1, "tense.lately"):
        return not in_clause(scene, place, found.stop, "tense.future")
    if _was_weeks_ago(scene, place, found) or _unfulfilled(scene, place):
        return True
    if preposition in DEADLINES or _is_present(scene, place):
        return False
    return _told(scene, place, found.stop) or _narrated(
        scene, place, found.stop, ("tense.narrating", "tense.just_over")
    )


def _was_weeks_ago(scene: Scene, place: int, found: Found) -> bool:
    ahead = (found.last - scene.today).days
    return not found.whole and ahead > _NEARLY_A_YEAR and not in_sentence(scene, place, found.stop, "tense.future")


def _told(scene: Scene, place: int, stop: int) -> bool:
    """Whether the sentence tells what was: it has a word of the past and none of what is to come."""
    sentence = surroundings(scene, place, stop).sentence
    return "tense.past" in sentence and "tense.future" not in sentence


def _is_present(scene: Scene, place: int) -> bool:
    """Whether the nearest verb before the day is none of the past: "we spoke, and he wants to decide on Monday"."""
    infinitive = False
    for at in range(place - 1, place - REACH, -1):
        if not scene.word(at) or scene.word(at) in STOPS:
            return False
        if scene.has(at, "tense.present") or (infinitive and scene.has(at, "tense.asking")):
            return True
        if scene.has(at, "tense.past", "tense.narrating", "tense.verbs"):
            return False
        if _is_past_form(scene, at):
            return _is_passive(scene, at)
        infinitive = infinitive or scene.has(at, "tense.infinitive")
    return False


def _narrated(scene: Scene, place: int, stop: int, senses: tuple[str, ...]) -> bool:
    """Whether the clause tells what somebody did, and does not arrange a day: "on Tuesday you asked me"."""
    if scene.has(place - 1, "tense.towards") or scene.word(stop - 1).endswith("'s"):
        return False
    around = surroundings(scene, place, stop)
    if not around.clause.isdisjoint(("tense.future", "tense.arranging")):
        return False
    if not around.clause.isdisjoint(senses) or _just_done(scene, place):
        return True
    if "tense.done_before" in around.clause and any(
        scene.has(at, "tense.done_before") for at in around.places if at < place
    ):
        return True
    return "tense.subjects" in around.clause and _has_past_verb(scene, place, around.places)


def _just_done(scene: Scene, place: int) -> bool:
    """ "The server crashed on Monday"; "it is delivered on Monday" may be to come."""
    verb = place - 1 - (scene.name(place - 1, "preposition") == Preposition.ON)
    return verb < place - 1 and _is_past_form(scene, verb) and not _is_passive(scene, verb)


def _is_passive(scene: Scene, verb: int) -> bool:
    return scene.has(verb - 1, "tense.auxiliaries") or scene.has(verb - 2, "tense.auxiliaries")


def _has_past_verb(scene: Scene, place: int, clause: Iterable[int]) -> bool:
    """Whether the clause has a verb of the past behind its subject: "you kindly asked", "sudah mengirim"."""
    for at in clause:
        if scene.has(at, "tense.subjects"):
            verb = scene.skip(at + 1, "tense.adverbs", most=2)
            begun = at < place and bool(scene.verbs.beginnings) and _begins(scene, at, verb)
            if begun or scene.has(verb, "tense.verbs") or _is_past_form(scene, verb):
                return True
    return False


def _begins(scene: Scene, subject: int, verb: int) -> bool:
    return scene.has(subject, "tense.done") and scene.word(verb).startswith(scene.verbs.beginnings)


def _is_past_form(scene: Scene, verb: int) -> bool:
    word = scene.word(verb)
    forms = scene.verbs
    return len(word) >= _SHORTEST and word.endswith(forms.endings) and not word.endswith(forms.not_endings)


def _unfulfilled(scene: Scene, place: int) -> bool:
    """Whether the day is what had been hoped or meant: "we had hoped to reach you by Friday"."""
    for at in range(place - 1, place - 1 - _UNFULFILLED, -1):
        if scene.has(at, "tense.unfulfilled"):
            return True
        if scene.word(at) in STOPS | PAUSES or scene.has(at, *_NAMES_OF_DAYS):
            return False
    return False


def is_habit(scene: Scene, place: int, found: Found, habit_stop: int) -> bool:
    """Whether the days come again and again: "every Monday and Thursday", "setiap tanggal 25"."""
    if not found.repeatable:
        return False
    start = place
    for _ in range(3):
        if scene.has(start, "recurring.before") or scene.has(start - 1, "recurring.before"):
            return True
        if not scene.has(start - 1, "marks.filler", "marks.day", "marks.date", "ordinals", "preposition", "part"):
            break
        start -= 1
    joined = scene.has(place - 1, "recurring.both", "joiners.range", "joiners.either") or scene.word(place - 1) == ","
    again = joined and habit_stop == place - 1
    return scene.has(found.stop, "recurring.after") or again or _is_usual(scene, place, found)


def _is_usual(scene: Scene, place: int, found: Found) -> bool:
    """ "On Thursday it always rains", "the shop is closed on Monday", "see you Monday, he used to say"."""
    if not found.loose or found.whole:
        return False
    if in_sentence(scene, place, found.stop, "recurring.once"):
        return True
    if not _is_of_weekdays(scene, place, found) or in_sentence(scene, place, found.stop, "tense.future"):
        return False
    if in_sentence(scene, place, found.stop, "recurring.usually"):
        return True
    around = surroundings(scene, place, found.stop).sentence
    return "recurring.open" in around and "recurring.houses" in around


def _is_of_weekdays(scene: Scene, place: int, found: Found) -> bool:
    """Whether weekdays name the days, and nothing that makes them one week's."""
    said = [scene.term(at) for at in range(place, found.stop)]
    return any("weekday" in term.senses for term in said) and not any(
        term.number >= 0 or "month" in term.senses for term in said
    )
