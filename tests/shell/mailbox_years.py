"""A year of daily syncs over the sample mailbox, in which nobody answers; what the owner does is a matter of habit."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))

from accounts import text_of
from watched_year import LIVE, ON_ANY_DAY, Fate, Made, Watch

from susul.account import open_account
from susul.cli.sandbox import write_home
from susul.config import load_config
from susul.model import Write
from susul.places import find_places
from susul.progressing import no_progress
from susul.reconcile import Status
from susul.run import Run
from susul.sample import sample_mailbox
from susul.sandbox import Mailbox, Sandbox
from susul.store import open_store
from susul.syncing import sync_account

if TYPE_CHECKING:
    from collections.abc import Iterable

    from susul.account import Account
    from susul.config import Config
    from susul.places import Places
    from susul.plan import Plan
    from susul.reconcile import LedgerRow
    from susul.store import Store
    from susul.syncing import Synced

RUNS_AT, EVENING = time(16, 30), time(18, 0)
OWN_WORDS = "These are the owner's own words.\n"


class Habit(StrEnum):
    """What an owner does with the drafts that they find."""

    SENDS = "sends them the same evening"
    SENDS_LATE = "sends them after three days"
    NEVER_LOOKS = "never looks"
    DISCARDS = "discards them"
    EDITS = "edits and leaves them"


PATIENCE = {Habit.SENDS_LATE: timedelta(days=3)}
# What the ledger must say on the day after.
LEDGER = {
    Fate.LIES: Status.PLACED,
    Fate.EDITED: Status.TOUCHED,
    Fate.SENT: Status.SENT,
    Fate.DISCARDED: Status.DISCARDED,
    Fate.WITHDRAWN: Status.WITHDRAWN,
}


@dataclass(slots=True)
class MailboxYear:
    """One owner's year from ``start`` (aware). ``habits`` are taken in turn, one for each draft."""

    name: str
    habits: tuple[Habit, ...]
    start: datetime
    watch: Watch = field(init=False)
    plan: Plan = field(init=False)
    counts: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    _made: dict[str, Made] = field(default_factory=dict)  # by the Message-ID that the ledger knows
    _habit: dict[str, Habit] = field(default_factory=dict)
    _own_drafts: frozenset[str] = frozenset()  # those that lay in Drafts before the first run
    _ran_at: datetime | None = None

    def live(self, home: Path, days: Iterable[int]) -> None:
        """Syncs once on each of ``days`` (counted from the start) and does in the evening what the owner does."""
        with Sandbox.serve(Mailbox.from_json(sample_mailbox(self.start))) as sandbox:
            self._own_drafts = frozenset(draft_id for draft_id, *_ in sandbox.drafts())
            write_home(home, sandbox.api_root, sandbox.token(), sandbox.credentials())
            places = find_places(home)
            config = load_config(places.config_file)
            with closing(open_store(places.database)) as store, closing(open_account(places, config)) as account:
                account.budget.per_minute = 1e9  # a day takes a tenth of a second here: no quota of Google's is spent
                for day in days:
                    now = _at(self.start + timedelta(days=day), RUNS_AT)
                    self._run(sandbox, account, store, places, config, now)
                    self._evening(sandbox, store, _at(now, EVENING))
            self._see_the_end(sandbox)

    def _run(
        self, sandbox: Sandbox, account: Account, store: Store, places: Places, config: Config, now: datetime
    ) -> None:
        sandbox.set_clock(now)
        began = perf_counter()
        synced = sync_account(Run(account, store, places, config, now, no_progress))
        self.seconds.append(perf_counter() - began)
        if self._ran_at is None:
            self.watch = Watch(self.name, synced.scanned.owner, config.effective_policy())
        self.plan = synced.scanned.plan
        self._see_run(synced, now)
        self.watch.see(self.plan)
        self._see_ledger(sandbox, store.ledger(), now)
        self.watch.see_lapses(now)
        self._ran_at = now

    def _see_run(self, synced: Synced, now: datetime) -> None:
        self.counts.update(synced.done.counts)
        self.counts["put off"] += synced.put_off
        if synced.exit_code or synced.done.failures or not synced.scanned.coverage.complete:
            self.watch.fault("-", f"the run of {now:%Y-%m-%d} ended with {synced.exit_code}: {synced.done.lines}")

    # What the ledger and Drafts hold after a run

    def _see_ledger(self, sandbox: Sandbox, rows: tuple[LedgerRow, ...], now: datetime) -> None:
        for row in rows:
            made = self._made.get(row.rfc822_id)
            if made and made.fate is Fate.LIES and row.status is Status.WITHDRAWN:
                made.fate = Fate.WITHDRAWN
            if made and row.status is not LEDGER[made.fate]:
                self.watch.fault(made.case, f"{made.step} was {made.fate}, the ledger says {row.status}")
        words = self._words(sandbox)
        for row in rows:
            if row.rfc822_id not in self._made:
                self._see_new(row, words.get(row.draft_id, ""), now)
        lying = [row.draft_id for row in rows if (m := self._made.get(row.rfc822_id)) and m.fate in LIVE]
        if sorted(lying) != sorted(words):
            self.watch.fault("-", f"Drafts holds {len(words)} on {now:%Y-%m-%d}, not the {len(lying)} of the ledger")

    def _see_new(self, row: LedgerRow, words: str, now: datetime) -> None:
        found = [
            (planned.case, planned.decision.follow_up)
            for planned in self.plan.due()
            if isinstance(planned.decision, Write)
            and (planned.decision.follow_up.trigger, planned.decision.follow_up.step) == (row.trigger, row.step)
        ]
        if not found or not words:
            self.watch.fault(row.case, f"{row.step} written without a decision, or not in Drafts")
            return
        case, follow_up = found[0]
        made = self.watch.wrote(case, follow_up, words, now)
        self._habit[row.rfc822_id] = self.habits[len(self._made) % len(self.habits)]
        self._made[row.rfc822_id] = made
        # Due on a business day, after the last run: only then may a draft wait for its reader over the weekend.
        fresh = self._ran_at is None or follow_up.due_at > self._ran_at
        if not (fresh or made.step in ON_ANY_DAY or self.watch.owner.days.is_business_day(now.date())):
            self.watch.fault(made.case, f"{made.step} written on {now:%a %Y-%m-%d}, due {follow_up.due_at:%a %m-%d}")

    def _words(self, sandbox: Sandbox) -> dict[str, str]:
        """By draft id, what the drafts say that are not the owner's from before."""
        return {
            draft_id: _own_words(text_of(message))
            for draft_id, _, _, message in sandbox.drafts()
            if draft_id not in self._own_drafts
        }

    # What the owner does

    def _evening(self, sandbox: Sandbox, store: Store, now: datetime) -> None:
        sandbox.set_clock(now)
        for row in store.ledger():
            made = self._made.get(row.rfc822_id)
            if made and made.fate is Fate.LIES:
                self._treat(sandbox, made, row.draft_id, self._habit[row.rfc822_id], now)

    def _treat(self, sandbox: Sandbox, made: Made, draft_id: str, habit: Habit, now: datetime) -> None:
        if habit is Habit.NEVER_LOOKS or now - made.made_at < PATIENCE.get(habit, timedelta()):
            return
        if habit is Habit.DISCARDS:
            sandbox.owner_discards_draft(draft_id)
            made.fate = Fate.DISCARDED
        elif habit is Habit.EDITS:
            sandbox.owner_edits_draft(draft_id, text=OWN_WORDS)
            made.fate = Fate.EDITED
        else:
            sandbox.owner_sends_draft(draft_id)
            self.watch.sent(made, now)

    def _see_the_end(self, sandbox: Sandbox) -> None:
        self.watch.see_end(self.plan)
        if sandbox.violations or sandbox.errors:
            self.watch.fault("-", f"{len(sandbox.violations)} attempts to send, sandbox errors: {sandbox.errors}")
        left = self._words(sandbox).values()
        edited = [made for made in self.watch.made if made.fate is Fate.EDITED]
        if any(OWN_WORDS.strip() not in words for words in left) or len(left) != len(edited):
            self.watch.fault("-", f"{len(left)} drafts left at the end, {len(edited)} of them edited by the owner")


def _at(day: datetime, clock: time) -> datetime:
    return day.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)


def _own_words(text: str) -> str:
    """A draft's text without what it quotes and the line above that, which differ from draft to draft anyway."""
    own, quote, _ = text.partition("\n>")
    return own.rpartition("\n")[0] if quote else own
