"""Reads a Gmail mailbox: lists of ids, threads, what changed since a cursor.

Units and forms as in ``units``. Every call may raise ``susul.errors``; NotFound is what a deleted thing gives.
Source: https://developers.google.com/workspace/gmail/api/reference/rest
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from susul.errors import Failed, HistoryExpired, NotFound, SusulError
from susul.sources.google.history import History, changes_of
from susul.sources.google.reads import Read, read
from susul.sources.google.units import price

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future, ThreadPoolExecutor

    from susul.model import Message
    from susul.sources.google.pace import Budget
    from susul.sources.google.transport import Transport


# Gmail answers 429 to more than about 25 calls in flight, however cheap; so many are lost at most when a run is killed.
BATCH_SIZE = 8
# Batches under way at once, each on a connection of its own: the others are read while the first is being understood.
CONNECTIONS = 3
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
    """Whose mailbox it is, its newest history record (the cursor, taken before anything is read), and its size."""

    address: str
    history_id: int
    messages: int = 0


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

    @property
    def opens_thread(self) -> bool:
        """A thread has the id of its first message. Gmail does so without promising it: only costs may rest on it."""
        return self.message_id == self.thread_id


@dataclass(frozen=True, slots=True)
class Listing:
    """What to list: Gmail's search words, and label ids that a message must all carry. ``newest``: only so many."""

    query: str = ""
    label_ids: tuple[str, ...] = ()
    newest: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """What is to be read: a whole thread, or only the one message of it."""

    thread_id: str
    message_id: str = ""

    @property
    def units(self) -> int:
        return price("gmail.users.messages.get" if self.message_id else "gmail.users.threads.get")


# A batch, the connection that it is on, and the answers to come.
_UnderWay = tuple[list[Part], "Transport", "Future[list[dict[str, Any] | SusulError]]"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one batch gave, by thread id: the messages had, the threads that Gmail no longer holds, and the errors."""

    found: Mapping[str, tuple[Message, ...]]
    missing: frozenset[str]
    failed: Mapping[str, SusulError]


class GmailReader:
    """One mailbox. ``label_names`` (id to name) may be given where it is known, else it is asked for when needed."""

    def __init__(self, transport: Transport, label_names: Mapping[str, str] | None = None) -> None:
        self._transport = transport
        self._introducing = Lock()
        self._introduction: tuple[Profile, tuple[SendAs, ...]] | None = None
        self._names: Mapping[str, str] = _LateNames(self.label_names) if label_names is None else label_names

    @property
    def budget(self) -> Budget:
        return self._transport.budget

    @cached_property
    def started(self) -> Profile:
        """The profile as it was when this run first asked. 1 unit.

        Its cursor may be older than a list that is made later, never newer: then mail is told twice, not missed.
        """
        return self.profile()

    def profile(self) -> Profile:
        """1 unit."""
        return _profile(self._transport.call(self._profile_request()))

    def send_as(self) -> tuple[SendAs, ...]:
        """The addresses that Gmail lets the owner write from: the primary one and those confirmed. 1 unit."""
        return _send_as(self._call("gmail.users.settings.sendAs.list"))

    def introduced(self) -> tuple[Profile, tuple[SendAs, ...]]:
        """``started`` and ``send_as`` in one request, once for all who ask, in whatever thread. 2 units."""
        with self._introducing:
            if self._introduction is None:
                requests = [self._profile_request(), self._read("gmail.users.settings.sendAs.list")]
                profile, aliases = map(_or_raise, self._transport.call_all(requests))
                self.started = _profile(profile)
                self._introduction = self.started, _send_as(aliases)
            return self._introduction

    def names_of(self, label_ids: Iterable[str]) -> frozenset[str]:
        """The system's label ids as they are, the owner's by name. 1 unit a run, where one of the owner's is met."""
        from susul.reading.mime import SYSTEM_LABELS

        return frozenset(one if one in SYSTEM_LABELS else self._names.get(one, one) for one in label_ids)

    def label_names(self) -> dict[str, str]:
        """Label id to name, the system's own included. 1 unit."""
        answer = self._call("gmail.users.labels.list", fields="labels(id,name)")
        labels = answer.get("labels") or ()
        return {str(label["id"]): str(label.get("name", "")) for label in labels if label.get("id")}

    def list_ids(
        self, query: str = "", label_ids: Sequence[str] = (), *, include_spam_trash: bool = False
    ) -> Iterator[tuple[MessageRef, ...]]:
        """Pages of up to 500 messages that match, in no order to rely on. 5 units a page.

        Dates in ``query`` are exact as epoch seconds only (``after:1767225600``); as days they are Pacific time.
        """
        listing = Listing(query, tuple(label_ids))
        for answer in self._pages(lambda token: self._list_request(listing, token, everywhere=include_spam_trash)):
            yield _refs(answer)

    def lists(self, listings: Sequence[Listing]) -> tuple[tuple[MessageRef, ...], ...]:
        """Several lists at once, spam and trash included, each whole. 5 units for 500 messages; one request a page."""
        found: list[list[MessageRef]] = [[] for _ in listings]
        pages: dict[int, str | None] = dict.fromkeys(range(len(listings)))
        seen: set[tuple[int, str]] = set()
        while pages:
            requests = [self._list_request(listings[number], token) for number, token in pages.items()]
            answers = dict(zip(pages, self._transport.call_all(requests), strict=True))
            pages = {}
            for number, answer in answers.items():
                told = _or_raise(answer)
                found[number] += _refs(told)
                token = told.get("nextPageToken")
                if token and not listings[number].newest:
                    _refuse_repeated((number, token), seen)
                    pages[number] = token
        return tuple(map(tuple, found))

    def thread(self, thread_id: str) -> tuple[Message, ...]:
        """A thread's messages, drafts and trash included, in time order. 40 units."""
        return self._thread_of(self._transport.call(self._thread_request(thread_id)))

    def message(self, message_id: str) -> Message:
        """20 units."""
        return self._message_of(self._transport.call(self._message_request(message_id)))

    def threads(self, thread_ids: Sequence[str]) -> Iterator[Fetched]:
        """Whole threads in batches, each batch yielded once it is there. 40 units a thread."""
        return self.read([Part(thread_id) for thread_id in thread_ids])

    def read(self, parts: Sequence[Part]) -> Iterator[Fetched]:
        """Threads and single messages in batches, about in their order, each batch yielded once it is there.

        Raises TryLater where quota or patience end; what was yielded before stands.
        """
        from concurrent.futures import ThreadPoolExecutor

        left = list({part.thread_id: part for part in parts}.values())
        # While several are under way, the run's own connection stays free for what the caller asks between batches.
        alone = len(left) <= BATCH_SIZE
        idle = [self._transport] if alone else [self._transport.sibling(n + 1) for n in range(CONNECTIONS)]
        with ThreadPoolExecutor(max_workers=CONNECTIONS) as pool:
            under_way: list[_UnderWay] = []
            while left or under_way:
                left = self._send_off(left, idle, under_way, pool)
                chunk, connection, answers = under_way.pop(0)
                if error := answers.exception():
                    yield from (self._fetched(parts, late.result()) for parts, _, late in under_way if _is_well(late))
                    raise error
                idle.append(connection)
                if not alone:  # the next one goes before this one is made sense of
                    left = self._send_off(left, idle, under_way, pool)
                yield self._fetched(chunk, answers.result())

    def _send_off(
        self, left: list[Part], idle: list[Transport], under_way: list[_UnderWay], pool: ThreadPoolExecutor
    ) -> list[Part]:
        """Sends batches on all idle connections, as far as this minute has room; what is left then."""
        # Two that wait for the same minute only take it from each other.
        while left and idle and not (under_way and self.budget.slowed):
            chunk = self._that_fit(left) or ([] if under_way else left[:BATCH_SIZE])
            if not chunk:
                break
            left = left[len(chunk) :]
            connection = idle.pop()
            connection.book(sum(part.units for part in chunk))
            requests = [self._part_request(part) for part in chunk]
            under_way.append((chunk, connection, pool.submit(connection.call_all, requests)))
        return left

    def _that_fit(self, parts: Sequence[Part]) -> list[Part]:
        """The first parts, as many as a batch takes and this minute has room for: so no minute is left half used."""
        room, chunk = self.budget.room(self._transport.now()), list[Part]()
        for part in parts[:BATCH_SIZE]:
            room -= part.units
            if room < 0:
                break
            chunk.append(part)
        return chunk

    def history_since(self, history_id: int) -> History:
        """What changed after a cursor. 2 units a page. Raises HistoryExpired where Gmail no longer goes back so far."""

        def page(token: str | None) -> Read:
            start = str(history_id)
            return self._read(
                "gmail.users.history.list", startHistoryId=start, maxResults=_PAGE, fields=_HISTORY, **_from(token)
            )

        try:
            answers = list(self._pages(page))
        except NotFound as error:
            raise HistoryExpired("Gmail no longer keeps the history since the last run.") from error
        records = [record for answer in answers for record in answer.get("history") or ()]
        return History(changes_of(records), _history_id(answers[0]))

    def _pages(self, page: Callable[[str | None], Read]) -> Iterator[dict[str, Any]]:
        """Every page of a list. A page may be empty and still name a next one."""
        token: str | None = None
        seen: set[tuple[int, str]] = set()
        while True:
            answer = self._transport.call(page(token))
            yield answer
            token = answer.get("nextPageToken")
            if not token:
                return
            _refuse_repeated((0, token), seen)

    def _list_request(self, listing: Listing, token: str | None, *, everywhere: bool = True) -> Read:
        return self._read(
            "gmail.users.messages.list",
            maxResults=listing.newest or _PAGE,
            includeSpamTrash=everywhere,
            q=listing.query,
            labelIds=listing.label_ids,
            fields=_LIST,
            **_from(token),
        )

    def _profile_request(self) -> Read:
        return self._read("gmail.users.getProfile", fields="emailAddress,historyId,messagesTotal")

    def _thread_request(self, thread_id: str) -> Read:
        return self._read("gmail.users.threads.get", thread_id, format="full", fields=_THREAD)

    def _part_request(self, part: Part) -> Read:
        return self._message_request(part.message_id) if part.message_id else self._thread_request(part.thread_id)

    def _fetched(self, parts: Sequence[Part], answers: Sequence[dict[str, Any] | SusulError]) -> Fetched:
        found: dict[str, tuple[Message, ...]] = {}
        missing, failed = set[str](), dict[str, SusulError]()
        for part, answer in zip(parts, answers, strict=True):
            if isinstance(answer, NotFound):
                missing.add(part.thread_id)
            elif isinstance(answer, SusulError):
                failed[part.thread_id] = answer
            else:
                found[part.thread_id] = (self._message_of(answer),) if part.message_id else self._thread_of(answer)
        return Fetched(found, frozenset(missing), failed)

    def _message_request(self, message_id: str) -> Read:
        return self._read("gmail.users.messages.get", message_id, format="full", fields=MESSAGE_FIELDS)

    def _thread_of(self, resource: dict[str, Any]) -> tuple[Message, ...]:
        messages = (self._message_of(message) for message in resource.get("messages") or ())
        return tuple(sorted(messages, key=lambda message: (message.sent_at, message.id)))

    def _message_of(self, resource: dict[str, Any]) -> Message:
        from susul.reading import mime

        return mime.from_gmail(resource, self._names)

    def _read(self, name: str, id: str = "", **options: Any) -> Read:  # noqa: A002 - as in the path
        return read(self._transport.endpoints, name, id=id, **options)

    def _call(self, name: str, id: str = "", **options: Any) -> dict[str, Any]:  # noqa: A002 - as in the path
        return self._transport.call(self._read(name, id, **options))


class _LateNames(Mapping[str, str]):
    """The names of the owner's labels, asked for when the first of them is met, and again for one made since then."""

    def __init__(self, ask: Callable[[], Mapping[str, str]]) -> None:
        self._ask = ask
        self._unknown: set[str] = set()

    @cached_property
    def _known(self) -> dict[str, str]:
        return dict(self._ask())

    def __getitem__(self, label_id: str) -> str:
        if label_id not in self._known and label_id not in self._unknown:
            self._known.update(self._ask())
            self._unknown |= {label_id} - self._known.keys()
        return self._known[label_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _refs(answer: Mapping[str, Any]) -> tuple[MessageRef, ...]:
    refs = answer.get("messages") or ()
    return tuple(MessageRef(str(ref["id"]), str(ref.get("threadId", ""))) for ref in refs if ref.get("id"))


def _refuse_repeated(page: tuple[int, str], seen: set[tuple[int, str]]) -> None:
    if page in seen:
        raise Failed("Gmail sent the same page of a list twice, so the list was given up.")
    seen.add(page)


def _is_well(answers: Future[Any]) -> bool:
    return answers.exception() is None


def _from(token: str | None) -> dict[str, Any]:
    return {"pageToken": token} if token else {}


def _or_raise(answer: dict[str, Any] | SusulError) -> dict[str, Any]:
    if isinstance(answer, SusulError):
        raise answer
    return answer


def _profile(answer: Mapping[str, Any]) -> Profile:
    size = answer.get("messagesTotal", 0)
    address = str(answer.get("emailAddress", "")).lower()
    return Profile(address, _history_id(answer), size if isinstance(size, int) else 0)


def _send_as(answer: Mapping[str, Any]) -> tuple[SendAs, ...]:
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


def _may_send(alias: Mapping[str, Any]) -> bool:
    return bool(alias.get("isPrimary")) or alias.get("verificationStatus") == "accepted"


def _history_id(answer: Mapping[str, Any]) -> int:
    """A history id is a decimal string of an unsigned 64-bit number."""
    value = str(answer.get("historyId", ""))
    if not (value.isascii() and value.isdigit() and len(value) <= 20):
        raise Failed("Gmail's answer has no history id.")
    return int(value)
