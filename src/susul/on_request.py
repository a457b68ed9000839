"""The step that the owner asks for with ``susul draft``: to whom it goes, what it answers, and its name in the ledger.

Where the case waits for that step anyway it is the very same one, only now. Otherwise it follows what the case has that
fits it best: the appointment, the rejection, the open wait, or else the last words of the conversation. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from susul.cases.appointment import Appointment, Standing
from susul.cases.people import wrote
from susul.cases.recipients import Recipients, for_conversation, for_event, for_rejection, for_wait
from susul.cases.waits import Basis, OpenWait
from susul.errors import Failed
from susul.model import Event, FollowUp, State, Step, Wait, Write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from susul.model import Case
    from susul.owner import Owner
    from susul.plan import Planned

AFTER_APPOINTMENT = (Step.THANK_YOU, Step.RECAP)
CHECK_INS = (Step.STATUS_CHECK, Step.CHECK_BACK, Step.KEEP_IN_TOUCH, Step.LAST_CALL, Step.NUDGE)
NOBODY_THERE = "There is nobody to write to: a list, a no-reply address, or mail that bounced."


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the step can stand on. ``names`` are its triggers in the ledger, the first one the usual."""

    names: tuple[str, ...]
    recipients: Recipients
    event: Event | None = None
    wait: OpenWait | None = None


def follow_up_on_request(step: Step, planned: Planned, owner: Owner, now: datetime) -> FollowUp:
    """``step`` for the case at ``now``, whatever was decided about it. Raises Failed where nobody can be written to."""
    decision = planned.decision
    if isinstance(decision, Write) and decision.follow_up.step is step:
        return decision.follow_up
    if isinstance(decision, Wait) and decision.follow_up.step is step:
        return replace(decision.follow_up, due_at=now, lapses_at=None)
    ground = next((ground for ground in _grounds(step, planned, owner) if ground.recipients.to), None)
    if ground is None:
        raise Failed(NOBODY_THERE)
    reply_to, wait = ground.recipients.reply_to, ground.wait
    promised = wait.window if wait and wait.basis in (Basis.PROMISE, Basis.CHECK_BACK) else None
    return FollowUp(
        step=step,
        due_at=now,
        lapses_at=None,
        trigger=ground.names[0],
        to=ground.recipients.to,
        cc=ground.recipients.cc,
        reply_to=reply_to.id if reply_to else None,
        event=(ground.event.id or ground.event.uid) if ground.event else None,
        ordinal=len(planned.story.check_ins),
        promised=promised,
        time_passed=bool(step is Step.NUDGE and wait and wait.starts_at and wait.starts_at <= now),
        quotes=ground.recipients.quotes,
    )


def doubts(step: Step, planned: Planned, now: datetime) -> tuple[str, ...]:
    """Why ``step`` may not fit the case at ``now``, a sentence each. The owner may know better: it is only told."""
    return tuple(_doubts(step, planned, now))


def _doubts(step: Step, planned: Planned, now: datetime) -> Iterator[str]:
    story, state = planned.story, planned.decision.state
    if state in (State.IGNORED, State.CLOSED):
        yield planned.decision.reason
    if step in AFTER_APPOINTMENT and not any(a.event.ends_at <= now for a in _appointments(planned)):
        yield "The appointment is still to come." if story.ahead else "No appointment is known that it could be about."
    if step is Step.THANK_YOU and any(a.key in story.thanked for a in _appointments(planned)):
        yield "You have thanked them already."
    if step is Step.REJECTION_REPLY and not story.rejection:
        yield "They have not said no here."
    if step is Step.DECLINE and story.rejection:
        yield "They have said no already."
    if step is Step.DECLINE and _has_answered(planned.case):
        yield "You wrote last in that conversation: you may have said it already."
    if step in CHECK_INS and not story.wait:
        yield "Nothing is known that you wait for here."


def _has_answered(case: Case) -> bool:
    """Whether the owner wrote after the last mail of a person, in that thread."""
    last = next((told.message for told in reversed(case.told) if wrote(told) and not told.heard_only), None)
    later = [t.message for t in case.told if last and t.outgoing and t.message.sent_at > last.sent_at]
    return any(last and message.thread_id == last.thread_id for message in later)


def _grounds(step: Step, planned: Planned, owner: Owner) -> Iterator[_Ground]:
    story = planned.story
    appointments = list(_appointments(planned))
    if step in AFTER_APPOINTMENT:
        yield from (_after(appointment, planned, owner) for appointment in appointments)
    if step is Step.REJECTION_REPLY and story.rejection:
        yield _Ground((story.rejection.message.id,), for_rejection(story, owner))
    if step in CHECK_INS and story.wait:
        event = story.wait.event if step is Step.NUDGE else None
        yield _Ground(story.wait.names, for_wait(story, owner), event, story.wait)
    if planned.case.told:
        last = for_conversation(story, owner)
        yield _Ground((last.reply_to.id if last.reply_to else planned.case.id,), last)
    yield from (_after(appointment, planned, owner) for appointment in appointments)
    yield from (_at(event, planned, owner) for event in story.ahead)


def _appointments(planned: Planned) -> Iterator[Appointment]:
    """Those that stand, the last first; of a case that has nothing but an event, that one."""
    own = {event.id or event.uid for event in planned.case.events}
    for appointment in reversed(planned.story.appointments):
        if appointment.standing is not Standing.OFF and (planned.case.told or appointment.key in own):
            yield appointment


def _after(appointment: Appointment, planned: Planned, owner: Owner) -> _Ground:
    names = appointment.names or (appointment.key,)
    return _Ground(names, for_event(planned.story, appointment.event, owner), appointment.event)


def _at(event: Event, planned: Planned, owner: Owner) -> _Ground:
    return _Ground((event.id or event.uid,), for_event(planned.story, event, owner), event)
