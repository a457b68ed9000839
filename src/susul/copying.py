"""Bringing the owner's own copy of the mail up to date: the whole window once, then only what changed.

The cursor is taken before anything is read and stored with what was read, in one transaction: mail that arrives in
between is told again next time and never missed. A thread that can't be read now is owed, not forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from susul.errors import Failed, HistoryExpired, SusulError, TryLater
from susul.reconcile import ANY_THREAD
from susul.sources.google.history import ChangeKind

if TYPE_CHECKING:
    from susul.app import Progress
    from susul.model import Message
    from susul.sources.google.gmail import GmailReader
    from susul.sources.google.history import History
    from susul.store import Store


@dataclass(frozen=True, slots=True)
class Copied:
    """What this run read.

    ``changed``: Gmail told of any change at all, in Drafts too. ``failed``: the threads that could not be read.
    ``stopped``: why the reading ended before its end (quota, patience, network), None where it didn't.
    """

    changed: bool
    failed: frozenset[str] = frozenset()
    stopped: SusulError | None = None


def bring_up_to_date(gmail: GmailReader, store: Store, since: datetime, progress: Progress) -> Copied:
    """The store's copy of the mail since ``since`` (or earlier) as Gmail has it now. What was read is kept."""
    cursor, reaches = store.fact("history_id"), store.fact("since")
    if not cursor or not reaches:
        return _read_everything(gmail, store, since, progress)
    try:
        history = gmail.history_since(int(cursor))
    except HistoryExpired:
        return _read_everything(gmail, store, since, progress)
    older = _older_threads(gmail, store, since, datetime.fromisoformat(reaches))
    changed = bool(history.changes)
    with store.transaction():
        store.note_drafted(_drafted(history))
        store.owe_threads((*history.thread_ids, *older))
        store.set_fact("history_id", str(history.history_id))
        store.set_fact("since", min(since, datetime.fromisoformat(reaches)).isoformat())
        if changed:
            store.forget_drafts()
    return _read_owed(gmail, store, progress, changed=changed)


def _drafted(history: History) -> list[str]:
    """The threads into which somebody laid a draft: a create of ours whose answer was lost may be among them."""
    return [c.thread_id for c in history.changes if c.kind is ChangeKind.ADDED and "DRAFT" in c.labels]


def copy_reaches_back_to(store: Store, wanted: datetime) -> datetime:
    """Since when the mail is in the copy; ``wanted`` where nothing was read yet."""
    reaches = store.fact("since")
    return datetime.fromisoformat(reaches) if reaches else wanted


def window_start(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


def _older_threads(gmail: GmailReader, store: Store, since: datetime, reaches: datetime) -> tuple[str, ...]:
    """The threads of a window that begins earlier than that of the copy, without those that the copy holds."""
    if since >= reaches:
        return ()
    listed = _threads_listed(gmail, f"after:{int(since.timestamp())} before:{int(reaches.timestamp()) + 1} -in:chats")
    held = store.thread_ids()
    return tuple(thread for thread in listed if thread not in held)


def _read_everything(gmail: GmailReader, store: Store, since: datetime, progress: Progress) -> Copied:
    """Every conversation of the window; those that end before it are dropped from the copy."""
    cursor = gmail.profile().history_id
    threads = _threads_listed(gmail, f"after:{int(since.timestamp())} -in:chats")
    with store.transaction():
        store.note_drafted([ANY_THREAD])  # what happened in Drafts meanwhile can't be known any more
        store.owe_only(threads)
        store.set_fact("history_id", str(cursor))
        store.set_fact("since", since.isoformat())
        store.forget_drafts()
    return _read_owed(gmail, store, progress, changed=True)


def _threads_listed(gmail: GmailReader, query: str) -> tuple[str, ...]:
    pages = gmail.list_ids(query, include_spam_trash=True)
    return tuple(dict.fromkeys(ref.thread_id for page in pages for ref in page))


def _read_owed(gmail: GmailReader, store: Store, progress: Progress, *, changed: bool) -> Copied:
    owed = store.owed_threads()
    done = 0
    failed: set[str] = set()
    progress("Reading threads", done, len(owed))
    try:
        for fetched in gmail.threads(owed):
            had = {*fetched.found, *fetched.missing}
            messages: list[Message] = [message for thread in fetched.found.values() for message in thread]
            with store.transaction():
                store.replace_threads(had, messages)
                store.settle_threads(had)
            failed.update(fetched.failed)
            done += len(had)
            progress("Reading threads", done, len(owed))
            for error in fetched.failed.values():
                if isinstance(error, TryLater):
                    raise error
    except (TryLater, Failed) as error:
        return Copied(changed, frozenset(failed), error)
    return Copied(changed, frozenset(failed))
