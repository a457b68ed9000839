"""A look into the state file that needs nothing but SQLite, for a run that may have no work; and that run's trace."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_WORK_LEFT = """
SELECT (SELECT count(*) FROM owed_threads)
     + (SELECT count(*) FROM ledger WHERE status IN ('pending', 'updating', 'withdrawing', 'undoing'))
"""
_LOCAL = (
    "SELECT * FROM words ORDER BY word, about, target",
    'SELECT * FROM ledger ORDER BY "trigger", step',
    "SELECT value FROM facts WHERE name = 'identity'",
    "PRAGMA user_version",
)


# What a damaged or busy file gives; a whole run tells it in words.
Unreadable = sqlite3.Error

# The last run, where it was a sync that ended alike and left no trace: the next such run only adds to its count.
_LIKE_THE_LAST = """
UPDATE runs SET ended_at = ?, times = times + 1
WHERE id = (SELECT max(id) FROM runs) AND command = 'sync' AND exit_code = ? AND failure = ? AND ended_at <> ''
  AND id NOT IN (SELECT run FROM run_entries)
  AND coalesce(json_extract(summary, '$.counts'), '{}') = '{}'
  AND coalesce(json_extract(summary, '$.labels'), '{}') = '{}'
"""
_ANOTHER = (
    "INSERT INTO runs (command, started_at, ended_at, exit_code, failure, summary) VALUES ('sync', ?, ?, ?, ?, ?)"
)


def facts_at_rest(database: Path) -> dict[str, str]:
    """The store's facts; empty where an earlier run left work over, or the file is of another schema or damaged."""
    with _open(database) as connection:
        try:
            (left,) = connection.execute(_WORK_LEFT).fetchone()
            return {} if left else dict(connection.execute("SELECT name, value FROM facts"))
        except sqlite3.DatabaseError:
            return {}


def fact_at_rest(database: Path, name: str) -> str:
    """One of the store's facts, whatever else is to do; empty where there is none, or it can't be read."""
    with _open(database) as connection:
        try:
            row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        except sqlite3.DatabaseError:
            return ""
    return str(row[0]) if row else ""


def local_rows(database: Path) -> list[tuple[Any, ...]]:
    """What commands change that call nobody: the owner's words, the ledger; and whose account it is."""
    with _open(database) as connection:
        return [row for query in _LOCAL for row in connection.execute(query)]


def note_quiet_run(database: Path, started_at: datetime, ended_at: datetime, units: int, requests: int) -> None:
    """That a run found nothing to do, as ``susul.journal`` would tell it. Instants are aware."""
    read = {"threads": 0, "messages": 0, "events": 0, "units": units, "requests": requests}
    _note(database, (started_at, ended_at), 0, "", {"read": read})


def note_failed_run(database: Path, started_at: datetime, ended_at: datetime, exit_code: int, failure: str) -> None:
    """That a run ended before it had read anything, and why, as ``susul.journal`` would tell it.

    Raises Unreadable where the file is of another schema, damaged or busy.
    """
    _note(database, (started_at, ended_at), exit_code, failure, {})


def _note(
    database: Path, span: tuple[datetime, datetime], exit_code: int, failure: str, summary: dict[str, Any]
) -> None:
    began, ended = (moment.astimezone(UTC).isoformat() for moment in span)
    with _open(database) as connection:
        connection.execute("BEGIN IMMEDIATE")
        if not connection.execute(_LIKE_THE_LAST, (ended, exit_code, failure)).rowcount:
            connection.execute(_ANOTHER, (began, ended, exit_code, failure, json.dumps(summary)))
        connection.execute("COMMIT")


def _open(database: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(database, isolation_level=None, timeout=10))
