"""``scan`` on an account and ``sync``: the copy brought up to date, the plan made on it, and for ``sync`` written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from susul.account import FRESH, stored_identity
from susul.adoption import REASON as FOUND_AGAIN
from susul.around import listings_around
from susul.copying import Copied, bring_up_to_date, copy_reaches_back_to, read_owed
from susul.journal import Journal, read_summary
from susul.labelling import Labelling, label_threads
from susul.looking import Looked, from_the_future, known_messages, look
from susul.model import Step, Write
from susul.quiet import Standing, as_fact, stands_on
from susul.reading_order import MATTERS, Rank
from susul.reconcile import Action, Adopt, Create, LedgerRow, Mark, Update, Wanted, Withdraw, reconcile
from susul.standing import holds_until
from susul.understanding import copy_mail, understanding
from susul.writing import Done, Writer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from susul.app import Scanned
    from susul.plan import Plan
    from susul.run import Run
    from susul.sources.google.history import History

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


def scan_account(run: Run, up_to: Rank = Rank.IN_BULK) -> Scanned:
    """The whole chain but the last arrow: nothing is written to Google, nothing to the ledger.

    What lies behind ``up_to`` is left for the next run.
    """
    return look(run, copy_mail(run, up_to)).scanned


def sync_account(run: Run, history: History | None = None) -> Synced:
    """The whole chain. What may matter is read and its drafts are written before the rest of the mailbox is read.

    While a thread is owed that may hold an answer nothing new is written (``_last_look``). ``history``: what changed
    since the last run, where that was asked already.
    """
    with run.kept("sync") as journal:
        looked, done, put_off = _read_and_written(run, journal, history)
        labelling = label(run, journal)
        tell(run, journal, looked, done, put_off)
        synced = Synced(looked.scanned, done, put_off, run.account.budget.units, labelling)
        journal.ends_with(synced.exit_code, done.stopped or looked.scanned.stopped)
    # What was written may change what comes next: the run after it looks at all of it once more.
    settled = not (done.counts or done.failures or done.stopped or put_off or labelling.failed or labelling.counts())
    _leave_standing(run, looked, settled=settled)
    return synced


def _read_and_written(run: Run, journal: Journal, history: History | None) -> tuple[Looked, Done, int]:
    copied, done = copy_mail(run, MATTERS, history), Done()
    if run.store.owed():
        if not (copied.failed or copied.stopped):
            _, done, _ = _written(run, journal, copied, MATTERS, done)
        if not (copied.stopped or done.stopped):
            copied = copied.and_then(_rest(run, changed=copied.changed or bool(done.counts)))
    return _written(run, journal, copied, Rank.IN_BULK, done)


def _rest(run: Run, *, changed: bool) -> Copied:
    """Reads what was left for the end."""
    with understanding(run) as understand:
        rest = read_owed(run.account.gmail, run.store, run.progress, changed=changed, understand=understand)
    run.tally.add(rest)
    return rest


def _written(run: Run, journal: Journal, copied: Copied, up_to: Rank, done: Done) -> tuple[Looked, Done, int]:
    """What could be written, added to what was ``done``; and how many new drafts wait for the next run."""
    limit = run.config.effective_policy().general.max_drafts_per_run - done.counts["created"]
    looked, actions, put_off = _settled(run, copied, up_to, limit)
    journal.about(looked.scanned.plan)
    if up_to is Rank.IN_BULK:
        journal.decisions(looked.scanned.plan)
    if done.stopped:
        return looked, done, put_off
    known, domain = known_messages(looked.messages), looked.scanned.owner.addresses[0].partition("@")[2]
    ends = (run.account.drafts, run.account.gmail, run.store)
    now_done = Writer(*ends, known, domain, run.now, journal).carry_out(actions)
    if looked.judged:
        with run.store.transaction():
            run.store.judge_drafts(looked.judged)
    return looked, done.and_then(now_done), put_off


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


def _settled(run: Run, copied: Copied, up_to: Rank, limit: int) -> tuple[Looked, tuple[Action, ...], int]:
    """What to write, on a plan that is no older than the mail: Gmail is asked once more right before.

    A draft that is gone was sent, if the mail that became of it is there. Where mail keeps coming in while the plan is
    made, nothing new is written this time.
    """
    looked = look(run, copied)
    for _ in range(ROUNDS):
        actions, put_off = _actions(run, looked, limit, hold_all=False)
        if not any(isinstance(action, Create | Update | Withdraw | Mark) for action in actions):
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
    run.tally.add(copied)
    owed = frozenset(store.owed_threads())
    new = [action.wanted for action in actions if isinstance(action, Create)]
    if not owed or not new:
        return copied
    cases = {planned.case.id: planned.case for planned in looked.scanned.plan.planned}
    since = copy_reaches_back_to(store, run.since)
    searches = [one for w in new for one in listings_around(cases[w.case], w.draft, looked.scanned.owner, since)]
    around = account.gmail.lists(searches)
    unread = owed & {ref.thread_id for refs in around for ref in refs}
    if not unread:
        return copied
    with store.transaction():
        store.hurry(unread)
    near = read_owed(account.gmail, store, run.progress, Rank.NEWS, changed=True)
    run.tally.add(near)
    return copied.and_then(near)


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


def _actions(run: Run, looked: Looked, limit: int, *, hold_all: bool) -> tuple[tuple[Action, ...], int]:
    scanned = looked.scanned
    hold_all = hold_all or looked.answers_unread or from_the_future(looked.messages, run.now)
    wanted = wanted_drafts(scanned.plan, looked.unread, hold_all=hold_all)
    actions, put_off = reconcile(wanted, looked.rows, looked.folder, _reasons(scanned.plan, looked.rows), limit)
    kept = [action for action in actions if not _for_want_of_mail(action, looked)]
    return (*(Adopt(row, FOUND_AGAIN) for row in looked.adopted), *kept), put_off


def _for_want_of_mail(action: Action, looked: Looked) -> bool:
    """Whether a draft would be withdrawn only because its conversation is not here yet."""
    if not (isinstance(action, Withdraw) and looked.scanned.owed):
        return False
    return bool(action.row.thread) and action.row.thread not in {message.thread_id for message in looked.messages}


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
