"""A pytest plugin for ``bench/mutants.py``: no run of the tests remembers what code without a change has worked out.

mutmut runs all tests once, notes which of them run through which function, and forks that process for every change.
What ``functools.cache`` keeps would spoil both: a table that the first test filled is read by a thousand others, of
which mutmut then knows nothing, and a changed function whose answer is already known is never called.
"""

from __future__ import annotations

import os
import sys


def pytest_sessionstart() -> None:
    _forget()


def pytest_runtest_setup() -> None:
    if os.environ.get("MUTANT_UNDER_TEST") == "stats":  # mutmut is noting which test runs through what
        _forget()


def _forget() -> None:
    """Empty every cache of a function of ours, wherever it is imported."""
    for name, module in [*sys.modules.items()]:
        if name.partition(".")[0] == "susul":
            for value in [*vars(module).values()]:
                clear = getattr(value, "cache_clear", None)
                if clear is not None:
                    clear()
