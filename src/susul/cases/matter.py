"""One matter while it is put together, and the calendar that all matters look at."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from susul.cases.conversations import fixed_times
from susul.cases.people import guests
from susul.model import Answer, Event, Evidence, Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from susul.cases.conversations import Conversation
    from susul.cases.people import Parties
    from susul.owner import Owner

SOON = timedelta(days=7)  # a series that goes on for ever says something about the next days only


@dataclass(slots=True, eq=False)
class Matter:
    """Conversations and events that belong together; grows while linking, then is read only. Equal to itself only.

    ``elsewhere`` is mail of other matters, or out of spam and trash, that these people and the owner wrote to each
    other; ``naming`` the ids of those among it that name this matter's topic. The other sets are what its
    conversations hold together, kept while it grows.
    """

    number: int  # in the order in which the matters begin
    conversations: list[Conversation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    links: list[Evidence] = field(default_factory=list)
    elsewhere: tuple[Told, ...] = ()
    naming: frozenset[str] = frozenset()
    people: set[str] = field(default_factory=set)
    insiders: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    body_words: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    full_names: set[str] = field(default_factory=set)
    roles: dict[frozenset[str], None] = field(default_factory=dict)
    topic: set[str] = field(default_factory=set)  # the words that its subjects and roles are told by
    labels: set[str] = field(default_factory=set)
    uids: set[str] = field(default_factory=set)
    times: set[datetime] = field(default_factory=set)
    invited: set[str] = field(default_factory=set)  # outside people of its events
    is_job: bool = False
    applied: bool = False
    last_mail_at: datetime | None = None
    last_at: datetime | None = None
    calendar: Calendar | None = None

    def add_conversation(self, conversation: Conversation) -> None:
        self.conversations.append(conversation)
        self.people |= conversation.people
        self.insiders |= conversation.insiders
        self.organisations |= conversation.organisations
        self.words |= conversation.words
        self.body_words |= conversation.body_words
        self.names |= conversation.names
        self.full_names |= conversation.full_names
        self.labels |= conversation.labels
        self.is_job = self.is_job or conversation.is_job
        self.applied = self.applied or conversation.applied
        self.topic |= conversation.words | conversation.role
        if conversation.role:
            self.roles[conversation.role] = None
        self.uids.update(part.uid for t in conversation.told for part in t.message.calendar if part.uid)
        self.times |= fixed_times(conversation.told)
        self.last_mail_at = max(self.last_mail_at or conversation.ends_at, conversation.ends_at)
        self.last_at = max(self.last_at or self.last_mail_at, self.last_mail_at)

    def add_event(self, event: Event, parties: Parties) -> None:
        self.events.append(event)
        self.uids.add(event.uid)
        self.last_at = max(self.last_at or event.ends_at, event.ends_at)
        self.invited.update(parties.people_of(event))

    def ahead_of(self, now: datetime) -> tuple[Event, ...]:
        """The next events of other matters with the same people or their organisation, soonest first."""
        if self.calendar is None:
            return ()
        own = {id(event) for event in self.events}
        found = self.calendar.next_with([*self.people, *self.invited, *self.organisations], now, own)
        return tuple(sorted(found, key=lambda event: (event.starts_at, event.uid, event.id)))


class Calendar:
    """The events that take place, by outside person and organisation."""

    def __init__(self, events: Iterable[Event], parties: Parties) -> None:
        self._single: defaultdict[str, list[Event]] = defaultdict(list)
        self._series: defaultdict[str, list[Event]] = defaultdict(list)
        for event in sorted(events, key=lambda e: (e.ends_at, e.starts_at, e.uid, e.id)):
            if takes_place(event, parties.owner):
                kept = self._series if event.recurring else self._single
                for key in parties.people_of(event) | parties.organisations_of(event):
                    kept[key].append(event)

    def next_with(self, keys: Iterable[str], now: datetime, leave_out: set[int]) -> list[Event]:
        """The next event with each of ``keys`` that has not ended; those whose id() is in ``leave_out`` don't count."""
        found: dict[int, Event] = {}
        for key in keys:
            single = _next(self._single.get(key, ()), now, leave_out)
            series = _next(self._series.get(key, ()), now, leave_out)
            if single:
                found[id(single)] = single
            if series and series.starts_at <= now + SOON:
                found[id(series)] = series
        return list(found.values())


def _next(events: Sequence[Event], now: datetime, leave_out: set[int]) -> Event | None:
    start = bisect_right(events, now, key=lambda event: event.ends_at)
    return next((events[i] for i in range(start, len(events)) if id(events[i]) not in leave_out), None)


def takes_place(event: Event, owner: Owner) -> bool:
    """Whether the event is a real appointment, as far as the calendar knows."""
    if event.all_day or event.transparent or event.status == "cancelled":
        return False
    mine = next((guest.answer for guest in event.attendees if owner.is_me(guest.email)), None)
    theirs = [guest.answer for guest in guests(event, owner) if not owner.is_colleague(guest.email)]
    declined = bool(theirs) and all(answer is Answer.DECLINED for answer in theirs)
    return mine is not Answer.DECLINED and not declined
