"""A state file of every earlier schema, with data in it, is taken over whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from susul.owners_word import Word
from susul.reconcile import Status
from susul.store import open_store
from susul.store.database import newest_version
from susul.store.health import examine, rescued

if TYPE_CHECKING:
    from pathlib import Path

FIRST = newest_version()
MADE_AT = "2026-06-10T09:00:00+00:00"
DATA = {
    1: """
        INSERT INTO facts VALUES ('history_id', '4711'), ('since', '2026-03-01T00:00:00+00:00');
        INSERT INTO ledger VALUES
          ('m1', 'status_check', '<susul.1@a.example>', 't1', 'x', 'placed',
           '2026-06-10T09:00:00+00:00', 'd1', 'g1', 'c', 'why'),
          ('m2', 'nudge', '<susul.2@a.example>', NULL, 'x', 'discarded', '2026-06-10T09:00:00+00:00', '', '', '', '');
        INSERT INTO owed_threads (id) VALUES ('t9');
        INSERT INTO runs VALUES
          (7, '2026-06-10T09:00:00+00:00', '{"counts": {"created": 1}, "units": 40, "put_off": 0}'),
          (8, '2026-06-10T09:15:00+00:00', '{"command": "draft", "counts": {}, "units": 2, "put_off": 0}');
    """,
    2: """
        UPDATE owed_threads SET failures = 3;
        UPDATE ledger SET status = 'updating', intended = 'y' WHERE "trigger" = 'm1';
    """,
    3: "INSERT INTO words VALUES ('ignore', 'address', 'budi@b.example', '2026-06-10T09:00:00+00:00', NULL);",
    4: """UPDATE ledger SET requested = 1 WHERE "trigger" = 'm2';""",
    5: """
        INSERT INTO run_entries (run, what, case_id, step, subject, reason, rfc822_id)
          VALUES (7, 'created', 'c', 'status_check', 's', 'why', '<susul.1@a.example>');
        INSERT INTO decided VALUES ('c', 'draft open status_check m1');
    """,
}  # fmt: skip


def state_of(path: Path, version: int) -> None:
    """A state file as that version of the schema left it."""
    with closing(sqlite3.connect(path)) as connection:
        for number in range(1, version + 1):
            script = (files("susul.store.migrations") / f"{number:04}.sql").read_text("utf-8")
            connection.executescript(f"{script}; {DATA[number]}; PRAGMA user_version = {number};")


@pytest.mark.parametrize("version", range(1, FIRST))
def test_a_state_of_an_earlier_schema_is_taken_over(tmp_path: Path, version: int) -> None:
    path = tmp_path / "state.sqlite3"
    state_of(path, version)
    assert examine(path).outdated
    assert examine(path).sound

    with closing(open_store(path)) as store:
        one, two = store.ledger()
        assert (one.status, one.intended) == ((Status.UPDATING, "y") if version > 1 else (Status.PLACED, ""))
        assert (two.status, two.thread, two.requested) == (Status.DISCARDED, None, version > 3)
        assert one.created_at == datetime.fromisoformat(MADE_AT)
        assert [word.word for word in store.words()] == ([Word.IGNORE] if version > 2 else [])
        assert store.owed_threads() == ("t9",)
        assert store.fact("history_id") == "4711"
        asked, swept = store.runs.newest(5)
        assert (asked.id, asked.command, swept.id, swept.command) == (8, "draft", 7, "sync")
        assert asked.ended_at is not None
        assert swept.summary["counts"] == {"created": 1}
    health = examine(path)
    assert health.sound
    assert health.version == FIRST


@pytest.mark.parametrize("version", range(1, FIRST))
def test_a_migrated_state_goes_on_with_the_journal(tmp_path: Path, version: int) -> None:
    path = tmp_path / "state.sqlite3"
    state_of(path, version)
    now = datetime(2026, 6, 11, 9, tzinfo=UTC)

    with closing(open_store(path)) as store, store.transaction():
        run = store.runs.begin("sync", now)
        store.runs.end(run, now + timedelta(seconds=2), 0, "", {})
        store.runs.prune(now - timedelta(hours=1))

        assert [row.id for row in store.runs.newest(5)] == [9]


@pytest.mark.parametrize("version", range(1, FIRST))
def test_ledger_and_words_of_an_earlier_schema_are_rescued(tmp_path: Path, version: int) -> None:
    path = tmp_path / "state.sqlite3"
    state_of(path, version)

    rows, words = rescued(path)

    assert [row.trigger for row in rows] == ["m1", "m2"]
    assert len(words) == (1 if version > 2 else 0)


def test_every_earlier_schema_has_data_in_these_tests() -> None:
    assert set(DATA) == set(range(1, FIRST))
