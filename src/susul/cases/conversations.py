"""One thread's mail as linking sees it: who took part, and which words tell its matter from others."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from susul.cases.people import Parties, full_name, wrote
from susul.cases.topics import topic_of
from susul.cases.words import is_interview, may_name_role, plain, says, squashed, topic_words
from susul.model import Fact, Message, Nature, Reading, Sense, Told, Topic
from susul.owner import Owner, canonical
from susul.reading import is_outgoing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from susul.model import Address

NOT_MAIL = frozenset({"DRAFT", "CHAT"})
HEARD_ONLY = frozenset({"SPAM", "TRASH"})
# An invitation or its cancellation comes from a person even where a calendar wrote the words.
WRITTEN_BY_PEOPLE = (Nature.PERSON, Nature.CALENDAR)
IN_PASSING = (Nature.LIST, Nature.AUTOMATED)
# What a machine can say that concerns a matter of the owner's.
OF_CONSEQUENCE = frozenset({Fact.REJECTION, Fact.OFFER, Fact.APPLICATION, Fact.SCHEDULE, Fact.HOLD_OFF, Fact.ON_HOLD})
SHORTEST_NAME = 3
BODIES_READ = 4  # the first mails of a thread name its matter
BODY_READ = 5_000  # characters of each


@dataclass(frozen=True, slots=True, eq=False)
class Conversation:
    """The mail of one thread in time order, without drafts and without what lies in spam or trash.

    ``people`` and ``organisations`` are the outside ones, ``insiders`` the owner's colleagues. ``words`` are the
    subject's telling words, ``opening_words`` those of its first mail, ``body_words`` those of its first mails,
    ``text`` subject and first mails as plain words. ``names`` are the single names of its people, ``full_names``
    those of the outside ones who show more than one, ``labels`` the names by which its organisations can be spelt.
    """

    thread: str
    told: tuple[Told, ...]
    people: frozenset[str]
    insiders: frozenset[str]
    organisations: frozenset[str]
    words: frozenset[str]
    opening_words: frozenset[str]
    body_words: frozenset[str]
    names: frozenset[str]
    full_names: frozenset[str]
    role: frozenset[str]
    labels: frozenset[str]
    text: str
    is_job: bool  # its subject speaks of an interview or an application, or it names a role
    applied: bool  # the owner applies in it
    automated: bool  # no person wrote in it

    @property
    def starts_at(self) -> datetime:
        return self.told[0].message.sent_at

    @property
    def ends_at(self) -> datetime:
        return self.told[-1].message.sent_at


@dataclass(frozen=True, slots=True)
class Mail:
    """A mailbox for linking: its conversations, oldest first, and what lies in spam or trash, by time."""

    conversations: tuple[Conversation, ...]
    heard: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class TellingWords:
    """Finds the words that tell one matter from another, for one owner."""

    owner: Owner
    own: frozenset[str]
    parties: Parties

    @classmethod
    def of(cls, owner: Owner) -> TellingWords:
        locals_ = {address.partition("@")[0] for address in owner.addresses}
        return cls(owner, frozenset(plain(owner.name).split()) | locals_, Parties(owner))

    def of_text(self, text: str, organisations: Iterable[str]) -> frozenset[str]:
        """The words of ``text`` without the owner's and the organisations' names, which every matter with them holds.

        A word that is part of a domain is a name (``blue`` of bluecanteen.example).
        """
        labels = " ".join(domain.partition(".")[0] for domain in organisations)
        words = topic_words(text, self.own)
        return frozenset(word for word in words if len(word) < SHORTEST_NAME or word not in labels)


def mail_of(messages: Iterable[Message], readings: Mapping[str, Reading], telling: TellingWords) -> Mail:
    """The mail by threads. Newsletters and notices that concern nobody's matter are left out."""
    told = [_told(message, readings, telling.owner) for message in messages if not message.labels & NOT_MAIL]
    told.sort(key=lambda t: (t.message.thread_id, t.message.sent_at, t.message.id))
    threads = [(name, list(group)) for name, group in groupby(told, key=lambda t: t.message.thread_id)]
    live = [(name, tuple(t for t in thread if not t.heard_only)) for name, thread in threads]
    found = [_conversation(name, thread, telling) for name, thread in live if thread and not _in_passing(thread)]
    heard = [t for t in told if t.heard_only and not _poses_as_owner(t, telling.owner)]
    return Mail(
        tuple(sorted(found, key=lambda c: (c.starts_at, c.thread))),
        tuple(sorted(heard, key=lambda t: (t.message.sent_at, t.message.id))),
    )


def _told(message: Message, readings: Mapping[str, Reading], owner: Owner) -> Told:
    return Told(message, readings[message.id], is_outgoing(message, owner), bool(message.labels & HEARD_ONLY))


def _poses_as_owner(t: Told, owner: Owner) -> bool:
    """Whether spam carries the owner's own address as its sender."""
    labels = t.message.labels
    return "SPAM" in labels and "SENT" not in labels and owner.is_me(t.message.sender.email)


def _in_passing(thread: Sequence[Told]) -> bool:
    """Whether it is mail of lists and machines only that touches no matter: no part of the owner's, job, or event."""
    return all(_says_nothing(t) for t in thread)


def _says_nothing(t: Told) -> bool:
    message, reading = t.message, t.reading
    if t.outgoing or reading.nature not in IN_PASSING or message.calendar or message.in_reply_to:
        return False
    if reading.nature is Nature.AUTOMATED and any(signal.fact in OF_CONSEQUENCE for signal in reading.signals):
        return False
    return not (is_interview(message.subject) or says("application", message.subject))


def _conversation(thread: str, told: tuple[Told, ...], telling: TellingWords) -> Conversation:
    owner, parties = telling.owner, telling.parties
    everybody = _everybody(told, parties)
    outside = [a for a in everybody if not parties.is_inside(a.email)]
    organisations = frozenset(filter(None, (parties.organisation(a.email) for a in outside)))
    subject = told[0].message.subject
    bodies = " ".join(t.reading.text[:BODY_READ] for t in told[:BODIES_READ])
    text = plain(f"{subject} {told[0].message.sender.name} {bodies}")
    topic = _topic(told, text, owner)
    role = telling.of_text(topic.role, organisations)
    return Conversation(
        thread=thread,
        told=told,
        people=frozenset(filter(None, (parties.person(a.email) for a in outside))),
        insiders=frozenset(canonical(a.email) for a in everybody if parties.is_inside(a.email)),
        organisations=organisations,
        words=telling.of_text(subject, organisations),
        opening_words=telling.of_text(told[0].reading.text[:BODY_READ], organisations),
        body_words=telling.of_text(bodies, organisations),
        names=frozenset(w for a in everybody for w in plain(a.name).split() if len(w) >= SHORTEST_NAME),
        full_names=frozenset(filter(None, (full_name(a.name) for a in outside))),
        role=role,
        labels=_labels(organisations, topic.company),
        text=text,
        is_job=bool(role) or is_interview(subject) or says("application", subject),
        applied=any(t.outgoing and s.fact is Fact.APPLICATION for t in told for s in t.reading.signals),
        automated=not any(t.outgoing or wrote(t) for t in told),
    )


def _everybody(told: Sequence[Told], parties: Parties) -> list[Address]:
    """The people but the owner on the mail that people wrote, each once."""
    messages = [t.message for t in told if t.outgoing or t.reading.nature in WRITTEN_BY_PEOPLE]
    found = dict.fromkeys(a for m in messages for a in (m.sender, *m.to, *m.cc) if a.email)
    return [a for a in found if not parties.is_me(a.email)]


def _topic(told: tuple[Told, ...], text: str, owner: Owner) -> Topic:
    """Role and company, looked for only where the words allow one: it is the dearest question here."""
    if not may_name_role(text):
        return Topic()
    return topic_of(told, (), owner, told[-1].reading.language)


def _labels(organisations: Iterable[str], company: str) -> frozenset[str]:
    spelt = [domain.partition(".")[0].replace("-", "") for domain in organisations]
    return frozenset(label for label in (*spelt, squashed(company)) if len(label) >= SHORTEST_NAME)


def fixed_times(told: Iterable[Told]) -> frozenset[datetime]:
    """The times that the mail names for an appointment, those called off left out."""
    senses = (Sense.CANCELLED, Sense.NO_SHOW)
    return frozenset(
        signal.starts_at
        for t in told
        for signal in t.reading.signals
        if signal.fact is Fact.SCHEDULE and signal.starts_at and signal.sense not in senses
    )
