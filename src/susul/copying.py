"""Bringing the owner's own copy of the mail up to date: the whole window once, then only what changed.

The window is listed by ids first, and read in the order of ``reading_order``. The cursor is taken before anything is
listed and stored with what is then owed, in one transaction: mail that arrives in between is told again next time and
never missed. Each batch is stored with what it settles, so a run that is stopped or killed loses one batch at most.
A thread that can't be read now is owed, not forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from susul.errors import Failed, HistoryExpired, SusulError, TryLater
from susul.model import Message
from susul.reading_order import Lists, Owed, Rank, arrived, joined, listings, to_read
from susul.reconcile import ANY_THREAD
from susul.sources.google.gmail import Listing, MessageRef, Part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from susul.progressing import Progress
    from susul.sources.google.gmail import Fetched, GmailReader
    from susul.sources.google.history import Fate, History
    from susul.store import Store

# Characters of a body that are kept, in each of its forms. Nobody writes so much; machines and quotes do.
LONGEST_BODY = 200_000
# Labels that decide what becomes of a message, by the search that finds it and the name that ``Message.labels`` has.
TELLING_LABELS = {
    "in:trash": "TRASH",
    "in:spam": "SPAM",
    "label:susul-ignore": "Susul/Ignore",
    "label:susul-snooze": "Susul/Snooze",
}
# A search may not know the newest mail yet; these lists aren't searches.
NEWEST = (Listing(label_ids=("INBOX",), newest=25), Listing(label_ids=("SENT",), newest=25))


Understand = Callable[[Sequence[Message]], None]


def _later(mail: Sequence[Message]) -> None:
    """Whoever needs the mail makes sense of it then."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What this run read.

    ``changed``: Gmail told of any change at all, in Drafts too. ``failed``: the threads that could not be read.
    ``stopped``: why the reading ended before its end (quota, patience, network), None where it didn't.
    """

    changed: bool
    failed: frozenset[str] = frozenset()
    stopped: SusulError | None = None
    threads: int = 0
    messages: int = 0

    def and_then(self, later: Copied) -> Copied:
        return Copied(
            self.changed or later.changed,
            self.failed | later.failed,
            later.stopped or self.stopped,
            self.threads + later.threads,
            self.messages + later.messages,
        )


def bring_up_to_date(
    gmail: GmailReader,
    store: Store,
    since: datetime,
    progress: Progress,
    *,
    up_to: Rank = Rank.IN_BULK,
    history: History | None = None,
    understand: Understand = _later,
) -> Copied:
    """The store's copy of the mail since ``since`` (or earlier) as Gmail has it now. What was read is kept.

    Conversations behind ``up_to`` stay owed. ``history``: what changed since the store's cursor, where it was asked.
    ``understand`` gets the mail of each batch while the next one is under way.
    """
    cursor, reaches = store.fact("history_id"), store.fact("since")
    if not cursor or not reaches:
        _list_everything(gmail, store, since)
        return read_owed(gmail, store, progress, up_to, changed=True, understand=understand)
    try:
        history = _without_own_label(history or gmail.history_since(int(cursor)), store.fact("draft_label"))
    except HistoryExpired:
        _list_everything(gmail, store, since)
        return read_owed(gmail, store, progress, up_to, changed=True, understand=understand)
    older = _older(gmail, store, since, datetime.fromisoformat(reaches))
    fates = history.fates()
    with store.transaction():
        store.note_drafted(sorted({fate.thread_id for fate in fates.values() if fate.draft and fate.arrived}))
        _take_in(fates, gmail, store)
        store.owe(older)
        store.set_fact("history_id", str(history.history_id))
        store.set_fact("since", min(since, datetime.fromisoformat(reaches)).isoformat())
        if fates or older:
            store.forget_drafts()
            store.set_fact("standing", "")
    return read_owed(gmail, store, progress, up_to, changed=bool(fates), understand=understand)


def _without_own_label(history: History, label: str | None) -> History:
    """The label that we put on threads and take off is no news."""
    if not label:
        return history
    return replace(history, changes=tuple(change for change in history.changes if change.moved != {label}))


def read_owed(
    gmail: GmailReader,
    store: Store,
    progress: Progress,
    up_to: Rank = Rank.IN_BULK,
    *,
    changed: bool,
    understand: Understand = _later,
) -> Copied:
    """Reads what is owed up to a rank, in its order, each once; a message may turn out to need its whole thread."""
    reading = _Reading(gmail, store, progress, understand)
    stopped = None
    try:
        while owed := [one for one in store.owed(up_to) if (one.thread, one.message) not in reading.tried]:
            reading.read(owed)
    except (TryLater, Failed) as error:
        stopped = error
    return Copied(changed, frozenset(reading.failed), stopped, reading.done, reading.messages)


@dataclass(slots=True)
class _Reading:
    """What one call of ``read_owed`` has read so far."""

    gmail: GmailReader
    store: Store
    progress: Progress
    understand: Understand
    tried: set[tuple[str, str]] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    done: int = 0
    messages: int = 0

    def read(self, owed: Sequence[Owed]) -> None:
        """One round. Raises TryLater where the quota or the network ends it; what came before that is stored."""
        by_thread = {one.thread: one for one in owed}
        self.tried |= {(one.thread, one.message) for one in owed}
        left = dict.fromkeys(by_thread)
        self._show(by_thread, left)
        for answer in self.gmail.read([_part(one) for one in owed]):
            fetched = self._denied_twice(answer, by_thread)
            with self.store.transaction():
                kept = _keep(fetched, by_thread, self.store)
            self.understand(kept)
            self.failed.update(fetched.failed)
            for thread in (*answer.found, *answer.missing):
                left.pop(thread, None)
            self.done += len(fetched.found) + len(fetched.missing)
            self.messages += len(kept)
            self._show(by_thread, left)
            for error in fetched.failed.values():
                if isinstance(error, TryLater):
                    raise error

    def _denied_twice(self, fetched: Fetched, asked: dict[str, Owed]) -> Fetched:
        """Without what Gmail denies for the first time: it is asked for again, a wrong 404 would lose it for good."""
        first = fetched.missing - self.denied
        self.denied |= first
        self.tried -= {(thread, asked[thread].message) for thread in first}
        return replace(fetched, missing=fetched.missing - first)

    def _show(self, by_thread: dict[str, Owed], left: Iterable[str]) -> None:
        waiting = list(left)
        units = sum(_part(by_thread[thread]).units for thread in waiting)
        self.progress("Reading threads", self.done, self.done + len(waiting), self.gmail.budget.outlook(units))


def copy_reaches_back_to(store: Store, wanted: datetime) -> datetime:
    """Since when the mail is in the copy; ``wanted`` where nothing was read yet."""
    reaches = store.fact("since")
    return datetime.fromisoformat(reaches) if reaches else wanted


def window_start(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


def _part(owed: Owed) -> Part:
    return Part(owed.thread, owed.message)


def _take_in(fates: dict[str, Fate], gmail: GmailReader, store: Store) -> None:
    """What the history tells of each message: deletions and labels are applied as told, only new mail is read."""
    new: list[MessageRef] = []
    for message_id, fate in fates.items():
        if fate.gone:
            store.drop_messages([message_id])
        elif store.holds(message_id):
            store.relabel(message_id, gmail.names_of(fate.added), gmail.names_of(fate.removed))
        elif fate.arrived and not fate.draft:
            new.append(MessageRef(message_id, fate.thread_id))
    store.owe(arrived(new, store.threads_held(ref.thread_id for ref in new)))


def _older(gmail: GmailReader, store: Store, since: datetime, reaches: datetime) -> tuple[Owed, ...]:
    """What a window that begins earlier than that of the copy holds and the copy doesn't."""
    if since >= reaches:
        return ()
    return to_read(joined(gmail.lists(listings(since, reaches))), store.held())


def _list_everything(gmail: GmailReader, store: Store, since: datetime) -> None:
    """The ids of the window. What the copy holds of it stays, with its labels brought up to date; the rest is owed."""
    cursor = gmail.started.history_id
    held = store.held()
    wanted = listings(since)
    telling = [Listing(f"after:{int(since.timestamp())} {search}") for search in TELLING_LABELS] if held else []
    answers = gmail.lists((*NEWEST, *wanted, *telling))
    newest, answers = answers[: len(NEWEST)], answers[len(NEWEST) :]
    lists = joined(answers[: len(wanted)])
    lists = replace(lists, window=(*_not_found_yet(newest, lists), *lists.window))
    with store.transaction():
        store.note_drafted([ANY_THREAD])  # what happened in Drafts meanwhile can't be known any more
        store.keep_only(lists.threads, {ref.message_id for ref in lists.window}, since)
        _label_anew({ref.message_id for ref in lists.window} & held.keys(), answers[len(wanted) :], store)
        store.owe_only(to_read(lists, store.held()), lists.threads)
        store.set_fact("history_id", str(cursor))
        store.set_fact("since", since.isoformat())
        store.set_fact("standing", "")
        store.forget_drafts()


def _not_found_yet(newest: Sequence[Sequence[MessageRef]], lists: Lists) -> list[MessageRef]:
    """The newest mail as far as it lies before all that the searches know."""
    known = frozenset(lists.window)
    return [ref for refs in newest if known.intersection(refs) for ref in takewhile(lambda one: one not in known, refs)]


def _label_anew(message_ids: Iterable[str], lists: Sequence[Sequence[MessageRef]], store: Store) -> None:
    """Messages that were held while no history told of them: the labels that count, as searches find them now."""
    if not lists:
        return
    found = {
        label: {ref.message_id for ref in refs} for label, refs in zip(TELLING_LABELS.values(), lists, strict=True)
    }
    for message_id in message_ids:
        carried = {label for label, ids in found.items() if message_id in ids}
        store.relabel(message_id, carried, found.keys() - carried)


def _keep(fetched: Fetched, asked: dict[str, Owed], store: Store) -> list[Message]:
    """Stores a batch with what it settles, and gives the mail that it brought."""
    whole = {thread for thread in (*fetched.found, *fetched.missing) if not asked[thread].message}
    incomplete = [one for one in map(asked.__getitem__, fetched.found) if _needs_its_thread(one, fetched, store)]
    mail = _mail(message for messages in fetched.found.values() for message in messages)
    store.replace_threads(whole, mail)
    store.drop_messages(asked[thread].message for thread in fetched.missing - whole)
    store.settle_threads({*fetched.found, *fetched.missing})
    store.owe(replace(one, message="") for one in incomplete)
    return mail


def _needs_its_thread(asked: Owed, fetched: Fetched, store: Store) -> bool:
    """Whether a single message answers something that isn't here: what it answers decides what it means.

    Nobody waits for an answer to a list.
    """
    from susul.cases.words import bare_subject

    if not asked.message or store.threads_held([asked.thread]):
        return False
    (message,) = fetched.found[asked.thread]
    return bool(message.in_reply_to or bare_subject(message.subject)[0]) and "list-id" not in message.headers


def _mail(messages: Iterable[Message]) -> list[Message]:
    """Without drafts: Gmail replaces them at each autosave, and the Drafts folder tells of them."""
    kept = (message for message in messages if "DRAFT" not in message.labels)
    return [replace(m, text=m.text[:LONGEST_BODY], html=m.html[:LONGEST_BODY]) if _is_long(m) else m for m in kept]


def _is_long(message: Message) -> bool:
    return max(len(message.text), len(message.html)) > LONGEST_BODY
