"""Whose date it is: which of the days named in a message belongs to a phrase found in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from susul.model import Fact, Sense
from susul.reading.dates import Mention, Preposition
from susul.reading.phrases import phrase_book
from susul.reading.sentences import Prose, Sentence, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

# How far below an invitation its date may stand ("on:", then a table of day, hour and place), in characters.
_TABLE_BELOW = 400
# A day named before the phrase, or beyond a comma, is less likely its own than one right behind it.
_BEFORE, _BEYOND = 30, 40
# How far before a day the word may stand that makes it a deadline ("the text must be at the printer's on Friday").
_OBLIGED = 90

_DEADLINES = frozenset({Preposition.BY, Preposition.WITHIN, Preposition.BEFORE})


def mention_for(
    fact: Fact,
    sense: Sense,
    prose: Prose,
    place: tuple[int, int],
    sentence: Sentence,
    mentions: Sequence[Mention],
    written_on: date,
) -> Mention | None:
    """The day that belongs to a phrase, None where the sentence names none for it.

    ``place`` is where the phrase stands in ``prose``; ``written_on`` is the mail's local date.
    """
    ahead = [mention for mention in mentions if not mention.past and mention.window.ends_on >= written_on]
    beside = [mention for mention in ahead if sentence.start <= prose.moved(mention.start) < sentence.end]
    if fact is Fact.SCHEDULE:
        return _appointment(sense, beside, ahead, prose, sentence)
    if fact in (Fact.PROMISE, Fact.CHECK_BACK, Fact.REQUEST, Fact.HOLD_OFF, Fact.ON_HOLD):
        found = _deadline(fact, beside, prose, place)
        return found or (_stated_deadline(ahead, prose) if fact is Fact.REQUEST else None)
    return None


def names_a_day(prose: Prose, sentence: Sentence, mentions: Sequence[Mention]) -> bool:
    """Whether a sentence names a day that the date reading had no answer for ("the day after the vote")."""
    if any(sentence.start <= prose.moved(mention.start) < sentence.end for mention in mentions):
        return False
    return any(wording.found_in(sentence.folded, sentence.words) for wording in phrase_book().day)


def _appointment(
    sense: Sense, beside: Sequence[Mention], ahead: Sequence[Mention], prose: Prose, sentence: Sentence
) -> Mention | None:
    """The time of a meeting: in the sentence, else in the table or the sentence that follows it."""
    if sense is Sense.NO_SHOW:
        return None
    below = [mention for mention in ahead if sentence.end <= prose.moved(mention.start) < sentence.end + _TABLE_BELOW]
    timed = [mention for mention in beside if mention.starts_at is not None]
    if sense is Sense.MOVED and (timed or beside):
        return (timed or list(beside))[-1]
    if timed or beside:
        return (timed or list(beside))[0]
    return next((mention for mention in below if mention.starts_at is not None), below[0] if below else None)


def _deadline(fact: Fact, beside: Iterable[Mention], prose: Prose, place: tuple[int, int]) -> Mention | None:
    suited = beside = list(beside)
    if fact in (Fact.PROMISE, Fact.REQUEST):
        suited = [mention for mention in beside if not _of_an_occasion(mention, prose)]
    if fact is Fact.REQUEST:
        # "The figures for October by Thursday": a day that is called a deadline is the one.
        suited = [mention for mention in suited if mention.preposition in _DEADLINES] or suited
    if fact is Fact.PROMISE:
        # "The board meets on Thursday, then I'll tell you": the answer comes with the occasion.
        suited = suited or beside
        suited = [mention for mention in suited if mention.preposition is not Preposition.UNTIL] or suited
    return min(suited, key=lambda mention: _distance(mention, prose, place), default=None)


def _stated_deadline(ahead: Iterable[Mention], prose: Prose) -> Mention | None:
    """A deadline that another sentence states for both sides: what is asked for is due by then."""
    return next((mention for mention in ahead if _is_obliged(mention, prose)), None)


def _is_obliged(mention: Mention, prose: Prose) -> bool:
    start = prose.moved(mention.start)
    before = re.split(r"[.!?\n] ", prose.folded[max(0, start - _OBLIGED) : start].replace("\n", "\n "))[-1]
    return not phrase_book().deadlines.isdisjoint(words(before)) and not _of_an_occasion(mention, prose)


def _distance(mention: Mention, prose: Prose, place: tuple[int, int]) -> int:
    start, end = prose.moved(mention.start), prose.moved(mention.end)
    between = prose.folded[place[1] : start] if start >= place[1] else prose.folded[end : place[0]]
    behind = 0 if start >= place[0] else _BEFORE
    return len(between) + behind + _BEYOND * (between.count(",") + between.count(";"))


def _of_an_occasion(mention: Mention, prose: Prose) -> bool:
    """True for "the interview on Monday": the day is the interview's, not a deadline."""
    if mention.preposition in _DEADLINES:
        return False
    start, book = prose.moved(mention.start), phrase_book()
    before = words(prose.folded[max(0, start - 40) : start])
    while before and before[-1] in book.links:
        before.pop()
    return bool(before) and before[-1] in book.occasions
