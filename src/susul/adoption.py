"""Drafts of ours that the ledger doesn't know, because the state was lost: they become ours again, or the owner's.

A draft that carries our kind of Message-ID and says, to the same people, exactly what would be written now is taken for
ours, so that it is kept up to date and withdrawn like any other. Whatever else lies there counts as the owner's own:
nothing is added to its thread, and nobody touches it. Pure.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from susul.model import Write
from susul.reconcile import OURS, OURS_ON_REQUEST, LedgerRow, Status, digest, digest_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from susul.model import Message, Placed
    from susul.plan import Plan, Planned
    from susul.reconcile import Folder

REASON = "It was found again after the state had been lost."


def lost_drafts(
    folder: Folder, rows: Sequence[LedgerRow], messages: Sequence[Message], judged: Collection[str]
) -> dict[str, Message]:
    """By draft id, the drafts with a Message-ID of ours that no row knows, each as it lies there now.

    ``judged``: the messages that were looked at before and are the owner's. A draft that shares its thread with another
    unknown one is left to the owner.
    """
    known = {row.draft_id for row in rows} | {row.rfc822_id for row in rows}
    unknown = [placed for placed in folder.drafts.values() if placed.draft_id not in known]
    in_thread = Counter(placed.thread_id for placed in unknown)
    by_id = {m.id: m for m in messages if "DRAFT" in m.labels and _is_ours(m.message_id)}
    return {
        placed.draft_id: by_id[placed.message_id]
        for placed in unknown
        if placed.message_id in by_id
        and placed.message_id not in judged
        and in_thread[placed.thread_id] == 1
        and by_id[placed.message_id].message_id not in known
    }


def _is_ours(message_id: str) -> bool:
    """Whether we laid it by ourselves: one that the owner asked for by name is theirs, with or without a ledger."""
    return message_id.startswith(OURS) and not message_id.startswith(OURS_ON_REQUEST)


def without(folder: Folder, drafts: Collection[str]) -> Folder:
    """The folder as it would be if the drafts with these ids didn't lie there."""
    return replace(folder, drafts={i: placed for i, placed in folder.drafts.items() if i not in drafts})


def adopted(
    plan: Plan, lost: Mapping[str, Message], folder: Folder, rows: Sequence[LedgerRow]
) -> tuple[LedgerRow, ...]:
    """The rows of the lost drafts that say what ``plan``, made as if they weren't there, would write."""
    taken = {(row.trigger, row.step) for row in rows}
    found: dict[str, LedgerRow] = {}
    for planned in plan.due():
        draft_id = next((i for i in lost if i not in found and _says(planned, lost[i], folder.drafts[i])), None)
        row = _row(planned, lost[draft_id], folder.drafts[draft_id]) if draft_id else None
        if row and draft_id and (row.trigger, row.step) not in taken:
            found[draft_id] = row
            taken.add((row.trigger, row.step))
    return tuple(found.values())


def _says(planned: Planned, message: Message, placed: Placed) -> bool:
    draft = planned.draft
    return draft is not None and draft.thread in (None, placed.thread_id) and digest_of(message) == digest(draft)


def _row(planned: Planned, message: Message, placed: Placed) -> LedgerRow:
    assert isinstance(planned.decision, Write)
    follow_up = planned.decision.follow_up
    return LedgerRow(
        trigger=follow_up.trigger,
        step=follow_up.step,
        rfc822_id=message.message_id,
        thread=placed.thread_id,
        digest=digest_of(message),
        status=Status.PLACED,
        created_at=message.sent_at,
        draft_id=placed.draft_id,
        message_id=placed.message_id,
        case=planned.case.id,
    )
