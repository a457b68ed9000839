"""What mail that no person wrote changes in a matter: absences, bounces, calendar answers, applicant tracking."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from susul.cases.their_turns import rejected, told_to_stop
from susul.cases.waits import Basis, evidence_of
from susul.domains import writes_for_others
from susul.model import Fact, Nature, Sense, State, Told, WaitingOn
from susul.owner import canonical

if TYPE_CHECKING:
    from susul.cases.facts import Facts
    from susul.cases.tale import Tale


def machine_wrote(tale: Tale, t: Told, facts: Facts) -> None:
    nature = t.reading.nature
    if nature is Nature.AUTO_REPLY:
        _away(tale, t)
    elif nature is Nature.BOUNCE:
        _bounced(tale, t)
    elif nature is Nature.CALENDAR:
        _calendar_mail(tale, t)
    elif nature in (Nature.RECEIPT, Nature.AUTOMATED) and tale.job:
        _system_wrote(tale, t, facts)


def _away(tale: Tale, t: Told) -> None:
    if not tale.wait:
        return
    back = t.reading.returns_on
    if back and back > tale.wait.day_0:
        tale.wait = replace(tale.wait, day_0=back)
    elif not back:
        tale.wait = replace(tale.wait, doubled=True)


def _bounced(tale: Tale, t: Told) -> None:
    tale.undelivered.update(canonical(address) for address in t.reading.failed)
    opened = tale.wait.told if tale.wait else None
    if not opened or not opened.outgoing:
        return
    reached = [a for a in opened.message.to if not tale.owner.is_me(a.email)]
    if not t.reading.failed:  # a report that names nobody speaks of everybody
        tale.undelivered.update(canonical(a.email) for a in reached)
    if not t.reading.failed or all(canonical(a.email) in tale.undelivered for a in reached):
        tale.settle(State.UNDELIVERED, WaitingOn.ME)
        tale.last = evidence_of("bounce", t, None)


def _calendar_mail(tale: Tale, t: Told) -> None:
    methods = {part.method for part in t.message.calendar}
    if not tale.wait or t.outgoing:
        return
    invites = "REQUEST" in methods
    answers = bool(methods & {"REPLY", "COUNTER"}) and tale.wait.basis in (Basis.MEETING_REQUEST, Basis.INVITATION)
    if invites or answers:
        tale.settle(State.ANSWERED, WaitingOn.NOBODY)


def _system_wrote(tale: Tale, t: Told, facts: Facts) -> None:
    """An applicant-tracking system is no person, but what it says about the application counts."""
    if facts.has(Fact.REJECTION):
        if not _is_circular(tale, t):
            rejected(tale, t)
    elif facts.has(Fact.OFFER):
        tale.settle(State.WON, WaitingOn.ME)
    elif facts.has(Fact.ON_HOLD) and tale.wait:
        tale.open(tale.wait_for(Basis.ON_HOLD, t, facts.first(Fact.ON_HOLD)))
    elif tale.wait and told_to_stop(tale, t, facts):
        return
    elif facts.names_time():
        tale.settle(State.ANSWERED, WaitingOn.ME)
    elif tale.wait and facts.sense(Fact.HOLD_OFF, Sense.WE_CONTACT):
        _defer(tale, t, facts)


def _is_circular(tale: Tale, t: Told) -> bool:
    """Whether it went to many, and the owner has nothing with them that could be turned down: no mail of a person's or
    to one, no receipt, no appointment. The headers alone don't tell, for programs that reject people set them as well.
    """
    headers = t.message.headers
    to_many = "list-id" in headers or headers.get("precedence", "").strip().lower() in ("bulk", "junk", "list")
    known = any(told.outgoing or told.reading.nature in (Nature.PERSON, Nature.RECEIPT) for told in tale.told)
    return to_many and not known and not tale.appointments and not writes_for_others(t.message.sender.email)


def _defer(tale: Tale, t: Told, facts: Facts) -> None:
    """ "We will contact you" from a machine: the mail that waits is still the owner's, only the patience grows."""
    assert tale.wait is not None
    signal = facts.sense(Fact.HOLD_OFF, Sense.WE_CONTACT)
    tale.wait = replace(tale.wait, basis=Basis.WE_CONTACT, evidence=evidence_of("hold_off", t, signal))
