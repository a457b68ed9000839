"""The mailbox: messages, threads, labels, drafts, history and a calendar, all in memory, for one owner.

Ids look like Gmail's: 16 hex digits for messages and threads, decimal history ids. ``lock`` guards every change and
read.
"""

from __future__ import annotations

import threading
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import getaddresses
from typing import TYPE_CHECKING, Any, Self

from susul.sandbox.calendar_store import CalendarStore
from susul.sandbox.conversation import thread_by_headers
from susul.sandbox.history import HistoryLog
from susul.sandbox.labels import Labels
from susul.sandbox.message import Headers, StoredMessage, dated_at, header, milliseconds, own_id, read_headers
from susul.sandbox.routing import Json, not_found

if TYPE_CHECKING:
    from pathlib import Path

HIDDEN = frozenset({"SPAM", "TRASH"})


@dataclass(frozen=True, slots=True)
class SendAs:
    """An address the owner may send from (users.settings.sendAs)."""

    address: str
    name: str = ""
    signature: str = ""
    is_primary: bool = False
    verified: bool = True

    def to_json(self) -> Json:
        known: Json = {
            "sendAsEmail": self.address,
            "displayName": self.name,
            "replyToAddress": "",
            "signature": self.signature,
            "isDefault": self.is_primary,
        }
        if self.is_primary:
            return {**known, "isPrimary": True}
        return {**known, "treatAsAlias": True, "verificationStatus": "accepted" if self.verified else "pending"}


@dataclass(slots=True)
class Habits:
    """What live Gmail does at times and a client must stand; each is off until a test turns it on.

    ``search_lag`` is how many seconds a new message stays out of reach of ``q``.
    """

    unordered_lists: bool = False
    sparse_history_pages: bool = False
    sparse_event_pages: bool = False
    bare_cancelled_events: bool = False
    web_drops_message_id: bool = False
    sending_drops_message_id: bool = False
    text_as_utf8: bool = False
    search_lag: float = 0.0


def real_now() -> datetime:
    return datetime.now(UTC)


def _send_as(entry: str | Mapping[str, Any] | SendAs) -> SendAs:
    if isinstance(entry, SendAs):
        return entry
    if isinstance(entry, str):
        return SendAs(entry)
    return SendAs(
        entry["address"], entry.get("name", ""), entry.get("signature", ""), verified=bool(entry.get("verified", True))
    )


@dataclass(slots=True, eq=False)
class Drafts:
    """Draft ids against the ids of the messages that are their present content, both ways."""

    message_of: dict[str, str] = field(default_factory=dict)
    draft_of: dict[str, str] = field(default_factory=dict)

    def bind(self, draft_id: str, message_id: str) -> None:
        self.draft_of.pop(self.message_of.get(draft_id, ""), None)
        self.message_of[draft_id] = message_id
        self.draft_of[message_id] = draft_id

    def release(self, draft_id: str) -> None:
        self.draft_of.pop(self.message_of.pop(draft_id, ""), None)


class Mailbox:
    """One owner's mail and calendar. ``time_zone`` is an IANA name; ``clock`` gives aware instants."""

    def __init__(
        self,
        address: str,
        name: str = "",
        time_zone: str = "UTC",
        send_as: Iterable[str | Mapping[str, Any] | SendAs] = (),
        signature: str = "",
    ) -> None:
        self.address = address
        self.name = name
        self.time_zone = time_zone
        others = [one for one in map(_send_as, send_as) if one.address.lower() != address.lower()]
        self.send_as = [SendAs(address, name, signature, is_primary=True), *others]
        self.labels = Labels()
        self.history = HistoryLog()
        self.drafts = Drafts()
        self.calendar = CalendarStore(address, time_zone, self.now)
        self.habits = Habits()
        self.clock: Callable[[], datetime] = real_now
        self.lock = threading.RLock()
        self.messages: dict[str, StoredMessage] = {}
        self.threads: dict[str, list[StoredMessage]] = {}
        self._newest_last: list[StoredMessage] = []
        self._by_rfc_id: dict[str, list[str]] = {}
        self._thread_keys: dict[str, str] = {}
        self._record_ids: dict[str, str] = {}
        self._made = 0

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """A mailbox from simple records; the form is described in ``susul.sandbox.seed``."""
        from susul.sandbox.seed import fill_from_json

        aliases = data.get("send_as", ())
        own = next((one for one in aliases if isinstance(one, Mapping) and one["address"] == data["address"]), {})
        signature = data.get("signature") or own.get("signature", "")
        box = cls(data["address"], data.get("name", ""), data.get("time_zone", "UTC"), aliases, signature)
        fill_from_json(box, data)
        return box

    def add_mbox(self, path: Path) -> int:
        """Every message of an mbox file (X-GM-THRID, X-Gmail-Labels); the number added."""
        from susul.sandbox.seed import fill_from_mbox

        return fill_from_mbox(self, path)

    def add_ics(self, path: Path) -> int:
        """Every event of an iCalendar file; the number added."""
        from susul.sandbox.seed import fill_from_ics

        return fill_from_ics(self, path)

    def now(self) -> datetime:
        return self.clock()

    @property
    def own_addresses(self) -> frozenset[str]:
        return frozenset(one.address.lower() for one in self.send_as if one.verified)

    def is_own(self, sender: str) -> bool:
        """Whether a From header names the owner."""
        return any(address.lower() in self.own_addresses for _, address in getaddresses([sender]))

    # ------------------------------------------------------------------ messages

    def add_message(
        self,
        raw: bytes,
        labels: Iterable[str] = (),
        thread_id: str | None = None,
        received_at: datetime | None = None,
    ) -> str:
        """Store ``raw`` and return its message id.

        ``labels`` are names or ids; none given means SENT for the owner's own mail, else INBOX. ``thread_id`` is any
        string that names the thread; without one the headers decide. ``received_at`` defaults to the Date header, then
        to now.
        """
        with self.lock:
            headers = read_headers(raw)
            label_ids = self.labels.ids_for(labels) or self._default_labels(headers)
            thread = self.thread_id(thread_id) if thread_id else thread_by_headers(self, headers)
            moment = received_at or dated_at(headers) or self.now()
            message = self.store(raw, label_ids, thread, milliseconds(moment), headers)
            if thread_id:
                self._thread_keys.setdefault(thread_id, message.thread_id)
            if "DRAFT" in label_ids:
                self.drafts.bind(self.new_draft_id(), message.id)
            return message.id

    def add_event(self, event: Mapping[str, Any]) -> str:
        """Store an event in the Calendar API's form and return its id."""
        with self.lock:
            return str(self.calendar.insert(event)["id"])

    def _default_labels(self, headers: Headers) -> frozenset[str]:
        return frozenset({"SENT" if self.is_own(header(headers, "From")) else "INBOX"})

    def store(
        self,
        raw: bytes,
        labels: frozenset[str],
        thread_id: str | None,
        internal_ms: int,
        headers: Headers | None = None,
    ) -> StoredMessage:
        """Put a new message into every index and into the history; a thread of its own if none is named."""
        rfc_id = own_id(headers if headers is not None else read_headers(raw))
        message_id = self._new_id(internal_ms)
        message = StoredMessage(message_id, thread_id or message_id, raw, labels, internal_ms, rfc_id)
        self.messages[message.id] = message
        self.threads.setdefault(message.thread_id, []).append(message)
        insort(self._newest_last, message, key=_order)
        if rfc_id:
            self._by_rfc_id.setdefault(rfc_id, []).append(message.id)
        self.history.record("messageAdded", message)
        return message

    def delete(self, message: StoredMessage) -> None:
        """Remove a message for good."""
        del self.messages[message.id]
        self.threads[message.thread_id].remove(message)
        if not self.threads[message.thread_id]:
            del self.threads[message.thread_id]
        del self._newest_last[bisect_left(self._newest_last, message.order, key=_order)]
        if message.rfc_id:
            self._by_rfc_id[message.rfc_id].remove(message.id)
        self.history.record("messageDeleted", message)

    def relabel(self, message: StoredMessage, add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        """Add and remove label ids; the history gets one record for each kind of change that happened."""
        added = tuple(one for one in dict.fromkeys(add) if one not in message.labels)
        removed = tuple(one for one in dict.fromkeys(remove) if one in message.labels and one not in added)
        if added:
            message.labels |= set(added)
            self.history.record("labelAdded", message, added)
        if removed:
            message.labels -= set(removed)
            self.history.record("labelRemoved", message, removed)

    def message(self, message_id: str) -> StoredMessage:
        """The message with this id; 404 if there is none."""
        if message_id not in self.messages:
            raise not_found()
        return self.messages[message_id]

    def thread(self, thread_id: str) -> list[StoredMessage]:
        """The messages of a thread, oldest first; 404 if there is none."""
        if thread_id not in self.threads:
            raise not_found()
        return sorted(self.threads[thread_id], key=_order)

    def with_rfc_id(self, rfc_id: str) -> list[StoredMessage]:
        return [self.messages[one] for one in self._by_rfc_id.get(rfc_id, ())]

    def searchable_until_ms(self, query: str) -> int:
        """Messages from this instant on aren't found by ``query``."""
        lag = self.habits.search_lag
        return milliseconds(self.now()) - int(lag * 1000) + 1 if query and lag else 1 << 62

    def newest_first(self, after_ms: int, before_ms: int) -> Iterator[StoredMessage]:
        """Messages with ``after_ms <= internal_ms < before_ms``."""
        low = bisect_left(self._newest_last, after_ms, key=_received)
        high = bisect_left(self._newest_last, before_ms, key=_received)
        return reversed(self._newest_last[low:high])

    # ------------------------------------------------------------------ names and ids

    def thread_id(self, key: str) -> str | None:
        """The API's thread id for a thread key of the seed; a 16-digit hex key is the id itself."""
        if key in self._thread_keys or not _is_hex_id(key):
            return self._thread_keys.get(key)
        return key

    def message_id(self, record_id: str) -> str:
        """The API's message id for a record id of the seed; ``KeyError`` if there was no such record."""
        return self._record_ids[record_id]

    def name_record(self, record_id: str, message_id: str) -> None:
        self._record_ids[record_id] = message_id

    def find_message(self, name: str) -> StoredMessage | None:
        """A message by record id, API id or Message-ID."""
        found = self.messages.get(self._record_ids.get(name, name))
        return found or next(iter(self.with_rfc_id(name)), None)

    def _new_id(self, internal_ms: int) -> str:
        while True:
            self._made += 1
            number = (max(internal_ms, 0) % (1 << 43) << 20) + self._made % (1 << 20)
            if f"{number:016x}" not in self.messages:
                return f"{number:016x}"

    def new_draft_id(self) -> str:
        """``r`` and a signed 64-bit number, as Gmail's draft ids look."""
        self._made += 1
        number = (self._made * 0x9E3779B97F4A7C15) % (1 << 64)
        return f"r{number - (1 << 64) if number >> 63 else number}"


def _order(message: StoredMessage) -> tuple[int, str]:
    return message.order


def _received(message: StoredMessage) -> int:
    return message.internal_ms


def _is_hex_id(text: str) -> bool:
    return len(text) == 16 and all(digit in "0123456789abcdef" for digit in text)
