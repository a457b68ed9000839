"""Appointments that were made in words only: one side names a time, the other one agrees to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from susul.cases.appointment import Appointment, Standing
from susul.cases.durations import duration_in
from susul.cases.people import others
from susul.cases.words import is_interview
from susul.model import Answer, Attendee, Event, Fact, Nature, Sense, Signal, Told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from susul.owner import Owner

SAME_APPOINTMENT = timedelta(hours=12)  # the calendar and the mail may differ about the hour, not about the day
LATE_EXCUSE = timedelta(days=2)
NAMES_TIME = (Sense.PROPOSED, Sense.FIXED, Sense.MOVED, Sense.PLAIN)


def fixed_by_mail(
    told: Sequence[Told], known: Sequence[Appointment], owner: Owner, job: bool, lasts: timedelta
) -> list[Appointment]:
    """The appointments that the mail makes and the calendar (``known``) does not hold.

    ``job``: the mail is about a job, so they are interviews. ``lasts``: how long one is whose end is not named.
    """
    diary = _Diary(owner, job, lasts)
    for t in told:
        if t.reading.nature is Nature.PERSON:
            diary.hear(t)
    in_calendar = [a for a in known if not a.event.all_day]
    return [a for a in diary.entries() if not any(_is_same(a, other) for other in in_calendar)]


def _is_same(mail: Appointment, calendar: Appointment) -> bool:
    near = abs(mail.event.starts_at - calendar.event.starts_at) < SAME_APPOINTMENT
    return near and calendar.off_because != "moved by mail"


class _Diary:
    """What was agreed so far, by time, and what is still only asked."""

    def __init__(self, owner: Owner, job: bool, lasts: timedelta) -> None:
        self._owner, self._job, self._lasts = owner, job, lasts
        self._fixed: dict[datetime, Appointment] = {}
        self._asked: Appointment | None = None

    def entries(self) -> list[Appointment]:
        open_one = [self._asked] if self._asked and self._asked.event.starts_at not in self._fixed else []
        return [*self._fixed.values(), *open_one]

    def hear(self, t: Told) -> None:
        signals = [s for s in t.reading.signals if s.fact is Fact.SCHEDULE]
        senses = {signal.sense for signal in signals}
        named = next(
            (s for s in signals if s.starts_at and s.sense in NAMES_TIME and s.starts_at > t.message.sent_at), None
        )
        if senses & {Sense.CANCELLED, Sense.MOVED}:
            self._call_off(t)
        if Sense.NO_SHOW in senses:
            self._miss(t)
        if self._asked and self._asked.told and self._asked.told.outgoing != t.outgoing:
            self._answer(t, named, senses)
        elif named:
            self._name(t, named, self._lasts)

    def _answer(self, t: Told, named: Signal | None, senses: set[Sense]) -> None:
        """The other side's next mail: it takes the time, names another, or refuses."""
        asked = self._asked
        assert asked is not None
        if named and named.starts_at:
            lasts = asked.event.ends_at - asked.event.starts_at
            if self._day(named.starts_at) == self._day(asked.event.starts_at):
                self._fix(self._entry(named, named.starts_at, asked.told or t, lasts))
            else:
                self._name(t, named, lasts)
        elif not _refuses(t) and (t.outgoing or Sense.FIXED in senses):
            self._fix(asked)

    def _name(self, t: Told, signal: Signal, lasts: timedelta) -> None:
        assert signal.starts_at is not None
        entry = self._entry(signal, signal.starts_at, t, lasts)
        if signal.sense is Sense.FIXED or (signal.sense is Sense.MOVED and not t.outgoing):
            self._fix(entry)
        elif entry.event.starts_at not in self._fixed:
            self._asked = entry

    def _fix(self, entry: Appointment) -> None:
        self._fixed[entry.event.starts_at] = replace(entry, standing=Standing.FIXED)
        self._asked = None

    def _day(self, moment: datetime) -> object:
        return moment.astimezone(self._owner.zone).date()

    def _call_off(self, t: Told) -> None:
        self._asked = None
        self._put_off("called off by mail", lambda event: event.ends_at > t.message.sent_at)

    def _miss(self, t: Told) -> None:
        written = t.message.sent_at
        self._put_off("it did not take place", lambda event: event.starts_at < written < event.ends_at + LATE_EXCUSE)

    def _put_off(self, because: str, concerned: Callable[[Event], bool]) -> None:
        for starts_at, entry in self._fixed.items():
            if concerned(entry.event):
                self._fixed[starts_at] = replace(entry, standing=Standing.OFF, off_because=because)

    def _entry(self, signal: Signal, starts_at: datetime, t: Told, lasts: timedelta) -> Appointment:
        event = Event(
            uid=f"mail:{t.message.message_id or t.message.id}",
            id=f"mail:{t.message.id}:{starts_at.isoformat()}",
            summary=t.message.subject,
            starts_at=starts_at,
            ends_at=signal.ends_at or starts_at + (duration_in(t.reading.text) or lasts),
            organizer=t.message.sender.email,
            attendees=tuple(Attendee(a.email, a.name, Answer.ACCEPTED) for a in others(t.message, self._owner)),
            created_at=t.message.sent_at,
        )
        interview = is_interview(t.message.subject, signal.quote) or self._job
        return Appointment(event, interview, Standing.ASKED, told=t)


def _refuses(t: Told) -> bool:
    facts = {signal.fact for signal in t.reading.signals}
    return bool(facts & {Fact.REJECTION, Fact.WITHDRAWAL, Fact.ON_HOLD})
