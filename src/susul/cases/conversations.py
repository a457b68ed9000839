"""One thread's mail as linking sees it: who took part, and which words tell its matter from others."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from susul.cases.people import others, wrote
from susul.cases.topics import topic_of
from susul.cases.words import plain, topic_words
from susul.domains import is_no_reply, organisation
from susul.model import Message, Nature, Reading, Told
from susul.owner import Owner, canonical
from susul.reading import is_outgoing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

NOT_MAIL = frozenset({"DRAFT", "TRASH", "CHAT"})
# An invitation or its cancellation comes from a person even where a calendar wrote the words.
WRITTEN_BY_PEOPLE = (Nature.PERSON, Nature.CALENDAR)
SHORTEST_NAME = 3
BODIES_READ = 4  # the first mails of a thread name its matter


@dataclass(frozen=True, slots=True)
class Conversation:
    """The mail of one thread, in time order, drafts and trash left out.

    ``words`` are the subject's telling words, ``body_words`` every word of its first mails, ``squeezed`` these
    without spaces (a company writes "Cakra Digital" and is cakradigital.example), ``names`` those of its people.
    """

    thread: str
    told: tuple[Told, ...]
    people: frozenset[str]
    organisations: frozenset[str]
    words: frozenset[str]
    body_words: frozenset[str]
    squeezed: str
    names: frozenset[str]
    role: frozenset[str]

    @property
    def starts_at(self) -> datetime:
        return self.told[0].message.sent_at

    @property
    def ends_at(self) -> datetime:
        return self.told[-1].message.sent_at

    @property
    def automated(self) -> bool:
        """Whether no person wrote in it."""
        return not any(told.outgoing or wrote(told) for told in self.told)


def conversations(
    messages: Iterable[Message], readings: Mapping[str, Reading], owner: Owner
) -> tuple[Conversation, ...]:
    """The threads that hold mail, oldest first."""
    mail = [message for message in messages if not message.labels & NOT_MAIL]
    mail.sort(key=lambda message: (message.thread_id, message.sent_at, message.id))
    threads = [
        _conversation(thread, tuple(group), readings, owner)
        for thread, group in groupby(mail, key=lambda m: m.thread_id)
    ]
    return tuple(sorted(threads, key=lambda c: (c.starts_at, c.thread)))


def _conversation(
    thread: str, messages: Sequence[Message], readings: Mapping[str, Reading], owner: Owner
) -> Conversation:
    told = tuple(Told(message, readings[message.id], is_outgoing(message, owner)) for message in messages)
    by_people = [t for t in told if t.outgoing or t.reading.nature in WRITTEN_BY_PEOPLE]
    everybody = [a for t in by_people for a in others(t.message, owner)]
    organisations = frozenset(
        filter(None, (organisation(a.email) for a in everybody if not owner.is_colleague(a.email)))
    )
    bodies = " ".join(t.reading.text for t in told[:BODIES_READ])
    role = topic_of(told, (), owner, told[-1].reading.language).role
    return Conversation(
        thread=thread,
        told=told,
        people=frozenset(canonical(a.email) for a in everybody if not is_no_reply(a.email)),
        organisations=organisations,
        words=telling_words(messages[0].subject, owner, organisations),
        body_words=telling_words(bodies, owner, organisations),
        squeezed=plain(f"{messages[0].subject} {messages[0].sender.name} {bodies}").replace(" ", ""),
        names=frozenset(w for a in everybody for w in plain(a.name).split() if len(w) >= SHORTEST_NAME),
        role=telling_words(role, owner, organisations),
    )


def telling_words(text: str, owner: Owner, organisations: Iterable[str]) -> frozenset[str]:
    """The words of ``text`` without the owner's and the organisations' names, which every matter with them holds.

    A word that is part of a domain is a name (``blue`` of bluecanteen.example).
    """
    own = frozenset(plain(owner.name).split()) | {address.partition("@")[0] for address in owner.addresses}
    labels = [domain.partition(".")[0] for domain in organisations]
    words = topic_words(text, own)
    return frozenset(word for word in words if not any(word in label for label in labels if len(word) >= SHORTEST_NAME))
