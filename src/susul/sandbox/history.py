"""The mailbox's history: numbered records of what changed, as history.list tells them.

History ids grow and are not contiguous; a start id older than the log answers 404
(https://developers.google.com/workspace/gmail/api/guides/sync).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from susul.sandbox.message import StoredMessage
    from susul.sandbox.routing import Json

FIRST_ID = 1_000_003

LIST_NAMES = {
    "messageAdded": "messagesAdded",
    "messageDeleted": "messagesDeleted",
    "labelAdded": "labelsAdded",
    "labelRemoved": "labelsRemoved",
}


@dataclass(frozen=True, slots=True)
class HistoryRecord:
    """One change. ``labels`` are the message's labels right after it; ``changed`` those that came or went."""

    id: int
    kind: str
    message_id: str
    thread_id: str
    labels: frozenset[str]
    changed: tuple[str, ...] = ()

    def to_json(self) -> Json:
        short = {"id": self.message_id, "threadId": self.thread_id}
        change: Json = {"message": {**short, "labelIds": sorted(self.labels)}}
        if self.changed:
            change["labelIds"] = list(self.changed)
        return {"id": str(self.id), "messages": [short], LIST_NAMES[self.kind]: [change]}


class HistoryLog:
    """The records in order of their ids, and the oldest id that may still be asked for."""

    def __init__(self) -> None:
        self.current = FIRST_ID
        self.oldest = FIRST_ID
        self._records: list[HistoryRecord] = []

    def record(self, kind: str, message: StoredMessage, changed: tuple[str, ...] = ()) -> None:
        """Append a change and stamp ``message`` with its id."""
        self.current += 1 + len(self._records) * 7 % 23
        message.history_id = self.current
        self._records.append(HistoryRecord(self.current, kind, message.id, message.thread_id, message.labels, changed))

    def knows(self, start: int) -> bool:
        return self.oldest <= start <= self.current

    def since(self, start: int) -> list[HistoryRecord]:
        return self._records[bisect_right(self._records, start, key=lambda record: record.id) :]

    def expire(self) -> None:
        """Forget everything up to now, and move on, so that every id handed out so far is too old."""
        self._records.clear()
        self.current += 1
        self.oldest = self.current
