"""The journal's tables: runs, what each of them did, and what was decided last on each case."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

RUN_COLUMNS = "id, command, started_at, ended_at, exit_code, failure, times, summary"
ENTRY_COLUMNS = "run, what, case_id, step, subject, reason, rfc822_id"


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run, or ``times`` runs in a row that changed nothing. ``ended_at`` is None where it was interrupted.

    ``summary`` holds what was read, decided and done, counted.
    """

    id: int
    command: str
    started_at: datetime
    ended_at: datetime | None
    exit_code: int | None
    failure: str
    times: int
    summary: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a run decided or did, and why. ``rfc822_id`` names the draft, where it was about one."""

    run: int
    what: str
    case: str
    step: str
    subject: str
    reason: str
    rfc822_id: str = ""


class Runs:
    """The journal of one account. Every change belongs to a transaction of the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # Runs

    def begin(self, command: str, started_at: datetime) -> int:
        """The number of the new run."""
        cursor = self._connection.execute(
            "INSERT INTO runs (command, started_at, summary) VALUES (?, ?, '{}')", (command, started_at.isoformat())
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def end(self, run: int, ended_at: datetime, exit_code: int, failure: str, summary: Mapping[str, Any]) -> None:
        self._connection.execute(
            "UPDATE runs SET ended_at = ?, exit_code = ?, failure = ?, summary = ? WHERE id = ?",
            (ended_at.isoformat(), exit_code, failure, json.dumps(summary), run),
        )

    def merge(self, run: int, into: int) -> None:
        """One row for both: as long as they took together, with what the later one found."""
        self._connection.execute(
            "UPDATE runs SET (ended_at, summary, times) = "
            "(SELECT later.ended_at, later.summary, runs.times + later.times FROM runs later WHERE later.id = ?) "
            "WHERE id = ?",
            (run, into),
        )
        self._connection.execute("DELETE FROM runs WHERE id = ?", (run,))

    def newest(self, count: int) -> tuple[RunRow, ...]:
        """The latest runs, the newest first."""
        rows = self._connection.execute(f"SELECT {RUN_COLUMNS} FROM runs ORDER BY id DESC LIMIT ?", (count,))
        return tuple(_run_row(*row) for row in rows)

    def run(self, number: int) -> RunRow | None:
        row = self._connection.execute(f"SELECT {RUN_COLUMNS} FROM runs WHERE id = ?", (number,)).fetchone()
        return _run_row(*row) if row else None

    def last_that_wrote(self) -> int | None:
        """The last run that laid or changed a draft, or was about to; be it one that the owner asked for."""
        row = self._connection.execute(
            "SELECT max(runs.id) FROM runs JOIN run_entries ON run_entries.run = runs.id "
            "WHERE what IN ('creating', 'created', 'updating', 'updated')"
        ).fetchone()
        return row[0] if row else None

    def prune(self, before: datetime) -> None:
        """Strikes the runs that began earlier and their entries. A run of many times counts by its last."""
        old = "SELECT id FROM runs WHERE max(started_at, ended_at) < ?"
        moment = (before.isoformat(),)
        self._connection.execute(f"DELETE FROM run_entries WHERE run IN ({old})", moment)
        self._connection.execute(f"DELETE FROM runs WHERE id IN ({old})", moment)

    # Entries

    def entries(self, run: int) -> tuple[Entry, ...]:
        rows = self._connection.execute(f"SELECT {ENTRY_COLUMNS} FROM run_entries WHERE run = ? ORDER BY id", (run,))
        return tuple(Entry(*row) for row in rows)

    def add(self, entry: Entry) -> int:
        """The id of the new entry."""
        values = (entry.run, entry.what, entry.case, entry.step, entry.subject, entry.reason, entry.rfc822_id)
        cursor = self._connection.execute(f"INSERT INTO run_entries ({ENTRY_COLUMNS}) VALUES (?,?,?,?,?,?,?)", values)
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def settle(self, entry_id: int, what: str, reason: str) -> None:
        """How what was begun ended."""
        self._connection.execute("UPDATE run_entries SET what = ?, reason = ? WHERE id = ?", (what, reason, entry_id))

    def subject_of(self, rfc822_id: str) -> str:
        """The subject of the draft, as the journal told it last; empty where it never did."""
        row = self._connection.execute(
            "SELECT subject FROM run_entries WHERE rfc822_id = ? AND subject <> '' ORDER BY id DESC LIMIT 1",
            (rfc822_id,),
        ).fetchone()
        return row[0] if row else ""

    def maker_of(self, rfc822_id: str) -> int | None:
        """The run that laid the draft, or was about to: the last one, where an intent was used again."""
        row = self._connection.execute(
            "SELECT max(run) FROM run_entries WHERE rfc822_id = ? AND what IN ('creating', 'created')", (rfc822_id,)
        ).fetchone()
        return row[0] if row else None

    # Decisions

    def decided(self) -> dict[str, str]:
        """What was decided last, by case id."""
        return dict(self._connection.execute("SELECT case_id, decision FROM decided").fetchall())

    def keep_decided(self, changed: Mapping[str, str], gone: Iterable[str]) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO decided VALUES (?, ?)", list(changed.items()))
        self._connection.executemany("DELETE FROM decided WHERE case_id = ?", [(case,) for case in gone])


def _run_row(
    number: int,
    command: str,
    started_at: str,
    ended_at: str,
    exit_code: int | None,
    failure: str,
    times: int,
    summary: str,
) -> RunRow:
    ended = datetime.fromisoformat(ended_at) if ended_at else None
    began = datetime.fromisoformat(started_at)
    return RunRow(number, command, began, ended, exit_code, failure, times, json.loads(summary))
