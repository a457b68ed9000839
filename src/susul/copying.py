"""Bringing the owner's own copy of the mail up to date: the whole window once, then only what changed.

The cursor is taken before anything is read and stored with what was read, in one transaction: mail that arrives in
between is told again next time and never missed. A thread that can't be read now is owed, not forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from susul.errors import HistoryExpired, TryLater

if TYPE_CHECKING:
    from collections.abc import Iterable

    from susul.app import Progress
    from susul.model import Message
    from susul.sources.google.gmail import GmailReader
    from susul.store import Store


@dataclass(frozen=True, slots=True)
class Copied:
    """What this run read, and how many threads are still owed."""

    threads_read: int
    owed: int
    full: bool


def bring_up_to_date(gmail: GmailReader, store: Store, since: datetime, progress: Progress) -> Copied:
    """The store's copy of the mail since ``since`` as Gmail has it now. What was read is kept whatever happens."""
    cursor = store.fact("history_id")
    if cursor:
        try:
            history = gmail.history_since(int(cursor))
        except HistoryExpired:
            return _read_everything(gmail, store, since, progress)
        with store.transaction():
            store.owe_threads(history.thread_ids)
            store.set_fact("history_id", str(history.history_id))
        return _read_owed(gmail, store, progress, full=False)
    return _read_everything(gmail, store, since, progress)


def _read_everything(gmail: GmailReader, store: Store, since: datetime, progress: Progress) -> Copied:
    """Every conversation of the window; those that end before it are dropped from the copy."""
    cursor = gmail.profile().history_id
    query = f"after:{int(since.timestamp())} -in:chats"
    threads = dict.fromkeys(ref.thread_id for page in gmail.list_ids(query, include_spam_trash=True) for ref in page)
    with store.transaction():
        store.forget_mail()
        store.owe_threads(threads)
        store.set_fact("history_id", str(cursor))
        store.set_fact("since", since.isoformat())
    return _read_owed(gmail, store, progress, full=True)


def _read_owed(gmail: GmailReader, store: Store, progress: Progress, *, full: bool) -> Copied:
    owed = store.owed_threads()
    done = 0
    progress("Reading threads", done, len(owed))
    for fetched in gmail.threads(owed):
        had = {*fetched.found, *fetched.missing}
        messages: list[Message] = [message for thread in fetched.found.values() for message in thread]
        with store.transaction():
            store.replace_threads(had, messages)
            store.settle_threads(had)
        done += len(had)
        progress("Reading threads", done, len(owed))
        _stop_on_quota(fetched.failed.values())
    return Copied(done, len(owed) - done, full)


def _stop_on_quota(errors: Iterable[Exception]) -> None:
    """What was read is kept; a spent quota ends the reading for this run."""
    for error in errors:
        if isinstance(error, TryLater):
            raise error


def window_start(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)
