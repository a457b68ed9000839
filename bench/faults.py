"""One sync, disturbed at every point in every way, and what the next undisturbed run makes of it: ``make faults``.

The rows are the points of one ``susul sync`` (each call, each database commit), the columns what goes wrong there; the
run is a process of its own, and a kill is a SIGKILL. Every cell must end as the undisturbed run ends, without a second
draft, a changed word of the owner's or a draft lost on the way. What does not is listed, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "shell"))

from fault_cells import COLUMNS, Bench, Cell, Outcome
from fault_launcher import Launcher
from fault_scene import prepared
from fault_states import Seen, clock_set_back, disk_of, files_grow_to, read_only_folder, two_at_once, zone_changed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PROCESSES = 2
IN_MEMORY = Path("/dev/shm")  # makes SQLite's waits for the disk short, where there is one
KILLED = "†"
KIB = 1024
SIZES = range(16, 417, 16)


@dataclass(slots=True)
class Worker:
    """One process's share of the cells: benches of its own, made when the first cell of each scene comes."""

    scratch: Path
    benches: dict[bool, Bench] = field(default_factory=dict)

    def outcome(self, cell: Cell) -> Outcome:
        if cell.long_way not in self.benches:
            folder = self.scratch / str(os.getpid())
            self.benches[cell.long_way] = bench_in(Launcher(), folder, long_way=cell.long_way)
        return self.benches[cell.long_way].outcome(cell)


def bench_in(launcher: Launcher, folder: Path, *, long_way: bool = False) -> Bench:
    folder = folder / ("long" if long_way else "short")
    return Bench(launcher, prepared(launcher, folder / "home", long_way=long_way), folder / "cell")


WORKERS: list[Worker] = []  # one in each process of the pool


def begin(scratch: Path) -> None:
    WORKERS.append(Worker(scratch))


def outcome(cell: Cell) -> Outcome:
    return WORKERS[0].outcome(cell)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Disturbs one sync at every point in every way.")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the table as Markdown, too")
    parser.add_argument("--only", default="", metavar="WORD", help="only the cells with this word in point or fault")
    parser.add_argument("--own-machine", action="store_true", help="only what goes wrong on the owner's own machine")
    options = parser.parse_args(arguments)
    began = perf_counter()
    with TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder, Launcher() as launcher:
        benches = [bench_in(launcher, Path(folder), long_way=long_way) for long_way in (False, True)]
        chosen = [] if options.own_machine else [c for one in benches for c in one.cells() if options.only in name(c)]
        spawned = get_context("spawn")
        with ProcessPoolExecutor(PROCESSES, spawned, initializer=begin, initargs=(Path(folder),)) as pool:
            outcomes = list(told(pool.map(outcome, chosen), len(chosen)))
        played = [] if options.only else [(what, [play() for play in plays]) for what, plays in stories(benches[0])]
    lines = [line for one in benches for line in (*table(one, outcomes), "")]
    lines += [*totals(outcomes), *ills(outcomes), "", *story_table(played)]
    print("\n".join(lines))
    print(f"{len(outcomes)} cells in {perf_counter() - began:.0f} s")
    if options.out:
        options.out.write_text("\n".join(lines) + "\n", "utf-8")
    bad = [*(one.bad for one in outcomes), *(seen.bad for _, times in played for seen in times)]
    return 1 if any(bad) else 0


def name(cell: Cell) -> str:
    """What ``--only`` chooses by."""
    return f"{'long way' if cell.long_way else 'short way'} {cell.point.name} {cell.fault}"


def stories(bench: Bench) -> Iterator[tuple[str, list[Callable[[], Seen]]]]:
    """What goes wrong on the owner's machine, with each time that it is played."""
    yield "two syncs at once (the loser)", [partial(two_at_once, bench)] * 50
    yield "files may grow to 16 to 416 KiB only", [partial(files_grow_to, bench, size * KIB) for size in SIZES]
    if may_mount():
        mount = bench.home.with_name("disk")
        yield "a disk of 176 to 576 KiB", [partial(disk_of, bench, (160 + size) * KIB, mount) for size in SIZES]
    yield "a read-only state folder", [partial(read_only_folder, bench)]
    yield "the clock set back by a day", [partial(clock_set_back, bench)]
    yield "another zone", [partial(zone_changed, bench)]


def may_mount() -> bool:
    return os.getuid() == 0 and sys.platform == "linux"


def story_table(played: Sequence[tuple[str, Sequence[Seen]]]) -> Iterator[str]:
    if not played:
        return
    yield "| what | times | exit codes | drafts had been laid | bad |"
    yield "|:--|--:|:--|--:|:--|"
    for name, seen in played:
        codes = Counter(one.run.code for one in seen)
        ended = ", ".join(f"{count} × {code}" for code, count in sorted(codes.items()))
        bad = " / ".join(dict.fromkeys(what for one in seen for what in one.bad)) or "nothing"
        yield f"| {name} | {len(seen)} | {ended} | {sum(one.wrote for one in seen)} | {bad} |"


def told(outcomes: Iterator[Outcome], count: int) -> Iterator[Outcome]:
    """Passes them on and says on standard error how far it has come."""
    for number, one in enumerate(outcomes, start=1):
        if one.bad or number % 50 == 0:
            print(f"{number} of {count} {name(one.cell)}: {one.word} {one.bad}", file=sys.stderr)
        yield one


def table(bench: Bench, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Each cell shows how the disturbed run ended: its exit code, or that it was killed; and what came after."""
    by_cell = {one.cell: one for one in outcomes}
    yield f"| point | {' | '.join(COLUMNS)} |"
    yield f"|:--|{':-:|' * len(COLUMNS)}"
    for number, point in enumerate(bench.points, start=1):
        marks = [mark(by_cell.get(Cell(point, fault, bench.scene.long_way))) for fault in COLUMNS]
        if any(marks):
            yield f"| {number} {point.name} | {' | '.join(marks)} |"


def mark(found: Outcome | None) -> str:
    if found is None:
        return ""
    ended = KILLED if found.code < 0 else str(found.code)
    return f"{ended} BAD" if found.bad else ended + "²" * (found.runs == 2)


def totals(outcomes: Sequence[Outcome]) -> Iterator[str]:
    words = Counter(one.word for one in outcomes)
    yield f"{KILLED} killed; else the exit code of the disturbed run; ² well only after a second undisturbed run."
    yield ", ".join(f"{count} {word}" for word, count in sorted(words.items(), reverse=True))


def ills(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for one in outcomes:
        if one.bad:
            yield f"- {name(one.cell)} (line {one.cell.point.line}, number {one.cell.point.number}), "
            yield f"  exit {one.code}: {' / '.join(one.bad)}"


if __name__ == "__main__":
    sys.exit(main())
