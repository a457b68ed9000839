"""The day on which the writer of an out-of-office note is back."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from susul.languages import codes, table
from susul.reading.dates import Mention, Preposition, mentions
from susul.reading.nature import absence_text

if TYPE_CHECKING:
    from susul.days import BusinessDays
    from susul.model import Message
    from susul.owner import Owner

_BEFORE = 30  # characters before a day in which it may be said to be that of the return
_WORDS = 4


def first_day_back(message: Message, own_words: str, owner: Owner, language: str) -> date | None:
    """The day that the note names, None where it names none: "back on D" is D, "until D" the next business day."""
    sentence = absence_text(own_words)
    if not sentence:
        return None
    named = mentions(sentence, message.sent_at, owner.zone, owner.days, preferred=language)
    ahead = [mention for mention in named if not mention.past]
    if not ahead:
        return None
    back = [mention for mention in ahead if mention.preposition is Preposition.ON or _is_the_return(sentence, mention)]
    if back:
        return back[-1].window.ends_on
    return _after(max(ahead, key=lambda mention: mention.window.ends_on), owner.days)


def _is_the_return(sentence: str, mention: Mention) -> bool:
    """ "Back Monday", "masuk lagi tanggal 22 Juni": the day itself, though nothing like "on" stands before it."""
    if mention.preposition is not Preposition.BARE:
        return False
    before = sentence[max(0, mention.start - _BEFORE) : mention.start].lower().split()[-_WORDS:]
    return any(word in _returning() for word in before)


@cache
def _returning() -> frozenset[str]:
    """The words that say that somebody is back, in every language."""
    return frozenset(word for code in codes() for word in table(code, "dates")["marks"]["returning"])


def _after(mention: Mention, days: BusinessDays) -> date:
    """The day after an absence "until D".

    Who is away "until Monday" is back on Monday, who is away "until Friday" on the Monday after: a last day of absence
    is never the first business day after days off.
    """
    last = mention.window.ends_on
    ranged = mention.window.starts_on is not None and mention.window.starts_on < last
    starts_a_week = days.is_business_day(last) and not days.is_business_day(last - timedelta(days=1))
    if mention.preposition is Preposition.UNTIL and starts_a_week and not ranged:
        return last
    return days.after(last)
