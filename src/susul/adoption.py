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


def unknown_drafts(folder: Folder, rows: Sequence[LedgerRow], judged: Collection[str]) -> dict[str, Placed]:
    """By draft id, the drafts that no row knows and nobody has judged yet.

    ``judged``: the messages that were looked at before and are the owner's. A draft that shares its thread with another
    unknown one is left to the owner.
    """
    known = {row.draft_id for row in rows}
    unknown = [placed for placed in folder.drafts.values() if placed.draft_id not in known]
    in_thread = Counter(placed.thread_id for placed in unknown)
    return {
        placed.draft_id: placed
        for placed in unknown
        if placed.message_id not in judged and in_thread[placed.thread_id] == 1
    }


def may_be_ours(plan: Plan, unknown: Mapping[str, Placed], messages: Sequence[Message]) -> list[str]:
    """The ids of the drafts that lie where ``plan``, made as if they weren't there, would lay one.

    One that would begin a thread lies in a thread that holds no mail. Others needn't be read to know whose they are.
    """
    wanted = {planned.draft.thread for planned in plan.due() if planned.draft}
    lies_in = {placed.thread_id for placed in unknown.values()}
    if None in wanted:
        wanted |= lies_in - {message.thread_id for message in messages}
    return [draft_id for draft_id, placed in unknown.items() if placed.thread_id in wanted]


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
    recorded = {row.rfc822_id for row in rows}
    lost = {i: m for i, m in lost.items() if _is_ours(m.message_id) and m.message_id not in recorded}
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
