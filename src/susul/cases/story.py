"""What happened in a matter so far: who asked what, who answered, who acts next, and what has been said already.

The story is told in time order, one message or ended appointment after the other; each changes the tale in one place
(``owner_turns``, ``their_turns``, ``machine_turns``). Nothing here knows how long to wait or what to write: that is
``decide``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from susul.cases.appointment import Appointment, Standing
from susul.cases.appointments import appointments
from susul.cases.elsewhere_turns import Aside, asides, owner_wrote_elsewhere, they_wrote_elsewhere
from susul.cases.facts import facts_of
from susul.cases.machine_turns import machine_wrote
from susul.cases.owner_turns import is_side_remark, owner_wrote
from susul.cases.people import guests, others, wrote
from susul.cases.portrait import case_of
from susul.cases.spoken_days import on_days_spoken_of
from susul.cases.tale import Tale
from susul.cases.their_turns import they_wrote
from susul.cases.waits import Basis, OpenWait
from susul.cases.words import is_interview, says
from susul.model import Case, Event, Evidence, Fact, Nature, State, Told, WaitingOn
from susul.owner import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from susul.cases.linking import Matter
    from susul.owner import Owner
    from susul.policy import Policy


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation of the owner's that nobody has answered. ``told`` is the mail that carried it, where one did."""

    event: Event
    asked_at: datetime
    told: Told | None


@dataclass(frozen=True, slots=True)
class Story:
    """A case and how it stands at one moment."""

    case: Case
    state: State
    waiting_on: WaitingOn
    wait: OpenWait | None
    check_ins: tuple[Told, ...]
    interest: Evidence | None
    appointments: tuple[Appointment, ...]
    ahead: tuple[Event, ...]
    thanked: frozenset[str]
    rejection: Told | None
    stop: Evidence | None
    stop_until: date | None
    spent: bool
    kept_in_touch: bool
    undelivered: frozenset[str]
    last: Evidence | None
    last_contact_on: date | None
    is_case: bool  # it looks like one of the kinds
    earlier_check_ins: tuple[Told, ...] = ()  # those of the stages before


def tell(matter: Matter, owner: Owner, policy: Policy, now: datetime) -> Story:
    """The story of ``matter`` up to ``now``: later mail is not looked at, later appointments lie ahead."""
    tale = _opening(matter, owner, policy, now)
    for _, turn in sorted([*_turns(tale), *asides(matter, now)], key=lambda turn: turn[0]):
        if isinstance(turn, Told):
            _message(tale, turn)
        elif isinstance(turn, Aside):
            owner_wrote_elsewhere(tale, turn)
        elif isinstance(turn, Invitation):
            _invited(tale, turn)
        else:
            _appointment_ended(tale, turn)
    for _, invitation in _invitations(tale):
        if not _answered_in_words(tale, invitation):
            _invited(tale, invitation)  # whatever else was written since, it is still open
    they_wrote_elsewhere(tale, matter)
    return Story(
        case=case_of(tale, tuple(matter.links)),
        state=tale.state,
        waiting_on=tale.waiting_on,
        wait=tale.wait,
        check_ins=tuple(tale.check_ins),
        interest=tale.interest,
        appointments=tale.appointments,
        ahead=(*tale.ahead(), *matter.ahead_of(now)),
        thanked=frozenset(tale.thanked),
        rejection=tale.rejection,
        stop=tale.stop,
        stop_until=tale.stop_until,
        spent=tale.spent,
        kept_in_touch=tale.kept_in_touch,
        undelivered=frozenset(tale.undelivered),
        last=tale.last,
        last_contact_on=tale.last_contact_on,
        is_case=_is_case(tale),
        earlier_check_ins=tuple(tale.earlier_check_ins),
    )


def _opening(matter: Matter, owner: Owner, policy: Policy, now: datetime) -> Tale:
    mail = (t for c in matter.conversations for t in c.told if t.message.sent_at <= now)
    # A machine answers within the second: the owner's mail comes first.
    in_order = sorted(mail, key=lambda t: (t.message.sent_at, not t.outgoing, t.message.id))
    told = on_days_spoken_of(in_order, matter.events, owner)
    job = _about_a_job(told, names_role=any(c.role for c in matter.conversations))
    lasts = timedelta(minutes=policy.meeting.fixed_by_mail_minutes)
    found = appointments(told, tuple(matter.events), owner, job, lasts)
    job = job or any(a.interview for a in found)
    return Tale(told, tuple(matter.events), found, owner, policy, now, job)


def _turns(tale: Tale) -> list[tuple[tuple[datetime, int], Told | Appointment | Invitation]]:
    turns: list[tuple[tuple[datetime, int], Told | Appointment | Invitation]] = [*_invitations(tale)]
    turns += [((t.message.sent_at, 1), t) for t in tale.told]
    turns += [((a.event.ends_at, 0), a) for a in tale.ended_before(tale.now)]
    return turns


def _message(tale: Tale, t: Told) -> None:
    facts = facts_of(t)
    if t.outgoing:
        if not is_side_remark(tale, t):
            tale.contact(t)
            owner_wrote(tale, t, facts)
    elif t.reading.nature is Nature.PERSON:
        tale.contact(t)
        tale.undelivered.discard(canonical(t.message.sender.email))  # who writes can be written to
        if not _is_bystander(tale, t):
            they_wrote(tale, t, facts)
    else:
        machine_wrote(tale, t, facts)


def _is_bystander(tale: Tale, t: Told) -> bool:
    """A colleague of the owner's who writes into a matter with outside people answers nothing."""
    if not tale.owner.is_colleague(t.message.sender.email):
        return False
    return any(not tale.owner.is_colleague(a.email) for a in others(t.message, tale.owner))


def _appointment_ended(tale: Tale, appointment: Appointment) -> None:
    event = appointment.event
    if event.recurring and not appointment.interview:
        return  # a weekly call answers nothing in particular
    tale.suspended = None
    if not appointment.interview:
        tale.settle(State.ANSWERED, WaitingOn.NOBODY)
        return
    evidence = Evidence("interview_ended", event.summary, event.ends_at, event=event.uid)
    tale.new_stage()
    day_0 = tale.day(event.ends_at)
    tale.open(OpenWait(Basis.INTERVIEW, day_0, evidence, event=event, appointment=appointment.names))


def _invitations(tale: Tale) -> list[tuple[tuple[datetime, int], Invitation]]:
    """The unanswered invitations of the owner's, each at its moment: what the owner writes later may chase it."""
    open_ones = [
        a.event
        for a in tale.appointments
        if a.standing is Standing.ASKED and tale.owner.is_me(a.event.organizer) and not a.told
    ]
    found = [_invitation(tale, event) for event in open_ones]
    return [((one.asked_at, 2), one) for one in found if one and one.asked_at <= tale.now]


def _invitation(tale: Tale, event: Event) -> Invitation | None:
    carries = (t for t in tale.told if t.outgoing and any(part.uid == event.uid for part in t.message.calendar))
    sent = next(carries, None)
    asked_at = sent.message.sent_at if sent else event.created_at
    return Invitation(event, asked_at, sent) if asked_at else None


def _answered_in_words(tale: Tale, invitation: Invitation) -> bool:
    """Whether one of the guests has written since, and more than thanks: "I can't make it that week"."""
    invited = {canonical(guest.email) for guest in guests(invitation.event, tale.owner)}
    later = (t for t in tale.told if wrote(t) and not t.outgoing and t.message.sent_at > invitation.asked_at)
    return any(
        canonical(t.message.sender.email) in invited and not facts_of(t).is_courtesy(praise=False) for t in later
    )


def _invited(tale: Tale, invitation: Invitation) -> None:
    """It is a meeting request, unless something else is expected from them already."""
    if tale.wait or tale.state not in (State.OPEN, State.CLOSED, State.ANSWERED) or tale.stop:
        return
    event, asked_at, sent = invitation.event, invitation.asked_at, invitation.told
    message = sent.message.id if sent else None
    evidence = Evidence("invitation_open", event.summary, asked_at, message=message, event=event.uid)
    wait = OpenWait(Basis.INVITATION, tale.day(asked_at), evidence, sent, event, starts_at=event.starts_at)
    tale.open(wait)


def _is_case(tale: Tale) -> bool:
    if tale.appointments or tale.began:
        return True
    heard = any(t.outgoing or t.reading.nature in (Nature.PERSON, Nature.RECEIPT) for t in tale.told)
    return tale.job and (heard or tale.state in (State.REJECTED, State.WON, State.ON_HOLD))


def _about_a_job(told: Sequence[Told], *, names_role: bool) -> bool:
    """Whether the owner is the candidate: they applied, or were asked to an interview, or a rejection says so.

    ``names_role``: a job's name stands in the mail; then an interview need not stand in the subject, if it is theirs.
    """
    applies = [t.outgoing for t in told for signal in t.reading.signals if signal.fact is Fact.APPLICATION]
    if applies:
        return any(applies)  # somebody else's application makes the owner the employer
    subjects = [t.message.subject for t in told]
    theirs = [t.reading.text for t in told if not t.outgoing]
    named = is_interview(*subjects) or says("application", *subjects)
    if not named:
        return names_role and is_interview(*theirs) and says("interviewed", *theirs)
    return is_interview(*theirs) or says("application", *theirs)
