"""A case and the policy, at one moment → what to do: Write, Wait or Silent, each with its reason and evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from susul.cadence import Cadence, Due
from susul.cases.appointment import Appointment, Standing
from susul.cases.elsewhere_turns import ANSWERED_ELSEWHERE
from susul.cases.people import guests, wrote
from susul.cases.recipients import NOBODY, Recipients, for_event, for_rejection, for_wait
from susul.cases.waits import Basis, OpenWait
from susul.days import day_named
from susul.model import Case, Decision, Event, Evidence, FollowUp, Kind, Silent, State, Step, Wait, WaitingOn, Write
from susul.owners_word import Heeding, Word, said_by_label

if TYPE_CHECKING:
    from datetime import date, datetime

    from susul.cases.story import Story
    from susul.owner import Owner
    from susul.policy import Policy
    from susul.record import Record


def decide(story: Story, owner: Owner, policy: Policy, record: Record, now: datetime) -> Decision:
    """What to do about ``story`` at ``now``."""
    silent = _labelled(story) or _out_of_bounds(story, owner, policy)
    decision = silent or _Decider(story, owner, Cadence(policy, owner), record, now).decide()
    return _heeding(story, owner, policy, record, now).heeded(story.case, decision)


def further_thank_yous(
    story: Story, owner: Owner, policy: Policy, record: Record, now: datetime
) -> tuple[tuple[Case, Decision], ...]:
    """The thank-yous to interviewers who had an event of their own, beside the one that ``decide`` chose.

    Each is a case of its own with that event: one case has one decision.
    """
    if _labelled(story) or _out_of_bounds(story, owner, policy) or story.state is State.REJECTED:
        return ()
    decider = _Decider(story, owner, Cadence(policy, owner), record, now)
    heeding = _heeding(story, owner, policy, record, now)
    found: list[tuple[Case, Decision]] = []
    for appointment in decider.unthanked()[1:]:
        if not appointment.interview:
            continue
        case = replace(story.case, told=(), events=(appointment.event,), people=())
        found.append((case, heeding.heeded(case, decider.after_appointment(appointment))))
    return tuple(found)


def _heeding(story: Story, owner: Owner, policy: Policy, record: Record, now: datetime) -> Heeding:
    return Heeding(record.words, story, owner, policy.general.due_time, now)


def _labelled(story: Story) -> Silent | None:
    """What the owner said by a label in Gmail."""
    words = {word for t in story.case.told for word in said_by_label(t.message)}
    if Word.IGNORE in words:
        return _silent(story, State.IGNORED, "The thread carries your label Susul/Ignore.")
    if Word.SNOOZE in words:
        return _silent(story, story.state, "The thread carries your label Susul/Snooze.")
    return None


def _out_of_bounds(story: Story, owner: Owner, policy: Policy) -> Silent | None:
    told, kind = story.case.told, story.case.kind
    if not policy.follows_up(kind):
        return _silent(story, story.state, f"You have turned follow-ups of this kind off (policy.{kind}.follow_up).")
    wrote_in_it = any(t.outgoing for t in told)
    received = [t.message for t in told if wrote(t)]
    if received and not wrote_in_it and not story.case.events:
        only_copied = all(
            any(owner.is_me(a.email) for a in m.cc) and not any(owner.is_me(a.email) for a in m.to) for m in received
        )
        if only_copied:
            return _silent(story, story.state, "You were only in copy.")
    return None


def _silent(story: Story, state: State, reason: str, evidence: tuple[Evidence, ...] = ()) -> Silent:
    waiting_on = (
        WaitingOn.NOBODY
        if state in (State.IGNORED, State.CLOSED, State.NO_ANSWER, State.DECLINED)
        else story.waiting_on
    )
    return Silent(state, waiting_on, reason, evidence or ((story.last,) if story.last else ()))


@dataclass(frozen=True, slots=True)
class _Decider:
    """One story at one moment."""

    story: Story
    owner: Owner
    cadence: Cadence
    record: Record
    now: datetime

    def decide(self) -> Decision:
        story = self.story
        if story.state is State.REJECTED:
            return self._after_rejection()
        if story.state in (State.DECLINED, State.UNDELIVERED, State.WON):
            return _silent(story, story.state, CLOSED_BECAUSE[story.state])
        unthanked = self.unthanked()
        if unthanked:
            return self.after_appointment(unthanked[0])
        if story.ahead:
            return self._before_appointment(min(story.ahead, key=lambda event: event.starts_at))
        if story.stop:
            return self._told_to_stop(story.stop)
        if story.wait:
            return self._check_in(story.wait)
        return self._nothing_open()

    # Appointments

    def unthanked(self) -> list[Appointment]:
        """The ended appointments whose thank-you or recap is still to be written, the oldest first."""
        ended = [a for a in self.story.appointments if a.standing is Standing.FIXED and a.event.ends_at <= self.now]
        return [a for a in ended if a.key not in self.story.thanked and self._can_be_thanked(a)]

    def _can_be_thanked(self, appointment: Appointment) -> bool:
        due = self._due_for(appointment)
        declined = self._declined(appointment.names, due.step)
        return not declined and due.lapses_at > self.now and not self._no_words_for(appointment)

    def _due_for(self, appointment: Appointment) -> Due:
        return (
            self.cadence.thank_you(appointment.event)
            if appointment.interview
            else self.cadence.recap(appointment.event)
        )

    def _no_words_for(self, appointment: Appointment) -> str:
        """Why an appointment calls for neither thank-you nor recap; empty when it does."""
        event, rules = appointment.event, self.cadence.policy.meeting
        people = guests(event, self.owner)
        outside = [g for g in people if not self.owner.is_colleague(g.email)]
        if event.all_day:
            return "it is an all-day entry"
        if appointment.interview:
            return ""
        if not outside:
            return "nobody from outside takes part"
        if len(outside) > rules.recap_max_attendees:
            return "it is a large meeting"
        if event.recurring and not rules.recap_recurring:
            return "it is a recurring meeting"
        return "it is marked as free time" if event.transparent else ""

    def after_appointment(self, appointment: Appointment) -> Decision:
        event = appointment.event
        fact = "interview_ended" if appointment.interview else "meeting_ended"
        evidence = (
            Evidence(
                fact,
                event.summary,
                event.ends_at,
                message=appointment.told.message.id if appointment.told else None,
                event=event.uid,
            ),
        )
        recipients = for_event(self.story, event, self.owner)
        what = "interview" if appointment.interview else "meeting"
        missing = "no thanks have been sent" if appointment.interview else "no recap has been sent"
        reason = f"The {what} “{event.summary}” ended on {self._day(event.ends_at)}, and {missing}."
        return self._ready(
            self._due_for(appointment),
            appointment.names,
            recipients,
            reason,
            evidence,
            event=event,
            waiting_on=WaitingOn.ME,
        )

    def _before_appointment(self, event: Event) -> Decision:
        appointment = next((a for a in self.story.appointments if a.event is event), None)
        reason = f"“{event.summary}” lies ahead, on {self._day(event.starts_at)}."
        evidence = (Evidence("event_ahead", event.summary, event.starts_at, event=event.uid),)
        why_not = self._no_words_for(appointment) if appointment else "it belongs to another case"
        if why_not or appointment is None:
            return Silent(self.story.state, WaitingOn.NOBODY, reason, evidence)
        recipients = for_event(self.story, event, self.owner)
        return self._ready(
            self._due_for(appointment),
            appointment.names,
            recipients,
            reason,
            evidence,
            event=event,
            waiting_on=WaitingOn.NOBODY,
        )

    # After their word

    def _after_rejection(self) -> Decision:
        story, rejection = self.story, self.story.rejection
        assert rejection is not None
        words = next(
            (s.quote for s in rejection.reading.signals if s.fact.value == "rejection"), rejection.message.subject
        )
        evidence = (Evidence("rejection", words, rejection.message.sent_at, message=rejection.message.id),)
        if rejection.message.id in story.thanked:
            return Silent(State.REJECTED, WaitingOn.NOBODY, "They said no, and you have answered.", evidence)
        recipients = for_rejection(story, self.owner)
        if not recipients.to:
            return Silent(State.REJECTED, WaitingOn.NOBODY, "They said no from an address that nobody reads.", evidence)
        due = self.cadence.rejection_reply(rejection.message.sent_at.astimezone(self.owner.zone).date())
        return self._ready(
            due,
            (rejection.message.id,),
            recipients,
            "They said no; a graceful reply keeps the door open.",
            evidence,
            waiting_on=WaitingOn.NOBODY,
        )

    def _told_to_stop(self, stop: Evidence) -> Silent:
        asked_on = stop.at.astimezone(self.owner.zone).date()
        until = self.story.stop_until or self.cadence.lapses_on(asked_on, self.story.case.kind)
        over = self._today() > until
        state = State.NO_ANSWER if over else self.story.state
        return Silent(state, WaitingOn.NOBODY if over else WaitingOn.THEM, "They asked not to be followed up.", (stop,))

    # Check-ins

    def _check_in(self, wait: OpenWait) -> Decision:
        due = None if self.story.spent else self.cadence.check_in(self.story, wait, self.now)
        if due is None:
            return self._no_check_in_left(wait)
        recipients = for_wait(self.story, self.owner)
        internal = recipients.to and all(self.owner.is_colleague(a.email) for a in recipients.to)
        if internal and not self.cadence.policy.general.internal:
            return self._left_alone(wait, COLLEAGUES)
        return self._ready(due, wait.names, recipients, self._why(wait), (wait.evidence,), wait=wait)

    def _no_check_in_left(self, wait: OpenWait) -> Silent:
        made = len(self.story.check_ins)
        if self.story.case.kind is Kind.TASK and not self.cadence.policy.general.internal:
            return self._left_alone(wait, COLLEAGUES)
        if not made:
            return self._left_alone(wait, "No date was named to ask about.")
        over = self._today() >= self.cadence.closes_on(wait.day_0)
        reason = _enough(made, self.story.case.kind)
        if over:
            return Silent(State.NO_ANSWER, WaitingOn.NOBODY, reason + " The case closed itself.", (wait.evidence,))
        return Silent(State.OPEN, WaitingOn.THEM, reason, (wait.evidence,))

    def _left_alone(self, wait: OpenWait, reason: str) -> Silent:
        """Nothing is ever drafted for this wait; it is over when a check-in would have lapsed."""
        began_on = max(wait.day_0, wait.window.ends_on) if wait.window else wait.day_0
        over = self._today() > self.cadence.lapses_on(began_on, self.story.case.kind)
        if over:
            return Silent(State.NO_ANSWER, WaitingOn.NOBODY, f"{reason} The case closed itself.", (wait.evidence,))
        return Silent(State.OPEN, WaitingOn.THEM, reason, (wait.evidence,))

    def _nothing_open(self) -> Silent:
        story = self.story
        if story.last and story.last.fact in ANSWERED_ELSEWHERE:
            return _silent(story, State.ANSWERED, ANSWERED_ELSEWHERE[story.last.fact])
        off = next((a for a in reversed(story.appointments) if a.standing is Standing.OFF), None)
        if off and story.state in (State.OPEN, State.ANSWERED):
            evidence = (Evidence("appointment_off", off.event.summary, off.event.starts_at, event=off.event.uid),)
            return Silent(State.CLOSED, WaitingOn.NOBODY, f"“{off.event.summary}”: {off.off_because}.", evidence)
        if story.state is State.ANSWERED and story.waiting_on is WaitingOn.ME:
            return _silent(story, State.ANSWERED, "They answered; the next word is yours.")
        if story.state is State.ANSWERED:
            return _silent(story, State.ANSWERED, self._last_lapsed() or "They answered.")
        state = State.CLOSED if story.waiting_on is WaitingOn.NOBODY else story.state
        return _silent(story, state, self._last_lapsed() or "Nothing is open.")

    def _last_lapsed(self) -> str:
        ended = [a for a in self.story.appointments if a.standing is Standing.FIXED and a.event.ends_at <= self.now]
        if not ended:
            return ""
        why = self._no_words_for(ended[-1])
        if ended[-1].key in self.story.thanked:
            return "You have said thanks."
        return f"“{ended[-1].event.summary}” needs no recap: {why}." if why else "It is too late for thanks or a recap."

    # Common to all

    def _ready(
        self,
        due: Due,
        names: tuple[str, ...],
        recipients: Recipients,
        reason: str,
        evidence: tuple[Evidence, ...],
        *,
        event: Event | None = None,
        wait: OpenWait | None = None,
        waiting_on: WaitingOn = WaitingOn.THEM,
    ) -> Decision:
        """The follow-up as Write or Wait, unless something speaks against it."""
        state = self.story.state if self.story.state in (State.ON_HOLD, State.REJECTED) else State.OPEN
        against = self._against(due, names, recipients)
        if against and wait and due.lapses_at <= self.now and self._had_their_time(wait):
            return Silent(State.NO_ANSWER, WaitingOn.NOBODY, against, evidence)
        if against:
            return Silent(state, waiting_on, against, evidence)
        follow_up = FollowUp(
            step=due.step,
            due_at=due.due_at,
            lapses_at=due.lapses_at,
            trigger=next((name for name in names if name in self.record.recorded), names[0]),
            to=recipients.to,
            cc=recipients.cc,
            reply_to=recipients.reply_to.id if recipients.reply_to else None,
            event=(event.id or event.uid) if event else None,
            ordinal=len(self.story.check_ins),
            promised=wait.window if wait and wait.basis in (Basis.PROMISE, Basis.CHECK_BACK) else None,
            time_passed=due.time_passed,
            quotes=recipients.quotes,
        )
        if due.due_at > self.now:
            return Wait(state, waiting_on, reason, evidence, follow_up)
        return Write(state, waiting_on, reason, evidence, follow_up)

    def _against(self, due: Due, names: tuple[str, ...], recipients: Recipients) -> str:
        if not recipients.to or recipients is NOBODY:
            return "There is nobody to write to: a list, a no-reply address, or mail that bounced."
        if due.lapses_at <= self.now:
            return LAPSED
        if self._declined(names, due.step):
            undone = any((name, due.step) in self.record.undone for name in names)
            return "You took this draft back with susul undo." if undone else "You deleted this draft before."
        return "" if due.due_at > self.now else self._kept_by_the_owner(due.step, recipients)

    def _kept_by_the_owner(self, step: Step, recipients: Recipients) -> str:
        thread = recipients.reply_to.thread_id if recipients.reply_to else None
        if self.record.own_drafts & {*self.story.case.threads, thread}:
            return "You have a draft of your own in this thread."
        kept = (self.story.case.id, step) in self.record.own_steps
        return "The draft that you made your own lies in your Drafts folder." if kept else ""

    def _had_their_time(self, wait: OpenWait) -> bool:
        return not self.story.check_ins or self._today() >= self.cadence.closes_on(wait.day_0)

    def _declined(self, names: tuple[str, ...], step: Step) -> bool:
        return any((name, step) in self.record.declined for name in names)

    def _today(self) -> date:
        return self.now.astimezone(self.owner.zone).date()

    def _day(self, moment: datetime) -> str:
        return day_named(moment.astimezone(self.owner.zone), self._today())

    def _why(self, wait: OpenWait) -> str:
        made, most = len(self.story.check_ins), self.cadence.policy.max_check_ins(self.story.case.kind)
        return BECAUSE[wait.basis] + (f" You have checked in {made} of {most} times." if made else "")


def _enough(made: int, kind: Kind) -> str:
    """Why no check-in follows those that were made."""
    if made > 1:
        return f"You have checked in {made} times; that is enough."
    if kind is Kind.INTERVIEW:
        return "You have checked in, and they showed no interest."
    return "You have checked in once; that is enough here."


COLLEAGUES = "Check-ins with colleagues are turned off (policy.general.internal)."
LAPSED = "It is too late for this step."
CLOSED_BECAUSE = {
    State.DECLINED: "You withdrew.",
    State.UNDELIVERED: "Your mail did not arrive: it bounced.",
    State.WON: "They said yes; the next word is yours.",
}
BECAUSE = {
    Basis.APPLICATION: "You applied, and nobody has answered.",
    Basis.INTERVIEW: "The interview is over, and they named no date.",
    Basis.REPLY: "You replied, and nothing has come back.",
    Basis.PROPOSAL: "You sent a proposal, and nobody has answered.",
    Basis.REQUEST: "You asked them for something, and nothing has come back.",
    Basis.TASK: "You handed out a task with a date.",
    Basis.MEETING_REQUEST: "You proposed a meeting, and nobody has answered.",
    Basis.INVITATION: "Your invitation is still unanswered.",
    Basis.PROMISE: "They named a date for their answer.",
    Basis.HOLDING: "They have it in hand, without a date.",
    Basis.SLOW: "Their decision takes longer, without a date.",
    Basis.CHECK_BACK: "They asked you to write again.",
    Basis.WE_CONTACT: "They said that they would be in touch, without a date.",
    Basis.ON_HOLD: "The matter is on hold on their side.",
}
