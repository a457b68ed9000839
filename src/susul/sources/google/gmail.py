"""Reads a Gmail mailbox: lists of ids, threads, what changed since a cursor.

Units and forms as in ``units``. Every call may raise ``susul.errors``; NotFound is what a deleted thing gives.
Source: https://developers.google.com/workspace/gmail/api/reference/rest
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from susul.errors import Failed, HistoryExpired, NotFound, SusulError
from susul.reading import mime
from susul.sources.google import clients
from susul.sources.google.units import price

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from googleapiclient._apis.gmail.v1 import GmailResource
    from googleapiclient.http import HttpRequest

    from susul.model import Message
    from susul.sources.google.transport import Transport

T = TypeVar("T")

# Gmail answers 429 to more than about 25 calls in flight, however cheap.
BATCH_SIZE = 20
_PAGE = 500
_PAYLOAD = "payload(mimeType,filename,headers,body(size,attachmentId,data),parts)"
MESSAGE_FIELDS = f"id,threadId,labelIds,internalDate,sizeEstimate,{_PAYLOAD}"
_THREAD = f"id,historyId,messages({MESSAGE_FIELDS})"
_LIST = "nextPageToken,messages(id,threadId)"
_TOUCHED = "message(id,threadId,labelIds)"
_HISTORY = (
    f"historyId,nextPageToken,history(id,messagesAdded({_TOUCHED}),messagesDeleted({_TOUCHED}),"
    f"labelsAdded(labelIds,{_TOUCHED}),labelsRemoved(labelIds,{_TOUCHED}))"
)


@dataclass(frozen=True, slots=True)
class Profile:
    """Whose mailbox it is, and the id of its newest history record: the cursor, taken before anything is read."""

    address: str
    history_id: int


@dataclass(frozen=True, slots=True)
class SendAs:
    """An address that the owner may write from. ``signature`` is HTML, empty where none is set."""

    address: str
    name: str
    signature: str
    primary: bool
    default: bool


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message of a list: which it is, and its thread."""

    message_id: str
    thread_id: str


@dataclass(frozen=True, slots=True)
class Fetched(Generic[T]):
    """What one batch gave: by id what was had, the ids that Gmail no longer holds, and the rest with its error."""

    found: Mapping[str, T]
    missing: frozenset[str]
    failed: Mapping[str, SusulError]


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


@dataclass(frozen=True, slots=True)
class History:
    """What changed since a cursor, in order, and the next cursor.

    That is the first page's: mail that arrives while later pages are read is told again next time, never missed.
    """

    changes: tuple[Change, ...]
    history_id: int

    @property
    def thread_ids(self) -> tuple[str, ...]:
        """The threads with a change that isn't a draft's own noise, each once.

        Gmail replaces a draft's message at each autosave: such records say nothing about mail.
        """
        drafts = {change.message_id for change in self.changes if "DRAFT" in change.labels}
        sent = {change.message_id for change in self.changes if change.labels and "DRAFT" not in change.labels}
        noise = drafts - sent
        return tuple(dict.fromkeys(change.thread_id for change in self.changes if change.message_id not in noise))


class GmailReader:
    """One mailbox. ``label_names`` (id to name) may be given where it is known, else it is asked for when needed."""

    def __init__(self, transport: Transport, label_names: Mapping[str, str] | None = None) -> None:
        self._transport = transport
        self._known_names = label_names

    def profile(self) -> Profile:
        """1 unit."""
        answer = self._transport.call(self._api.users().getProfile(userId="me", fields="emailAddress,historyId"))
        return Profile(str(answer.get("emailAddress", "")).lower(), _history_id(answer))

    def send_as(self) -> tuple[SendAs, ...]:
        """The addresses that Gmail lets the owner write from: the primary one and those confirmed. 1 unit."""
        answer = self._transport.call(self._api.users().settings().sendAs().list(userId="me"))
        aliases = [one for one in answer.get("sendAs") or () if _may_send(one)]
        return tuple(
            SendAs(
                address=str(alias.get("sendAsEmail", "")).lower(),
                name=str(alias.get("displayName", "")),
                signature=str(alias.get("signature", "")),
                primary=bool(alias.get("isPrimary")),
                default=bool(alias.get("isDefault")),
            )
            for alias in aliases
        )

    def label_names(self) -> dict[str, str]:
        """Label id to name, the system's own included. 1 unit."""
        answer = self._transport.call(self._api.users().labels().list(userId="me", fields="labels(id,name)"))
        labels = answer.get("labels") or ()
        return {str(label["id"]): str(label.get("name", "")) for label in labels if label.get("id")}

    def list_ids(
        self, query: str = "", label_ids: Sequence[str] = (), *, include_spam_trash: bool = False
    ) -> Iterator[tuple[MessageRef, ...]]:
        """Pages of up to 500 messages that match, in no order to rely on. 5 units a page.

        Dates in ``query`` are exact as epoch seconds only (``after:1767225600``); as days they are Pacific time.
        """
        options: dict[str, Any] = {
            "includeSpamTrash": include_spam_trash,
            "fields": "nextPageToken,messages(id,threadId)",
        }
        if query:
            options["q"] = query
        if label_ids:
            options["labelIds"] = list(label_ids)

        def page(token: str | None) -> HttpRequest:
            return self._messages.list(userId="me", maxResults=_PAGE, **options, **_from(token))

        for answer in self._pages(page):
            refs = answer.get("messages") or ()
            yield tuple(MessageRef(str(ref["id"]), str(ref.get("threadId", ""))) for ref in refs if ref.get("id"))

    def thread(self, thread_id: str) -> tuple[Message, ...]:
        """A thread's messages, drafts and trash included, in time order. 40 units."""
        return self._thread_of(self._transport.call(self._thread_request(thread_id)))

    def message(self, message_id: str) -> Message:
        """20 units."""
        return self._message_of(self._transport.call(self._message_request(message_id)))

    def threads(self, thread_ids: Sequence[str]) -> Iterator[Fetched[tuple[Message, ...]]]:
        """Threads in batches of up to 20, each yielded once it is there. 40 units a thread.

        Raises TryLater between batches where quota or patience end; what was yielded before stands.
        """
        return self._in_batches(thread_ids, price("gmail.users.threads.get"), self._thread_request, self._thread_of)

    def messages(self, message_ids: Sequence[str]) -> Iterator[Fetched[Message]]:
        """Single messages in batches, like ``threads``. 20 units a message."""
        return self._in_batches(message_ids, price("gmail.users.messages.get"), self._message_request, self._message_of)

    def history_since(self, history_id: int) -> History:
        """What changed after a cursor. 2 units a page. Raises HistoryExpired where Gmail no longer goes back so far."""

        def page(token: str | None) -> HttpRequest:
            start = str(history_id)
            return self._history.list(
                userId="me", startHistoryId=start, maxResults=_PAGE, fields=_HISTORY, **_from(token)
            )

        try:
            answers = list(self._pages(page))
        except NotFound as error:
            raise HistoryExpired("Gmail no longer keeps the history since the last run.") from error
        records = [record for answer in answers for record in answer.get("history") or ()]
        return History(tuple(change for record in records for change in _changes(record)), _history_id(answers[0]))

    def _pages(self, page: Callable[[str | None], HttpRequest]) -> Iterator[dict[str, Any]]:
        """Every page of a list. A page may be empty and still name a next one."""
        token: str | None = None
        seen: set[str] = set()
        while True:
            answer = self._transport.call(page(token))
            yield answer
            token = answer.get("nextPageToken")
            if not token:
                return
            if token in seen:
                raise Failed("Gmail sent the same page of a list twice, so the list was given up.")
            seen.add(token)

    def _in_batches(
        self,
        ids: Sequence[str],
        units: int,
        request: Callable[[str], HttpRequest],
        convert: Callable[[dict[str, Any]], T],
    ) -> Iterator[Fetched[T]]:
        left = list(dict.fromkeys(ids))
        while left:
            size = self._transport.budget.room(self._transport.now()) // units or BATCH_SIZE
            chunk, left = left[: min(size, BATCH_SIZE)], left[min(size, BATCH_SIZE) :]
            outcomes = zip(chunk, self._transport.call_all([request(one) for one in chunk]), strict=True)
            yield _fetched(outcomes, convert)

    def _thread_request(self, thread_id: str) -> HttpRequest:
        return self._threads.get(userId="me", id=thread_id, format="full", fields=_THREAD)

    def _message_request(self, message_id: str) -> HttpRequest:
        return self._messages.get(userId="me", id=message_id, format="full", fields=MESSAGE_FIELDS)

    def _thread_of(self, resource: dict[str, Any]) -> tuple[Message, ...]:
        messages = (self._message_of(message) for message in resource.get("messages") or ())
        return tuple(sorted(messages, key=lambda message: (message.sent_at, message.id)))

    def _message_of(self, resource: dict[str, Any]) -> Message:
        return mime.from_gmail(resource, self._names)

    @cached_property
    def _api(self) -> GmailResource:
        return clients.gmail(self._transport)

    # Making one of these takes longer than making a request from it.
    @cached_property
    def _threads(self) -> GmailResource.UsersResource.ThreadsResource:
        return self._api.users().threads()

    @cached_property
    def _messages(self) -> GmailResource.UsersResource.MessagesResource:
        return self._api.users().messages()

    @cached_property
    def _history(self) -> GmailResource.UsersResource.HistoryResource:
        return self._api.users().history()

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return self.label_names() if self._known_names is None else self._known_names


def _fetched(
    outcomes: Iterable[tuple[str, dict[str, Any] | SusulError]], convert: Callable[[dict[str, Any]], T]
) -> Fetched[T]:
    found, missing, failed = dict[str, T](), set[str](), dict[str, SusulError]()
    for asked_for, outcome in outcomes:
        if isinstance(outcome, NotFound):
            missing.add(asked_for)
        elif isinstance(outcome, SusulError):
            failed[asked_for] = outcome
        else:
            found[asked_for] = convert(outcome)
    return Fetched(found, frozenset(missing), failed)


def _from(token: str | None) -> dict[str, Any]:
    return {"pageToken": token} if token else {}


def _may_send(alias: Mapping[str, Any]) -> bool:
    return bool(alias.get("isPrimary")) or alias.get("verificationStatus") == "accepted"


def _history_id(answer: Mapping[str, Any]) -> int:
    """A history id is a decimal string of an unsigned 64-bit number."""
    value = str(answer.get("historyId", ""))
    if not (value.isascii() and value.isdigit() and len(value) <= 20):
        raise Failed("Gmail's answer has no history id.")
    return int(value)


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
