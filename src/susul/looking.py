"""What a run stands on: the copy of the mail brought up to date, and the plan made on it. Writes nothing to Google."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from susul.account import identify, in_zone, owner_of
from susul.adoption import adopted, may_be_ours, unknown_drafts, without
from susul.app import Scanned, skipped_messages, template_faults
from susul.asked_for import asked_for, told_alone
from susul.copying import copy_reaches_back_to
from susul.drafting import Library
from susul.errors import NotFound
from susul.model import Message, Placed, Reading, Step
from susul.owners_word import About, OwnersWord, Word, by_target
from susul.plan import Plan, plan_of, tell_all
from susul.reading import is_outgoing
from susul.reading_order import MATTERS
from susul.readings import read_all, reading_basis
from susul.reconcile import (
    DECLINED,
    Folder,
    Found,
    LedgerRow,
    Status,
    as_it_stands,
    digest_of,
    is_there,
    is_untouched,
    kept_by_the_owner,
)
from susul.record import Record
from susul.report.as_json import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from susul.copying import Copied
    from susul.owner import Owner
    from susul.progressing import Progress
    from susul.run import Run
    from susul.sources.google.drafts import DraftsFolder
    from susul.store import Store

CLOCK_BEHIND = timedelta(days=2)  # mail that lies further ahead says nothing of our clock: it is misdated


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
    answers_unread: bool  # whether one of them may bear on any case
    calendar: str  # the digest of what the calendar held
    adopted: tuple[LedgerRow, ...] = ()  # those of the rows that are in no ledger yet
    judged: tuple[str, ...] = ()  # the messages of unknown drafts, of which it is clear now whose they are


def from_the_future(messages: Sequence[Message], now: datetime) -> bool:
    """Whether our clock is behind: mail is there that the plan can't know of, since it came "later than now"."""
    return any(now < m.sent_at < now + CLOCK_BEHIND and "DRAFT" not in m.labels for m in messages)


def look(run: Run, copied: Copied) -> Looked:
    """The plan on what is in the copy, in the calendar and in Drafts."""
    store, policy = run.store, run.config.effective_policy()
    since = copy_reaches_back_to(store, run.since)
    window = run.events(since)
    with store.transaction():
        store.replace_events(window.events)
    identity = in_zone(identify(run.account, store, run.now), store, window.time_zone)
    owner = owner_of(identity, run.config, policy)
    messages, rows = store.messages(), store.ledger()
    readings = _readings(store, messages, owner, run.progress)
    folder = gmail_holds(run.account.drafts, rows, _drafts(run, copied), _sent_at(messages, owner), store.drafted())
    owed, given_up, words = store.owed_threads(), store.unreadable_threads(), store.words()

    told = tell_all(messages, readings, window.events, owner, policy, run.now)

    def plan_on(rows: Sequence[LedgerRow], folder: Folder) -> Plan:
        with template_faults():
            return plan_of(told, owner, policy, record_of(rows, folder, words), Library(run.places.templates))

    matters = bool(store.owed_threads(MATTERS))
    unknown = {} if matters else unknown_drafts(folder, rows, store.judged_drafts())
    found: tuple[LedgerRow, ...] = ()
    if unknown:
        plan = plan_on(rows, without(folder, unknown))
        lost = _as_they_lie(run.account.drafts, may_be_ours(plan, unknown, messages))
        found = adopted(plan, lost, folder, rows)
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
    asked = asked_for(rows, folder, messages)
    warnings = (*_warnings(messages, owner), *told_alone(plan, asked))
    scanned = Scanned(plan, owner, coverage, warnings, len(owed), copied.stopped, there, asked_for=asked)
    judged = tuple(placed.message_id for placed in unknown.values())
    unread = frozenset((*owed, *given_up))
    return Looked(scanned, messages, rows, folder, unread, matters, window.digest, found, judged)


def _as_they_lie(folder: DraftsFolder, draft_ids: Iterable[str]) -> dict[str, Message]:
    """What the drafts say now; without those that are gone meanwhile."""
    found: dict[str, Message] = {}
    for draft_id in draft_ids:
        try:
            found[draft_id] = folder.get(draft_id).message
        except NotFound:
            continue
    return found


def _drafts(run: Run, copied: Copied) -> tuple[Placed, ...]:
    """Every draft. Without a change in the mailbox they are as they were listed last, and no call is needed."""
    known = run.store.drafts()
    if known is not None and not (copied.changed or copied.failed or copied.stopped):
        return known
    drafts = run.drafts()
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
        undone=frozenset((row.trigger, row.step) for row in rows if row.status is Status.UNDONE),
        recorded=frozenset(row.trigger for row in rows),
        own_drafts=frozenset(theirs | moved),
        own_steps=kept_by_the_owner(stand, folder),
        words=by_target((*words, *_declined(stand, folder))),
    )


def _declined(stand: Iterable[LedgerRow], folder: Folder) -> Iterator[OwnersWord]:
    """A sent decline, however the owner put it, finishes what was open in its thread, as ``susul close`` would."""
    for row in stand:
        just_gone = row.status in (Status.PLACED, Status.TOUCHED) and not is_there(row, folder)
        sent = [at for at in folder.sent_at.get(row.thread or "", ()) if at >= row.created_at]
        if row.step is Step.DECLINE and row.thread and sent and (just_gone or row.status is Status.SENT):
            yield OwnersWord(Word.CLOSE, About.THREAD, row.thread, min(sent))


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
