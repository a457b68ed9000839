"""What should lie in Drafts, against the ledger and against what Gmail holds → what to do. Pure.

The transitions of one draft (gmail: what ``drafts.list`` says of its draft id)::

    ledger     gmail                       wanted               → action
    (none)     –                           yes                  → Create
    pending    found by our Message-ID     –                    → Adopt, then as placed
    pending    not found                   yes                  → Create (the row is used again)
    pending    not found                   no                   → Forget
    placed     same message id             yes, same text       → (leave)
    placed     same message id             yes, other text      → Update
    placed     same message id             no                   → Withdraw
    placed     other message id            any                  → MarkTouched: the owner's for ever
    placed     gone, a sent mail since     any                  → MarkSent
    placed     gone, another draft there   any                  → MarkTouched (Gmail gave it a new id)
    placed     gone                        any                  → MarkDiscarded: never made again for this trigger
    touched    gone                        any                  → MarkSent or MarkDiscarded
    sent, discarded, withdrawn             any                  → (leave); a withdrawn one may be wanted again → Create
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from susul.model import Draft, Placed, Step


class Status(StrEnum):
    """Where a draft of ours is in its life."""

    PENDING = "pending"
    PLACED = "placed"
    TOUCHED = "touched"
    SENT = "sent"
    DISCARDED = "discarded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One draft of ours, from the intent to its end. ``rfc822_id`` is the Message-ID that we gave it."""

    trigger: str
    step: Step
    rfc822_id: str
    thread: str | None
    digest: str
    status: Status
    created_at: datetime
    draft_id: str = ""
    message_id: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A draft that should exist."""

    trigger: str
    step: Step
    draft: Draft
    case: str
    reason: str


@dataclass(frozen=True, slots=True)
class Create:
    """Lay a new draft."""

    wanted: Wanted
    row: LedgerRow | None = None  # an intent that came to nothing, used again


@dataclass(frozen=True, slots=True)
class Update:
    """Replace an untouched draft whose text or recipients changed."""

    row: LedgerRow
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Delete an untouched draft that is no longer right."""

    row: LedgerRow
    reason: str


@dataclass(frozen=True, slots=True)
class Adopt:
    """Take a draft as ours that an interrupted run had laid."""

    row: LedgerRow
    placed: Placed


@dataclass(frozen=True, slots=True)
class Mark:
    """The owner did something with the draft: only the ledger changes."""

    row: LedgerRow
    status: Status
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Forget:
    """Strike an intent that came to nothing and is no longer wanted."""

    row: LedgerRow


Action = Create | Update | Withdraw | Adopt | Mark | Forget


@dataclass(frozen=True, slots=True)
class Folder:
    """What Gmail holds: the drafts by draft id, pending intents found by Message-ID, sent mail by thread."""

    drafts: Mapping[str, Placed]
    found: Mapping[str, Placed]
    sent_at: Mapping[str, tuple[datetime, ...]]

    def another_in(self, thread: str | None, known: Iterable[str]) -> Placed | None:
        ours = set(known)
        return next(
            (p for p in self.drafts.values() if thread and p.thread_id == thread and p.draft_id not in ours), None
        )

    def sent_since(self, thread: str | None, moment: datetime) -> bool:
        return any(at >= moment for at in self.sent_at.get(thread or "", ()))


def digest(draft: Draft) -> str:
    """A fingerprint of what the owner would see: a draft is updated only when it changes."""
    people = (
        ",".join(address.email for address in (draft.sender, *draft.to)) + "|" + ",".join(a.email for a in draft.cc)
    )
    return hashlib.sha256(f"{people}\0{draft.subject}\0{draft.text}".encode()).hexdigest()


def reconcile(
    wanted: Sequence[Wanted],
    rows: Sequence[LedgerRow],
    folder: Folder,
    why_not: Mapping[tuple[str, Step], str],
    limit: int,
) -> tuple[tuple[Action, ...], int]:
    """The actions that make Drafts what it should be, and how many new drafts are put off to the next run.

    ``why_not`` gives the reason for a withdrawal where the decision is known; ``limit`` bounds the new drafts.
    """
    by_key = {(w.trigger, w.step): w for w in wanted}
    known = {row.draft_id for row in rows if row.draft_id}
    actions: list[Action] = []
    handled: set[tuple[str, Step]] = set()
    for row in rows:
        key = (row.trigger, row.step)
        action, settles = _for_row(row, by_key.get(key), folder, known, why_not.get(key, "It is no longer right."))
        if action:
            actions.append(action)
        if settles:
            handled.add(key)
    waiting = [w for w in wanted if (w.trigger, w.step) not in handled]
    free = max(0, limit - sum(isinstance(action, Create) for action in actions))
    actions += [Create(w) for w in waiting[:free]]
    return tuple(actions), len(waiting) - len(waiting[:free])


def _for_row(
    row: LedgerRow, wanted: Wanted | None, folder: Folder, known: set[str], why_not: str
) -> tuple[Action | None, bool]:
    """The action for one ledger row, and whether the row settles what is wanted for its trigger and step."""
    if row.status in (Status.SENT, Status.DISCARDED):
        return None, True
    if row.status is Status.WITHDRAWN:
        return None, False
    if row.status is Status.PENDING:
        return _for_pending(row, wanted, folder)
    placed = folder.drafts.get(row.draft_id)
    if placed is None:
        return _for_gone(row, folder, known), True
    if row.status is Status.TOUCHED:
        return None, True
    if placed.message_id != row.message_id:
        return Mark(row, Status.TOUCHED, placed.message_id), True
    if wanted is None:
        return Withdraw(row, why_not), True
    return (None if digest(wanted.draft) == row.digest else Update(row, wanted)), True


def _for_pending(row: LedgerRow, wanted: Wanted | None, folder: Folder) -> tuple[Action, bool]:
    placed = folder.found.get(row.rfc822_id)
    if placed:
        return Adopt(row, placed), True
    return (Create(wanted, row) if wanted else Forget(row)), True


def _for_gone(row: LedgerRow, folder: Folder, known: set[str]) -> Action:
    if folder.sent_since(row.thread, row.created_at):
        return Mark(row, Status.SENT)
    another = folder.another_in(row.thread, known)
    if another and row.status is not Status.TOUCHED:
        return Mark(row, Status.TOUCHED, another.message_id)
    return Mark(row, Status.DISCARDED)
