"""Which exported mails are one conversation: Gmail's thread number, else References, else subject and people."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from susul.owner import canonical
from susul.sources.takeout.labels import exported_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from susul.model import Message

_MOST_REFERENCES = 200


@cache
def _prefix() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in exported_words()["subject"]["prefixes"])
    return re.compile(rf"\s*(?:{words})\s?(?:\[\d{{1,3}}\]|\(\d{{1,3}}\))?\s?[:：]", re.IGNORECASE)


def bare_subject(subject: str) -> str:
    """``subject`` in lower case without the prefixes of replies and forwards."""
    at = 0
    while prefix := _prefix().match(subject, at):
        at = prefix.end()
    return " ".join(subject[at:].lower().split())


def is_reply_subject(subject: str) -> bool:
    return _prefix().match(subject) is not None


class _Groups:
    """Names that belong together (a disjoint-set forest)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def of(self, name: str) -> str:
        parent = self._parent
        root = name
        while (above := parent.setdefault(root, root)) != root:
            root = above
        while (above := parent[name]) != root:
            parent[name], name = root, above
        return root

    def join(self, names: Iterable[str]) -> None:
        first, *rest = names
        for name in rest:
            self._parent[self.of(name)] = self.of(first)


def into_threads(messages: Sequence[Message], owner_addresses: tuple[str, ...]) -> tuple[Message, ...]:
    """``messages`` in time order, each with a thread id. Those that have one keep it and take in what links to them."""
    ordered = sorted(messages, key=lambda message: (message.sent_at, message.id))
    groups = _Groups()
    for message in ordered:
        if not message.thread_id:
            groups.join([message.id, *_linked_ids(message)])
    _join_by_subject([message for message in ordered if not message.thread_id], groups, owner_addresses)
    names = _thread_names(ordered, groups)
    return tuple(
        message if message.thread_id else replace(message, thread_id=names[groups.of(message.id)])
        for message in ordered
    )


def _linked_ids(message: Message) -> list[str]:
    linked = [message.message_id, message.in_reply_to, *message.references[-_MOST_REFERENCES:]]
    return [name for name in linked if name]


def _thread_names(ordered: Sequence[Message], groups: _Groups) -> dict[str, str]:
    names: dict[str, str] = {}
    for message in ordered:
        if message.thread_id and message.message_id:
            names.setdefault(groups.of(message.message_id), message.thread_id)
    for message in ordered:
        if not message.thread_id:
            names.setdefault(groups.of(message.id), hashlib.sha256(message.id.encode()).hexdigest()[:16])
    return names


def _join_by_subject(ordered: Sequence[Message], groups: _Groups, owner_addresses: tuple[str, ...]) -> None:
    """A "Re:" whose links lead nowhere joins the last conversation of that subject with one of its people."""
    own = {canonical(address) for address in owner_addresses}
    seen: set[str] = set()
    last: dict[tuple[str, str], str] = {}
    for message in ordered:
        subject = bare_subject(message.subject)
        keys = [(subject, person) for person in _people(message) - own] if subject else []
        root = groups.of(message.id)
        if root not in seen and is_reply_subject(message.subject):
            found = next((last[key] for key in keys if key in last), None)
            if found:
                groups.join([found, message.id])
        seen |= {root, groups.of(message.id)}
        last |= dict.fromkeys(keys, message.id)


def _people(message: Message) -> set[str]:
    return {canonical(address.email) for address in (message.sender, *message.to, *message.cc) if address.email}
