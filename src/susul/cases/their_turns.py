"""What a mail of the other side's changes in a matter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from susul.cases.waits import Basis, OpenWait, evidence_of
from susul.model import Fact, Sense, State, Told, WaitingOn

if TYPE_CHECKING:
    from susul.cases.facts import Facts
    from susul.cases.tale import Tale


def they_wrote(tale: Tale, t: Told, facts: Facts) -> None:
    tale.spent = False
    if facts.is_news():
        tale.stop = None  # a new word of theirs replaces the old one; small talk does not take a request back
    tale.they_asked, tale.they_wrote_on = facts.asks() or facts.names_time(), tale.day(t.message.sent_at)
    tale.they_closed = facts.wants_nothing()
    interest = facts.first(Fact.INTEREST)
    if interest:
        tale.interest = evidence_of("interest", t, interest)
    if facts.has(Fact.REJECTION) and not facts.sense(Fact.SCHEDULE, Sense.MOVED):
        rejected(tale, t)
    elif facts.has(Fact.OFFER):
        tale.settle(State.WON, WaitingOn.ME)
    elif facts.has(Fact.ON_HOLD):
        tale.open(tale.wait_for(Basis.ON_HOLD, t, facts.first(Fact.ON_HOLD)))
    elif told_to_stop(tale, t, facts) or (tale.wait and facts.is_courtesy(praise=tale.job)):
        return
    else:
        _answered(tale, t, facts)


def rejected(tale: Tale, t: Told) -> None:
    tale.rejection = t
    tale.settle(State.REJECTED, WaitingOn.NOBODY)


def told_to_stop(tale: Tale, t: Told, facts: Facts) -> bool:
    signal = facts.sense(Fact.HOLD_OFF, Sense.NO_FOLLOW_UP) or facts.sense(Fact.HOLD_OFF, Sense.SILENCE_IS_NO)
    if not signal:
        return False
    tale.stop = evidence_of("hold_off", t, signal)
    tale.stop_until = signal.window.ends_on if signal.window and signal.sense is Sense.SILENCE_IS_NO else None
    tale.wait, tale.state, tale.waiting_on = None, State.OPEN, WaitingOn.THEM
    return True


def _answered(tale: Tale, t: Told, facts: Facts) -> None:
    concerned = tale.began or tale.job or tale.proposed
    wait = _their_word(tale, t, facts) if concerned else None  # news that nobody asked for is no debt
    if _is_about_a_time(facts, wait):
        wait = None  # an appointment: its own step comes
    tale.suspended = None
    if wait and facts.asks():
        tale.settle(State.ANSWERED, WaitingOn.ME)
        tale.suspended = wait
    elif wait:
        tale.open(wait)
    else:
        tale.settle(State.ANSWERED, WaitingOn.ME)


def _is_about_a_time(facts: Facts, wait: OpenWait | None) -> bool:
    """Whether an appointment is to come; one called off leaves the day on which they will say how it goes on."""
    if not facts.names_time() or facts.has(Fact.CHECK_BACK):
        return False
    if facts.only_cancels() and wait and wait.window:
        return False
    return facts.dates_meeting() or not wait


def _their_word(tale: Tale, t: Told, facts: Facts) -> OpenWait | None:
    """The wait that their answer starts: the most definite word counts."""
    check_back, promise = facts.dated(Fact.CHECK_BACK), facts.dated(Fact.PROMISE)
    if check_back:
        return replace(tale.wait_for(Basis.CHECK_BACK, t, check_back), on_day=check_back.sense is not Sense.AFTER)
    if promise:
        return tale.wait_for(Basis.PROMISE, t, promise)
    contact = facts.sense(Fact.HOLD_OFF, Sense.WE_CONTACT) or facts.sense(Fact.HOLD_OFF, Sense.PLAIN)
    if contact:
        return tale.wait_for(Basis.WE_CONTACT, t, contact)
    return _undated_word(tale, t, facts)


def _undated_word(tale: Tale, t: Told, facts: Facts) -> OpenWait | None:
    slow = facts.sense(Fact.PROMISE, Sense.SLOW) or facts.sense(Fact.INTEREST, Sense.KEEP_IN_TOUCH)
    holding = facts.first(Fact.PROMISE) or facts.first(Fact.CHECK_BACK)
    if slow and tale.job and tale.interviewed():
        return tale.wait_for(Basis.SLOW, t, slow)
    if slow or holding:
        return replace(tale.wait_for(Basis.HOLDING, t, slow or holding), window=None)
    return None
