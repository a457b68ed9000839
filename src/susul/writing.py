"""Carrying out what ``reconcile`` asks for: the only code that changes anything at Google, and then the ledger.

Every write is announced in the ledger before the call: a create with a Message-ID of our own, an update with the
digest of the text that is to come. When a call's fate is unknown, or the run is killed, the draft is looked up and
compared; it is never made again, nor taken for the owner's doing, on a guess.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from susul.errors import AmbiguousWrite, Failed, NotFound, SignInNeeded, SusulError, TryLater, WrongThread
from susul.reconcile import (
    Action,
    Adopt,
    Create,
    Forget,
    LedgerRow,
    Mark,
    Status,
    Update,
    Wanted,
    Withdraw,
    digest,
    digest_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from susul.model import Message, Placed
    from susul.sources.google.drafts import DraftsFolder
    from susul.sources.google.gmail import GmailReader
    from susul.store import Store


@dataclass(slots=True)
class Done:
    """What a run changed, counted, and one line for each thing worth telling."""

    counts: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    failures: int = 0
    stopped: SusulError | None = None

    def and_then(self, later: Done) -> Done:
        counts = self.counts + later.counts
        stopped = later.stopped or self.stopped
        return Done(counts, [*self.lines, *later.lines], self.failures + later.failures, stopped)

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
            except (TryLater, SignInNeeded) as error:
                self.done.stopped = error  # what was written until here is told and recorded; the rest comes next time
                self.done.note("stopped", error.sentence)
                break
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
                self._keep(action.row, "Settled after an interrupted run.")
                self.done.note("adopted" if action.row.status is Status.PLACED else action.row.status.value)
            case Mark():
                self._mark(action)
            case Forget():
                with self._store.transaction():
                    self._store.strike(action.row)

    def _create(self, action: Create) -> None:
        wanted = action.wanted
        if self._something_new(wanted):
            again = "nothing was written." if wanted.requested else "the next run looks again."
            self.done.note("dropped", f"{wanted.draft.subject}: new mail came in meanwhile; {again}")
            return
        row = self._intent(action)
        self._keep(row, wanted.reason)
        try:
            placed = self._drafts.create(wanted.draft, row.rfc822_id)
        except AmbiguousWrite:
            found = self._drafts.find(row.rfc822_id, wanted.draft.thread)
            if found is None:
                raise  # the intent stays in the ledger; the next run looks again before it writes
            placed = found
        except WrongThread as error:
            self._elsewhere(row, error)
            raise
        except (Failed, TryLater, SignInNeeded):
            with self._store.transaction():
                self._store.strike(row)  # refused: nothing of it came to be
            raise
        self._placed(row, placed, wanted.reason)
        self.done.note("created", f"Drafted {wanted.step.value.replace('_', ' ')}: {wanted.draft.subject}")

    def _intent(self, action: Create) -> LedgerRow:
        wanted = action.wanted
        return LedgerRow(
            trigger=wanted.trigger,
            step=wanted.step,
            rfc822_id=action.row.rfc822_id if action.row else f"<susul.{uuid.uuid4().hex}@{self._domain}>",
            thread=wanted.draft.thread,
            digest=digest(wanted.draft),
            status=Status.PENDING,
            created_at=self._now,
            case=wanted.case,
            requested=wanted.requested,
        )

    def _elsewhere(self, row: LedgerRow, error: WrongThread) -> None:
        """Trying again would end the same way; what Gmail kept of it is left to the owner."""
        status = Status.DISCARDED if error.withdrawn else Status.TOUCHED
        self._keep(replace(row, status=status, draft_id=error.draft_id), error.sentence)

    def _something_new(self, wanted: Wanted) -> bool:
        """Whether the thread holds mail that the decision did not know of, or a draft that we didn't lay.

        Beside a draft that the owner asked for, or under one that they ask for, there is none of ours either.
        """
        thread = wanted.draft.thread
        if thread is None:
            return False
        try:
            messages = self._gmail.thread(thread)
        except NotFound:
            return True
        rows = () if wanted.requested else self._store.ledger()
        ours = {row.message_id for row in rows if row.status is Status.PLACED and not row.requested}
        return any(self._is_new(message, thread, ours) for message in messages)

    def _is_new(self, message: Message, thread: str, ours: set[str]) -> bool:
        if "DRAFT" in message.labels:
            return message.id not in ours and "TRASH" not in message.labels
        return message.id not in self._known.get(thread, frozenset())

    def _update(self, action: Update) -> None:
        row, draft = action.row, action.wanted.draft
        if not self._is_untouched(row):
            return
        intent = replace(
            row, status=Status.UPDATING, intended=digest(draft), requested=row.requested or action.wanted.requested
        )
        self._keep(intent, action.wanted.reason)
        try:
            placed = self._drafts.update(row.draft_id, draft, row.rfc822_id)
        except AmbiguousWrite:
            kept = self._drafts.get(row.draft_id)
            if digest_of(kept.message) != intent.intended:
                raise  # it did not take effect, or not only that: the next run compares before it writes
            placed = kept.placed
        except WrongThread as error:
            self._elsewhere(row, error)
            raise
        except Failed:
            self._keep(row, "An update was refused.")
            raise
        self._placed(replace(intent, digest=intent.intended, intended=""), placed, action.wanted.reason)
        self.done.note("updated", f"Updated: {draft.subject}")

    def _withdraw(self, action: Withdraw) -> None:
        row = action.row
        if not self._is_untouched(row):
            return
        self._keep(replace(row, status=Status.WITHDRAWING), action.reason)
        try:
            self._delete(row.draft_id)
        except Failed as error:
            self._keep(row, "A withdrawal was refused.")
            if isinstance(error, NotFound):
                return  # the owner was faster; the next run finds out what they did
            raise
        self._keep(replace(row, status=Status.WITHDRAWN), action.reason)
        self.done.note("withdrawn", f"Withdrew a {row.step.value.replace('_', ' ')} draft: {action.reason}")

    def _delete(self, draft_id: str) -> None:
        """Deletes the draft. A deletion that got no answer is looked up."""
        try:
            self._drafts.delete(draft_id)
        except AmbiguousWrite:
            try:
                self._drafts.get(draft_id)
            except NotFound:
                return
            raise

    def _is_untouched(self, row: LedgerRow) -> bool:
        """Looks once more right before writing: between list and write the owner may have opened it."""
        try:
            kept = self._drafts.get(row.draft_id)
        except NotFound:
            return False
        return kept.placed.message_id == row.message_id

    def _mark(self, action: Mark) -> None:
        self._keep(replace(action.row, status=action.status, message_id=action.message_id or action.row.message_id), "")
        self.done.note(action.status.value)

    def _placed(self, row: LedgerRow, placed: Placed, reason: str) -> None:
        lies = replace(
            row, status=Status.PLACED, draft_id=placed.draft_id, message_id=placed.message_id, thread=placed.thread_id
        )
        self._keep(lies, reason)

    def _keep(self, row: LedgerRow, reason: str) -> None:
        with self._store.transaction():
            self._store.record(row, reason)
