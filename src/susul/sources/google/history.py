"""What Gmail's history tells: which messages came, went or were moved since a cursor.

Source: https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.history/list
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class ChangeKind(StrEnum):
    """What happened to a message."""

    ADDED = "added"
    DELETED = "deleted"  # for ever; moving to Trash is a label change
    LABELS_ADDED = "labels_added"
    LABELS_REMOVED = "labels_removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One record of the history. ``labels``: the ids the message carries; ``moved``: those added or removed."""

    kind: ChangeKind
    message_id: str
    thread_id: str
    labels: frozenset[str] = frozenset()
    moved: frozenset[str] = frozenset()


@dataclass(slots=True)
class Fate:
    """What several changes made of one message: ``added`` and ``removed`` are label ids.

    ``arrived``: it became mail, be it that it came in or that it was sent. Gmail replaces a draft's message at each
    autosave; such records say nothing about mail.
    """

    thread_id: str
    arrived: bool = False
    gone: bool = False
    draft: bool = False
    added: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)

    def follow(self, change: Change) -> None:
        """Takes in the next change of the message."""
        if change.labels:
            self.draft = "DRAFT" in change.labels
        match change.kind:
            case ChangeKind.ADDED:
                self.arrived = True
            case ChangeKind.DELETED:
                self.gone = True
            case ChangeKind.LABELS_ADDED:
                self.arrived = self.arrived or "SENT" in change.moved
                self.added |= change.moved
                self.removed -= change.moved
            case ChangeKind.LABELS_REMOVED:
                self.arrived = self.arrived or "DRAFT" in change.moved
                self.removed |= change.moved
                self.added -= change.moved


@dataclass(frozen=True, slots=True)
class History:
    """What changed since a cursor, in order, and the next cursor.

    That is the first page's: mail that arrives while later pages are read is told again next time, never missed.
    """

    changes: tuple[Change, ...]
    history_id: int

    def fates(self) -> dict[str, Fate]:
        """What became of each message, by its id, over all changes."""
        found: dict[str, Fate] = {}
        for change in self.changes:
            found.setdefault(change.message_id, Fate(change.thread_id)).follow(change)
        return found


def changes_of(records: Iterable[Mapping[str, Any]]) -> tuple[Change, ...]:
    """The changes of all records, in the order of the records' ids: they grow with time."""
    return tuple(change for record in sorted(records, key=_record_id) for change in _changes(record))


def _record_id(record: Mapping[str, Any]) -> int:
    """History ids grow: what happened to a message is told in their order. 0 where a record has none."""
    value = str(record.get("id", ""))
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 20 else 0


_RECORDS = (
    ("messagesAdded", ChangeKind.ADDED),
    ("messagesDeleted", ChangeKind.DELETED),
    ("labelsAdded", ChangeKind.LABELS_ADDED),
    ("labelsRemoved", ChangeKind.LABELS_REMOVED),
)


def _changes(record: Mapping[str, Any]) -> Iterator[Change]:
    for key, kind in _RECORDS:
        for item in record.get(key) or ():
            message = item.get("message") or {}
            if message.get("id"):
                yield Change(
                    kind=kind,
                    message_id=str(message["id"]),
                    thread_id=str(message.get("threadId", "")),
                    labels=frozenset(message.get("labelIds") or ()),
                    moved=frozenset(item.get("labelIds") or ()),
                )
