"""Whether a state file is whole (https://www.sqlite.org/pragma.html#pragma_quick_check)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def quick_check(path: Path) -> str:
    """The first fault that SQLite finds in the file, in its words; empty where there is none."""
    try:
        with closing(sqlite3.connect(path, timeout=10)) as connection:
            (told,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if told == "ok" else str(told)
