"""Which threads and events are one matter.

Conversations are taken oldest first, and each joins the matter that it fits best or begins a new one; then each event
does the same. Two roles named at one company stay two matters, and nobody of the owner's own organisation makes a
link. Every link keeps the words or addresses that made it. What these people said outside a matter is gathered by
``elsewhere``: that ends a wait, but makes no link.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from susul.cases.conversations import Conversation, TellingWords, mail_of
from susul.cases.elsewhere import gather_elsewhere
from susul.cases.matter import Calendar, Matter
from susul.cases.matter_index import MatterIndex
from susul.cases.people import event_addresses
from susul.cases.words import is_interview, plain, says, spells_any
from susul.model import Event, Evidence, Message, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from susul.owner import Owner

FAR_APART = timedelta(days=120)  # between the end of one and the beginning of the other: no longer one matter
NEVER = datetime.min.replace(tzinfo=UTC)
SHARED_WORDS = 2  # tell of one thing where one word may be chance
BEGINNING, LATEST = 2, 4  # the conversations of a matter with which a new one is compared


class Fit(IntEnum):
    """How sure it is that two things are one matter, the surest last."""

    NO = 0
    ORGANISATION = 1  # a colleague of theirs names the topic
    NAMED = 2  # a machine, an agency or its client names the company and the role
    PEOPLE = 3  # the same people, and nothing that speaks against it
    TOPIC = 4  # the same people about the same thing
    CHAIN = 5  # an answer to it by its headers, or the invitation itself


def link(
    messages: Iterable[Message], readings: Mapping[str, Reading], events: Sequence[Event], owner: Owner
) -> tuple[Matter, ...]:
    """The matters of a mailbox and a calendar, oldest first. Linear in the number of messages and events."""
    telling = TellingWords.of(owner)
    mail = mail_of(messages, readings, telling)
    matters = MatterIndex()
    for conversation in mail.conversations:
        _place_conversation(conversation, matters)
    in_order = sorted(events, key=lambda e: (e.starts_at, e.uid, e.id))
    for event in in_order:
        _place_event(event, matters, telling)
    calendar = Calendar(in_order, telling.parties)
    for matter in matters.all:
        matter.calendar = calendar
    gather_elsewhere(matters.all, mail.heard, telling)
    return tuple(matters.all)


def _best(rated: Iterable[tuple[Fit, Matter]]) -> tuple[Fit, Matter] | None:
    """The surest fit; of several the matter that moved last."""
    fitting = [(fit, matter) for fit, matter in rated if fit]
    return max(fitting, key=lambda row: (row[0], row[1].last_at or NEVER, row[1].number), default=None)


# Conversations


def _place_conversation(conversation: Conversation, matters: MatterIndex) -> None:
    chained = matters.answered_by(conversation)
    candidates = chained or matters.candidates_for(conversation)
    rated = [(Fit.CHAIN if chained else _conversation_fit(conversation, matter), matter) for matter in candidates]
    best = _best(rated) or _best(_only_role_at(conversation, candidates))
    if best:
        fit, matter = best
        first = conversation.told[0].message
        matter.links.append(Evidence(f"linked_by_{fit.name.lower()}", first.subject, first.sent_at, message=first.id))
    else:
        matter = matters.begin()
    matter.add_conversation(conversation)
    matters.note(matter, conversation)


def _conversation_fit(later: Conversation, matter: Matter) -> Fit:
    if matter.last_mail_at is None or later.starts_at - matter.last_mail_at > FAR_APART:
        return Fit.NO
    if _other_role(later, matter):
        return Fit.NO
    same_topic = not later.words.isdisjoint(matter.words) or _role_named(later, matter)
    if not later.people.isdisjoint(matter.people):
        if _role_named(later, matter) or any(_same_topic(later, earlier) for earlier in _nearest(matter)):
            return Fit.TOPIC
        return Fit.PEOPLE if not later.words or not matter.words else Fit.NO
    if not later.organisations.isdisjoint(matter.organisations):
        sent_by_them = not later.body_words.isdisjoint(matter.names - later.names)
        if later.told[0].outgoing and not _role_named(later, matter):
            return Fit.NO  # the owner asks two people of one house the same: each owes an answer
        return Fit.ORGANISATION if same_topic or sent_by_them else Fit.NO
    return Fit.NAMED if _introduced(later, matter, same_topic=same_topic) else Fit.NO


def _nearest(matter: Matter) -> list[Conversation]:
    """How the matter began and where it stands now: a long one has touched on everything in between."""
    return [*matter.conversations[:BEGINNING], *matter.conversations[BEGINNING:][-LATEST:]]


def _same_topic(later: Conversation, earlier: Conversation) -> bool:
    """Whether the subjects tell of one thing, or the mail of one speaks of the other's."""
    one, other = later.words, earlier.words
    shared = one & other
    if shared and (
        len(shared) >= SHARED_WORDS or len(one - shared) < SHARED_WORDS or len(other - shared) < SHARED_WORDS
    ):
        return True
    return bool(one) and (_speaks_of(earlier.body_words, one) or _speaks_of(later.opening_words, other))


def _speaks_of(body: frozenset[str], words: frozenset[str]) -> bool:
    """Whether a text holds what a subject is told by: all of it, or two words."""
    said = body & words
    return bool(said) and (len(said) >= SHARED_WORDS or said == words)


def _other_role(later: Conversation, matter: Matter) -> bool:
    """Whether it is about another job: another name for it, or a second application."""
    if not later.role or not matter.roles:
        return False
    if later.applied and matter.applied:
        return later.role not in matter.roles
    return not any(later.role <= known or known <= later.role for known in matter.roles)


def _role_named(later: Conversation, matter: Matter) -> bool:
    return bool(later.role) and any(not later.role.isdisjoint(words) for words in (matter.words, *matter.roles))


def _introduced(later: Conversation, matter: Matter, *, same_topic: bool) -> bool:
    """Whether strangers to the matter name its company and what it is about.

    That is an applicant-tracking system, or the client that an agency spoke of (the other way round, too). People
    must name the role itself, or two words of the topic.
    """
    if not (same_topic and _names_company(later, matter)):
        return False
    shared = later.words & matter.words
    return later.automated or _role_named(later, matter) or len(shared) >= SHARED_WORDS


def _names_company(later: Conversation, matter: Matter) -> bool:
    if not (later.automated or later.is_job or matter.is_job):
        return False
    return spells_any(later.text, matter.labels) or any(
        spells_any(c.text, later.labels) for c in matter.conversations[:BEGINNING]
    )


def _only_role_at(later: Conversation, candidates: Sequence[Matter]) -> list[tuple[Fit, Matter]]:
    """A machine that names the company but no role means the only application there."""
    if not (later.automated and later.is_job) or later.role:
        return []
    there = [m for m in candidates if m.is_job and _is_near(later, m) and _names_company(later, m)]
    return [(Fit.NAMED, there[0])] if len(there) == 1 else []


def _is_near(later: Conversation, matter: Matter) -> bool:
    return matter.last_mail_at is not None and later.starts_at - matter.last_mail_at <= FAR_APART


# Events


def _place_event(event: Event, matters: MatterIndex, telling: TellingWords) -> None:
    parties = telling.parties
    people, organisations = parties.people_of(event), parties.organisations_of(event)
    title = telling.of_text(event.summary, organisations)
    alone = not event_addresses(event, parties.owner)
    candidates = matters.candidates_for_event(event, people, organisations, title, alone=alone)
    best = _best(
        (_event_fit(event, people, organisations, title, matter, alone=alone), matter) for matter in candidates
    )
    if best:
        fit, matter = best
        known_since = event.created_at or event.starts_at
        matter.links.append(Evidence(f"linked_by_{fit.name.lower()}", event.summary, known_since, event=event.uid))
    else:
        earlier = matters.interview_with(people, title)
        matter = earlier if earlier and _is_next_round(event, earlier) else matters.begin()
        if is_interview(event.summary):
            matters.note_interview(matter, people, title)
    matter.add_event(event, parties)
    matters.note_uid(matter, event.uid)


def _is_next_round(event: Event, earlier: Matter) -> bool:
    """Whether an interview follows on one with the same people under the same title, neither of which has any mail.

    One matter, or the same person would be asked twice how things stand.
    """
    near = earlier.last_at is not None and event.starts_at - earlier.last_at <= FAR_APART
    return near and is_interview(event.summary)


def _event_fit(
    event: Event,
    people: frozenset[str],
    organisations: frozenset[str],
    title: frozenset[str],
    matter: Matter,
    *,
    alone: bool,
) -> Fit:
    """How an event fits. ``alone``: nobody but the owner is on it, so only its words can tell."""
    if event.uid in matter.uids:
        return Fit.CHAIN
    if matter.last_mail_at is None or event.starts_at - matter.last_mail_at > FAR_APART:
        return Fit.NO
    same_people = not people.isdisjoint(matter.people)
    same_organisation = not organisations.isdisjoint(matter.organisations)
    if not (same_people or same_organisation):
        return _stranger_fit(event, title, matter, alone=alone)
    if _interview_for_other_role(event, title, matter):
        return Fit.NO
    if not title.isdisjoint(matter.topic) or event.starts_at in matter.times:
        return Fit.TOPIC
    if same_people and (not title or not title.isdisjoint(matter.body_words) or _both_about_a_job(event, matter)):
        return Fit.PEOPLE
    return Fit.NO


def _stranger_fit(event: Event, title: frozenset[str], matter: Matter, *, alone: bool) -> Fit:
    """The owner's own entry about it, or an interview whose guests write from elsewhere but name company and role."""
    if _interview_for_other_role(event, title, matter):
        return Fit.NO
    about_it = not title.isdisjoint(matter.topic)
    if alone:
        return Fit.ORGANISATION if about_it or event.starts_at in matter.times else Fit.NO
    if not is_interview(event.summary, event.description) or not matter.is_job:
        return Fit.NO
    text = plain(f"{event.summary} {event.description}")
    names_company = spells_any(text, matter.labels)
    fits = names_company and (about_it or event.starts_at in matter.times)
    return Fit.NAMED if fits else Fit.NO


def _interview_for_other_role(event: Event, title: frozenset[str], matter: Matter) -> bool:
    if not matter.roles or not title or not is_interview(event.summary):
        return False
    return title.isdisjoint(matter.body_words) and all(title.isdisjoint(role) for role in matter.roles)


def _both_about_a_job(event: Event, matter: Matter) -> bool:
    subjects = [c.told[0].message.subject for c in matter.conversations[:20]]
    return is_interview(event.summary, event.description) and (
        is_interview(*subjects) or says("application", *subjects)
    )


__all__ = ["Fit", "Matter", "link"]
