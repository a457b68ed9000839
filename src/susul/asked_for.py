"""The drafts that the owner asked for by name and that lie in Drafts: they are shown with their case. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from susul.model import Write
from susul.reconcile import as_it_stands, is_there
from susul.targets import has_words, pasted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from susul.model import Message, Step
    from susul.plan import Plan, Planned
    from susul.reconcile import Folder, LedgerRow


@dataclass(frozen=True, slots=True)
class AskedFor:
    """One such draft. ``threads``: where it was laid, and where it lies now, should an edit have moved it.

    ``mail``: what else lies in those threads.
    """

    step: Step
    trigger: str
    case: str
    threads: frozenset[str]
    subject: str
    mail: tuple[Message, ...] = ()

    @property
    def sentence(self) -> str:
        return f"The {self.step.replace('_', ' ')} that you asked for in “{self.subject}” lies in your Drafts folder."

    def is_meant_by(self, text: str) -> bool:
        """Whether ``text`` names its conversation: by an id of it or of its mail, or by words of its subject."""
        meant = pasted(text)
        by_id = self.case in meant.ids or any(map(meant.names, self.threads)) or any(map(meant.names_mail, self.mail))
        return by_id or has_words(self.subject, text)

    def belongs_to(self, planned: Planned) -> bool:
        return self.case == planned.case.id or not self.threads.isdisjoint(planned.case.threads)


def asked_for(rows: Iterable[LedgerRow], folder: Folder, messages: Sequence[Message]) -> tuple[AskedFor, ...]:
    """What was asked for and lies there still, changed by the owner or not."""
    stand = (as_it_stands(row, folder) for row in rows if row.requested)
    return tuple(_asked(row, folder, messages) for row in stand if is_there(row, folder))


def _asked(row: LedgerRow, folder: Folder, messages: Sequence[Message]) -> AskedFor:
    placed = folder.lying(row.draft_id)
    threads = frozenset(thread for thread in (row.thread, placed.thread_id if placed else None) if thread)
    mail = tuple(message for message in messages if message.thread_id in threads)
    subject = mail[0].subject if mail else ""
    return AskedFor(row.step, row.trigger, row.case, threads, subject, mail)


def of_case(planned: Planned, asked: Iterable[AskedFor]) -> tuple[Step, ...]:
    """The steps asked for in the case, besides the one that is due anyway."""
    decision = planned.decision
    due = (decision.follow_up.trigger, decision.follow_up.step) if isinstance(decision, Write) else None
    return tuple(one.step for one in asked if one.belongs_to(planned) and (one.trigger, one.step) != due)


def told_alone(plan: Plan, asked: Iterable[AskedFor]) -> tuple[str, ...]:
    """A sentence for each in a conversation that is no case, or is one no more."""
    alone = (one for one in asked if not any(map(one.belongs_to, plan.planned)))
    return tuple(one.sentence for one in alone)
