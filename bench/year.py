"""A year simulated day by day: what becomes of every case, and how many drafts it gets: ``make year``.

First the sample mailbox in the sandbox, with the real sync once a day at 16:30 and an owner of each habit; then every
golden situation, from one moment at which something is due to the next. Nobody ever answers. Whatever may not be
(``tests/core/watched_year.py``) is listed at the end, and the exit code is 1.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "core"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "shell"))

from mailbox_years import Habit, MailboxYear
from situation_years import years
from watched_year import Fate, Watch

from susul.model import Kind, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from susul.plan import Plan

JAKARTA = ZoneInfo("Asia/Jakarta")
# A Wednesday without holidays near; and one from which Christmas, New Year and Lebaran come while cases are open.
STARTS = (datetime(2026, 1, 14, 9, 0, tzinfo=JAKARTA), datetime(2026, 12, 2, 9, 0, tzinfo=JAKARTA))
DAYS = 366
LONGEST_STEP = timedelta(days=7)  # in the situations, where nothing is due sooner
PROCESSES = 2
FATES = (Fate.SENT, Fate.DISCARDED, Fate.EDITED, Fate.WITHDRAWN, Fate.LIES)
FAULTS_SHOWN = 40


@dataclass(slots=True)
class Lived:
    """One owner's year, or that of all situations, counted by kind of case and by what is counted."""

    name: str
    counts: Counter[tuple[Kind, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, watch: Watch, plan: Plan) -> None:
        kinds = {planned.case.id: planned.case.kind for planned in plan.planned}
        for planned in plan.planned:
            self.counts[planned.case.kind, "cases"] += 1
            self.counts[planned.case.kind, planned.decision.state] += 1
        for made in watch.made:
            kind = kinds.get(made.case, made.kind)
            self.counts[kind, "drafts"] += 1
            self.counts[kind, made.fate] += 1
        self.faults += watch.faults


def mailbox_year(habit: Habit, start: datetime) -> Lived:
    lived = Lived(f"{start:%Y-%m-%d} {habit}")
    with tempfile.TemporaryDirectory() as home:
        year = MailboxYear(lived.name, (habit,), start)
        year.live(Path(home), range(DAYS))
    lived.add(year.watch, year.plan)
    lived.seconds = year.seconds
    return lived


def situation_years(sends: bool) -> Lived:
    """All golden situations; ``sends``: each draft is sent at once, else nobody ever looks."""
    lived = Lived("situations: sends at once" if sends else "situations: never looks")
    with tempfile.TemporaryDirectory() as folder:
        began = perf_counter()
        for year in years(Path(folder), 1, LONGEST_STEP, sends=sends):
            lived.add(year.watch, year.plan)
            lived.seconds.append(perf_counter() - began)
            began = perf_counter()
    return lived


def table(lived: Iterable[Lived]) -> list[str]:
    """A row for each owner and kind, with what the drafts and the cases came to; columns of nothing are left out."""
    owners = list(lived)
    columns = ["cases", "drafts", *FATES, *State]
    used = [column for column in columns if any(one.counts[kind, column] for one in owners for kind in Kind)]
    rows = [["", "", *(column.replace("_", " ") for column in used)]]
    for one in owners:
        rows.append([one.name, "all", *(str(sum(one.counts[kind, column] for kind in Kind)) for column in used)])
        kinds = [kind for kind in Kind if one.counts[kind, "cases"] or one.counts[kind, "drafts"]]
        rows += [["", kind.value, *(str(one.counts[kind, column] or "") for column in used)] for kind in kinds]
    return aligned(rows)


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) if place < 2 else cell.rjust(width) for place, (cell, width) in cells).rstrip()
        for cells in (list(enumerate(zip(row, widths, strict=True))) for row in rows)
    ]


def main() -> int:
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        mailboxes = [pool.submit(mailbox_year, habit, start) for start in STARTS for habit in Habit]
        pure = [pool.submit(situation_years, sends) for sends in (True, False)]
        owners, situations = [one.result() for one in mailboxes], [one.result() for one in pure]
    print(f"The sample mailbox, a sync a day for {DAYS} days")
    print("\n".join(table(owners)))
    runs = [seconds for one in owners for seconds in one.seconds]
    print(f"{len(runs)} syncs, {sum(runs) / len(runs):.3f} s each, {max(runs):.2f} s the longest")
    print(f"\nThe golden situations, for {DAYS} days each")
    print("\n".join(table(situations)))
    for one in situations:
        print(f"{one.name}: {len(one.seconds)} situations in {sum(one.seconds):.0f} s")
    faults = [fault for one in (*owners, *situations) for fault in one.faults]
    print(f"\nWhat may not be: {len(faults)}")
    print("\n".join(faults[:FAULTS_SHOWN]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
