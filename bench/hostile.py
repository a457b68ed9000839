"""How long hostile input takes to read: every input of ``tests/hostile`` at full size, slowest first.

    python bench/hostile.py [--megabytes 1] [--only NAME] [--all]

Prints input, size, seconds and seconds a megabyte (of the processor, so that a busy machine doesn't matter much), and
below them the median and the worst. Ends with 1 when an input raises or takes more than a second a megabyte.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "hostile"))

from hostile_readers import seconds_for, warm_up
from hostile_set import Hostile, hostile_set

SHOWN = 30
ALLOWED = 1.0  # seconds a megabyte


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--megabytes", type=float, default=1.0)
    parser.add_argument("--only", default="", help="a part of the inputs' names")
    parser.add_argument("--all", action="store_true", help="every row, not the slowest only")
    options = parser.parse_args()
    warm_up()
    wanted = [hostile for hostile in hostile_set() if options.only in str(hostile)]
    rows = sorted((_row(hostile, int(options.megabytes * 1_000_000)) for hostile in wanted), reverse=True)
    for each, seconds, megabytes, name in rows if options.all else rows[:SHOWN]:
        print(f"{name:<60} {megabytes:6.2f} MB {seconds:8.3f} s {each:8.3f} s/MB")
    if not rows:
        print("no input of that name")
        return 2
    print(f"\n{len(rows)} inputs, median {median(each for each, *_ in rows):.3f} s/MB, worst {rows[0][0]:.3f} s/MB")
    return int(rows[0][0] > ALLOWED)


def _row(hostile: Hostile, size: int) -> tuple[float, float, float, str]:
    content = hostile.made(size)
    megabytes = len(content) / 1_000_000
    try:
        seconds = seconds_for(hostile.reader, content)
        if seconds / megabytes > ALLOWED:  # once more: the machine may have been busy
            seconds = min(seconds, seconds_for(hostile.reader, content))
    except Exception as fault:  # noqa: BLE001 - the table goes on, and says so
        return float("inf"), float("inf"), megabytes, f"{hostile}: {type(fault).__name__}"
    return seconds / megabytes, seconds, megabytes, str(hostile)


if __name__ == "__main__":
    sys.exit(main())
