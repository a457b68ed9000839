"""What should lie in Drafts, against the ledger and against what Gmail holds → what to do. Pure.

First a row that an interrupted run left in the air is settled by what Gmail holds (``as_it_stands``)::

    ledger       gmail                                            → stands as
    pending      not found by our Message-ID                      → pending
    pending      found in Trash                                   → discarded (Adopt)
    pending      found, and it says what we intended              → placed (Adopt)
    pending      found, and it says anything else                 → touched (Adopt): the owner wrote in it
    updating     gone, or same message id: no effect              → placed (Adopt)
    updating     other message id, our old or our new text        → placed (Adopt)
    updating     other message id, any other text, or in doubt    → touched (Adopt)
    withdrawing  gone: the deletion took effect                   → withdrawn (Adopt)
    undoing      gone: the deletion took effect                   → undone (Adopt)
    either       same message id: no effect                       → placed (Adopt)
    either       other message id                                 → touched (Adopt)

Then the transitions of one draft (gmail: what ``drafts.list`` says of its draft id)::

    ledger     gmail                       wanted               → action
    (none)     –                           yes                  → Create
    pending    –                           yes                  → Create (the row is used again)
    pending    –                           no                   → Forget
    placed     same message id             yes, same text       → (leave)
    placed     same message id             yes, other text      → Update (held: leave)
    placed     same message id             no                   → Withdraw
    placed     same message id, requested  any                  → (leave)
    placed     other message id            any                  → Mark touched: the owner's for ever
    placed     gone, a sent mail since     any                  → Mark sent
    placed     gone, another draft there   any                  → Mark touched (Gmail gave it a new id)
    placed     gone                        any                  → Mark discarded: never made again for this trigger
    touched    there                       any                  → (leave)
    touched    gone                        any                  → Mark sent or discarded
    sent, discarded, undone                any                  → (leave)
    withdrawn                              yes                  → Create

What is wanted but *held* (its mail isn't wholly read) keeps the draft that it has and gets no new one. While a draft
is there that the owner asked for or has touched, its case gets no other of that step, whatever it would answer by then;
only of thanks each appointment has its own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from susul.drafting.cleaning import header_words, many_lines
from susul.errors import Failed
from susul.model import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from susul.model import Address, Draft, Message, Placed


class Status(StrEnum):
    """Where a draft of ours is in its life."""

    PENDING = "pending"
    PLACED = "placed"
    UPDATING = "updating"
    WITHDRAWING = "withdrawing"
    TOUCHED = "touched"
    SENT = "sent"
    DISCARDED = "discarded"
    WITHDRAWN = "withdrawn"
    UNDOING = "undoing"
    UNDONE = "undone"


ANY_THREAD = "*"
OURS, OURS_ON_REQUEST = "<susul.", "<susul.asked."  # what the Message-ID of each draft of ours begins with
DECLINED = (Status.DISCARDED, Status.UNDONE)  # the owner's no: never made again for its trigger
OF_EACH_APPOINTMENT = (Step.THANK_YOU, Step.RECAP)  # a case may have several at once
DELETED = {Status.WITHDRAWING: Status.WITHDRAWN, Status.UNDOING: Status.UNDONE}  # what a deletion under way ends in


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One draft of ours, from the intent to its end. ``rfc822_id`` is the Message-ID that we gave it.

    ``digest`` is that of the text that lies in Drafts, ``intended`` that of the one an update is about to lay there.
    ``requested``: the owner asked for it by name, so it is theirs: no run updates it, withdraws it or adds to it.
    """

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
    intended: str = ""
    requested: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A draft that should exist. ``held``: part of its mail is unread, so none is made now.

    ``requested``: the owner asked for this one by name.
    """

    trigger: str
    step: Step
    draft: Draft
    case: str
    reason: str
    held: bool = False
    requested: bool = False


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
    """Delete an untouched draft that is no longer right, or, with ``undo``, that the owner takes back."""

    row: LedgerRow
    reason: str
    undo: bool = False


@dataclass(frozen=True, slots=True)
class Adopt:
    """Write down how a draft stands that an interrupted run, or a lost state, had left in the air."""

    row: LedgerRow
    reason: str = "Settled after an interrupted run."


@dataclass(frozen=True, slots=True)
class Mark:
    """The owner did something with the draft: only the ledger changes."""

    row: LedgerRow
    status: Status
    message_id: str = ""
    draft_id: str = ""  # where it lies on under another one


@dataclass(frozen=True, slots=True)
class Forget:
    """Strike an intent that came to nothing and is no longer wanted."""

    row: LedgerRow


Action = Create | Update | Withdraw | Adopt | Mark | Forget


@dataclass(frozen=True, slots=True)
class Found:
    """A draft that an interrupted run wrote or was about to write: where it lies, and the digest of what it says."""

    placed: Placed
    digest: str
    in_trash: bool = False


@dataclass(frozen=True, slots=True)
class Folder:
    """What Gmail holds: the drafts by draft id, those left in the air by our Message-ID, sent mail by thread."""

    drafts: Mapping[str, Placed]
    found: Mapping[str, Found]
    sent_at: Mapping[str, tuple[datetime, ...]]
    drafted: frozenset[str] = frozenset()  # threads that got a draft since the open intents; ANY_THREAD: unknown

    def may_have_held(self, row: LedgerRow) -> bool:
        """Whether the create of an open intent may have been carried out and its draft discarded since."""
        if ANY_THREAD in self.drafted:
            return True
        return row.thread in self.drafted if row.thread else bool(self.drafted)

    def lying(self, draft_id: str) -> Placed | None:
        """The draft, be it that a list or only a look-up knew it: a list may be older than what was looked up."""
        looked_up = (found.placed for found in self.found.values() if not found.in_trash)
        return self.drafts.get(draft_id) or next((placed for placed in looked_up if placed.draft_id == draft_id), None)

    def another_in(self, thread: str | None, known: Iterable[str]) -> Placed | None:
        ours = set(known)
        return next(
            (p for p in self.drafts.values() if thread and p.thread_id == thread and p.draft_id not in ours), None
        )

    def sent_since(self, thread: str | None, moment: datetime) -> bool:
        return any(at >= moment for at in self.sent_at.get(thread or "", ()))


def digest(draft: Draft) -> str:
    """A fingerprint of what the owner would see: a draft is updated only when it changes."""
    return _fingerprint(draft.sender, draft.to, draft.cc, draft.subject, draft.text)


def digest_of(message: Message) -> str:
    """The same of a draft as Gmail holds it: equal only where nobody added, took away or wrote anything."""
    added = [*message.attachments, *(address.email for address in message.bcc)]
    return _fingerprint(message.sender, message.to, message.cc, message.subject, message.text, added)


def _fingerprint(
    sender: Address, to: Sequence[Address], cc: Sequence[Address], subject: str, text: str, added: Sequence[str] = ()
) -> str:
    """White space is left out: line ends and folding change on the way to Gmail and back."""
    people = [" ".join(sorted(address.email.lower() for address in group)) for group in ((sender,), to, cc)]
    words = [" ".join(part.split()) for part in (header_words(subject), many_lines(text))]
    return hashlib.sha256("\0".join([*people, *words, *added]).encode()).hexdigest()


def as_it_stands(row: LedgerRow, folder: Folder) -> LedgerRow:
    """The row with what an interrupted run left in the air settled by what Gmail holds; any other as it is."""
    if row.status is Status.PENDING:
        found = folder.found.get(row.rfc822_id)
        return _found_again(row, found, {row.digest}) if found else row
    if row.status is not Status.UPDATING and row.status not in DELETED:
        return row
    placed = folder.lying(row.draft_id)
    if placed is None:
        return replace(row, status=DELETED.get(row.status, Status.PLACED), intended="")
    if placed.message_id == row.message_id:
        return replace(row, status=Status.PLACED, intended="")
    found = folder.found.get(row.rfc822_id) if row.status is Status.UPDATING else None
    return _found_again(row, found or Found(placed, ""), {row.digest, row.intended})


def _found_again(row: LedgerRow, found: Found, ours: set[str]) -> LedgerRow:
    lies = replace(
        row,
        draft_id=found.placed.draft_id,
        message_id=found.placed.message_id,
        thread=row.thread
        or found.placed.thread_id,  # an edited subject may have moved it; its place is the owner's still
        intended="",
    )
    if found.in_trash:
        return replace(lies, status=Status.DISCARDED)
    if found.digest and found.digest in ours:
        return replace(lies, status=Status.PLACED, digest=found.digest)
    return replace(lies, status=Status.TOUCHED)


def is_untouched(row: LedgerRow, folder: Folder) -> bool:
    """Whether the draft lies in Drafts as we laid it there. ``row`` as it stands."""
    placed = folder.lying(row.draft_id)
    return row.status is Status.PLACED and placed is not None and placed.message_id == row.message_id


def is_there(row: LedgerRow, folder: Folder) -> bool:
    """Whether the draft lies in Drafts, touched or not. ``row`` as it stands."""
    return row.status in (Status.PLACED, Status.TOUCHED) and folder.lying(row.draft_id) is not None


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
    stand = [as_it_stands(row, folder) for row in rows]
    actions: list[Action] = [Adopt(now) for now, row in zip(stand, rows, strict=True) if now != row]
    known = {row.draft_id for row in stand if row.draft_id}
    handled: set[tuple[str, Step]] = set()
    for row in stand:
        key = (row.trigger, row.step)
        action, settles = _for_row(row, by_key.get(key), folder, known, why_not.get(key, "It is no longer right."))
        if action:
            actions.append(action)
        if settles:
            handled.add(key)
    theirs = kept_by_the_owner(stand, folder)
    waiting = [
        w for w in wanted if not w.held and (w.trigger, w.step) not in handled and (w.case, w.step) not in theirs
    ]
    free = max(0, limit - sum(isinstance(action, Create) for action in actions))
    actions += [Create(w) for w in waiting[:free]]
    return tuple(actions), len(waiting) - len(waiting[:free])


def kept_by_the_owner(stand: Iterable[LedgerRow], folder: Folder) -> frozenset[tuple[str, Step]]:
    """The steps of which a case has a draft that is the owner's: asked for, or touched."""
    there = [row for row in stand if is_there(row, folder)]
    touched = [row for row in there if not is_untouched(row, folder) and row.step not in OF_EACH_APPOINTMENT]
    return frozenset((row.case, row.step) for row in (*touched, *(row for row in there if row.requested)))


def on_request(wanted: Wanted, rows: Sequence[LedgerRow], folder: Folder) -> tuple[Action, ...]:
    """The actions that lay the draft that the owner asked for; what lies there already is only noted as asked for.

    A draft of ours in its thread that nobody touched makes way. Raises Failed where one of the owner's lies there.
    """
    stand = [as_it_stands(row, folder) for row in rows]
    settled: list[Action] = [Adopt(now) for now, row in zip(stand, rows, strict=True) if now != row]
    same = next((row for row in stand if (row.trigger, row.step) == (wanted.trigger, wanted.step)), None)
    if same and is_untouched(same, folder) and same.digest == digest(wanted.draft):
        return (*settled, *([] if same.requested else [Adopt(replace(same, requested=True))]))
    near = _in_the_way(wanted, stand, folder)
    against = _why_not(wanted, near, stand, folder)
    if against:
        raise Failed(against, hint="Change it in Gmail, or delete it there and ask again.")
    reason = f"You asked for another one in its place: {wanted.step.value.replace('_', ' ')}."
    settled += [Withdraw(row, reason) for row in near if row is not same]
    if same and same in near:
        return (*settled, Update(same, wanted))
    return (*settled, Create(wanted, same if same and same.status is Status.PENDING else None))


def _in_the_way(wanted: Wanted, stand: Iterable[LedgerRow], folder: Folder) -> list[LedgerRow]:
    """Our drafts that lie where ``wanted`` is to lie, or that are the same step of the same case."""
    names = ((wanted.trigger, wanted.step), (wanted.case, wanted.step))
    found = []
    for row in stand:
        placed = folder.lying(row.draft_id) if is_there(row, folder) else None
        named = (row.trigger, row.step) in names or (row.case, row.step) in names
        if placed and (named or (wanted.draft.thread and placed.thread_id == wanted.draft.thread)):
            found.append(row)
    return found


def _why_not(wanted: Wanted, near: Iterable[LedgerRow], stand: Iterable[LedgerRow], folder: Folder) -> str:
    if folder.another_in(wanted.draft.thread, (row.draft_id for row in stand if row.draft_id)):
        return "You have a draft of your own in this conversation."
    for row in near:
        step = row.step.value.replace("_", " ")
        if not is_untouched(row, folder):
            return f"A {step} draft that you have edited lies in this conversation; it stays as it is."
        if row.requested:
            return f"The {step} draft that you asked for lies in this conversation already; it stays as it is."
    return ""


def _for_row(
    row: LedgerRow, wanted: Wanted | None, folder: Folder, known: set[str], why_not: str
) -> tuple[Action | None, bool]:
    """The action for one ledger row as it stands, and whether the row settles what is wanted for its key."""
    if row.status is Status.SENT or row.status in DECLINED:
        return None, True
    if row.status is Status.WITHDRAWN:
        return None, False
    if row.status is Status.PENDING:
        return _for_pending(row, wanted, folder), True
    placed = folder.lying(row.draft_id)
    if placed is None:
        return _for_gone(row, folder, known), True
    if row.status is Status.TOUCHED:
        return None, True
    if placed.message_id != row.message_id:
        return Mark(row, Status.TOUCHED, placed.message_id), True
    if row.requested:
        return None, True
    if wanted is None:
        return Withdraw(row, why_not), True
    return (None if wanted.held or digest(wanted.draft) == row.digest else Update(row, wanted)), True


def _for_pending(row: LedgerRow, wanted: Wanted | None, folder: Folder) -> Action | None:
    if folder.may_have_held(row):
        return Mark(row, Status.DISCARDED)
    if wanted is None:
        return Forget(row)
    return None if wanted.held else Create(wanted, row)


def _for_gone(row: LedgerRow, folder: Folder, known: set[str]) -> Action:
    if folder.sent_since(row.thread, row.created_at):
        return Mark(row, Status.SENT)
    another = folder.another_in(row.thread, known)
    if another and row.status is not Status.TOUCHED:
        return Mark(row, Status.TOUCHED, another.message_id, another.draft_id)
    return Mark(row, Status.DISCARDED)
