"""The life of drafts at length: ``make life``. Twenty thousand steps, each of which must do no draft any harm.

The owner, the others, time and trouble do things in whatever order (``tests/shell/test_life_of_drafts.py``). The lives
are shared out over two processes, each part with a seed of its own; ``python bench/life.py STEPS SEED`` lives others.
At the end the steps are counted by what happened in them, and the exit code is 1 where something was harmed; what led
to it stands above, made as short as it can be.
"""

from __future__ import annotations

import sys
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "shell"))

from life_of_drafts import Life
from test_life_of_drafts import LifeOfDrafts, live

STEPS, SEED = 20_000, 1
PROCESSES = 2
LONGEST_PART = 1000  # steps


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of the lives came to. ``harm`` tells what went wrong, empty where nothing did."""

    seed: int
    steps: Counter[str]
    counts: Counter[str]
    harm: str


def part(seed: int, steps: int) -> Part:
    LifeOfDrafts.done.clear()
    Life.counts.clear()
    harm = ""
    try:
        live(steps, seed)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told and counted
        harm = "".join(traceback.format_exception(error))  # with the steps that led to it, which are its notes
    return Part(seed, LifeOfDrafts.done.copy(), Life.counts.copy(), harm)


def main(arguments: list[str]) -> int:
    wanted, seed = (int(arguments[0]), int(arguments[1])) if len(arguments) > 1 else (STEPS, SEED)
    began = perf_counter()
    steps, counts = Counter[str](), Counter[str]()
    harmed, parts = 0, 2 * PROCESSES
    length = min(LONGEST_PART, wanted // parts + 1)
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        while steps.total() < wanted:
            for lived in pool.map(part, range(seed, seed + parts), repeat(length)):
                steps.update(lived.steps)
                counts.update(lived.counts)
                if lived.harm:
                    harmed += 1
                    print(f"Seed {lived.seed}:\n{lived.harm}")
            seed += parts
            print(f"{steps.total()} steps, {harmed} harms, {perf_counter() - began:.0f} s", flush=True)
    for name, table in (("What happened", steps), ("What came of it", counts)):
        print(f"\n{name}:")
        for what, number in table.most_common():
            print(f"{number:7} {what}")
    return 1 if harmed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
