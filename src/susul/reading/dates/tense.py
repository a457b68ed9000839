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
_OBJECT = 4  # terms: as far before the month as the verb may stand that tells what was done in it
_NEARLY_A_YEAR = 325  # days: a day without a year that is further ahead was a few weeks ago
_MONTHS_AWAY = 270  # days: the same of a whole month, or of a part of one or of the year
_SHORTEST = 5  # letters: "asked" is a verb of the past, "bed" is none
_THANKS, _MADE = 5, 4  # terms: as many as may stand inside thanks, or between "minutes of" and their day
_ONE_OF_ITS_KIND = (
    "relative_days",
    *(f"modifiers.{name}_{side}" for name in ("next", "this", "coming", "last") for side in ("before", "after")),
)
_OF_TODAY = ("tense.past", "tense.narrating", "tense.just_over")
_NO_LONGER_TOLD = ("tense.future", "tense.arranging", "tense.asking", "tense.infinitive", "tense.breaks", "tense.done")
_NAMES_OF_DAYS = ("weekday", "month", "relative_days")


def pointing(scene: Scene, found: Found) -> tuple[str, ...]:
    """The senses of the word behind a date that points to it: "15 Juni lalu", "3 Agustus mendatang"; else ()."""
    return next((senses for senses in (BACK, ON) if scene.has(found.stop, *senses)), ())


def lies_behind(scene: Scene, place: int, found: Found, preposition: Preposition) -> bool:
    """Whether the words around a day that could be before or behind us put it behind."""
    if scene.has(place - 1, "tense.since") or (found.loose and pointing(scene, found) == BACK):
        return True
    if found.first == found.last == scene.today and not found.loose:
        thanked = in_clause(scene, place, found.stop, "tense.thanking")
        return preposition not in DEADLINES and (thanked or _narrated(scene, place, found.stop, _OF_TODAY))
    if _by_then(scene, place, found.stop):
        return True
    if not found.loose:
        return False
    if found.weekday is not None and scene.has(place - 1, "tense.lately"):
        return not in_clause(scene, place, found.stop, "tense.future")
    if _was_weeks_ago(scene, place, found) or _unfulfilled(scene, place):
        return True
    if _is_of_what_was(scene, place, found):
        return True
    if preposition in DEADLINES:
        return preposition is Preposition.UNTIL and _lasted(scene, place, found.stop)
    if _is_present(scene, place):
        return False
    if _has_just_been_told(scene, place) or _is_asked_of(scene, place, found.stop):
        return True
    return _told(scene, place, found.stop) or _narrated(
        scene, place, found.stop, ("tense.narrating", "tense.just_over")
    )


def _is_of_what_was(scene: Scene, place: int, found: Found) -> bool:
    """Whether the words right beside the day say that it is over, whatever else the sentence speaks of."""
    return (
        _was(scene, place)
        or _is_thanked_for(scene, place)
        or _is_made(scene, place, found.stop)
        or _turned_out(scene, place, found.stop)
        or _is_said_before(scene, place, found.stop)
        or _was_done_in(scene, place, found)
    )


def _is_said_before(scene: Scene, place: int, stop: int) -> bool:
    """ "On Tuesday, you asked for the figures", "as I said on Monday": the day on which it was said."""
    lead = scene.lead(place)
    attached = scene.preposition(lead) == Preposition.ON and not scene.has(lead, "tense.towards")
    said = lead - 1
    if attached and scene.has(said, "tense.said") and scene.has(said - 1, "tense.subjects"):
        return scene.has(said - 2, "tense.quoting")
    subject = stop + (scene.word(stop) == ",")
    if not (attached and scene.ends_clause(said) and scene.has(subject, "tense.subjects")):
        return False
    return scene.has(scene.skip(subject + 1, "tense.adverbs"), "tense.said")


def _was_done_in(scene: Scene, place: int, found: Found) -> bool:
    """ "We moved in July", and in a month far ahead "we moved the office in May"; "we moved it to May" arranges."""
    if not found.whole or scene.preposition(place - 1) != Preposition.ON or scene.has(place - 1, "tense.towards"):
        return False
    far = (found.last - scene.today).days > _MONTHS_AWAY
    for verb in range(place - 2, place - 2 - (_OBJECT if far else 1), -1):
        subject = scene.skip_back(verb - 1, "tense.adverbs")
        if scene.has(subject, "tense.subjects") and not scene.has(subject, "tense.quoting"):
            return _is_past_form(scene, verb)
        if scene.has(verb, "tense.infinitive", "tense.breaks") or scene.word(verb) in STOPS | PAUSES:
            return False
    return False


def _was(scene: Scene, place: int) -> bool:
    """ "The deadline was the 5th", whatever is said of deadlines; "was Friday all right?" asks."""
    verb = scene.lead(place)
    verb -= scene.preposition(verb) == Preposition.ON
    return scene.has(verb, "tense.was") and not scene.ends_clause(verb - 1)


def _is_thanked_for(scene: Scene, place: int) -> bool:
    """ "Thanks ever so much for Wednesday"."""
    reason = scene.lead(place)
    return scene.has(reason, "tense.thanking") or _thanks_end_at(scene, reason)


def _thanks_end_at(scene: Scene, reason: int) -> bool:
    if not scene.has(reason, "tense.thanked_for"):
        return False
    return scene.has(scene.skip_back(reason - 1, "tense.thanks_fill", most=_THANKS), "tense.thanks")


def _is_made(scene: Scene, place: int, stop: int) -> bool:
    """ "Friday's slides", "notulen rapat Senin"."""
    if scene.word(stop - 1).endswith("'s") and scene.has(stop, "tense.made"):
        return True
    return any(scene.has(at, "tense.made_before") for at in range(place - _MADE, place))


def _turned_out(scene: Scene, place: int, stop: int) -> bool:
    """ "They said Monday, and nothing came"."""
    sentence = surroundings(scene, place, stop).sentence
    if not {"tense.reported", "tense.turned"} <= sentence:
        return False
    for at in range(stop, stop + REACH):
        if scene.word(at) in STOPS or scene.has(at, "tense.turned"):
            return scene.word(at) not in STOPS
    return False


def _has_just_been_told(scene: Scene, place: int) -> bool:
    """ "We applied in May and expect a reply": the verb before the day is of the past, whatever comes behind it."""
    if scene.has(place - 1, "tense.towards"):
        return False
    for at in range(place - 1, place - _UNFULFILLED, -1):
        if scene.word(at) in STOPS | PAUSES or scene.has(at, *_NO_LONGER_TOLD):
            return False
        if scene.has(at, "tense.subjects"):
            verb = scene.skip(at + 1, "tense.adverbs")
            return verb < place and (scene.has(verb, "tense.verbs", "tense.narrating") or _is_past_form(scene, verb))
    return False


def _lasted(scene: Scene, place: int, stop: int) -> bool:
    """ "Nobody complained until Monday", "we didn't open until Monday"; "extended until Monday" is to come."""
    around = surroundings(scene, place, stop)
    if any(scene.has(at, "tense.future") and scene.preposition(at) is None for at in around.places):
        return False
    if any(scene.has(at, "tense.never_then") for at in around.places if at < place):
        return any(_is_past_form(scene, at) or scene.has(at, "tense.narrating", "tense.past") for at in around.places)
    verb = place - 2
    told = _is_past_form(scene, verb) and not scene.has(verb, "tense.arranging") and not scene.ends_clause(verb - 1)
    return told and scene.preposition(place - 1) == Preposition.UNTIL and not _is_passive(scene, verb)


def _is_asked_of(scene: Scene, place: int, stop: int) -> bool:
    """ "Who was on duty on Sunday?"; the question mark alone does not speak of what is to come."""
    around = surroundings(scene, place, stop)
    if "tense.asked_of" not in around.clause or not any(scene.word(at) == "?" for at in around.places):
        return False
    to_come = any(scene.has(at, "tense.future", "tense.arranging") and scene.word(at) != "?" for at in around.places)
    return not to_come and any(scene.has(at, "tense.asked_of") for at in around.places if at < place)


def _by_then(scene: Scene, place: int, stop: int) -> bool:
    """ "By the end of the week everyone had left"."""
    led = scene.lead(place)
    if scene.preposition(led) != Preposition.BY or not scene.ends_clause(led - 1):
        return False
    around = surroundings(scene, place, stop)
    return "tense.past" in around.clause and "tense.future" not in around.sentence


def _was_weeks_ago(scene: Scene, place: int, found: Found) -> bool:
    """Whether the day or the month that is said without its year may be the one just gone."""
    ahead = (found.last - scene.today).days
    if ahead <= _MONTHS_AWAY or in_sentence(scene, place, found.stop, "tense.future"):
        return False
    if not found.whole and ahead > _NEARLY_A_YEAR:
        return True
    around = surroundings(scene, place, found.stop)
    told = not around.clause.isdisjoint(("tense.past", "tense.narrating", "tense.verbs", "tense.done"))
    return told or any(_is_past_form(scene, at) and not _is_passive(scene, at) for at in around.places)


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
    if "tense.thanks" in around.clause and any(_thanks_end_at(scene, at) for at in around.places if at < place):
        return True
    if "tense.done_before" in around.clause and any(
        scene.has(at, "tense.done_before") for at in around.places if at < place
    ):
        return True
    return "tense.subjects" in around.clause and _has_past_verb(scene, place, around.places)


def _just_done(scene: Scene, place: int) -> bool:
    """ "The server crashed on Monday"; "it is delivered on Monday" may be to come."""
    verb = place - 1 - (scene.preposition(place - 1) == Preposition.ON)
    past = _is_past_form(scene, verb) or (scene.has(verb, "tense.verbs") and not scene.ends_clause(verb - 1))
    return verb < place - 1 and past and not _is_passive(scene, verb)


def _is_passive(scene: Scene, verb: int) -> bool:
    return any(scene.has(at, "tense.auxiliaries") or _is_with_its_verb(scene, at) for at in (verb - 1, verb - 2))


def _is_with_its_verb(scene: Scene, place: int) -> bool:
    """ "It's", "she's"."""
    return scene.has(place, "tense.subjects") and scene.word(place).endswith("'s")


def is_told(scene: Scene, place: int, stop: int) -> bool:
    """Whether a length of time tells what was done in it: "in two years we doubled the team"."""
    around = surroundings(scene, place, stop)
    if not around.clause.isdisjoint(("tense.future", "tense.arranging", "tense.asking", "recurring.both")):
        return False
    if "durations.grown" in around.clause:
        return True
    if scene.ends_clause(place - 1) and not around.clause.isdisjoint(("tense.past", "tense.narrating", "tense.verbs")):
        return True
    return "tense.subjects" in around.clause and _has_past_verb(scene, place, around.places)


def _has_past_verb(scene: Scene, place: int, clause: Iterable[int]) -> bool:
    """Whether the clause has a verb of the past behind its subject: "you kindly asked", "sudah mengirim"."""
    for at in clause:
        if scene.has(at, "tense.subjects"):
            verb = scene.skip(at + 1, "tense.adverbs")
            begun = at < place and bool(scene.verbs.beginnings) and _begins(scene, at, verb)
            if begun or scene.has(verb, "tense.verbs", "tense.done_verbs") or _is_past_form(scene, verb):
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
        if not scene.has(start - 1, "marks.filler", "preposition"):
            break
        start -= 1
    joined = scene.has(place - 1, "recurring.both", "joiners.either") or scene.word(place - 1) == ","
    again = joined and habit_stop == place - 1
    return scene.has(found.stop, "recurring.after") or again or _is_usual(scene, place, found)


def _is_usual(scene: Scene, place: int, found: Found) -> bool:
    """ "On Thursday it always rains", "the shop is closed on Monday", "see you Monday, he used to say"."""
    if found.loose and not found.whole and in_sentence(scene, place, found.stop, "recurring.once"):
        return True
    of_weekdays = found.loose and not found.whole and _is_of_weekdays(scene, place, found)
    if not (of_weekdays or _may_recur(scene, place, found)):
        return False
    clause, sentence = surroundings(scene, place, found.stop).clause, surroundings(scene, place, found.stop).sentence
    if of_weekdays and "recurring.open" in clause and _is_a_topic(scene, place):
        return True
    if "tense.future" in sentence:
        return False
    if "recurring.usually" in clause:
        return True
    return of_weekdays and ("recurring.frequency" in sentence or {"recurring.open", "recurring.houses"} <= sentence)


def _is_a_topic(scene: Scene, place: int) -> bool:
    """ "Libur kalau hari Senin"."""
    return scene.has(scene.lead(place), "recurring.topics")


def _may_recur(scene: Scene, place: int, found: Found) -> bool:
    """ "Usually the first Thursday of the month", "umumnya akhir bulan"; "always by the end of June" is a promise."""
    if found.past or found.preposition is not Preposition.BARE or scene.preposition(place - 1) in DEADLINES:
        return False
    figures, named = False, False
    for at in range(place, found.stop):
        if scene.has(at, *_ONE_OF_ITS_KIND):
            return False
        figures = figures or scene.is_number(at)
        named = named or scene.has(at, "month")
    return not (figures and named)


def _is_of_weekdays(scene: Scene, place: int, found: Found) -> bool:
    """Whether weekdays name the days, and nothing that makes them one week's."""
    said = [scene.term(at) for at in range(place, found.stop)]
    return any("weekday" in term.senses for term in said) and not any(
        term.number >= 0 or "month" in term.senses for term in said
    )
