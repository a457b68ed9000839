"""What happened in a matter so far: who asked what, who answered, who acts next, and what has been said already.

The story is told in time order, one message or ended appointment after the other; each changes the state of the
teller in one place. Nothing here knows how long to wait or what to write: that is ``decide``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from susul.cases.appointments import Appointment, Standing, appointments
from susul.cases.facts import Facts, facts_of
from susul.cases.people import each_once, others, wrote
from susul.cases.topics import topic_of
from susul.cases.words import is_interview, says
from susul.model import (
    Address,
    Case,
    Event,
    Evidence,
    Fact,
    Kind,
    Nature,
    Sense,
    Signal,
    State,
    Told,
    WaitingOn,
    Window,
)
from susul.owner import Owner, canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from susul.cases.linking import Matter
    from susul.policy import Policy


class Basis(StrEnum):
    """What a wait stands on."""

    APPLICATION = "application_sent"
    INTERVIEW = "interview_ended"
    REPLY = "you_replied"
    PROPOSAL = "proposal_sent"
    REQUEST = "you_asked"
    TASK = "task_given"
    MEETING_REQUEST = "meeting_proposed"
    INVITATION = "invitation_open"
    PROMISE = "promise"
    HOLDING = "holding_answer"
    SLOW = "slow_decision"
    CHECK_BACK = "check_back"
    WE_CONTACT = "hold_off"
    ON_HOLD = "on_hold"


# A word of theirs that names or implies when they come back: a courtesy of the owner's doesn't end it.
THEIR_WORD = (Basis.PROMISE, Basis.HOLDING, Basis.SLOW, Basis.CHECK_BACK, Basis.WE_CONTACT, Basis.ON_HOLD)


@dataclass(frozen=True, slots=True)
class OpenWait:
    """Why something is expected from them. ``day_0`` is the local date from which business days count."""

    basis: Basis
    day_0: date
    evidence: Evidence
    told: Told | None = None
    event: Event | None = None
    window: Window | None = None
    on_day: bool = False
    starts_at: datetime | None = None  # the time that the owner proposed
    doubled: bool = False  # they are away and did not say until when

    @property
    def trigger(self) -> str:
        """What was left unanswered: a message's id, else the event's."""
        if self.told:
            return self.told.message.id
        assert self.event is not None
        return self.event.id or self.event.uid


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
    undelivered: frozenset[str]
    last: Evidence | None
    last_contact_on: date | None
    is_case: bool  # it looks like one of the kinds


def tell(matter: Matter, owner: Owner, policy: Policy, now: datetime) -> Story:
    """The story of ``matter`` up to ``now``: later mail is not looked at, later appointments lie ahead."""
    told = tuple(
        sorted(
            (t for c in matter.conversations for t in c.told if t.message.sent_at <= now),
            key=lambda t: (t.message.sent_at, t.message.id),
        )
    )
    return _Teller(told, tuple(matter.events), matter, owner, policy, now).tell()


class _Teller:
    """Goes through the time line once."""

    def __init__(
        self,
        told: tuple[Told, ...],
        events: tuple[Event, ...],
        matter: Matter,
        owner: Owner,
        policy: Policy,
        now: datetime,
    ) -> None:
        self.told, self.events, self.matter, self.owner, self.policy, self.now = (
            told,
            events,
            matter,
            owner,
            policy,
            now,
        )
        self.job = _about_a_job(told)
        lasts = timedelta(minutes=policy.meeting.fixed_by_mail_minutes)
        self.appointments = appointments(told, events, owner, self.job, lasts)
        self.job = self.job or any(a.interview for a in self.appointments)
        self.wait: OpenWait | None = None
        self.suspended: OpenWait | None = None
        self.check_ins: list[Told] = []
        self.interest: Evidence | None = None
        self.thanked: set[str] = set()
        self.rejection: Told | None = None
        self.stop: Evidence | None = None
        self.stop_until: date | None = None
        self.undelivered: set[str] = set()
        self.proposed = False
        self.began = False
        self.asked_project = False
        self.state = State.OPEN
        self.waiting_on = WaitingOn.NOBODY
        self.last: Evidence | None = None
        self.last_contact_on: date | None = None

    def tell(self) -> Story:
        for _, turn in sorted(self._turns(), key=lambda turn: turn[0]):
            if isinstance(turn, Told):
                self._message(turn)
            else:
                self._appointment_ended(turn)
        self._invitations()
        return Story(
            case=self._case(),
            state=self.state,
            waiting_on=self.waiting_on,
            wait=self.wait,
            check_ins=tuple(self.check_ins),
            interest=self.interest,
            appointments=self.appointments,
            ahead=tuple(a.event for a in self.appointments if self._lies_ahead(a)) + self.matter.ahead,
            thanked=frozenset(self.thanked),
            rejection=self.rejection,
            stop=self.stop,
            stop_until=self.stop_until,
            undelivered=frozenset(self.undelivered),
            last=self.last,
            last_contact_on=self.last_contact_on,
            is_case=self._is_case(),
        )

    def _is_case(self) -> bool:
        if self.appointments or self.began:
            return True
        heard = any(t.outgoing or t.reading.nature in (Nature.PERSON, Nature.RECEIPT) for t in self.told)
        return self.job and (heard or self.state in (State.REJECTED, State.WON, State.ON_HOLD))

    def _turns(self) -> list[tuple[tuple[datetime, int], Told | Appointment]]:
        turns: list[tuple[tuple[datetime, int], Told | Appointment]] = []
        turns += [((t.message.sent_at, 1), t) for t in self.told]
        turns += [
            ((a.event.ends_at, 0), a)
            for a in self.appointments
            if a.standing is Standing.FIXED and a.event.ends_at <= self.now
        ]
        return turns

    def _lies_ahead(self, appointment: Appointment) -> bool:
        return appointment.standing is Standing.FIXED and appointment.event.ends_at > self.now

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.owner.zone).date()

    # What happened, one kind of turn after the other

    def _message(self, t: Told) -> None:
        facts = facts_of(t)
        if t.outgoing:
            self._contact(t)
            self._owner_wrote(t, facts)
        elif t.reading.nature is Nature.PERSON:
            self._contact(t)
            if not self._is_bystander(t):
                self._they_wrote(t, facts)
        else:
            self._machine_wrote(t, facts)

    def _contact(self, t: Told) -> None:
        self.last_contact_on = self._day(t.message.sent_at)
        self.last = Evidence(
            "last_message", _short(t.reading.text or t.message.subject), t.message.sent_at, message=t.message.id
        )

    def _is_bystander(self, t: Told) -> bool:
        """A colleague of the owner's who writes into a matter with outside people answers nothing."""
        if not self.owner.is_colleague(t.message.sender.email):
            return False
        return any(not self.owner.is_colleague(a.email) for a in others(t.message, self.owner))

    def _appointment_ended(self, appointment: Appointment) -> None:
        event = appointment.event
        self.suspended = None
        if not appointment.interview:
            self._settle(State.ANSWERED, WaitingOn.NOBODY)
            return
        evidence = Evidence("interview_ended", event.summary, event.ends_at, event=event.uid)
        self.check_ins = []  # a new stage
        self.stop = None
        self._open(OpenWait(Basis.INTERVIEW, self._day(event.ends_at), evidence, event=event, told=None))

    def _open(self, wait: OpenWait) -> None:
        self.began = True
        self.wait, self.suspended = wait, None
        self.state = State.ON_HOLD if wait.basis is Basis.ON_HOLD else State.OPEN
        self.waiting_on = WaitingOn.THEM

    def _settle(self, state: State, waiting_on: WaitingOn) -> None:
        self.wait, self.state, self.waiting_on = None, state, waiting_on

    # The owner

    def _owner_wrote(self, t: Told, facts: Facts) -> None:
        if self.state is State.REJECTED:
            self.thanked.add(self.rejection.message.id if self.rejection else "")
            if not facts.has(Fact.APPLICATION):
                return
        if facts.has(Fact.WITHDRAWAL):
            self._settle(State.DECLINED, WaitingOn.NOBODY)
        elif self._says_thanks_for_an_appointment(t, facts):
            return
        elif facts.has(Fact.APPLICATION) and not self._chases():
            self._begin(Basis.APPLICATION, t, facts.first(Fact.APPLICATION))
        elif facts.has(Fact.PROPOSAL) and not self._chases():
            self.proposed = True
            self._begin(Basis.PROPOSAL, t, facts.first(Fact.PROPOSAL))
        elif facts.wants_nothing():
            self._owner_closes()
        elif self.wait and self._is_addition(t):
            self._add_to_wait(t, facts)
        elif self.wait:
            self._check_in(t, facts)
        else:
            self._owner_asks(t, facts)

    def _chases(self) -> bool:
        """Whether the owner waits already for an answer to what they sent: a second mail about it chases it."""
        return self.wait is not None and self.wait.basis not in THEIR_WORD

    def _begin(self, basis: Basis, t: Told, signal: Signal | None) -> None:
        self.check_ins = []
        self.stop = None
        self._open(self._wait_for(basis, t, signal))

    def _wait_for(self, basis: Basis, t: Told, signal: Signal | None) -> OpenWait:
        return OpenWait(
            basis,
            self._day(t.message.sent_at),
            _evidence(basis.value, t, signal),
            told=t,
            window=signal.window if signal else None,
            starts_at=signal.starts_at if signal else None,
        )

    def _says_thanks_for_an_appointment(self, t: Told, facts: Facts) -> bool:
        """Whether this is the thank-you or recap for an appointment that ended shortly before; the wait goes on."""
        due = [a for a in self._ended_before(t.message.sent_at) if a.key not in self.thanked]
        thanks = facts.has(Fact.THANKS) or says("recap", t.message.subject, t.reading.text)
        if not due or not thanks:
            return False
        reached = {canonical(a.email) for a in (*t.message.to, *t.message.cc)}
        self.thanked.update(a.key for a in due if reached)
        if self.wait and self.wait.basis is Basis.INTERVIEW:
            self.wait = replace(self.wait, told=t)
            return True
        return not facts.asks()

    def _ended_before(self, moment: datetime) -> list[Appointment]:
        return [a for a in self.appointments if a.standing is Standing.FIXED and a.event.ends_at <= moment]

    def _owner_closes(self) -> None:
        if self.wait and self.wait.basis in THEIR_WORD:
            return  # "thank you, I look forward to it" leaves their promise standing
        self._settle(State.CLOSED if not self.wait else State.ANSWERED, WaitingOn.NOBODY)

    def _is_addition(self, t: Told) -> bool:
        """A second mail on the day of the first adds to it ("forgot the attachment")."""
        opened = self.wait.told if self.wait else None
        return bool(
            self.policy.reading.same_day_addition
            and opened
            and opened.outgoing
            and not self.check_ins
            and self._day(opened.message.sent_at) == self._day(t.message.sent_at)
        )

    def _add_to_wait(self, t: Told, facts: Facts) -> None:
        assert self.wait is not None
        window = facts.deadline() or self.wait.window
        self.wait = replace(self.wait, told=t, window=window)

    def _check_in(self, t: Told, facts: Facts) -> None:
        """The owner writes again because nothing came: it counts, and the wait starts anew from here."""
        assert self.wait is not None
        if facts.fixes_time() and not facts.asks():
            self._settle(State.OPEN, WaitingOn.NOBODY)
            return
        if (
            self.wait.event
            and self.wait.basis is Basis.INTERVIEW
            and self.wait.told is None
            and not self.check_ins
            and not facts.asks()
            and facts.has(Fact.THANKS)
        ):
            return
        self.check_ins.append(t)
        if self.wait.basis in (Basis.WE_CONTACT, Basis.ON_HOLD):
            self.stop = self.wait.evidence  # one contact was all that their word leaves room for
        window = facts.deadline() if self.wait.basis in (Basis.REQUEST, Basis.TASK) else None
        starts_at = facts.proposed_at() or (self.wait.starts_at if self.wait.basis is Basis.MEETING_REQUEST else None)
        basis = self._own_basis() if self.wait.basis in THEIR_WORD else self.wait.basis
        self.wait = replace(
            self.wait,
            basis=basis,
            day_0=self._day(t.message.sent_at),
            told=t,
            window=window,
            starts_at=starts_at,
            on_day=False,
            doubled=False,
            evidence=_evidence("check_in", t, None),
        )

    def _own_basis(self) -> Basis:
        """What the owner waits for after writing once more, when it was their word that had set the date."""
        if self.job:
            return Basis.INTERVIEW if any(a.interview for a in self._ended_before(self.now)) else Basis.APPLICATION
        return Basis.PROPOSAL if self.proposed else Basis.REQUEST

    def _owner_asks(self, t: Told, facts: Facts) -> None:
        """The ball was with the owner; after this mail it is with them, if it asks for something."""
        if facts.fixes_time() and not facts.asks():
            self._settle(State.OPEN, WaitingOn.NOBODY)
        elif facts.proposes_meeting() and not self.job and not self.proposed:
            self._begin(Basis.MEETING_REQUEST, t, facts.meeting())
        elif self.suspended and not facts.asks():
            self._open(self.suspended)
        elif self.job and self._owed_in_job(facts):
            self._open(self._wait_for(Basis.REPLY, t, None))
        elif self.proposed and self.state is not State.WON:
            self._open(self._wait_for(Basis.PROPOSAL, t, None))
        elif facts.asks():
            self.asked_project = True
            self._begin(Basis.TASK if self._to_colleagues(t) else Basis.REQUEST, t, facts.request())

    def _owed_in_job(self, facts: Facts) -> bool:
        """In a job matter the next word is theirs, unless an appointment stands or they are still to be answered."""
        return self.state is not State.WON and (facts.asks() or not any(self._lies_ahead(a) for a in self.appointments))

    def _to_colleagues(self, t: Told) -> bool:
        to = [a for a in t.message.to if not self.owner.is_me(a.email)]
        return bool(to) and all(self.owner.is_colleague(a.email) for a in to)

    # The other side

    def _they_wrote(self, t: Told, facts: Facts) -> None:
        interest = facts.first(Fact.INTEREST)
        if interest:
            self.interest = _evidence("interest", t, interest)
        if facts.has(Fact.REJECTION):
            self._rejected(t)
        elif facts.has(Fact.OFFER):
            self._settle(State.WON, WaitingOn.ME)
        elif facts.has(Fact.ON_HOLD):
            self._open(self._wait_for(Basis.ON_HOLD, t, facts.first(Fact.ON_HOLD)))
        elif self._told_to_stop(t, facts):
            return
        elif facts.is_courtesy() and self.wait:
            return
        else:
            self._answered(t, facts)

    def _rejected(self, t: Told) -> None:
        self.rejection = t
        self._settle(State.REJECTED, WaitingOn.NOBODY)

    def _told_to_stop(self, t: Told, facts: Facts) -> bool:
        signal = facts.sense(Fact.HOLD_OFF, Sense.NO_FOLLOW_UP) or facts.sense(Fact.HOLD_OFF, Sense.SILENCE_IS_NO)
        if not signal:
            return False
        self.stop = _evidence("hold_off", t, signal)
        self.stop_until = signal.window.ends_on if signal.window and signal.sense is Sense.SILENCE_IS_NO else None
        self.wait, self.state, self.waiting_on = None, State.OPEN, WaitingOn.THEM
        return True

    def _answered(self, t: Told, facts: Facts) -> None:
        wait = self._their_word(t, facts)
        if facts.names_time() and not facts.has(Fact.CHECK_BACK):
            wait = None  # an appointment: its own step comes
        self.suspended = None
        if wait and facts.asks():
            self._settle(State.ANSWERED, WaitingOn.ME)
            self.suspended = wait
        elif wait:
            self._open(wait)
        else:
            self._settle(State.ANSWERED, WaitingOn.ME)

    def _their_word(self, t: Told, facts: Facts) -> OpenWait | None:
        """The wait that their answer starts: the most definite word counts."""
        check_back, promise = facts.dated(Fact.CHECK_BACK), facts.dated(Fact.PROMISE)
        if check_back:
            return replace(self._wait_for(Basis.CHECK_BACK, t, check_back), on_day=check_back.sense is not Sense.AFTER)
        if promise:
            return self._wait_for(Basis.PROMISE, t, promise)
        contact = facts.sense(Fact.HOLD_OFF, Sense.WE_CONTACT) or facts.sense(Fact.HOLD_OFF, Sense.PLAIN)
        if contact:
            return self._wait_for(Basis.WE_CONTACT, t, contact)
        return self._undated_word(t, facts)

    def _undated_word(self, t: Told, facts: Facts) -> OpenWait | None:
        slow = facts.sense(Fact.PROMISE, Sense.SLOW) or facts.sense(Fact.INTEREST, Sense.KEEP_IN_TOUCH)
        holding = facts.first(Fact.PROMISE) or facts.first(Fact.CHECK_BACK)
        if slow and self.job and self._interviewed():
            return self._wait_for(Basis.SLOW, t, slow)
        if slow or holding:
            return replace(self._wait_for(Basis.HOLDING, t, slow or holding), window=None)
        return None

    def _interviewed(self) -> bool:
        return any(a.interview and a.standing is Standing.FIXED for a in self.appointments)

    # Machines

    def _machine_wrote(self, t: Told, facts: Facts) -> None:
        nature = t.reading.nature
        if nature is Nature.AUTO_REPLY:
            self._away(t)
        elif nature is Nature.BOUNCE:
            self._bounced(t)
        elif nature is Nature.CALENDAR:
            self._calendar_mail(t)
        elif nature in (Nature.RECEIPT, Nature.AUTOMATED) and self.job:
            self._system_wrote(t, facts)

    def _away(self, t: Told) -> None:
        if not self.wait:
            return
        back = t.reading.returns_on
        if back and back > self.wait.day_0:
            self.wait = replace(self.wait, day_0=back)
        elif not back:
            self.wait = replace(self.wait, doubled=True)

    def _bounced(self, t: Told) -> None:
        self.undelivered.update(canonical(address) for address in t.reading.failed)
        opened = self.wait.told if self.wait else None
        if not opened or not opened.outgoing:
            return
        reached = [a for a in opened.message.to if not self.owner.is_me(a.email)]
        if not t.reading.failed or all(canonical(a.email) in self.undelivered for a in reached):
            self._settle(State.UNDELIVERED, WaitingOn.ME)
            self.last = _evidence("bounce", t, None)

    def _calendar_mail(self, t: Told) -> None:
        methods = {part.method for part in t.message.calendar}
        if not self.wait or t.outgoing:
            return
        invites = "REQUEST" in methods
        answers = bool(methods & {"REPLY", "COUNTER"}) and self.wait.basis in (Basis.MEETING_REQUEST, Basis.INVITATION)
        if invites or answers:
            self._settle(State.ANSWERED, WaitingOn.NOBODY)

    def _system_wrote(self, t: Told, facts: Facts) -> None:
        """An applicant-tracking system is no person, but what it says about the application counts."""
        if facts.has(Fact.REJECTION):
            self._rejected(t)
        elif facts.has(Fact.OFFER):
            self._settle(State.WON, WaitingOn.ME)
        elif facts.has(Fact.ON_HOLD) and self.wait:
            self._open(self._wait_for(Basis.ON_HOLD, t, facts.first(Fact.ON_HOLD)))
        elif self.wait and self._told_to_stop(t, facts):
            return
        elif facts.names_time():
            self._settle(State.ANSWERED, WaitingOn.ME)
        elif self.wait and facts.sense(Fact.HOLD_OFF, Sense.WE_CONTACT):
            self._defer(t, facts)

    def _defer(self, t: Told, facts: Facts) -> None:
        """ "We will contact you" from a machine: the mail that waits is still the owner's, only the patience grows."""
        assert self.wait is not None
        signal = facts.sense(Fact.HOLD_OFF, Sense.WE_CONTACT)
        self.wait = replace(self.wait, basis=Basis.WE_CONTACT, evidence=_evidence("hold_off", t, signal))

    # At the end

    def _invitations(self) -> None:
        """An invitation of the owner's that nobody has answered is a meeting request."""
        if self.wait or self.state not in (State.OPEN, State.CLOSED, State.ANSWERED) or self.stop:
            return
        for appointment in self.appointments:
            event = appointment.event
            mine = self.owner.is_me(event.organizer)
            if appointment.standing is Standing.ASKED and mine and not appointment.told and event.created_at:
                sent = next(
                    (t for t in self.told if t.outgoing and any(p.uid == event.uid for p in t.message.calendar)), None
                )
                asked_at = sent.message.sent_at if sent else event.created_at
                evidence = Evidence(
                    "invitation_open",
                    event.summary,
                    asked_at,
                    message=sent.message.id if sent else None,
                    event=event.uid,
                )
                self._open(
                    OpenWait(
                        Basis.INVITATION,
                        self._day(asked_at),
                        evidence,
                        told=sent,
                        event=event,
                        starts_at=event.starts_at,
                    )
                )

    def _case(self) -> Case:
        people = each_once(
            [a for t in reversed(self.told) if wrote(t) for a in (t.message.sender,)]
            + [a for t in reversed(self.told) if t.outgoing for a in t.message.to if not self.owner.is_me(a.email)]
            + [
                Address(g.name, g.email)
                for e in self.events
                for g in e.attendees
                if not g.resource and not self.owner.is_me(g.email)
            ]
        )
        outside_first = sorted(people, key=lambda a: self.owner.is_colleague(a.email))
        language = self._language()
        return Case(
            id="",
            kind=self._kind(),
            told=self.told,
            events=self.events,
            people=tuple(outside_first),
            organisation=self._organisation(),
            language=language,
            subject=self.told[0].message.subject if self.told else self.events[0].summary,
            topic=topic_of(self.told, self.events, self.owner, language),
            links=tuple(self.matter.links),
        )

    def _language(self) -> str:
        """The language of most of the people's own words, the latest word deciding a tie."""
        spoken = [t.reading.language for t in self.told if (t.outgoing or wrote(t)) and t.reading.language != "und"]
        if not spoken:
            spoken = [t.reading.language for t in self.told if t.reading.language != "und"]
        if not spoken:
            return _language_of_events(self.events) or self.owner.language
        return max(spoken, key=lambda code: (spoken.count(code), _last_index(spoken, code)))

    def _organisation(self) -> str:
        from susul.domains import organisation

        found = [
            organisation(a.email) for t in self.told if t.outgoing or wrote(t) for a in others(t.message, self.owner)
        ]
        found += [organisation(g.email) for e in self.events for g in e.attendees if not self.owner.is_me(g.email)]
        outside = [o for o in found if o and not self.owner.is_colleague(f"x@{o}")]
        return max(outside, key=outside.count) if outside else ""

    def _kind(self) -> Kind:
        if any(a.interview and a.standing is not Standing.OFF for a in self.appointments) and self.job:
            return Kind.INTERVIEW
        if self.job:
            return Kind.APPLICATION
        if self.proposed:
            return Kind.PROPOSAL
        if self.wait and self.wait.basis is Basis.TASK:
            return Kind.TASK
        if self.wait and self.wait.basis in (Basis.MEETING_REQUEST, Basis.INVITATION):
            return Kind.MEETING
        return Kind.PROJECT if self.asked_project and self.wait else self._kind_without_wait()

    def _kind_without_wait(self) -> Kind:
        if self.appointments:
            return Kind.INTERVIEW if all(a.interview for a in self.appointments) else Kind.MEETING
        return Kind.PROJECT


def _about_a_job(told: Sequence[Told]) -> bool:
    """Whether the owner is the candidate: they applied, or were asked to an interview, or a rejection says so."""
    if any(not t.outgoing and s.fact is Fact.APPLICATION for t in told for s in t.reading.signals):
        return False  # somebody applies to the owner
    if any(t.outgoing and s.fact is Fact.APPLICATION for t in told for s in t.reading.signals):
        return True
    subjects = [t.message.subject for t in told]
    theirs = [t.reading.text for t in told if not t.outgoing]
    named = is_interview(*subjects) or says("application", *subjects)
    return named and (is_interview(*theirs) or says("application", *theirs))


def _language_of_events(events: Sequence[Event]) -> str:
    from susul.reading.language import language_of

    found = language_of([f"{event.summary} {event.description}" for event in events])
    return "" if found == "und" else found


def _last_index(values: Sequence[str], value: str) -> int:
    return len(values) - 1 - list(reversed(values)).index(value)


def _short(text: str) -> str:
    return " ".join(text.split())[:160]


def _evidence(fact: str, t: Told, signal: Signal | None) -> Evidence:
    quote = signal.quote if signal else _short(t.reading.text or t.message.subject)
    return Evidence(fact, quote, t.message.sent_at, message=t.message.id)
