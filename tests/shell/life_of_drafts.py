"""One life: a world, the runs of the program in it, and what must hold after each of them."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from accounts import RINA, KilledError
from life_account import ROOT, Lines, MortalStore, Trouble, begin_run, calls_that_write
from life_world import Fate, Laid, World

from susul.cli.sandbox import write_home
from susul.config import load_config
from susul.errors import SusulError
from susul.model import Step, Write
from susul.owners_word import About, OwnersWord, Word
from susul.places import find_places
from susul.progressing import no_progress
from susul.quiet import listen
from susul.reconcile import LedgerRow, Status
from susul.requesting import ask_for, lay
from susul.run import Run
from susul.store import open_store
from susul.syncing import Synced, scan_account, sync_account

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from life_world import Matter

    from susul.store import Store

MEMORY = Path("/dev/shm")  # a disc's flush at each commit is all that it spares
LINES = Lines()
# What is still right after they answered: thanks for an appointment, and a reply to a no.
AFTER_AN_ANSWER = {Step.THANK_YOU, Step.RECAP}
STANDS = {
    Fate.LIES: {Status.PLACED},
    Fate.OPENED: {Status.PLACED, Status.TOUCHED, Status.SENT},
    Fate.EDITED: {Status.TOUCHED, Status.SENT},
    Fate.SENT: {Status.SENT},
    Fate.DISCARDED: {Status.DISCARDED},
    Fate.TRASHED: {Status.DISCARDED},
    Fate.WITHDRAWN: {Status.WITHDRAWN},
}


class BrokenRuleError(AssertionError):
    """Something happened to a draft that never may."""


@dataclass(frozen=True, slots=True)
class Said:
    """A word of the owner's, and the news of its matter when it was said."""

    word: OwnersWord
    matter: Matter
    news: int


class Life:
    """Runs of the program in a world; each ends with a look at everything that must hold."""

    counts: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        self.world = World()
        self.home = Path(tempfile.mkdtemp(prefix="susul-life-", dir=MEMORY if MEMORY.is_dir() else None))
        sandbox = self.world.sandbox
        token = {**sandbox.token(), "token_uri": f"{ROOT}/token"}
        write_home(self.home, ROOT, token, sandbox.credentials())
        self.places = find_places(self.home)
        self.config = load_config(self.places.config_file)
        self.account = LINES.account_of(sandbox, self.places.token_file, lambda: self.world.now)
        self.rows: dict[str, LedgerRow] = {}  # by Message-ID, as after the last run
        self.said: list[Said] = []
        self.unseen: list[Laid] = []

    def close(self) -> None:
        shutil.rmtree(self.home)

    # Runs

    def syncs(self, trouble: Trouble | None = None) -> bool:
        """One ``susul sync``; whether it was complete. ``trouble`` is what happens during it."""
        trouble = trouble or Trouble()
        synced = self._run(trouble)
        self.world.sandbox.faults.clear()
        self._see(asked=False)
        complete = synced is not None and _is_complete(synced) and not trouble.happened
        if synced is not None and complete:
            self.counts["complete syncs"] += 1
            self._see_complete(synced)
        return complete

    def syncs_twice(self) -> None:
        """Directly after a complete run there is nothing to do."""
        if not self.syncs():
            return
        rows, self.world.sandbox.log[:] = dict(self.rows), []
        synced = self._run(Trouble())
        self._see(asked=False)
        writes = list(calls_that_write(self.world.sandbox))
        if writes or synced is None or synced.done.counts or rows != self.rows:
            told = synced and (dict(synced.done.counts), synced.done.lines)
            raise BrokenRuleError(f"a second run wrote {writes}, and did {told}")

    def _run(self, trouble: Trouble) -> Synced | None:
        self._begins(trouble)
        with closing(open_store(self.places.database)) as opened:
            store = MortalStore(opened, trouble)
            try:
                return self._as_cron_runs_it(store, trouble)
            except (KilledError, SusulError) as error:
                self.counts[f"ended by {type(error).__name__}"] += 1
                if isinstance(error, SusulError) and not trouble.faulty:
                    raise BrokenRuleError(f"the run ended with {error!r} though Google was well") from error
                return None
            finally:
                self._keep_rows(opened)

    def _as_cron_runs_it(self, store: Store, trouble: Trouble) -> Synced:
        """A run first asks whether there is news. Where it would end with that, a whole one must find nothing to do."""
        self._keep_rows(store)
        rows = self.rows
        heard = listen(lambda: self.world.now, self.places, lambda *_: self.account.transport)
        quiet = heard is not None and not heard.news
        self.counts["quiet runs"] += quiet
        history = heard.history if heard and heard.news else None
        ends = (self.account, store, self.places, self.config)
        synced = sync_account(Run(*ends, self.world.now, no_progress), history)
        self._keep_rows(store)
        undisturbed = not trouble.happened and not trouble.faulty
        if quiet and undisturbed and (synced.done.counts or rows != self.rows):
            raise BrokenRuleError(f"a run thought there is nothing to do, but there is: {synced.done.lines}")
        return synced

    def scans(self) -> None:
        self._begins(Trouble())
        before = {draft_id: self.world.message(draft_id).raw for draft_id in self.world.lying()}
        with closing(open_store(self.places.database)) as store:
            scan_account(Run(self.account, store, self.places, self.config, self.world.now, no_progress))
            self._keep_rows(store)
        if before != {draft_id: self.world.message(draft_id).raw for draft_id in self.world.lying()}:
            raise BrokenRuleError("a scan changed Drafts")

    def asks_for(self, target: str, step: Step, trouble: Trouble) -> None:
        """``susul draft TARGET --as STEP``."""
        self._begins(trouble)
        with closing(open_store(self.places.database)) as opened:
            store = MortalStore(opened, trouble)
            run = Run(self.account, store, self.places, self.config, self.world.now, no_progress)
            try:
                lay(run, ask_for(run, target, step))
                self.counts["laid on request"] += 1
            except (KilledError, SusulError) as error:
                self.counts[f"request ended by {type(error).__name__}"] += 1
            finally:
                self._keep_rows(opened)
        self.world.sandbox.faults.clear()
        self._see(asked=True)

    def _begins(self, trouble: Trouble) -> None:
        self.world.sandbox.log.clear()
        self.account = begin_run(self.account, trouble)

    def _keep_rows(self, store: Store) -> None:
        self.rows = {row.rfc822_id: row for row in store.ledger()}

    # The owner's word

    def says(self, word: Word, matter: Matter, target: tuple[About, str], until_on: date | None) -> None:
        said = OwnersWord(word, *target, self.world.now, until_on if word is Word.SNOOZE else None)
        with closing(open_store(self.places.database)) as store, store.transaction():
            store.keep_word(said)
        self.said = [s for s in self.said if (s.word.word, s.word.target) != (word, target[1])]
        self.said.append(Said(said, matter, matter.news))

    def unsays(self, which: int) -> None:
        said = self.said.pop(which % len(self.said))
        said.matter.news += 1
        with closing(open_store(self.places.database)) as store, store.transaction():
            store.take_back(said.word)

    # What is seen after any run, however it ended

    def notices(self) -> None:
        """The drafts that the program laid since the last look, and those that it took away."""
        world = self.world
        for draft_id, laid in world.laid.items():
            if laid.fate in (Fate.LIES, Fate.OPENED) and draft_id not in world.box.drafts.message_of:
                laid.fate = Fate.WITHDRAWN
        new = [d for d in world.box.drafts.message_of if d not in world.laid and d not in world.own]
        self.unseen += [self._notice(draft_id) for draft_id in sorted(new)]

    def _notice(self, draft_id: str) -> Laid:
        message = self.world.message(draft_id)
        row = self.rows.get(message.rfc_id)
        matter = self.world.matter_of(self.world.recipients(draft_id))
        known = (row.trigger, row.step, row.requested) if row else ("", None, False)
        laid = Laid(draft_id, message.rfc_id, matter, message.thread_id, *known)
        laid.news = matter.news if matter else 0
        self.world.laid[draft_id] = laid
        self.counts[f"laid {laid.step}"] += 1
        return laid

    def _see(self, *, asked: bool) -> None:
        self.notices()
        for laid in self.unseen:
            row = self.rows.get(laid.rfc822_id)
            if row:  # what was noticed while the run was at work has its place in the ledger only now
                laid.trigger, laid.step, laid.requested = row.trigger, row.step, row.requested
            self._see_new(laid, asked=asked)
        self.unseen.clear()
        self.see_always()
        for laid in self.world.laid.values():
            row = self.rows.get(laid.rfc822_id)
            if row and row.requested and laid.fate is Fate.LIES:
                laid.requested = True
                self.world.kept.setdefault(laid.draft_id, self.world.message(laid.draft_id).raw)

    def _see_new(self, laid: Laid, *, asked: bool) -> None:
        if laid.step is None:
            raise BrokenRuleError("a draft lies there that the ledger doesn't know")
        if laid.matter is None:
            raise BrokenRuleError(f"a draft goes to nobody of any matter: {self.world.recipients(laid.draft_id)}")
        if asked:
            laid.matter.news += 1
            theirs = {self.world.message(d).thread_id for d in self.world.lying() if d in self.world.kept}
            if self.world.message(laid.draft_id).thread_id in theirs:
                raise BrokenRuleError(f"{laid.step} was laid on request beside a draft of the owner's")
            return
        for gone in self.world.laid.values():
            if gone is laid or gone.fate is not Fate.DISCARDED or gone.step is not laid.step:
                continue
            same_wait = gone.matter is laid.matter and gone.news == laid.matter.news and len(laid.matter.events) < 2
            # What was asked by mail and an appointment with the same people are two things to wait for.
            same_wait &= gone.trigger.startswith("event:") == laid.trigger.startswith("event:")
            if gone.trigger == laid.trigger or same_wait:
                raise BrokenRuleError(f"{laid.step} was discarded, and is there again")

    def see_always(self) -> None:
        """What holds at any moment."""
        world = self.world
        if world.sandbox.violations or world.sandbox.errors:
            raise BrokenRuleError(f"sent: {world.sandbox.violations}, sandbox: {world.sandbox.errors}")
        for draft_id, raw in world.kept.items():
            if draft_id not in world.box.drafts.message_of:
                raise BrokenRuleError("a draft of the owner's is gone")
            if world.message(draft_id).raw != raw:
                raise BrokenRuleError("a draft of the owner's was changed")
        for laid in self._lying():
            if RINA in world.recipients(laid.draft_id) and laid.fate is not Fate.EDITED:
                raise BrokenRuleError("a draft goes to the owner")
        self._see_one_each()

    def _lying(self) -> Iterator[Laid]:
        lying = set(self.world.lying())
        return (laid for laid in self.world.laid.values() if laid.draft_id in lying)

    def _see_one_each(self) -> None:
        threads: Counter[tuple[str, str]] = Counter()
        steps: Counter[tuple[str, Step, str]] = Counter()
        for laid in self._lying():
            row = self.rows.get(laid.rfc822_id)
            if laid.restored or row is None:
                continue
            # Each interview and each meeting has thanks of its own (protocol, section 3).
            own = row.trigger if row.step in AFTER_AN_ANSWER else ""
            threads[self.world.message(laid.draft_id).thread_id, own] += 1
            steps[row.case, row.step, own] += 1
        twice = [*(t for t, n in threads.items() if n > 1), *(s for s, n in steps.items() if n > 1)]
        if twice:
            raise BrokenRuleError(f"two drafts of the program's lie in {twice}")

    # What is seen after a complete run that nothing disturbed

    def _see_complete(self, synced: Synced) -> None:
        self._see_ledger()
        self._see_company()
        due = {(p.decision.follow_up.trigger, p.decision.follow_up.step) for p in synced.scanned.plan.due()
               if isinstance(p.decision, Write)}  # fmt: skip
        for laid in self._lying():
            if laid.fate is not Fate.LIES or laid.requested:
                continue
            if (laid.trigger, laid.step) not in due:
                raise BrokenRuleError(f"{laid.step} lies there without a decision")
            why = self._why_not(laid)
            if why:
                raise BrokenRuleError(f"{laid.step} lies there though {why}")

    def _see_ledger(self) -> None:
        lying = set(self.world.lying())
        for laid in self.world.laid.values():
            row = self.rows.get(laid.rfc822_id)
            if row is None or row.draft_id != laid.draft_id:
                continue  # its place in the ledger went to a later one
            if not self._stands_right(laid, row):
                raise BrokenRuleError(f"{laid.step} {laid.fate}, the ledger says {row.status}")
        for row in self.rows.values():
            if row.status in (Status.PLACED, Status.TOUCHED) and row.draft_id not in lying and not self._moved(row):
                raise BrokenRuleError(f"the ledger says {row.status} of a draft that is not there")
            if row.status in (Status.UPDATING, Status.WITHDRAWING, Status.PENDING):
                raise BrokenRuleError(f"the ledger still says {row.status}")
        # One that was discarded, asked for again and then put back has given its place to the second one.
        unknown = [laid for laid in self._lying() if laid.rfc822_id not in self.rows and not laid.restored]
        if unknown:
            raise BrokenRuleError(f"the ledger has lost {unknown}")

    def _moved(self, row: LedgerRow) -> bool:
        """Undone: the same words lie there under another draft id."""
        return any(self.world.message(d).rfc_id == row.rfc822_id for d in self.world.lying())

    def _stands_right(self, laid: Laid, row: LedgerRow) -> bool:
        if row.status in STANDS[laid.fate]:
            return True
        if laid.restored and row.status in (Status.DISCARDED, Status.PLACED):
            return True  # Undo tells nobody that it was ever gone
        if laid.fate is Fate.SENT:
            # From another thread, or before the ledger knew of it: gone is all that can be known.
            return row.status is Status.DISCARDED and (laid.draft_id in self.world.left or not laid.sure)
        if laid.fate in (Fate.DISCARDED, Fate.TRASHED):
            # The owner's own mail in the thread, or their own draft there, looks the same.
            return row.status in (Status.SENT, Status.TOUCHED, Status.WITHDRAWN)
        return False

    def _see_company(self) -> None:
        """No draft of ours beside one of the owner's, nor in the thread that an edited one has left."""
        theirs = {self.world.message(d).thread_id for d in self.world.lying() if d in self.world.kept}
        theirs |= {self.world.left[d] for d in self.world.lying() if d in self.world.left}
        for laid in self._lying():
            alone = self.world.message(laid.draft_id).thread_id not in theirs
            if laid.fate is Fate.LIES and not laid.requested and not alone:
                raise BrokenRuleError(f"{laid.step} lies beside a draft of the owner's")

    def _why_not(self, laid: Laid) -> str:
        """Why there should be no such draft, as far as that is beyond doubt."""
        matter, thread = laid.matter, self.world.message(laid.draft_id).thread_id
        for label in ("Susul/Ignore", "Susul/Snooze"):
            if self.world.carries(thread, label):
                return f"the thread carries {label}"
        if matter is None:
            return ""
        allowed = {Step.REJECTION_REPLY} if matter.settled == "rejection" else set()
        allowed |= AFTER_AN_ANSWER if matter.events else set()
        # With several appointments it can be another one that they answered about.
        if matter.settled and laid.step not in allowed and len(matter.events) < 2:
            return f"they gave an {matter.settled}"
        return next((f"the owner said {s.word.word}" for s in self.said if self._silences(s, thread, matter)), "")

    def _silences(self, said: Said, thread: str, matter: Matter) -> bool:
        word = said.word
        meant = word.target == thread if word.about is About.THREAD else said.matter is matter
        if not meant:
            return False
        if word.word is Word.CLOSE:
            return said.news == said.matter.news
        return word.word is Word.IGNORE or (word.until_on is not None and self.world.now.date() < word.until_on)


def _is_complete(synced: Synced) -> bool:
    done = synced.done
    return synced.exit_code == 0 and not synced.put_off and not done.counts["dropped"] and not done.counts["stopped"]
