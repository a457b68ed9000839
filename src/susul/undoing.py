"""``susul undo``: the drafts that one run laid are taken back, where nobody touched them.

Each goes the way of any withdrawal: announced in the ledger, looked at once more right before it is deleted, looked up
where the answer is lost. What the owner changed, sent, deleted or asked for by name stays as it is, and is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from susul.account import identify
from susul.errors import UsageError
from susul.looking import gmail_holds
from susul.reconcile import (
    Action,
    Adopt,
    Folder,
    LedgerRow,
    Mark,
    Status,
    Withdraw,
    as_it_stands,
    is_untouched,
)
from susul.syncing import label
from susul.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from susul.errors import SusulError
    from susul.journal import Journal
    from susul.run import Run
    from susul.store.runs import Entry
    from susul.writing import Done

REASON = "You undid it."
CREATED, UPDATED = ("creating", "created"), ("updating", "updated")
GONE = "It no longer lies in Drafts: you sent or deleted it."
NOTHING = "Nothing came of it."
AFTERWARDS = {
    Status.TOUCHED: "You changed it in Gmail, so it is yours.",
    Status.SENT: "You sent it.",
    Status.DISCARDED: "You deleted it.",
    Status.WITHDRAWN: "A later run withdrew it.",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """One draft that a run laid or changed; ``reason`` says why it stays, and is empty where it was withdrawn."""

    case: str
    step: str
    subject: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of the drafts of ``run``. ``before``: how many an earlier undo had withdrawn already."""

    run: int
    withdrawn: tuple[Taken, ...] = ()
    left: tuple[Taken, ...] = ()
    before: int = 0
    failures: int = 0
    stopped: SusulError | None = None

    @property
    def exit_code(self) -> int:
        if self.stopped:
            return self.stopped.exit_code
        return 1 if self.failures else 0


def undo(run: Run, number: int | None) -> Undone:
    """Takes back what the run ``number`` laid, by default the last that wrote. Raises UsageError for any other."""
    identity = identify(run.account, run.store, run.now)
    chosen = _chosen(run, number)
    drafts = {e.rfc822_id: e for e in run.store.runs.entries(chosen) if e.rfc822_id and e.what in (*CREATED, *UPDATED)}
    rows = {row.rfc822_id: row for row in run.store.ledger() if row.rfc822_id in drafts}
    made = [rows[i] for i in rows if run.store.runs.maker_of(i) == chosen]
    open_rows = [row for row in made if row.status is not Status.UNDONE]
    if not open_rows:
        left = tuple(_left(run, e, rows.get(i), None, chosen) for i, e in drafts.items() if _is_open(rows.get(i)))
        return Undone(chosen, left=left, before=len(made) - len(open_rows))
    folder = gmail_holds(run.account.drafts, made, run.account.drafts.list())
    with run.kept("undo") as journal:
        domain = identity.address.partition("@")[2]
        writer = Writer(run.account.drafts, run.account.gmail, run.store, {}, domain, run.now, journal)
        done = writer.carry_out(taking_back(made, folder))
        label(run, journal)
        undone = _outcome(run, chosen, drafts, rows, folder, done)
        _tell(journal, undone, run, done)
    return undone


def taking_back(made: Iterable[LedgerRow], folder: Folder) -> tuple[Action, ...]:
    """The actions that withdraw what lies untouched. An intent of which nothing came is never to be taken up again."""
    actions: list[Action] = []
    for row in made:
        now = as_it_stands(row, folder)
        if now.status is Status.PENDING:
            actions.append(Mark(now, Status.UNDONE))
            continue
        if now != row:
            actions.append(Adopt(now))
        if is_untouched(now, folder) and not now.requested:
            actions.append(Withdraw(now, REASON, undo=True))
    return tuple(actions)


def why_left(row: LedgerRow | None, folder: Folder | None) -> str:
    """Why a draft stays that was to be undone. ``folder`` is None where nothing had to be looked at."""
    if row is None:
        return NOTHING
    if row.status in AFTERWARDS:
        return AFTERWARDS[row.status]
    if row.requested:
        return "You asked for it by name, so it is yours."
    placed = folder.lying(row.draft_id) if folder else None
    if placed is None:
        return GONE
    if placed.message_id != row.message_id:
        return AFTERWARDS[Status.TOUCHED]
    return "It could not be withdrawn; ask again."


def _chosen(run: Run, number: int | None) -> int:
    chosen = run.store.runs.last_that_wrote() if number is None else number
    if chosen is None:
        raise UsageError("No run in the journal laid a draft.", hint="susul log lists the runs.")
    if run.store.runs.run(chosen) is None:
        raise UsageError(f"No run {chosen} is in the journal.", hint="susul log lists the runs.")
    return chosen


def _is_open(row: LedgerRow | None) -> bool:
    return row is None or row.status is not Status.UNDONE


def _outcome(
    run: Run, chosen: int, drafts: dict[str, Entry], before: dict[str, LedgerRow], folder: Folder, done: Done
) -> Undone:
    """By what the ledger says now, which no failed call has changed."""
    now = {row.rfc822_id: row for row in run.store.ledger() if row.rfc822_id in drafts}
    earlier = {i for i, row in before.items() if row.status is Status.UNDONE}
    withdrawn = [i for i, row in now.items() if row.status is Status.UNDONE and i not in earlier]
    left = [i for i in drafts if i not in withdrawn and i not in earlier]
    return Undone(
        chosen,
        tuple(Taken(drafts[i].case, drafts[i].step, drafts[i].subject) for i in withdrawn),
        tuple(_left(run, drafts[i], now.get(i), folder, chosen) for i in left),
        len(earlier),
        done.failures,
        done.stopped,
    )


def _left(run: Run, entry: Entry, row: LedgerRow | None, folder: Folder | None, chosen: int) -> Taken:
    maker = run.store.runs.maker_of(entry.rfc822_id)
    if maker == chosen or row is None:
        reason = why_left(row, folder)
    else:
        again = f"susul undo {maker} withdraws it" if maker else "delete it in Gmail if you don't want it"
        reason = f"Run {chosen} only changed its text; {again}."
    return Taken(entry.case, entry.step, entry.subject or run.store.runs.subject_of(entry.rfc822_id), reason)


def _tell(journal: Journal, undone: Undone, run: Run, done: Done) -> None:
    for taken in undone.left:
        journal.tell("left", taken.case, taken.step, taken.reason, taken.subject)
    budget = run.account.budget
    journal.summary["read"] = {
        "threads": 0, "messages": 0, "events": 0, "units": budget.units, "requests": budget.requests,
    }  # fmt: skip
    journal.summary |= {"undid": undone.run, "counts": dict(done.counts)}
    journal.ends_with(undone.exit_code, undone.stopped)
