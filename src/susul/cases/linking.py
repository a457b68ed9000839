"""Which threads and events are one matter.

Conversations are taken oldest first, and each joins the matter that it fits best or begins a new one; then each event
does the same. Two roles named at one company stay two matters. Every link keeps the words or addresses that made it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from susul.cases.conversations import Conversation, conversations, telling_words
from susul.cases.people import event_addresses
from susul.cases.words import is_interview, says
from susul.domains import organisation
from susul.model import Event, Evidence, Fact, Message, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from susul.owner import Owner

FAR_APART = timedelta(days=120)  # between the end of one and the beginning of the other: no longer one matter


class Fit(IntEnum):
    """How sure it is that two things are one matter, the surest last."""

    NO = 0
    ORGANISATION = 1  # a colleague of theirs names the topic
    NAMED = 2  # a machine names the company and the topic
    PEOPLE = 3  # the same people, and nothing that speaks against it
    TOPIC = 4  # the same people about the same thing
    CHAIN = 5  # an answer to it by its headers, or the invitation itself


@dataclass(slots=True)
class Matter:
    """Conversations and events that belong together; grows while linking, then is read only."""

    conversations: list[Conversation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    links: list[Evidence] = field(default_factory=list)
    ahead: tuple[Event, ...] = ()  # events of other matters with the same people

    def ahead_of(self, now: datetime) -> tuple[Event, ...]:
        """The events of other matters with the same people that have not ended and stand."""
        return tuple(e for e in self.ahead if e.ends_at > now and e.status == "confirmed" and not e.all_day)

    @property
    def people(self) -> frozenset[str]:
        return frozenset(p for c in self.conversations for p in c.people)

    @property
    def organisations(self) -> frozenset[str]:
        return frozenset(o for c in self.conversations for o in c.organisations)

    @property
    def words(self) -> frozenset[str]:
        return frozenset(w for c in self.conversations for w in c.words)

    @property
    def roles(self) -> tuple[frozenset[str], ...]:
        return tuple(c.role for c in self.conversations if c.role)


def link(
    messages: Iterable[Message], readings: Mapping[str, Reading], events: Sequence[Event], owner: Owner
) -> tuple[Matter, ...]:
    """The matters of a mailbox and a calendar, oldest first."""
    matters = _MatterIndex()
    for conversation in conversations(messages, readings, owner):
        if _is_spam(conversation) and not matters.of_people(conversation.people):
            continue  # nobody the owner knows
        _place_conversation(conversation, matters)
    for event in sorted(events, key=lambda e: (e.starts_at, e.uid, e.id)):
        _place_event(event, matters, owner)
    return tuple(matters.all)


class _MatterIndex:
    """The matters so far, found by person and organisation: a mailbox has thousands."""

    def __init__(self) -> None:
        self.all: list[Matter] = []
        self._by_key: dict[str, list[Matter]] = {}

    def of_people(self, keys: Iterable[str]) -> list[Matter]:
        found = {id(matter): matter for key in keys for matter in self._by_key.get(key, ())}
        return list(found.values())

    def add(self, matter: Matter) -> None:
        self.all.append(matter)

    def note(self, matter: Matter, keys: Iterable[str]) -> None:
        for key in keys:
            known = self._by_key.setdefault(key, [])
            if matter not in known:
                known.append(matter)


def _is_spam(conversation: Conversation) -> bool:
    return all("SPAM" in told.message.labels for told in conversation.told)


def _keys(conversation: Conversation) -> list[str]:
    ids = [told.message.message_id for told in conversation.told if told.message.message_id]
    uids = [part.uid for told in conversation.told for part in told.message.calendar if part.uid]
    return [
        *conversation.people,
        *conversation.organisations,
        *ids,
        *uids,
        *sorted(conversation.role),
        *sorted(conversation.words),
    ]


def _place_conversation(conversation: Conversation, matters: _MatterIndex) -> None:
    referred = [i for told in conversation.told for i in (told.message.in_reply_to, *told.message.references) if i]
    candidates = matters.of_people([*_keys(conversation), *referred])
    rated = [(_conversation_fit(conversation, matter, frozenset(referred)), matter) for matter in candidates]
    fits = [(fit, matter.conversations[-1].ends_at, matter) for fit, matter in rated if fit]
    if fits:
        fit, _, matter = max(fits, key=lambda row: (row[0], row[1]))
        first = conversation.told[0]
        matter.links.append(
            Evidence(
                f"linked_by_{fit.name.lower()}", first.message.subject, first.message.sent_at, message=first.message.id
            )
        )
    else:
        matter = Matter()
        matters.add(matter)
    matter.conversations.append(conversation)
    matters.note(matter, _keys(conversation))


def _conversation_fit(conversation: Conversation, matter: Matter, referred: frozenset[str]) -> Fit:
    if not matter.conversations:
        return Fit.NO
    if any(told.message.message_id in referred for c in matter.conversations for told in c.told):
        return Fit.CHAIN
    if (
        _roles_differ(conversation.role, matter.roles)
        or conversation.starts_at - max(c.ends_at for c in matter.conversations) > FAR_APART
    ):
        return Fit.NO
    return max(_pair_fit(conversation, earlier) for earlier in matter.conversations)


def _pair_fit(later: Conversation, earlier: Conversation) -> Fit:
    same_topic = bool(later.words & earlier.words) or bool(later.role and later.role & (earlier.role | earlier.words))
    named_inside = bool(later.body_words & earlier.words) or bool(earlier.body_words & later.words)
    if later.people & earlier.people:
        if same_topic or (named_inside and later.words):
            return Fit.TOPIC
        return Fit.PEOPLE if not later.words or not earlier.words else Fit.NO
    if later.organisations & earlier.organisations:
        sent_by_them = bool(later.body_words & (earlier.names - later.names))
        return Fit.ORGANISATION if same_topic or sent_by_them else Fit.NO
    if later.automated and same_topic and _names_company(later, earlier):
        return Fit.NAMED
    return Fit.NO


def _names_company(later: Conversation, earlier: Conversation) -> bool:
    labels = [domain.partition(".")[0].replace("-", "") for domain in earlier.organisations | later.organisations]
    return any(len(label) > 2 and label in later.squeezed for label in labels)


def _roles_differ(role: frozenset[str], roles: Sequence[frozenset[str]]) -> bool:
    return bool(role) and bool(roles) and not any(role <= known or known <= role for known in roles)


def _place_event(event: Event, matters: _MatterIndex, owner: Owner) -> None:
    addresses = event_addresses(event, owner)
    organisations = frozenset(filter(None, (organisation(a) for a in addresses if not owner.is_colleague(a))))
    title = telling_words(event.summary, owner, organisations)
    candidates = matters.of_people([event.uid, *addresses, *organisations, *title])
    fits = [(_event_fit(event, addresses, organisations, title, matter), matter) for matter in candidates]
    fits = [(fit, matter) for fit, matter in fits if fit]
    if fits:
        fit, matter = max(fits, key=lambda row: (row[0], _last_at(row[1])))
        matter.links.append(
            Evidence(
                f"linked_by_{fit.name.lower()}", event.summary, event.created_at or event.starts_at, event=event.uid
            )
        )
    else:
        matter = Matter()
        matters.add(matter)
        for other in matters.of_people(addresses):
            if other is not matter and set(addresses) & other.people:
                other.ahead = (*other.ahead, event)
    matter.events.append(event)
    matters.note(matter, [event.uid])


def _last_at(matter: Matter) -> datetime:
    ends = [c.ends_at for c in matter.conversations] + [e.ends_at for e in matter.events]
    return max(ends)


def _event_fit(
    event: Event, addresses: Sequence[str], organisations: frozenset[str], title: frozenset[str], matter: Matter
) -> Fit:
    if any(part.uid == event.uid for c in matter.conversations for told in c.told for part in told.message.calendar):
        return Fit.CHAIN
    if not matter.conversations:
        return Fit.CHAIN if any(known.uid == event.uid for known in matter.events) else Fit.NO
    if event.starts_at - max(c.ends_at for c in matter.conversations) > FAR_APART:
        return Fit.NO
    return _event_topic_fit(event, addresses, organisations, title, matter)


def _event_topic_fit(
    event: Event, addresses: Sequence[str], organisations: frozenset[str], title: frozenset[str], matter: Matter
) -> Fit:
    same_people = bool(set(addresses) & matter.people)
    same_organisation = bool(organisations & matter.organisations)
    bodies = frozenset(w for c in matter.conversations for w in c.body_words)
    roles = matter.roles
    other_role = (
        bool(roles)
        and is_interview(event.summary)
        and bool(title)
        and not any(role & title for role in roles)
        and not title & bodies
    )
    if other_role or not (same_people or same_organisation or not addresses):
        return Fit.NO
    about_it = bool(title & (matter.words | frozenset(w for role in roles for w in role)))
    if about_it or _fixed_for(event, matter):
        return Fit.TOPIC if same_people or same_organisation else Fit.ORGANISATION
    if same_people and (not title or title & bodies or _both_about_a_job(event, matter)):
        return Fit.PEOPLE
    return Fit.NO


def _fixed_for(event: Event, matter: Matter) -> bool:
    """Whether the mail names the very time of the event."""
    return any(
        signal.fact is Fact.SCHEDULE and signal.starts_at == event.starts_at
        for c in matter.conversations
        for told in c.told
        for signal in told.reading.signals
    )


def _both_about_a_job(event: Event, matter: Matter) -> bool:
    subjects = [c.told[0].message.subject for c in matter.conversations]
    return is_interview(event.summary, event.description) and (
        is_interview(*subjects) or says("application", *subjects)
    )
