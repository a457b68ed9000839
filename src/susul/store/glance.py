"""A look into the state file that changes nothing and needs nothing but SQLite, for a run that may have no work."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_WORK_LEFT = """
SELECT (SELECT count(*) FROM owed_threads)
     + (SELECT count(*) FROM ledger WHERE status IN ('pending', 'updating', 'withdrawing'))
"""
_LOCAL = (
    "SELECT * FROM words ORDER BY word, about, target",
    'SELECT * FROM ledger ORDER BY "trigger", step',
    "SELECT value FROM facts WHERE name = 'identity'",
    "PRAGMA user_version",
)


def facts_at_rest(database: Path) -> dict[str, str]:
    """The store's facts; empty where an earlier run left work over, or the file is of another schema or damaged."""
    with _open(database) as connection:
        try:
            (left,) = connection.execute(_WORK_LEFT).fetchone()
            return {} if left else dict(connection.execute("SELECT name, value FROM facts"))
        except sqlite3.DatabaseError:
            return {}


def local_rows(database: Path) -> list[tuple[Any, ...]]:
    """What commands change that call nobody: the owner's words, the ledger; and whose account it is."""
    with _open(database) as connection:
        return [row for query in _LOCAL for row in connection.execute(query)]


def _open(database: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(database, isolation_level=None, timeout=10))
