"""``scan`` on an account and ``sync``: the copy brought up to date, the plan made on it, and for ``sync`` written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from susul.account import FRESH, Account, identify, in_zone, owner_of, stored_identity
from susul.app import (
    Progress,
    Scanned,
    read_all,
    reading_basis,
    skipped_messages,
    template_faults,
)
from susul.around import listing_around
from susul.copying import Copied, bring_up_to_date, copy_reaches_back_to, read_owed, window_start
from susul.decide import Record
from susul.drafting import Library
from susul.errors import NotFound
from susul.model import Message, Placed, Reading, Step, Write
from susul.owners_word import About, OwnersWord, Word, by_target
from susul.plan import Plan, make_plan
from susul.quiet import EVENTS_AHEAD, Standing, as_fact, stands_on
from susul.reading import is_outgoing
from susul.reading_order import MATTERS, Rank
from susul.reconcile import (
    Action,
    Create,
    Folder,
    Found,
    LedgerRow,
    Status,
    Update,
    Wanted,
    Withdraw,
    as_it_stands,
    digest_of,
    is_there,
    is_untouched,
    reconcile,
)
from susul.report.as_json import Coverage
from susul.standing import holds_until
from susul.understanding import understanding
from susul.writing import Done, Writer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from susul.config import Config
    from susul.owner import Owner
    from susul.places import Places
    from susul.sources.google.drafts import DraftsFolder
    from susul.sources.google.history import History
    from susul.store import Store

CLOCK_BEHIND = timedelta(days=2)  # mail that lies further ahead says nothing of our clock: it is misdated
ROUNDS = 3  # how often a plan is made anew because mail came in while it was made


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync found and did. ``put_off`` drafts are due but wait for the next run."""

    scanned: Scanned
    done: Done
    put_off: int
    units: int

    @property
    def exit_code(self) -> int:
        """0, or 1 where a write failed, or what the threads that could not be read end with."""
        if self.done.stopped:
            return self.done.stopped.exit_code
        return 1 if self.done.failures else self.scanned.exit_code


@dataclass(frozen=True, slots=True)
class Run:
    """What stays the same through one run."""

    account: Account
    store: Store
    places: Places
    config: Config
    now: datetime
    progress: Progress

    @property
    def since(self) -> datetime:
        return window_start(self.now, self.config.read.since_days)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a run stands on: the plan, and the mail, the ledger and the Drafts folder that it was made on."""

    scanned: Scanned
    messages: tuple[Message, ...]
    rows: tuple[LedgerRow, ...]
    folder: Folder
    unread: frozenset[str]  # the threads that can't be read, given up or not
    answers_unread: bool  # whether one of them may bear on any case
    calendar: str  # the digest of what the calendar held


def scan_account(
    account: Account,
    store: Store,
    places: Places,
    config: Config,
    now: datetime,
    progress: Progress,
    up_to: Rank = Rank.IN_BULK,
) -> Scanned:
    """The whole chain but the last arrow: nothing is written to Google, nothing to the ledger.

    What lies behind ``up_to`` is left for the next run.
    """
    run = Run(account, store, places, config, now, progress)
    return look(run, copy_mail(run, up_to)).scanned


def sync_account(
    account: Account,
    store: Store,
    places: Places,
    config: Config,
    now: datetime,
    progress: Progress,
    history: History | None = None,
) -> Synced:
    """The whole chain. What may matter is read and its drafts are written before the rest of the mailbox is read.

    While a thread is owed that may hold an answer nothing new is written (``_last_look``). ``history``: what changed
    since the last run, where that was asked already.
    """
    run = Run(account, store, places, config, now, progress)
    copied, done = copy_mail(run, MATTERS, history), Done()
    if store.owed():
        if not (copied.failed or copied.stopped):
            _, done, _ = _written(run, copied, MATTERS, done)
        if not (copied.stopped or done.stopped):
            changed = copied.changed or bool(done.counts)
            rest = read_owed(
                account.gmail,
                store,
                progress,
                changed=changed,
                understand=understanding(run.account, run.store, run.config, run.now),
            )
            copied = copied.and_then(rest)
    looked, done, put_off = _written(run, copied, Rank.IN_BULK, done)
    with store.transaction():
        store.add_run(now, json.dumps({"counts": done.counts, "units": account.budget.units, "put_off": put_off}))
    _leave_standing(run, looked, settled=not (done.failures or done.stopped or put_off))
    return Synced(looked.scanned, done, put_off, account.budget.units)


def _written(run: Run, copied: Copied, up_to: Rank, done: Done) -> tuple[Looked, Done, int]:
    """What could be written, added to what was ``done``; and how many new drafts wait for the next run."""
    limit = run.config.effective_policy().general.max_drafts_per_run - done.counts["created"]
    looked, actions, put_off = _settled(run, copied, up_to, limit)
    if done.stopped:
        return looked, done, put_off
    known, domain = known_messages(looked.messages), looked.scanned.owner.addresses[0].partition("@")[2]
    account, store = run.account, run.store
    now_done = Writer(account.drafts, account.gmail, store, known, domain, run.now).carry_out(actions)
    return looked, done.and_then(now_done), put_off


def _settled(run: Run, copied: Copied, up_to: Rank, limit: int) -> tuple[Looked, tuple[Action, ...], int]:
    """What to write, on a plan that is no older than the mail: Gmail is asked once more right before.

    Where mail keeps coming in while the plan is made, nothing new is written this time.
    """
    looked = look(run, copied)
    for _ in range(ROUNDS):
        actions, put_off = _actions(run, looked, limit, hold_all=False)
        if not any(isinstance(action, Create | Update | Withdraw) for action in actions):
            return looked, actions, put_off
        copied = _last_look(run, looked, actions, up_to)
        if not copied.changed:
            return looked, actions, put_off
        looked = look(run, copied)
    return looked, *_actions(run, looked, limit, hold_all=True)


def _last_look(run: Run, looked: Looked, actions: Sequence[Action], up_to: Rank) -> Copied:
    """What came in meanwhile; and what is still unread of the people to whom a new draft would go: they may have
    answered there. It is read now, or the draft waits."""
    account, store = run.account, run.store
    copied = bring_up_to_date(account.gmail, store, run.since, run.progress, up_to=up_to)
    owed = frozenset(store.owed_threads())
    new = [action.wanted for action in actions if isinstance(action, Create)]
    if not owed or not new:
        return copied
    cases = {planned.case.id: planned.case for planned in looked.scanned.plan.planned}
    since = copy_reaches_back_to(store, run.since)
    around = account.gmail.lists([listing_around(cases[w.case], w.draft, looked.scanned.owner, since) for w in new])
    unread = owed & {ref.thread_id for refs in around for ref in refs}
    if not unread:
        return copied
    with store.transaction():
        store.hurry(unread)
    return copied.and_then(read_owed(account.gmail, store, run.progress, Rank.NEWS, changed=True))


def _leave_standing(run: Run, looked: Looked, *, settled: bool) -> None:
    """What the next run may rest on where nothing has changed (``quiet``); nothing where this one left work over."""
    scanned, store = looked.scanned, run.store
    standing = ""
    if settled and not (scanned.owed or scanned.stopped or from_the_future(looked.messages, run.now)):
        policy, identity = run.config.effective_policy(), stored_identity(store)
        until = holds_until(scanned.plan, looked.messages, store.events(), scanned.owner, policy)
        known_until = identity.asked_at + FRESH if identity and identity.asked_at else run.now
        moment = min(until, known_until).isoformat()
        standing = as_fact(Standing(stands_on(run.places), run.now.isoformat(), moment, looked.calendar))
    with store.transaction():
        store.set_fact("standing", standing)


def copy_mail(run: Run, up_to: Rank = Rank.IN_BULK, history: History | None = None) -> Copied:
    """Brings the owner's own copy of the mail up to date."""
    identify(run.account, run.store, run.now)
    gmail, store = run.account.gmail, run.store
    understand = understanding(run.account, run.store, run.config, run.now)
    return bring_up_to_date(gmail, store, run.since, run.progress, up_to=up_to, history=history, understand=understand)


def _actions(run: Run, looked: Looked, limit: int, *, hold_all: bool) -> tuple[tuple[Action, ...], int]:
    scanned = looked.scanned
    hold_all = hold_all or looked.answers_unread or from_the_future(looked.messages, run.now)
    wanted = wanted_drafts(scanned.plan, looked.unread, hold_all=hold_all)
    return reconcile(wanted, looked.rows, looked.folder, _reasons(scanned.plan, looked.rows), limit)


def from_the_future(messages: Sequence[Message], now: datetime) -> bool:
    """Whether our clock is behind: mail is there that the plan can't know of, since it came "later than now"."""
    return any(now < m.sent_at < now + CLOCK_BEHIND and "DRAFT" not in m.labels for m in messages)


def look(run: Run, copied: Copied) -> Looked:
    """The plan on what is in the copy, in the calendar and in Drafts."""
    store, policy = run.store, run.config.effective_policy()
    since = copy_reaches_back_to(store, run.since)
    window = run.account.calendar.events(since, run.now + EVENTS_AHEAD)
    with store.transaction():
        store.replace_events(window.events)
    identity = in_zone(identify(run.account, store, run.now), store, window.time_zone)
    owner = owner_of(identity, run.config, policy)
    messages, rows = store.messages(), store.ledger()
    readings = _readings(store, messages, owner)
    folder = _folder(run.account.drafts, rows, _drafts(run, copied), _sent_at(messages, owner), store.drafted())
    record = record_of(rows, folder, store.words())
    with template_faults():
        library = Library(run.places.templates)
        plan = make_plan(messages, readings, window.events, owner, policy, record, library, run.now)
    owed, given_up = store.owed_threads(), store.unreadable_threads()
    skipped = {
        "threads not read yet": len(owed),
        "threads that can't be read": len(given_up),
        "events without a time": window.unreadable,
        "cases that could not be understood": sum(plan.failed.values()),
        **skipped_messages(messages),
    }
    coverage = Coverage.of(since, messages, len(window.events), skipped)
    there = frozenset((row.trigger, row.step) for row in rows if row.status in (Status.PLACED, Status.TOUCHED))
    scanned = Scanned(plan, owner, coverage, _warnings(messages, owner), len(owed), copied.stopped, there)
    matters = bool(store.owed_threads(MATTERS))
    return Looked(scanned, messages, rows, folder, frozenset((*owed, *given_up)), matters, window.digest)


def _drafts(run: Run, copied: Copied) -> tuple[Placed, ...]:
    """Every draft. Without a change in the mailbox they are as they were listed last, and no call is needed."""
    known = run.store.drafts()
    if known is not None and not (copied.changed or copied.failed or copied.stopped):
        return known
    drafts = run.account.drafts.list()
    with run.store.transaction():
        run.store.keep_drafts(drafts)
        # Counted once Gmail has answered: an outage or a spent quota is not held against a thread.
        run.store.count_failures(copied.failed)
    return drafts


def _readings(store: Store, messages: Sequence[Message], owner: Owner) -> Mapping[str, Reading]:
    basis = reading_basis(owner)
    known = store.readings(basis)
    readings = read_all(messages, known, owner)
    with store.transaction():
        store.keep_readings(basis, [r for i, r in readings.items() if i not in known])
    return readings


def record_of(rows: Sequence[LedgerRow], folder: Folder, words: Iterable[OwnersWord] = ()) -> Record:
    """What the owner said, and what ledger and Drafts folder say: the steps they declined, where they write themselves.

    A draft is ours only while it lies as we laid it, and nobody asked for it by name; any other keeps its thread to the
    owner, and the thread that it was laid into, should an edit have moved it.
    """
    stand = [as_it_stands(row, folder) for row in rows]
    ours = {row.draft_id for row in stand if is_untouched(row, folder) and not row.requested}
    theirs = {placed.thread_id for placed in folder.drafts.values() if placed.draft_id not in ours}
    moved = {row.thread for row in stand if row.thread and row.draft_id in folder.drafts and row.draft_id not in ours}
    return Record(
        declined=frozenset((row.trigger, row.step) for row in rows if row.status is Status.DISCARDED),
        recorded=frozenset(row.trigger for row in rows),
        own_drafts=frozenset(theirs | moved),
        words=by_target((*words, *_declined(stand, folder))),
    )


def _declined(stand: Iterable[LedgerRow], folder: Folder) -> Iterator[OwnersWord]:
    """A sent decline, however the owner put it, finishes what was open in its thread, as ``susul close`` would."""
    for row in stand:
        just_gone = row.status in (Status.PLACED, Status.TOUCHED) and not is_there(row, folder)
        sent = [at for at in folder.sent_at.get(row.thread or "", ()) if at >= row.created_at]
        if row.step is Step.DECLINE and row.thread and sent and (just_gone or row.status is Status.SENT):
            yield OwnersWord(Word.CLOSE, About.THREAD, row.thread, min(sent))


def wanted_drafts(plan: Plan, unread: Collection[str], *, hold_all: bool) -> tuple[Wanted, ...]:
    """The drafts that should exist now, the most urgent first. ``unread``: threads whose present state is unknown."""
    found = []
    for planned in plan.due():
        assert isinstance(planned.decision, Write)
        assert planned.draft is not None
        follow_up, draft = planned.decision.follow_up, planned.draft
        held = hold_all or any(thread in unread for thread in (*planned.case.threads, draft.thread))
        found.append(Wanted(follow_up.trigger, follow_up.step, draft, planned.case.id, planned.decision.reason, held))
    return tuple(found)


def _reasons(plan: Plan, rows: Iterable[LedgerRow]) -> Mapping[tuple[str, Step], str]:
    """Why a draft is no longer right: what is said now of the case that holds its message, or that it was made for."""
    by_case = {p.case.id: p.decision.reason for p in plan.planned}
    by_message = {t.message.id: p.decision.reason for p in plan.planned for t in p.case.told}
    reasons = {(row.trigger, row.step): by_message.get(row.trigger) or by_case.get(row.case) for row in rows}
    return {key: reason for key, reason in reasons.items() if reason}


def _folder(
    folder: DraftsFolder,
    rows: Sequence[LedgerRow],
    drafts: Sequence[Placed],
    sent_at: Mapping[str, tuple[datetime, ...]],
    drafted: frozenset[str],
) -> Folder:
    """What Gmail holds, with what interrupted runs left in the air looked up and read."""
    lying = {placed.draft_id: placed for placed in drafts}
    found = {row.rfc822_id: one for row in rows if (one := _looked_up(folder, row, lying))}
    lying |= {one.placed.draft_id: one.placed for one in found.values()}
    return Folder(lying, found, sent_at, drafted)


def _sent_at(messages: Sequence[Message], owner: Owner) -> Mapping[str, tuple[datetime, ...]]:
    sent: dict[str, tuple[datetime, ...]] = {}
    for message in messages:
        if is_outgoing(message, owner) and "DRAFT" not in message.labels:
            sent[message.thread_id] = (*sent.get(message.thread_id, ()), message.sent_at)
    return sent


def _looked_up(folder: DraftsFolder, row: LedgerRow, lying: Mapping[str, Placed]) -> Found | None:
    """The draft of an interrupted create or update as it is now."""
    placed = None
    if row.status is Status.PENDING:
        placed = folder.find(row.rfc822_id, row.thread)
    elif row.status is Status.UPDATING:
        placed = lying.get(row.draft_id)
    if placed is None or placed.message_id == row.message_id:
        return None
    try:
        kept = folder.get(placed.draft_id)
    except NotFound:
        return None
    return Found(kept.placed, digest_of(kept.message))


def known_messages(messages: Sequence[Message]) -> dict[str, frozenset[str]]:
    """The ids of the messages by thread."""
    known: dict[str, set[str]] = {}
    for message in messages:
        known.setdefault(message.thread_id, set()).add(message.id)
    return {thread: frozenset(ids) for thread, ids in known.items()}


def _warnings(messages: Sequence[Message], owner: Owner) -> tuple[str, ...]:
    """What the owner should look at: a person's answer that Gmail put into spam."""
    mine = {m.thread_id for m in messages if is_outgoing(m, owner)}
    return tuple(
        f"An answer lies in spam: “{m.subject}” from {m.sender.name or m.sender.email}."
        for m in messages
        if "SPAM" in m.labels and m.thread_id in mine and not is_outgoing(m, owner)
    )
