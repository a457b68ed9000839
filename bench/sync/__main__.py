"""Syncs measured from outside: ``make bench-sync``. What it measures and what it came to: docs/performance.md.

The sandbox serves a mailbox from a process of its own, 60 ms a request and 3 ms a batch part; ``susul`` runs as it is
installed, and beside it the loop of Google's quick start and lieer. Nothing is judged here; the exit code is 0.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from cases import CASES, Bench


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures syncs against the sandbox.")
    parser.add_argument("--runs", type=int, default=1, help="how often; the table has medians")
    parser.add_argument("--only", action="append", choices=list(CASES), help="only this; may be given again")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the table as Markdown, too")
    options = parser.parse_args()
    began, loads = time.time(), [os.getloadavg()[0]]
    with TemporaryDirectory() as scratch:
        bench = Bench(Path(scratch), options.runs)
        try:
            for name in options.only or CASES:
                CASES[name](bench)
                loads.append(os.getloadavg()[0])
        finally:
            bench.close()
            lines = [*head(began, loads), "", *bench.table.markdown(), "", *(f"- {note}" for note in bench.notes)]
            text = "\n".join(lines)
            print(f"\n{text}")
            if options.out:
                options.out.write_text(f"{text}\n", "utf-8")


def head(began: float, loads: list[float]) -> list[str]:
    day = time.strftime("%Y-%m-%d", time.gmtime(began))
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return [f"{day}, {machine}; load average {min(loads):.1f} to {max(loads):.1f}; {time.time() - began:.0f} s in all"]


if __name__ == "__main__":
    main()
