"""``scan`` on an account and ``sync``: the copy brought up to date, the plan made on it, and for ``sync`` written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from susul.account import Account, identify, owner_of
from susul.app import EVENTS_AHEAD, Progress, Scanned, read_all, reading_basis, template_faults
from susul.copying import bring_up_to_date, window_start
from susul.decide import Record
from susul.drafting import Library
from susul.model import Message, Placed, Reading, Step, Write
from susul.plan import Plan, make_plan
from susul.reading import is_outgoing
from susul.reconcile import Folder, LedgerRow, Status, Wanted, reconcile
from susul.report.as_json import Coverage
from susul.writing import Done, Writer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from susul.config import Config
    from susul.owner import Owner
    from susul.places import Places
    from susul.store import Store


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync found and did. ``put_off`` drafts are due but wait for the next run."""

    scanned: Scanned
    done: Done
    put_off: int
    units: int


@dataclass(frozen=True, slots=True)
class _Looked:
    scanned: Scanned
    messages: tuple[Message, ...]
    rows: tuple[LedgerRow, ...]
    drafts: tuple[Placed, ...]


def scan_account(
    account: Account, store: Store, places: Places, config: Config, now: datetime, progress: Progress
) -> Scanned:
    """The whole chain but the last arrow: nothing is written to Google, nothing to the ledger."""
    return _look(account, store, places, config, now, progress).scanned


def sync_account(
    account: Account, store: Store, places: Places, config: Config, now: datetime, progress: Progress
) -> Synced:
    """The whole chain. While threads are still owed nothing new is written: the answer may be in one of them."""
    looked = _look(account, store, places, config, now, progress)
    scanned = looked.scanned
    wanted = wanted_drafts(scanned.plan) if scanned.coverage.complete else ()
    folder = _folder(account, looked)
    limit = config.effective_policy().general.max_drafts_per_run
    actions, put_off = reconcile(wanted, looked.rows, folder, _reasons(scanned.plan), limit)
    if not scanned.coverage.complete:
        actions = ()
    writer = Writer(
        account.drafts, account.gmail, store, _known(looked.messages), scanned.owner.addresses[0].partition("@")[2], now
    )
    done = writer.carry_out(actions)
    with store.transaction():
        store.add_run(now, json.dumps({"counts": done.counts, "units": account.budget.units, "put_off": put_off}))
    return Synced(scanned, done, put_off, account.budget.units)


def _look(account: Account, store: Store, places: Places, config: Config, now: datetime, progress: Progress) -> _Looked:
    policy = config.effective_policy()
    since = window_start(now, config.read.since_days)
    copied = bring_up_to_date(account.gmail, store, since, progress)
    window = account.calendar.events(since, now + EVENTS_AHEAD)
    with store.transaction():
        store.replace_events(window.events)
    owner = owner_of(identify(account, store, window.time_zone), config, policy)
    messages, rows = store.messages(), store.ledger()
    readings = _readings(store, messages, owner)
    drafts = account.drafts.list()
    record = record_of(rows, drafts)
    with template_faults():
        plan = make_plan(messages, readings, window.events, owner, policy, record, Library(places.templates), now)
    skipped = {"threads not read yet": copied.owed} if copied.owed else {}
    if window.unreadable:
        skipped["events without a time"] = window.unreadable
    missing = copied.owed + window.unreadable
    coverage = Coverage(
        since, len({m.thread_id for m in messages}), len(messages), len(window.events), not missing, missing, skipped
    )
    return _Looked(Scanned(plan, owner, coverage, _warnings(messages, owner)), messages, rows, drafts)


def _readings(store: Store, messages: Sequence[Message], owner: Owner) -> Mapping[str, Reading]:
    basis = reading_basis(owner)
    known = store.readings(basis)
    readings = read_all(messages, known, owner)
    with store.transaction():
        store.keep_readings(basis, [r for i, r in readings.items() if i not in known])
    return readings


def record_of(rows: Sequence[LedgerRow], drafts: Sequence[Placed]) -> Record:
    """What the ledger and the Drafts folder say: which steps the owner declined, where they write themselves."""
    ours = {row.draft_id for row in rows if row.draft_id}
    pending = {row.thread for row in rows if row.status is Status.PENDING}
    return Record(
        declined=frozenset((row.trigger, row.step) for row in rows if row.status is Status.DISCARDED),
        own_drafts=frozenset(d.thread_id for d in drafts if d.draft_id not in ours and d.thread_id not in pending),
    )


def wanted_drafts(plan: Plan) -> tuple[Wanted, ...]:
    """The drafts that should exist now, the most urgent first."""
    found = []
    for planned in plan.due():
        assert isinstance(planned.decision, Write)
        assert planned.draft is not None
        follow_up = planned.decision.follow_up
        found.append(Wanted(follow_up.trigger, follow_up.step, planned.draft, planned.case.id, planned.decision.reason))
    return tuple(found)


def _reasons(plan: Plan) -> Mapping[tuple[str, Step], str]:
    return {(t.message.id, step): p.decision.reason for p in plan.planned for t in p.case.told for step in Step}


def _folder(account: Account, looked: _Looked) -> Folder:
    """What Gmail holds, with the interrupted intents looked up by their Message-ID."""
    found: dict[str, Placed] = {}
    for row in looked.rows:
        if row.status is Status.PENDING:
            placed = account.drafts.find(row.rfc822_id, row.thread)
            if placed:
                found[row.rfc822_id] = placed
    sent: dict[str, tuple[datetime, ...]] = {}
    for message in looked.messages:
        if is_outgoing(message, looked.scanned.owner) and "DRAFT" not in message.labels:
            sent[message.thread_id] = (*sent.get(message.thread_id, ()), message.sent_at)
    return Folder({d.draft_id: d for d in looked.drafts}, found, sent)


def _known(messages: Sequence[Message]) -> dict[str, frozenset[str]]:
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
