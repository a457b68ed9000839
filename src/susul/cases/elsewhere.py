"""What the people of a matter and the owner wrote to each other outside it.

A person asked in one thread may answer in another, from a private address, or through a colleague; Gmail may have put
the answer into spam, or the owner into the trash. Such mail makes no link, for its words are about something else, but
it is an answer all the same, unless it is plainly part of another matter.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from susul.cases.people import full_name, wrote
from susul.cases.words import bare_subject, plain
from susul.model import Fact, Nature, Told
from susul.owner import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from susul.cases.conversations import TellingWords
    from susul.cases.matter import Matter

LOOKED_AT = 40  # mails of one person or organisation, the newest first: keeps the search linear
KEPT = 8  # of each direction: only the newest can matter
PARTIES = 25  # people of one matter


@dataclass(slots=True, eq=False)
class _Mail:
    """One mail that a person or the owner wrote, and where it stands. ``matter`` is that of its thread."""

    told: Told
    matter: Matter | None
    opens_thread: bool
    opens_matter: bool
    after_owner: bool  # the mail before it in its thread is the owner's
    own_words: frozenset[str] | None = None
    subject_words: frozenset[str] = frozenset()

    def words(self, telling: TellingWords) -> frozenset[str]:
        """The telling words of what its writer wrote in it."""
        if self.own_words is None:
            self.own_words = telling.of_text(self.told.reading.text, ())
            self.subject_words = telling.of_text(self.told.message.subject, ())
        return self.own_words

    def all_words(self, telling: TellingWords) -> frozenset[str]:
        return self.words(telling) | self.subject_words


def gather_elsewhere(matters: Sequence[Matter], heard: Sequence[Told], telling: TellingWords) -> None:
    """Fills ``elsewhere`` and ``naming`` of every matter that may wait for something."""
    post = _Post(_all_mail(matters, heard), telling)
    for matter in matters:
        if _may_wait(matter):
            found = post.around(matter)
            matter.elsewhere = tuple(mail.told for mail in found)
            matter.naming = frozenset(mail.told.message.id for mail in found if post.names_topic(mail, matter))


def _may_wait(matter: Matter) -> bool:
    """Whether the owner wrote, an appointment stands, or they said something about what comes."""
    return bool(matter.events) or any(
        t.outgoing or t.reading.signals or t.message.calendar for c in matter.conversations for t in c.told
    )


def _all_mail(matters: Sequence[Matter], heard: Sequence[Told]) -> list[_Mail]:
    """Everything that people wrote, by time."""
    threads: dict[str, list[Told]] = {c.thread: list(c.told) for m in matters for c in m.conversations}
    home = {c.thread: m for m in matters for c in m.conversations}
    for t in heard:
        threads.setdefault(t.message.thread_id, []).append(t)
    found = [mail for thread, told in threads.items() for mail in _of_thread(told, home.get(thread))]
    return sorted(found, key=lambda mail: (mail.told.message.sent_at, mail.told.message.id))


def _of_thread(told: list[Told], matter: Matter | None) -> list[_Mail]:
    told.sort(key=lambda t: (t.message.sent_at, t.message.id))
    first = matter.conversations[0].told[0] if matter else None
    return [
        _Mail(t, matter, before is None, first is None or t is first, before is not None and before.outgoing)
        for before, t in zip([None, *told], told, strict=False)
        if _by_person(t)
    ]


def _by_person(t: Told) -> bool:
    """Whether a person wrote it or invited to something. What was heard only may also be the news of a bounce."""
    invites = t.reading.nature is Nature.CALENDAR and any(part.method == "REQUEST" for part in t.message.calendar)
    bounced = t.heard_only and t.reading.nature is Nature.BOUNCE and "SPAM" not in t.message.labels
    return t.outgoing or wrote(t) or invites or bounced


class _Post:
    """All mail of people, found by who wrote it to whom."""

    def __init__(self, mails: Iterable[_Mail], telling: TellingWords) -> None:
        self._telling = telling
        self._parties = telling.parties
        self._kept: defaultdict[str, list[_Mail]] = defaultdict(list)
        for mail in mails:
            for key in self._keys(mail):
                self._kept[key].append(mail)

    def _keys(self, mail: _Mail) -> list[str]:
        message = mail.told.message
        if mail.told.outgoing:
            reached = {canonical(a.email) for a in (*message.to, *message.cc) if a.email}
            return [f"to {key}" for key in sorted(reached)]
        name = full_name(message.sender.name)
        keys = [
            f"by {canonical(message.sender.email)}",
            f"at {self._parties.organisation(message.sender.email)}",
        ]
        keys += [f"named {name}"] if name else []
        if mail.told.heard_only:
            keys += [f"in {message.thread_id}"]
            keys += [
                f"on {answered}" for answered in dict.fromkeys((message.in_reply_to, *message.references)) if answered
            ]
        return keys

    def around(self, matter: Matter) -> list[_Mail]:
        """The newest mail about ``matter`` outside it, by time."""
        since = _begins_at(matter)
        found: dict[str, _Mail] = {}
        judged: set[tuple[object, str]] = set()
        for key, concerns in self._places(matter):
            looked_at = 0
            for mail in reversed(self._kept.get(key, ())):
                if mail.told.message.sent_at <= since or looked_at >= LOOKED_AT:
                    break
                if mail.matter is matter and not mail.told.heard_only:
                    continue
                looked_at += 1
                name = mail.told.message.id
                if name not in found and (concerns, name) not in judged and concerns(mail, matter):
                    found[name] = mail
                judged.add((concerns, name))
        newest = sorted(
            found.values(), key=lambda mail: (mail.told.message.sent_at, mail.told.message.id), reverse=True
        )
        theirs = [mail for mail in newest if not mail.told.outgoing][:KEPT]
        own = [mail for mail in newest if mail.told.outgoing][:KEPT]
        return sorted([*theirs, *own], key=lambda mail: (mail.told.message.sent_at, mail.told.message.id))

    def _places(self, matter: Matter) -> Iterator[tuple[str, Callable[[_Mail, Matter], bool]]]:
        """Where mail around ``matter`` may lie, and what makes it concern the matter there."""
        people = sorted(matter.people | matter.invited) or sorted(matter.insiders)
        for person in people[:PARTIES]:
            yield f"by {person}", self._concerns if matter.people or matter.invited else self.names_topic
            yield f"to {person}", self._owner_concerns
        for name in sorted(matter.full_names)[:PARTIES]:
            yield f"named {name}", self._answers
        for domain in sorted(matter.organisations):
            yield f"at {domain}", self._colleague_concerns
        for conversation in matter.conversations:
            yield f"in {conversation.thread}", _is_person_or_bounce
            for t in conversation.told:
                yield f"on {t.message.message_id}", _is_person_or_bounce

    def names_topic(self, mail: _Mail, matter: Matter) -> bool:
        """Whether it holds a word that ``matter`` is told by, or lies in its thread."""
        if mail.matter is matter:
            return True
        return not mail.all_words(self._telling).isdisjoint(matter.topic)

    def _concerns(self, mail: _Mail, matter: Matter) -> bool:
        """Whether mail of a person of ``matter`` can be about it; mail about another role must name this one."""
        other = mail.matter
        if other and other is not matter and other.roles and matter.roles:
            words = mail.all_words(self._telling)
            return any(role <= words for role in matter.roles)
        return self.names_topic(mail, matter) or not self._is_part_of(other, mail)

    def _is_part_of(self, other: Matter | None, mail: _Mail) -> bool:
        """Whether it is plainly the next word in the matter of its own thread."""
        if other is None or mail.opens_matter:
            return False
        words = mail.all_words(self._telling) if mail.opens_thread else mail.words(self._telling)
        return mail.after_owner or not words.isdisjoint(other.topic)

    def _answers(self, mail: _Mail, matter: Matter) -> bool:
        """Whether it names the topic, or answers under the same subject."""
        mark, subject = bare_subject(mail.told.message.subject)
        same = bool(mark) and any(
            bare_subject(c.told[0].message.subject)[1] == subject for c in matter.conversations[:LOOKED_AT]
        )
        return (same or self.names_topic(mail, matter)) and self._concerns(mail, matter)

    def _colleague_concerns(self, mail: _Mail, matter: Matter) -> bool:
        """Whether a colleague of theirs names the topic, answers the subject, or speaks of a person of the matter."""
        if self._parties.person(mail.told.message.sender.email) in matter.people:
            return False
        own_name = set(plain(mail.told.message.sender.name).split())
        speaks_of_them = not mail.words(self._telling).isdisjoint(matter.names - own_name)
        return self._answers(mail, matter) or (speaks_of_them and self._concerns(mail, matter))

    def _owner_concerns(self, mail: _Mail, matter: Matter) -> bool:
        thanks = any(signal.fact is Fact.THANKS for signal in mail.told.reading.signals)
        return thanks or self._concerns(mail, matter)


def _is_person_or_bounce(mail: _Mail, _: Matter) -> bool:
    """What answers the matter by its thread or headers concerns it, whoever wrote it."""
    return _by_person(mail.told)


def _begins_at(matter: Matter) -> datetime:
    return min([*(c.starts_at for c in matter.conversations), *(e.starts_at for e in matter.events)])
