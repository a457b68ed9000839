"""The interviews and meetings of a matter: those in the calendar, and those fixed in the mail only.

A calendar entry says less than it seems: it may have been called off, moved or missed by mail. What the mail says
later about the same appointment wins.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from susul.cases.appointment import Appointment, Standing
from susul.cases.diary import fixed_by_mail
from susul.cases.people import event_addresses, guests
from susul.cases.words import is_interview, says
from susul.model import Answer, Attendee, CalendarPart, Event, Fact, Nature, Sense, Signal, Told
from susul.owner import Owner, canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

A_DAY = timedelta(days=1)


def appointments(
    told: Sequence[Told], events: Sequence[Event], owner: Owner, job: bool, lasts: timedelta
) -> tuple[Appointment, ...]:
    """All appointments by time. ``job``: the mail around is about a job. ``lasts``: how long one without an end is."""
    everything = (*events, *_invited_by_mail(told, events))
    from_calendar = [_from_calendar(event, told, owner, job) for event in everything]
    from_mail = fixed_by_mail(told, from_calendar, owner, job, lasts)
    in_order = sorted([*from_calendar, *from_mail], key=lambda a: (a.event.starts_at, a.key))
    return tuple(replace(appointment, names=_names(appointment, told, owner)) for appointment in in_order)


def _names(appointment: Appointment, told: Sequence[Told], owner: Owner) -> tuple[str, ...]:
    """Its triggers: the event's id or the mail that made it, which never change, whatever else is linked later.

    An appointment made by mail may turn up in the calendar afterwards; it keeps the names of the mails of its day.
    """
    day = appointment.event.starts_at.astimezone(owner.zone).date()
    by_mail = [
        f"mail:{t.message.id}"
        for t in told
        for s in t.reading.signals
        if s.fact is Fact.SCHEDULE and s.starts_at and s.starts_at.astimezone(owner.zone).date() == day
    ]
    own = f"mail:{appointment.told.message.id}" if appointment.told else f"event:{appointment.key}"
    return tuple(dict.fromkeys([own, *by_mail]))


def _from_calendar(event: Event, told: Sequence[Told], owner: Owner, job: bool) -> Appointment:
    interview = _is_job_interview(event, owner, job)
    why = _why_off(event, told, owner, interview)
    if why:
        return Appointment(event, interview, Standing.OFF, off_because=why)
    return Appointment(event, interview, _standing(event, told, owner, interview))


def _is_job_interview(event: Event, owner: Owner, job: bool) -> bool:
    named = is_interview(event.summary) or (is_interview(event.summary, event.description) and job)
    mine = owner.is_me(event.organizer)
    return (named and (job or not mine)) or (job and not mine and not is_other_talk(event))


def is_other_talk(event: Event) -> bool:
    return says("not_interview", event.summary)


def _standing(event: Event, told: Sequence[Told], owner: Owner, interview: bool) -> Standing:
    """Fixed when the owner takes part and the other side has said yes, or the mail fixed it."""
    mine = _my_answer(event, owner)
    theirs = [guest.answer for guest in guests(event, owner) if not owner.is_colleague(guest.email)]
    if owner.is_me(event.organizer):
        pending = bool(theirs) and all(answer is Answer.NEEDS_ACTION for answer in theirs)
        return Standing.ASKED if pending and not _agreed_by_mail(event, told, owner) else Standing.FIXED
    if mine is Answer.ACCEPTED or interview or _agreed_by_mail(event, told, owner):
        return Standing.FIXED
    return Standing.ASKED


def _my_answer(event: Event, owner: Owner) -> Answer | None:
    if owner.is_me(event.organizer):
        return Answer.ACCEPTED
    return next((guest.answer for guest in event.attendees if owner.is_me(guest.email)), None)


def _agreed_by_mail(event: Event, told: Sequence[Told], owner: Owner) -> bool:
    """Whether the day was agreed to in words; to the owner's own invitation the others must agree."""
    day = event.starts_at.astimezone(owner.zone).date()
    mine = owner.is_me(event.organizer)
    return any(
        signal.fact is Fact.SCHEDULE and signal.sense is Sense.FIXED and _names_day(signal, day, owner)
        for t in told
        if t.reading.nature is Nature.PERSON and not (mine and t.outgoing)
        for signal in t.reading.signals
    )


def _names_day(signal: Signal, day: object, owner: Owner) -> bool:
    if signal.starts_at:
        return signal.starts_at.astimezone(owner.zone).date() == day
    return signal.window is None or signal.window.ends_on == day


def _why_off(event: Event, told: Sequence[Told], owner: Owner, interview: bool) -> str:
    """Why the event did not or will not take place with the owner; empty when nothing speaks against it."""
    if event.all_day:
        return "an all-day entry"
    if not interview and not event_addresses(event, owner):
        return "nobody else takes part"
    if event.status == "cancelled":
        return "cancelled"
    if _my_answer(event, owner) is Answer.DECLINED:
        return "you declined"
    unsure = _my_answer(event, owner) is Answer.TENTATIVE or event.status == "tentative"
    if unsure and not interview and not _agreed_by_mail(event, told, owner):
        return "tentative"
    theirs = [guest for guest in guests(event, owner) if not owner.is_colleague(guest.email)]
    if theirs and all(guest.answer is Answer.DECLINED for guest in theirs):
        return "they declined"
    return _called_off_by_mail(event, told, owner)


def _called_off_by_mail(event: Event, told: Sequence[Told], owner: Owner) -> str:
    why = ""
    for t in told:
        parts = [part for part in t.message.calendar if part.uid == event.uid]
        for part in parts:
            why = {"CANCEL": "cancelled", "REQUEST": ""}.get(part.method, why)
        if not parts and t.reading.nature is Nature.PERSON and t.message.sent_at < event.ends_at + A_DAY:
            why = _said_off(event, t, owner) or why
    return why


def _said_off(event: Event, t: Told, owner: Owner) -> str:
    """What a mail says against an event that was in the calendar when it was written."""
    created = event.created_at
    if created and t.message.sent_at < created:
        return ""
    for signal in t.reading.signals:
        if signal.fact is not Fact.SCHEDULE or not _is_near(event, t):
            continue
        if signal.sense is Sense.CANCELLED and t.message.sent_at < event.ends_at:
            return "cancelled by mail"
        if signal.sense is Sense.MOVED and t.message.sent_at < event.ends_at and not _moved_here(event, signal, owner):
            return "moved by mail"
        if signal.sense is Sense.NO_SHOW and t.message.sent_at > event.starts_at:
            return "it did not take place"
    return ""


def _moved_here(event: Event, signal: Signal, owner: Owner) -> bool:
    """Whether the calendar shows the new day already."""
    day = event.starts_at.astimezone(owner.zone).date()
    return (signal.starts_at is not None or signal.window is not None) and _names_day(signal, day, owner)


def _is_near(event: Event, t: Told) -> bool:
    """A mail about "our meeting" means the one within the next two weeks, or the one just missed."""
    ahead = event.starts_at - t.message.sent_at
    return -2 * A_DAY <= ahead <= 14 * A_DAY


def _invited_by_mail(told: Sequence[Told], events: Sequence[Event]) -> list[Event]:
    """Invitations that came as a calendar part and are in no calendar that was read."""
    known = {event.uid for event in events}
    latest: dict[str, Event] = {}
    for t in told:
        for part in t.message.calendar:
            if part.method == "REQUEST" and part.uid and part.uid not in known and part.starts_at and part.ends_at:
                latest[part.uid] = _event_of(part, t)
            elif part.uid in latest and part.method == "REPLY":
                latest[part.uid] = _answered(latest[part.uid], part)
    return list(latest.values())


def _event_of(part: CalendarPart, t: Told) -> Event:
    assert part.starts_at is not None
    assert part.ends_at is not None
    return Event(
        uid=part.uid,
        id=part.uid,
        summary=part.summary,
        starts_at=part.starts_at,
        ends_at=part.ends_at,
        organizer=t.message.sender.email,
        attendees=part.attendees or tuple(Attendee(a.email, a.name) for a in t.message.to),
        created_at=t.message.sent_at,
    )


def _answered(event: Event, part: CalendarPart) -> Event:
    answers = {canonical(guest.email): guest.answer for guest in part.attendees}
    updated = tuple(replace(g, answer=answers.get(canonical(g.email), g.answer)) for g in event.attendees)
    return replace(event, attendees=updated)
