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
from susul.journal import WHY
from susul.reconcile import (
    DELETED,
    OURS,
    OURS_ON_REQUEST,
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

    from susul.journal import Journal
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
        journal: Journal,
    ) -> None:
        self._drafts, self._gmail, self._store = drafts, gmail, store
        self._known, self._domain, self._now, self._journal = known, domain, now, journal
        self.done = Done()

    def carry_out(self, actions: Sequence[Action]) -> Done:
        """Each action by itself: one that fails is counted and leaves the others their turn."""
        for action in actions:
            try:
                self._one(action)
            except (Failed, AmbiguousWrite) as error:
                self.done.failures += 1
                self._refused("failed", action, error)
            except (TryLater, SignInNeeded) as error:
                self.done.stopped = error  # what was written until here is told and recorded; the rest comes next time
                self._refused("stopped", action, error)
                break
        return self.done

    def _refused(self, what: str, action: Action, error: SusulError) -> None:
        self.done.note(what, error.sentence)
        about = action.wanted if isinstance(action, Create) else action.row
        in_doubt = isinstance(error, AmbiguousWrite)
        self._journal.refused(what, about.case, about.step.value, error.sentence, in_doubt=in_doubt)

    def _one(self, action: Action) -> None:
        match action:
            case Create():
                self._create(action)
            case Update():
                self._update(action)
            case Withdraw():
                self._withdraw(action)
            case Adopt():
                what = "adopted" if action.row.status is Status.PLACED else action.row.status.value
                self._keep(action.row, action.reason, what)
                self.done.note(what)
            case Mark():
                self._mark(action)
            case Forget():
                with self._store.transaction():
                    self._store.strike(action.row)
                    self._journal.note("forgotten", action.row, "It came to nothing, and is no longer right.")

    def _create(self, action: Create) -> None:
        wanted = action.wanted
        if self._something_new(wanted):
            again = "nothing was written." if wanted.requested else "the next run looks again."
            line = f"{wanted.draft.subject}: new mail came in meanwhile; {again}"
            self.done.note("dropped", line)
            self._journal.tell("dropped", wanted.case, wanted.step.value, line, wanted.draft.subject)
            return
        row = self._intent(action)
        self._keep(row, wanted.reason, "creating", wanted.draft.subject)
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
        self._placed(row, placed, wanted.reason, "created")
        self.done.note("created", f"Drafted {wanted.step.value.replace('_', ' ')}: {wanted.draft.subject}")

    def _intent(self, action: Create) -> LedgerRow:
        wanted = action.wanted
        return LedgerRow(
            trigger=wanted.trigger,
            step=wanted.step,
            rfc822_id=action.row.rfc822_id if action.row else self._new_id(wanted),
            thread=wanted.draft.thread,
            digest=digest(wanted.draft),
            status=Status.PENDING,
            created_at=self._now,
            case=wanted.case,
            requested=wanted.requested,
        )

    def _new_id(self, wanted: Wanted) -> str:
        """A Message-ID that is ours. That of a draft on request says so, should the ledger ever be lost."""
        prefix = OURS_ON_REQUEST if wanted.requested else OURS
        return f"{prefix}{uuid.uuid4().hex}@{self._domain}>"

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
        self._keep(intent, action.wanted.reason, "updating", draft.subject)
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
        self._placed(replace(intent, digest=intent.intended, intended=""), placed, action.wanted.reason, "updated")
        self.done.note("updated", f"Updated: {draft.subject}")

    def _withdraw(self, action: Withdraw) -> None:
        row = action.row
        if not self._is_untouched(row):
            return
        under_way = Status.UNDOING if action.undo else Status.WITHDRAWING
        ends = DELETED[under_way].value
        self._keep(replace(row, status=under_way), action.reason, under_way.value)
        try:
            self._delete(row.draft_id)
        except (Failed, TryLater, SignInNeeded) as error:
            self._keep(row, "A withdrawal was refused.")  # should it be gone next time, that was the owner
            if isinstance(error, NotFound):
                self._journal.refused("left", row.case, row.step.value, "You sent or deleted it in the meantime.")
                return  # the next run finds out which
            raise
        self._keep(replace(row, status=DELETED[under_way]), action.reason, ends)
        self.done.note(ends, f"Withdrew a {row.step.value.replace('_', ' ')} draft: {action.reason}")

    def _delete(self, draft_id: str) -> None:
        """Deletes the draft. A deletion that got no answer is looked up; AmbiguousWrite where that can't be done."""
        try:
            self._drafts.delete(draft_id)
        except AmbiguousWrite as unclear:
            try:
                self._drafts.get(draft_id)
            except NotFound:
                return
            except SusulError:
                raise unclear from None
            raise Failed("Gmail gave no answer to a withdrawal, and the draft still lies there.") from unclear

    def _is_untouched(self, row: LedgerRow) -> bool:
        """Looks once more right before writing: between list and write the owner may have opened it."""
        try:
            kept = self._drafts.get(row.draft_id)
        except NotFound:
            return False
        return kept.placed.message_id == row.message_id

    def _mark(self, action: Mark) -> None:
        row = action.row
        message_id, draft_id = action.message_id or row.message_id, action.draft_id or row.draft_id
        marked = replace(row, status=action.status, message_id=message_id, draft_id=draft_id)
        self._keep(marked, WHY.get(action.status, ""), action.status.value)
        self.done.note(action.status.value)

    def _placed(self, row: LedgerRow, placed: Placed, reason: str, what: str) -> None:
        lies = replace(
            row, status=Status.PLACED, draft_id=placed.draft_id, message_id=placed.message_id, thread=placed.thread_id
        )
        self._keep(lies, reason, what)

    def _keep(self, row: LedgerRow, reason: str, what: str = "", subject: str = "") -> None:
        """The row as it is now, and in the same transaction ``what`` was done, for the journal."""
        with self._store.transaction():
            self._store.record(row, reason)
            if what:
                self._journal.note(what, row, reason, subject)
