"""Carrying out what ``reconcile`` asks for: the only code that changes anything at Google, and then the ledger.

A create is announced in the ledger before the call, with a Message-ID of our own. When the call's fate is unknown the
draft is looked up, never made again on a guess.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from susul.errors import AmbiguousWrite, Failed, NotFound, WrongThread
from susul.reconcile import Action, Adopt, Create, Forget, LedgerRow, Mark, Status, Update, Withdraw, digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from susul.model import Placed
    from susul.sources.google.drafts import DraftsFolder
    from susul.sources.google.gmail import GmailReader
    from susul.store import Store


@dataclass(slots=True)
class Done:
    """What a run changed, counted, and one line for each thing worth telling."""

    counts: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    failures: int = 0

    def note(self, what: str, line: str = "") -> None:
        self.counts[what] += 1
        if line:
            self.lines.append(line)


class Writer:
    """Writes for one run. ``known`` are the ids of the messages that the decisions were made on, by thread."""

    def __init__(
        self,
        drafts: DraftsFolder,
        gmail: GmailReader,
        store: Store,
        known: Mapping[str, frozenset[str]],
        domain: str,
        now: datetime,
    ) -> None:
        self._drafts, self._gmail, self._store, self._known, self._domain, self._now = (
            drafts,
            gmail,
            store,
            known,
            domain,
            now,
        )
        self.done = Done()

    def carry_out(self, actions: Sequence[Action]) -> Done:
        """Each action by itself: one that fails is counted and leaves the others their turn."""
        for action in actions:
            try:
                self._one(action)
            except (Failed, AmbiguousWrite) as error:
                self.done.failures += 1
                self.done.note("failed", error.sentence)
        return self.done

    def _one(self, action: Action) -> None:
        match action:
            case Create():
                self._create(action)
            case Update():
                self._update(action)
            case Withdraw():
                self._withdraw(action)
            case Adopt():
                self._placed(action.row, action.placed, "Adopted after an interrupted run.")
                self.done.note("adopted")
            case Mark():
                self._mark(action)
            case Forget():
                with self._store.transaction():
                    self._store.strike(action.row)

    def _create(self, action: Create) -> None:
        wanted = action.wanted
        if self._something_new(wanted.draft.thread):
            self.done.note("dropped", f"{wanted.draft.subject}: new mail came in meanwhile; the next run looks again.")
            return
        row = LedgerRow(
            trigger=wanted.trigger,
            step=wanted.step,
            rfc822_id=action.row.rfc822_id if action.row else f"<susul.{uuid.uuid4().hex}@{self._domain}>",
            thread=wanted.draft.thread,
            digest=digest(wanted.draft),
            status=Status.PENDING,
            created_at=self._now,
            case=wanted.case,
        )
        with self._store.transaction():
            self._store.record(row, wanted.reason)
        try:
            placed = self._drafts.create(wanted.draft, row.rfc822_id)
        except AmbiguousWrite:
            found = self._drafts.find(row.rfc822_id, wanted.draft.thread)
            if found is None:
                raise  # the intent stays in the ledger; the next run looks again before it writes
            placed = found
        except WrongThread as error:
            # Trying again would end the same way; what Gmail kept of it is left to the owner.
            status = Status.DISCARDED if error.withdrawn else Status.TOUCHED
            with self._store.transaction():
                self._store.record(replace(row, status=status, draft_id=error.draft_id), error.sentence)
            raise
        except Failed:
            with self._store.transaction():
                self._store.strike(row)
            raise
        self._placed(row, placed, wanted.reason)
        self.done.note("created", f"Drafted {wanted.step.value.replace('_', ' ')}: {wanted.draft.subject}")

    def _something_new(self, thread: str | None) -> bool:
        """Whether the thread holds mail that the decision did not know of."""
        if thread is None:
            return False
        try:
            messages = self._gmail.thread(thread)
        except NotFound:
            return True
        return any(m.id not in self._known.get(thread, frozenset()) and "DRAFT" not in m.labels for m in messages)

    def _placed(self, row: LedgerRow, placed: Placed, reason: str) -> None:
        now_placed = replace(
            row, status=Status.PLACED, draft_id=placed.draft_id, message_id=placed.message_id, thread=placed.thread_id
        )
        with self._store.transaction():
            self._store.record(now_placed, reason)

    def _update(self, action: Update) -> None:
        if not self._is_untouched(action.row):
            return
        draft, row = action.wanted.draft, action.row
        try:
            placed = self._drafts.update(row.draft_id, draft, row.rfc822_id)
        except AmbiguousWrite:
            kept = self._drafts.get(row.draft_id)
            if kept.message.text.split() != draft.text.split():
                raise  # it did not take effect; the next run tries again
            placed = kept.placed
        self._placed(replace(row, digest=digest(draft)), placed, action.wanted.reason)
        self.done.note("updated", f"Updated: {action.wanted.draft.subject}")

    def _withdraw(self, action: Withdraw) -> None:
        if not self._is_untouched(action.row):
            return
        try:
            self._drafts.delete(action.row.draft_id)
        except NotFound:
            pass  # the owner was faster; the next run finds out what they did
        else:
            with self._store.transaction():
                self._store.record(replace(action.row, status=Status.WITHDRAWN), action.reason)
            self.done.note("withdrawn", f"Withdrew a {action.row.step.value.replace('_', ' ')} draft: {action.reason}")

    def _is_untouched(self, row: LedgerRow) -> bool:
        """Looks once more right before writing: between list and write the owner may have opened it."""
        try:
            kept = self._drafts.get(row.draft_id)
        except NotFound:
            return False
        return kept.placed.message_id == row.message_id

    def _mark(self, action: Mark) -> None:
        row = replace(action.row, status=action.status, message_id=action.message_id or action.row.message_id)
        with self._store.transaction():
            self._store.record(row, "")
        self.done.note(action.status.value)
