"""What mail outside a matter changes in it: the owner's as it comes, theirs at the end of the story.

The other side's word elsewhere ends the wait that is open now and changes nothing else: it is not known to be about
this matter, so it neither begins a wait nor counts as rejection or promise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from susul.cases.facts import facts_of
from susul.cases.machine_turns import machine_wrote
from susul.cases.people import guests
from susul.cases.waits import THEIR_WORD, evidence_of
from susul.cases.words import says
from susul.model import Fact, Nature, State, Told, WaitingOn
from susul.owner import canonical

if TYPE_CHECKING:
    from datetime import datetime

    from susul.cases.appointment import Appointment
    from susul.cases.matter import Matter
    from susul.cases.tale import Tale

ANSWERED_ELSEWHERE = {
    "answered_elsewhere": "They wrote to you in another thread.",
    "answered_in_spam": "They answered; their mail lies in spam.",
    "answered_in_trash": "They answered; their mail lies in the trash.",
}


@dataclass(frozen=True, slots=True)
class Aside:
    """A mail of the owner's outside the matter. ``names_topic``: it speaks of the matter."""

    told: Told
    names_topic: bool


def asides(matter: Matter, now: datetime) -> list[tuple[tuple[datetime, int], Aside]]:
    """The owner's mail elsewhere up to ``now`` as turns of the story, each with its place in time."""
    mine = [t for t in matter.elsewhere if t.outgoing and t.message.sent_at <= now]
    return [((t.message.sent_at, 2), Aside(t, t.message.id in matter.naming)) for t in mine]


def owner_wrote_elsewhere(tale: Tale, aside: Aside) -> None:
    """Thanks for an appointment, or a check-in where the mail names the matter."""
    t, facts = aside.told, facts_of(aside.told)
    text, subject = t.reading.text, t.message.subject
    if facts.has(Fact.THANKS) or says("thanks", text) or says("recap", subject, text):
        thanked = [a for a in tale.ended_before(t.message.sent_at) if _is_thanked_by(t, a, tale)]
        tale.thanked.update(a.key for a in thanked)
        if thanked:
            return
    if aside.names_topic and tale.wait and not facts.wants_nothing() and _begins_before(tale, t):
        _check_in(tale, t)


def _is_thanked_by(t: Told, appointment: Appointment, tale: Tale) -> bool:
    """Whether it reaches a guest of the appointment while thanks are still due."""
    event, policy = appointment.event, tale.policy
    lapses = policy.interview.thank_you_lapses if appointment.interview else policy.meeting.recap_lapses
    in_time = tale.day(t.message.sent_at) <= tale.owner.days.after(tale.day(event.ends_at), lapses)
    met = {canonical(guest.email) for guest in guests(event, tale.owner)} | {canonical(event.organizer)}
    reached = {canonical(a.email) for a in (*t.message.to, *t.message.cc)}
    return in_time and bool(met & reached)


def _check_in(tale: Tale, t: Told) -> None:
    """The wait starts anew from here; what is replied to stays in the matter's own thread."""
    assert tale.wait is not None
    tale.check_ins.append(t)
    if tale.wait.basis in THEIR_WORD:
        tale.settle(State.OPEN, WaitingOn.THEM)  # their word has been taken up where it can't be followed
        return
    tale.wait = replace(
        tale.wait, day_0=tale.day(t.message.sent_at), doubled=False, evidence=evidence_of("check_in", t)
    )


def _begins_before(tale: Tale, t: Told) -> bool:
    """Whether the open wait's last message is older than ``t``, or it is the same day's second mail."""
    wait = tale.wait
    assert wait is not None
    begun_at = max([wait.evidence.at, *([wait.told.message.sent_at] if wait.told else [])])
    return t.message.sent_at > begun_at


def they_wrote_elsewhere(tale: Tale, matter: Matter) -> None:
    """Ends the open wait where they wrote after its last message; a courtesy ends nothing."""
    for t in matter.elsewhere:
        if tale.wait is None:
            return
        if t.outgoing or t.message.sent_at > tale.now or not _begins_before(tale, t):
            continue
        facts = facts_of(t)
        if t.reading.nature is Nature.BOUNCE:
            machine_wrote(tale, t, facts)
        elif not facts.is_courtesy(praise=tale.job):
            tale.settle(State.ANSWERED, WaitingOn.ME)
            tale.last = evidence_of(_where(t), t)


def _where(t: Told) -> str:
    if not t.heard_only:
        return "answered_elsewhere"
    return "answered_in_spam" if "SPAM" in t.message.labels else "answered_in_trash"
