"""The matters so far, found by what a conversation or an event has in common with them.

A mailbox has thousands: each look-up yields a bounded number of candidates, the most recent ones, so that linking
stays linear however often one person writes or one word is used.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

from susul.cases.conversations import fixed_times
from susul.cases.matter import Matter
from susul.cases.words import runs_together

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from susul.cases.conversations import Conversation
    from susul.model import Event

PEOPLE_LOOKED_UP = 25  # of one conversation: a mail to everybody is nobody's matter
RECENT = 12  # matters of one person or organisation, whatever they are about
WITH_WORD = 4  # matters of one person or organisation about one word
STRANGERS = 24  # matters of anybody with one company or one word of a role
WORDS_LOOKED_UP = 3  # the rarest ones


class MatterIndex:
    """All matters, and where to find them."""

    def __init__(self) -> None:
        self.all: list[Matter] = []
        self._by_id: dict[str, Matter] = {}
        self._by_uid: dict[str, Matter] = {}
        self._by_party: _Shelf[str] = _Shelf()
        self._by_topic: _Shelf[tuple[str, str]] = _Shelf()
        self._by_label: _Shelf[str] = _Shelf()
        self._by_word: _Shelf[str] = _Shelf()
        self._by_time: _Shelf[datetime] = _Shelf()
        self._by_interview: dict[tuple[frozenset[str], frozenset[str]], Matter] = {}

    def begin(self) -> Matter:
        matter = Matter(len(self.all))
        self.all.append(matter)
        return matter

    def note(self, matter: Matter, conversation: Conversation) -> None:
        """Puts ``matter``, which ``conversation`` has joined, where it will be looked for."""
        for t in conversation.told:
            if t.message.message_id:
                self._by_id.setdefault(t.message.message_id, matter)
            for part in t.message.calendar:
                self.note_uid(matter, part.uid)
        for party in _parties(conversation):
            self._by_party.put(party, matter)
            for word in conversation.words | conversation.role:
                self._by_topic.put((party, word), matter)
        if matter.is_job:
            for label in conversation.labels:
                self._by_label.put(label, matter)
        for word in conversation.words | conversation.role:
            self._by_word.put(word, matter)
        for moment in fixed_times(conversation.told):
            self._by_time.put(moment, matter)

    def note_uid(self, matter: Matter, uid: str) -> None:
        if uid:
            self._by_uid.setdefault(uid, matter)

    def note_interview(self, matter: Matter, people: frozenset[str], title: frozenset[str]) -> None:
        """An interview that no mail is about, by its guests and the words of its title."""
        self._by_interview[people, title] = matter

    def interview_with(self, people: frozenset[str], title: frozenset[str]) -> Matter | None:
        return self._by_interview.get((people, title)) if people else None

    def answered_by(self, conversation: Conversation) -> list[Matter]:
        """The matters whose messages it answers by its headers, or whose invitation it carries."""
        messages = [t.message for t in conversation.told]
        ids = [name for m in messages for name in (m.in_reply_to, *m.references) if name]
        uids = [part.uid for m in messages for part in m.calendar if part.uid]
        found = [self._by_id.get(name) for name in ids] + [self._by_uid.get(uid) for uid in uids]
        return _each_once(matter for matter in found if matter)

    def candidates_for(self, conversation: Conversation) -> list[Matter]:
        found: list[Matter] = []
        words = sorted(conversation.words | conversation.role)
        for party in [*sorted(conversation.people)[:PEOPLE_LOOKED_UP], *sorted(conversation.organisations)]:
            found += self._by_party.newest(party, RECENT)
            for word in words:
                found += self._by_topic.newest((party, word), WITH_WORD)
        if conversation.automated or conversation.is_job:
            found += self._strangers(conversation)
        return _each_once(found)

    def _strangers(self, conversation: Conversation) -> list[Matter]:
        """Matters of other people with the same company, or with a word of the same role."""
        labels = sorted(name for name in runs_together(conversation.text) if name in self._by_label)
        found = [matter for label in labels for matter in self._by_label.newest(label, STRANGERS)]
        return found + self._about(conversation.role or conversation.words)

    def _about(self, words: Iterable[str]) -> list[Matter]:
        """The newest matters with the rarest of ``words``: what everybody writes about tells nothing."""
        known = sorted((word for word in words if word in self._by_word), key=lambda w: (self._by_word.count(w), w))
        return [m for word in known[:WORDS_LOOKED_UP] for m in self._by_word.newest(word, STRANGERS)]

    def candidates_for_event(
        self, event: Event, people: frozenset[str], organisations: frozenset[str], title: frozenset[str], *, alone: bool
    ) -> list[Matter]:
        found = [self._by_uid[event.uid]] if event.uid in self._by_uid else []
        for party in [*sorted(people)[:PEOPLE_LOOKED_UP], *sorted(organisations)]:
            found += self._by_party.newest(party, RECENT)
            for word in sorted(title):
                found += self._by_topic.newest((party, word), WITH_WORD)
        if alone or title:
            found += self._about(title)
        found += self._by_time.newest(event.starts_at, STRANGERS)
        return _each_once(found)


Key = TypeVar("Key")


class _Shelf(Generic[Key]):
    """Matters by key, in the order in which they were last put there."""

    def __init__(self) -> None:
        self._kept: defaultdict[Key, dict[Matter, None]] = defaultdict(dict)

    def put(self, key: Key, matter: Matter) -> None:
        kept = self._kept[key]
        kept.pop(matter, None)
        kept[matter] = None

    def newest(self, key: Key, count: int) -> list[Matter]:
        return list(islice(reversed(self._kept[key]), count)) if key in self._kept else []

    def count(self, key: Key) -> int:
        return len(self._kept[key]) if key in self._kept else 0

    def __contains__(self, key: object) -> bool:
        return key in self._kept


def _parties(conversation: Conversation) -> list[str]:
    """Its outside people and organisations; an organisation has no @."""
    return [*sorted(conversation.people), *sorted(conversation.organisations)]


def _each_once(matters: Iterable[Matter]) -> list[Matter]:
    return list(dict.fromkeys(matters))
