"""The label ``Susul/Draft`` on each thread that holds a draft of ours, touched or not (``[gmail] labels = true``).

What was put where is remembered in the state, so that a run without news makes no call. A failure never fails a run:
it is counted and told, and the thread is asked again in the next runs, MOST_REFUSALS times in all.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from susul.errors import Failed, SusulError
from susul.reconcile import Status

if TYPE_CHECKING:
    from collections.abc import Collection

    from susul.account import Account
    from susul.sources.google.labels import ThreadLabels
    from susul.store import Store

NAME = "Susul/Draft"
MOST_REFUSALS = 3  # a passing fault is over by then; what lasts would be told four times an hour
LIES = (Status.PLACED, Status.TOUCHED, Status.UPDATING, Status.WITHDRAWING, Status.UNDOING)
LACKS_SCOPE = (
    "The threads with drafts carry no label, since the sign-in doesn't cover marking threads. Run: susul login, or set "
    "labels = false under [gmail] in config.toml."
)


@dataclass(slots=True)
class Labelling:
    """What a run did with the label: the threads that got it, that lost it, that could not; and the last failure."""

    put: int = 0
    taken: int = 0
    failed: int = 0
    failure: str = ""

    def counts(self) -> dict[str, int]:
        found = {"put": self.put, "taken": self.taken, "failed": self.failed}
        return {what: count for what, count in found.items() if count}

    @property
    def line(self) -> str:
        """What to tell the owner; empty where all went well."""
        threads = "1 thread" if self.failed == 1 else f"{self.failed} threads"
        return f"The label {NAME} could not be changed on {threads}: {self.failure}" if self.failed else self.failure


class _Mark(NamedTuple):
    """What is known of one thread: whether it carries the label, and how often Gmail refused to change that."""

    carries: bool
    refusals: int = 0


def label_threads(account: Account, store: Store, *, on: bool) -> Labelling:
    """Puts the label where a draft of ours lies and takes it where none does any more; ``on`` False takes it all off.

    Call it after the writes, when the ledger says what lies in Drafts.
    """
    live = {row.thread for row in store.ledger() if on and row.thread and row.status in LIES}
    done = Labelling()
    if not (_to_put(store, live) or _to_take(store, live)):
        return done
    if not account.may_label:
        _without_scope(account, store, done, on=on)
        return done
    try:
        if live and not store.fact("draft_label"):
            _find_or_make(account, store)
        for thread in _to_put(store, live):
            _put(account.labels, store, thread, done)
        for thread in _to_take(store, live):
            _take(account.labels, store, thread, done)
    except SusulError as error:
        done.failed += 1
        done.failure = error.sentence
    return done


def _to_put(store: Store, live: Collection[str]) -> list[str]:
    marks = _marks(store)
    new = [thread for thread in live if thread not in marks]
    again = [t for t, mark in marks.items() if t in live and not mark.carries and mark.refusals < MOST_REFUSALS]
    return sorted([*new, *again])


def _to_take(store: Store, live: Collection[str]) -> list[str]:
    return sorted(thread for thread in _marks(store) if thread not in live)


def is_granted(scopes: frozenset[str]) -> bool:
    """Whether a sign-in with these scopes may put labels on threads."""
    from susul.sources.google.saved_sign_in import MODIFY_MAIL

    return MODIFY_MAIL in scopes


def _put(labels: ThreadLabels, store: Store, thread: str, done: Labelling) -> None:
    try:
        _put_or_make_anew(labels, store, thread)
    except Failed as error:
        _refused(store, thread, error, done)
        return
    done.put += 1
    _remember(store, _marks(store) | {thread: _Mark(carries=True)})


def _put_or_make_anew(labels: ThreadLabels, store: Store, thread: str) -> None:
    label = store.fact("draft_label") or ""
    try:
        labels.put(label, thread)
    except Failed:
        if labels.find(NAME) == label:
            raise
        anew, _ = labels.make(NAME)  # the owner deleted or renamed it
        with store.transaction():
            store.set_fact("draft_label", anew)
        labels.put(anew, thread)


def _find_or_make(account: Account, store: Store) -> None:
    """One that is there already was made by a state that is lost: where it lies on a thread, it is to be taken off."""
    label, is_new = account.labels.make(NAME)
    pages = () if is_new else account.gmail.list_ids(label_ids=[label], include_spam_trash=True)
    carries = {ref.thread_id: _Mark(carries=True) for page in pages for ref in page}
    with store.transaction():
        store.set_fact("draft_label", label)
    _remember(store, carries | _marks(store))


def _take(labels: ThreadLabels, store: Store, thread: str, done: Labelling) -> None:
    label = store.fact("draft_label")
    if label and _marks(store)[thread].carries:
        try:
            labels.take(label, thread)
            done.taken += 1
        except Failed as error:
            _refused(store, thread, error, done)
            if _marks(store)[thread].refusals < MOST_REFUSALS:
                return
    _remember(store, {t: mark for t, mark in _marks(store).items() if t != thread})


def _refused(store: Store, thread: str, error: Failed, done: Labelling) -> None:
    done.failed += 1
    done.failure = error.sentence
    known = _marks(store).get(thread, _Mark(carries=False))
    _remember(store, _marks(store) | {thread: known._replace(refusals=known.refusals + 1)})


def _without_scope(account: Account, store: Store, done: Labelling, *, on: bool) -> None:
    """Told once for each sign-in: cron would say it four times an hour."""
    if not on:
        _remember(store, {})  # what was marked under another sign-in stays marked
    elif store.fact("labels_told") != account.sign_in:
        done.failure = LACKS_SCOPE
        with store.transaction():
            store.set_fact("labels_told", account.sign_in)


def _marks(store: Store) -> dict[str, _Mark]:
    """By thread. An earlier state kept only whether it carries the label."""
    known: dict[str, bool | list[int]] = json.loads(store.fact("labelled") or "{}")
    return {t: _Mark(bool(m[0]), m[1]) if isinstance(m, list) else _Mark(m) for t, m in known.items()}


def _remember(store: Store, marks: dict[str, _Mark]) -> None:
    with store.transaction():
        store.set_fact("labelled", json.dumps(marks))
