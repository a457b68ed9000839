"""The drafts that the owner asked for by name and that lie in Drafts: they are shown with their case. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from susul.model import Write
from susul.reconcile import as_it_stands, is_there

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from susul.model import Message, Step
    from susul.plan import Plan, Planned
    from susul.reconcile import Folder, LedgerRow


@dataclass(frozen=True, slots=True)
class AskedFor:
    """One such draft. ``threads``: where it was laid, and where it lies now, should an edit have moved it."""

    step: Step
    trigger: str
    case: str
    threads: frozenset[str]
    subject: str

    def belongs_to(self, planned: Planned) -> bool:
        return self.case == planned.case.id or not self.threads.isdisjoint(planned.case.threads)


def asked_for(rows: Iterable[LedgerRow], folder: Folder, messages: Sequence[Message]) -> tuple[AskedFor, ...]:
    """What was asked for and lies there still, changed by the owner or not."""
    subjects = {message.thread_id: message.subject for message in reversed(messages)}
    stand = (as_it_stands(row, folder) for row in rows if row.requested)
    return tuple(_asked(row, folder, subjects) for row in stand if is_there(row, folder))


def _asked(row: LedgerRow, folder: Folder, subjects: dict[str, str]) -> AskedFor:
    placed = folder.lying(row.draft_id)
    threads = frozenset(thread for thread in (row.thread, placed.thread_id if placed else None) if thread)
    subject = next((subjects[thread] for thread in threads if thread in subjects), "")
    return AskedFor(row.step, row.trigger, row.case, threads, subject)


def of_case(planned: Planned, asked: Iterable[AskedFor]) -> tuple[Step, ...]:
    """The steps asked for in the case, besides the one that is due anyway."""
    decision = planned.decision
    due = (decision.follow_up.trigger, decision.follow_up.step) if isinstance(decision, Write) else None
    return tuple(one.step for one in asked if one.belongs_to(planned) and (one.trigger, one.step) != due)


def told_alone(plan: Plan, asked: Iterable[AskedFor]) -> tuple[str, ...]:
    """A sentence for each in a conversation that is no case, or is one no more."""
    alone = (one for one in asked if not any(map(one.belongs_to, plan.planned)))
    return tuple(
        f"The {one.step.replace('_', ' ')} that you asked for in “{one.subject}” lies in your Drafts folder."
        for one in alone
    )
