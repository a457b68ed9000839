"""What is measured. Each case fills a table; contestants take turns, since a busy machine is busy for all of them."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing, contextmanager
from itertools import count
from typing import TYPE_CHECKING

from contestants import PYTHON, Contestant, Lieer, QuickStart, Susul, lieer
from cron import ten_days
from measuring import Ran, run
from served import HERE, LATENCY, Mailboxes, Served
from table import Row, Table, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from served import Spent

SMALL, SIZES = 2_000, (2_000, 20_000, 100_000)
QUOTA = 6_000  # units a minute, of every project made since May 2026
KILLS = 10
TRIES = 12  # runs of cron until a throttled first sync must be complete
# What a run without news has imported by its end.
QUIET_MODULES = "susul.cli.sync, susul.quiet, " + ", ".join(
    f"susul.sources.google.{name}" for name in ("gmail", "calendar", "pace", "transport", "wire")
)


class Bench:
    """The mailboxes, the contestants and the table of one run of the bench."""

    def __init__(self, scratch: Path, runs: int) -> None:
        self.scratch, self.runs, self.table = scratch, runs, Table()
        self.notes: list[str] = []
        self._mailboxes: dict[int, Mailboxes] = {}
        self._folders = count()
        self._lieer: tuple[Lieer | None, str] | None = None

    def mailboxes(self, messages: int) -> Mailboxes:
        if messages not in self._mailboxes:
            self._mailboxes[messages] = Mailboxes(messages)
        return self._mailboxes[messages]

    def close(self) -> None:
        for one in self._mailboxes.values():
            one.close()

    def folder(self) -> Path:
        return self.scratch / str(next(self._folders))

    def others(self) -> list[Contestant]:
        """The loop and, where it can be installed, lieer."""
        if self._lieer is None:
            self._lieer = lieer()
            self.notes += [self._lieer[1]] if self._lieer[1] else []
        found = self._lieer[0]
        return [QuickStart(), *([Lieer(found.python)] if found else [])]

    @contextmanager
    def ready(self, contestant: Contestant, messages: int = SMALL) -> Iterator[Served]:
        """A fresh sandbox with the contestant signed in."""
        with self.mailboxes(messages).fresh() as served:
            contestant.sign_in(served, self.folder())
            yield served

    def put(self, row: Row) -> None:
        print(shown(self.table.add(row)), flush=True)

    def measured(self, case: str, who: Contestant, served: Served, note: str = "") -> tuple[Ran, Spent]:
        with served.counted() as counted:
            ran = who.sync()
        self.put(Row.of(case, who.name, ran, counted[0], note))
        return ran, counted[0]

    # ------------------------------------------------------------------ cases

    def first(self) -> None:
        """The first sync of 2,000 messages, beside the others."""
        for _ in range(self.runs):
            self._first_of_susul(SMALL)
            for other in self.others():
                with self.ready(other) as served:
                    self.measured(_first(SMALL), other, served)

    def sizes(self) -> None:
        """The first sync of ever larger mailboxes."""
        for _ in range(self.runs):
            for size in SIZES:
                self._first_of_susul(size)

    def _first_of_susul(self, size: int) -> None:
        for name, command in (("scan --quick", ("scan", "--quick")), ("scan", ("scan",))):
            susul = Susul(f"susul {name}", command)
            with self.ready(susul, size) as served:
                self.measured(_first(size), susul, served)
        susul = Susul("susul sync")
        with self.ready(susul, size) as served:
            ran, spent = self.measured(_first(size), susul, served)
            drafted_at, laid = spent.first_draft_at(), served.control("GET", "state")["drafts"]
            if drafted_at:
                self.put(Row(_first(size), "susul sync, to the first draft", drafted_at - ran.began_at))
            self.notes.append(_lost(susul, self.mailboxes(size).window, f"{size:,}, sync ({laid} drafts lie there)"))

    def throttled(self) -> None:
        """The first sync while 6,000 units a minute are enforced, in both of Gmail's ways to say so."""
        for shape in ("429", "403"):
            for contestant in (Susul(units_per_minute=QUOTA), *self.others()):
                with self.ready(contestant) as served:
                    served.control("POST", "quota", {"units_per_minute": QUOTA, "shape": shape})
                    self._until_done(f"first, 2,000, {QUOTA:,} a minute by {shape}", contestant, served)

    def _until_done(self, case: str, contestant: Contestant, served: Served) -> None:
        """As cron would run it: again, as long as it ends with "try later"."""
        tries = TRIES if isinstance(contestant, Susul) else 1
        with served.counted() as counted:
            rans = [contestant.sync()]
            while rans[-1].code and len(rans) < tries:
                rans.append(contestant.sync())
        spent, last = counted[0], rans[-1]
        kept = _kept(contestant) if isinstance(contestant, Susul) else None
        note = f"{len(rans)} runs, {spent.refused} of {spent.calls} calls refused"
        if kept is not None:
            note += f", {self.mailboxes(SMALL).window - kept} messages lost"
        whole = Ran(
            last.code,
            rans[0].began_at,
            sum(one.seconds for one in rans),
            sum(one.cpu for one in rans),
            max(one.peak for one in rans),
            "",
            "",
        )
        self.put(Row.of(case, contestant.name, whole, spent, note))

    def again(self) -> None:
        """No change, beside the floor, and twenty new messages; each after a first sync that isn't counted."""
        for contestant in (Susul("susul sync"), *self.others()):
            with self.ready(contestant) as served:
                served.control("POST", "latency", {})
                contestant.sync()
                contestant.sync()  # the drafts that the first one wrote are news to it
                served.control("POST", "latency", LATENCY)
                for _ in range(max(self.runs, 3)):
                    _, spent = self.measured("no change", contestant, served)
                    if isinstance(contestant, Susul):
                        self._floor(contestant, served, spent)
                for number in range(self.runs):
                    for mail in self.mailboxes(SMALL).news(20, number):
                        served.deliver(mail)
                    self.measured("20 new messages", contestant, served)

    def _floor(self, susul: Susul, served: Served, spent: Spent) -> None:
        paths = [entry["path"] + _query(entry["query"]) for entry in spent.log]
        token = served.control("POST", "token", {})["token"]
        ran = run((PYTHON, str(HERE / "floor.py"), served.root, token, *paths))
        self.put(Row("no change", "floor: the two requests on a bare socket", float(ran.out)))
        environment = {"SUSUL_HOME": str(susul.home)}
        started = run((PYTHON, "-c", f"import {QUIET_MODULES}"), environment)
        self.put(Row.of("no change", "floor: interpreter and imports", started))

    def start(self) -> None:
        """``susul --help`` beside an interpreter that does nothing, and one that imports click."""
        susul = Susul()
        with self.ready(susul):
            for _ in range(max(self.runs, 5)):
                self.put(Row.of("start", "python -c pass", run((PYTHON, "-c", "pass"))))
                self.put(Row.of("start", "python -c 'import click'", run((PYTHON, "-c", "import click"))))
                self.put(Row.of("start", "susul --help", susul.run("--help")))

    def killed(self) -> None:
        """A first sync killed at a random moment and run again: what was read more than once?"""
        chance, whole = random.Random(5), Susul()
        with self.ready(whole) as served:
            undisturbed, _ = self.measured("killed and completed", whole, served, "undisturbed")
            drafts = served.control("GET", "state")["drafts"]
        for _ in range(KILLS):
            at = chance.uniform(0.1, 1.0) * undisturbed.seconds
            susul = Susul("susul, killed once")
            with self.ready(susul) as served:
                with served.counted() as counted:
                    ends = [susul.run("sync", kill_after=at), susul.sync(), susul.sync()]
                read = counted[0].read()
                twice = len(read) - len(set(read))
                lost = self.mailboxes(SMALL).window - _kept(susul)
                more = served.control("GET", "state")["drafts"] - drafts
                note = f"{twice} of {len(set(read))} read twice, {lost} messages lost, {more:+d} drafts"
                self.put(Row.of("killed and completed", f"killed after {at:.1f} s", ends[1], counted[0], note))

    def cron(self) -> None:
        """Ten days of a sync every 15 minutes."""
        self.notes.append(ten_days(self.scratch / "cron"))
        print(self.notes[-1], flush=True)


CASES = {
    "start": Bench.start,
    "first": Bench.first,
    "again": Bench.again,
    "sizes": Bench.sizes,
    "cron": Bench.cron,
    "killed": Bench.killed,
    "throttled": Bench.throttled,
}


def _first(size: int) -> str:
    return f"first, {size:,}"


def _query(query: dict[str, list[str]]) -> str:
    from urllib.parse import urlencode

    return f"?{urlencode(query, doseq=True)}" if query else ""


def _kept(susul: Susul) -> int:
    with closing(sqlite3.connect(susul.home / "state.sqlite3")) as state:
        return int(state.execute("SELECT count(*) FROM messages").fetchone()[0])


def _lost(susul: Susul, window: int, name: str) -> str:
    return f"{name}: {_kept(susul)} of the {window} messages of the window are in the copy."
