"""``scan`` on an account and ``sync``: the copy brought up to date, the plan made on it, and for ``sync`` written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from susul.account import Account, identify, in_zone, owner_of
from susul.adoption import REASON as FOUND_AGAIN
from susul.adoption import adopted, lost_drafts, without
from susul.app import (
    EVENTS_AHEAD,
    Progress,
    Scanned,
    read_all,
    reading_basis,
    skipped_messages,
    template_faults,
)
from susul.copying import Copied, bring_up_to_date, copy_reaches_back_to, window_start
from susul.decide import Record
from susul.drafting import Library
from susul.errors import NotFound
from susul.journal import Journal, Tally, kept, read_summary
from susul.labelling import Labelling, label_threads
from susul.model import Message, Placed, Reading, Step, Write
from susul.owners_word import About, OwnersWord, Word, by_target
from susul.plan import Plan, make_plan
from susul.reading import is_outgoing
from susul.reconcile import (
    DECLINED,
    Action,
    Adopt,
    Create,
    Folder,
    Found,
    LedgerRow,
    Mark,
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
from susul.writing import Done, Writer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from susul.config import Config
    from susul.owner import Owner
    from susul.places import Places
    from susul.sources.google.drafts import DraftsFolder
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
    labelling: Labelling = field(default_factory=Labelling)

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
    tally: Tally = field(default_factory=Tally)

    def kept(self, command: str) -> AbstractContextManager[Journal]:
        """The run's pages in the journal."""
        return kept(self.store, command, self.now, self.config.effective_policy().general.journal_days)

    @property
    def since(self) -> datetime:
        return window_start(self.now, self.config.read.since_days)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a run stands on: the plan, and the mail, the ledger and the Drafts folder that it was made on.

    ``rows`` are those of the ledger and the ``adopted`` ones, which only a run that writes takes into the ledger.
    """

    scanned: Scanned
    messages: tuple[Message, ...]
    rows: tuple[LedgerRow, ...]
    folder: Folder
    unread: frozenset[str]  # the threads that can't be read, given up or not
    adopted: tuple[LedgerRow, ...] = ()  # those of the rows that are in no ledger yet
    judged: tuple[str, ...] = ()  # the messages of drafts that were found to be ours, or not


def scan_account(
    account: Account, store: Store, places: Places, config: Config, now: datetime, progress: Progress
) -> Scanned:
    """The whole chain but the last arrow: nothing is written to Google, nothing to the ledger."""
    run = Run(account, store, places, config, now, progress)
    return look(run, copy_mail(run)).scanned


def sync_account(
    account: Account, store: Store, places: Places, config: Config, now: datetime, progress: Progress
) -> Synced:
    """The whole chain. While threads are still owed nothing new is written: the answer may be in one of them."""
    run = Run(account, store, places, config, now, progress)
    with run.kept("sync") as journal:
        looked, actions, put_off = _settled(run)
        journal.decisions(looked.scanned.plan)
        known, domain = known_messages(looked.messages), looked.scanned.owner.addresses[0].partition("@")[2]
        done = Writer(account.drafts, account.gmail, store, known, domain, now, journal).carry_out(actions)
        if looked.judged:
            with store.transaction():
                store.judge_drafts(looked.judged)
        labelling = label(run, journal)
        tell(run, journal, looked, done, put_off)
        synced = Synced(looked.scanned, done, put_off, account.budget.units, labelling)
        journal.ends_with(synced.exit_code, done.stopped or looked.scanned.stopped)
    return synced


def label(run: Run, journal: Journal) -> Labelling:
    """The threads marked as what lies in Drafts now asks for. Never fails the run."""
    labelling = label_threads(run.account, run.store, on=run.config.gmail.labels)
    journal.summary["labels"] = labelling.counts()
    return labelling


def tell(run: Run, journal: Journal, looked: Looked, done: Done, put_off: int = 0) -> None:
    """What was read and done, counted, for the journal."""
    budget, events = run.account.budget, looked.scanned.coverage.events
    journal.summary["read"] = read_summary(run.tally, events=events, units=budget.units, requests=budget.requests)
    journal.summary |= {"counts": dict(done.counts), "put_off": put_off, "unread": looked.scanned.coverage.unread}


def _settled(run: Run) -> tuple[Looked, tuple[Action, ...], int]:
    """What to write, on a plan that is no older than the mail: Gmail is asked once more right before.

    A draft that is gone was sent, if the mail that became of it is there. Where mail keeps coming in while the plan is
    made, nothing new is written this time.
    """
    looked = look(run, copy_mail(run))
    for _ in range(ROUNDS):
        actions, put_off = _actions(run, looked, hold_all=False)
        if not any(isinstance(action, Create | Update | Withdraw | Mark) for action in actions):
            return looked, actions, put_off
        copied = bring_up_to_date(run.account.gmail, run.store, run.since, run.progress)
        run.tally.add(copied)
        if not copied.changed:
            return looked, actions, put_off
        looked = look(run, copied)
    return looked, *_actions(run, looked, hold_all=True)


def copy_mail(run: Run) -> Copied:
    """Brings the owner's own copy of the mail up to date."""
    identify(run.account, run.store, run.now)
    copied = bring_up_to_date(run.account.gmail, run.store, run.since, run.progress)
    run.tally.add(copied)
    return copied


def _actions(run: Run, looked: Looked, *, hold_all: bool) -> tuple[tuple[Action, ...], int]:
    scanned = looked.scanned
    hold_all = hold_all or bool(scanned.owed) or from_the_future(looked.messages, run.now)
    wanted = wanted_drafts(scanned.plan, looked.unread, hold_all=hold_all)
    limit = run.config.effective_policy().general.max_drafts_per_run
    actions, put_off = reconcile(wanted, looked.rows, looked.folder, _reasons(scanned.plan, looked.rows), limit)
    return (*(Adopt(row, FOUND_AGAIN) for row in looked.adopted), *actions), put_off


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
    readings = _readings(store, messages, owner, run.progress)
    folder = gmail_holds(run.account.drafts, rows, _drafts(run, copied), _sent_at(messages, owner), store.drafted())
    owed, given_up, words = store.owed_threads(), store.unreadable_threads(), store.words()

    def plan_on(rows: Sequence[LedgerRow], folder: Folder) -> Plan:
        record = record_of(rows, folder, words)
        with template_faults():
            library = Library(run.places.templates)
            return make_plan(messages, readings, window.events, owner, policy, record, library, run.now)

    lost = {} if owed else lost_drafts(folder, rows, messages, store.judged_drafts())
    found = adopted(plan_on(rows, without(folder, lost)), lost, folder, rows) if lost else ()
    rows = (*rows, *found)
    plan = plan_on(rows, folder)
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
    judged = tuple(message.id for message in lost.values())
    return Looked(scanned, messages, rows, folder, frozenset((*owed, *given_up)), found, judged)


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


def _readings(store: Store, messages: Sequence[Message], owner: Owner, progress: Progress) -> Mapping[str, Reading]:
    basis = reading_basis(owner)
    known = store.readings(basis)
    readings = read_all(messages, known, owner, progress)
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
        declined=frozenset((row.trigger, row.step) for row in rows if row.status in DECLINED),
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


def gmail_holds(
    folder: DraftsFolder,
    rows: Sequence[LedgerRow],
    drafts: Sequence[Placed],
    sent_at: Mapping[str, tuple[datetime, ...]] | None = None,
    drafted: frozenset[str] = frozenset(),
) -> Folder:
    """What Gmail holds, with what interrupted runs left in the air looked up and read."""
    lying = {placed.draft_id: placed for placed in drafts}
    found = {row.rfc822_id: one for row in rows if (one := _looked_up(folder, row, lying))}
    lying |= {one.placed.draft_id: one.placed for one in found.values() if not one.in_trash}
    return Folder(lying, found, sent_at or {}, drafted)


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
    return Found(kept.placed, digest_of(kept.message), "TRASH" in kept.message.labels)


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
