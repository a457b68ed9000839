"""The journal of the runs: what each of them read, decided and did, and why (``susul log``).

It holds subjects and reasons, never the text of a mail. A run's row is there before its first write, so that a killed
run can be told from one that ended; a run that changed nothing shares a row with those like it before.
"""

from __future__ import annotations

import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from susul.errors import SusulError
from susul.model import Wait, Write
from susul.reconcile import Status
from susul.store.runs import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from susul.copying import Copied
    from susul.plan import Plan, Planned
    from susul.reconcile import LedgerRow
    from susul.store import Store

# What is written before a call leaves, and what it becomes once Gmail has answered.
BEGUN = {"created": "creating", "updated": "updating", "withdrawn": "withdrawing", "undone": "undoing"}
WHY = {
    Status.TOUCHED: "You changed it in Gmail, so it is yours now.",
    Status.SENT: "You sent it.",
    Status.DISCARDED: "You deleted it, so it is not made again.",
    Status.UNDONE: "You undid it, so it is not made again.",
}


@dataclass(slots=True)
class Tally:
    """What a run has read so far, added up over all its looks."""

    threads: int = 0
    messages: int = 0
    events: int = 0

    def add(self, copied: Copied) -> None:
        self.threads += copied.threads
        self.messages += copied.messages


@dataclass(slots=True)
class Journal:
    """One run's pages. ``note`` belongs inside a transaction of the store, together with what it tells of."""

    store: Store
    run: int
    summary: dict[str, Any] = field(default_factory=dict)
    exit_code: int = 0
    failure: str = ""
    entries: int = 0
    subjects: Mapping[str, str] = field(default_factory=dict)  # by case id
    _begun: dict[tuple[str, str], int] = field(default_factory=dict)  # (what, Message-ID) → entry

    def about(self, plan: Plan) -> None:
        """What the entries to come are about."""
        self.subjects = {p.case.id: p.case.subject for p in plan.planned}

    def decisions(self, plan: Plan) -> None:
        """Counts them, and tells those that are not as they were decided last. Opens a transaction of its own.

        Where nothing was decided before, only the drafts that are due are told: a first run finds thousands of cases.
        """
        self.about(plan)
        self.summary["decided"] = dict(Counter(_kind(p) for p in plan.planned))
        before = self.store.runs.decided()
        now = {p.case.id: _decision(p) for p in plan.planned}
        changed = {case: decision for case, decision in now.items() if before.get(case) != decision}
        gone = before.keys() - now.keys()
        if not changed and not gone:
            return
        with self.store.transaction():
            self.store.runs.keep_decided(changed, gone)
            for planned in plan.planned:
                if planned.case.id in changed and (before or isinstance(planned.decision, Write)):
                    self._add(f"decided: {_kind(planned)}", planned.case.id, _step(planned), planned.decision.reason)

    def note(self, what: str, row: LedgerRow, reason: str = "", subject: str = "") -> None:
        """One thing done with a draft. What ends something begun takes its place."""
        begun = self._begun.pop((BEGUN.get(what, ""), row.rfc822_id), None)
        if begun is not None:
            self.store.runs.settle(begun, what, reason)
            return
        subject = subject or self.subjects.get(row.case, "") or self.store.runs.subject_of(row.rfc822_id)
        added = self._add(what, row.case, row.step.value, reason, subject, row.rfc822_id)
        if what in BEGUN.values():
            self._begun[what, row.rfc822_id] = added

    def refused(self, what: str, case: str, step: str, sentence: str, *, in_doubt: bool = False) -> None:
        """Something failed (opens a transaction). What was begun came to nothing, unless that is ``in_doubt``."""
        with self.store.transaction():
            if self._begun and not in_doubt:
                _, begun = self._begun.popitem()
                self.store.runs.settle(begun, what, sentence)
            else:
                self._begun.clear()
                self._add(what, case, step, sentence)

    def tell(self, what: str, case: str, step: str, reason: str, subject: str = "") -> None:
        """Something that changed nothing in Drafts (opens a transaction)."""
        with self.store.transaction():
            self._add(what, case, step, reason, subject)

    def ends_with(self, exit_code: int, failure: SusulError | None = None) -> None:
        """What the process will end with, and the sentence that says why."""
        self.exit_code = exit_code
        self.failure = failure.kept_sentence if failure else ""

    def _add(self, what: str, case: str, step: str, reason: str, subject: str = "", rfc822_id: str = "") -> int:
        self.entries += 1
        subject = subject or self.subjects.get(case, "")
        return self.store.runs.add(Entry(self.run, what, case, step, subject, reason, rfc822_id))


@contextmanager
def kept(store: Store, command: str, now: datetime, days: int) -> Iterator[Journal]:
    """The journal of one run. ``days``: how long runs are kept. A run that is killed stays without an end."""
    began = time.monotonic()
    now = now.astimezone(UTC)
    with store.transaction():
        journal = Journal(store, store.runs.begin(command, now))

    def end() -> None:
        ended_at = now + timedelta(seconds=time.monotonic() - began)
        with store.transaction():
            store.runs.end(journal.run, ended_at, journal.exit_code, journal.failure, journal.summary)
            _merge_if_quiet(store, journal)
            store.runs.prune(now - timedelta(days=days))

    try:
        yield journal
    except SusulError as error:
        journal.ends_with(error.exit_code, error)
        end()
        raise
    except Exception as error:
        journal.exit_code, journal.failure = 1, f"Something went wrong inside susul ({type(error).__name__})."
        end()
        raise
    end()


def _merge_if_quiet(store: Store, journal: Journal) -> None:
    """A run from cron that found nothing to do adds one to a number, not a row to the table."""
    latest = store.runs.newest(2)
    if len(latest) < 2:
        return
    this, before = latest
    alike = (this.command, this.exit_code, this.failure) == (before.command, before.exit_code, before.failure)
    quiet = not journal.entries and not this.summary.get("labels") and not _did_something(before.summary)
    if alike and quiet and before.ended_at and not store.runs.entries(before.id):
        store.runs.merge(this.id, before.id)


def _did_something(summary: Mapping[str, Any]) -> bool:
    return bool(summary.get("counts") or summary.get("labels"))


def _kind(planned: Planned) -> str:
    if isinstance(planned.decision, Write):
        return "draft"
    return "wait" if isinstance(planned.decision, Wait) else "silent"


def _step(planned: Planned) -> str:
    decision = planned.decision
    return decision.follow_up.step.value if isinstance(decision, Write | Wait) else ""


def _decision(planned: Planned) -> str:
    """What makes a decision another one; its reason may name a number of days and change by itself."""
    decision = planned.decision
    trigger = decision.follow_up.trigger if isinstance(decision, Write | Wait) else ""
    return " ".join((_kind(planned), decision.state.value, _step(planned), trigger)).strip()


def read_summary(tally: Tally, *, events: int, units: int, requests: int) -> dict[str, int]:
    """What a run read: threads and messages fetched, events listed, and what that cost."""
    return {
        "threads": tally.threads,
        "messages": tally.messages,
        "events": events,
        "units": units,
        "requests": requests,
    }


def decided_kinds(summary: Mapping[str, Any]) -> Iterable[tuple[str, int]]:
    return ((kind, int(summary.get("decided", {}).get(kind, 0))) for kind in ("draft", "wait", "silent"))
