"""Opening the state file, its schema and its transactions."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec

from susul.errors import Failed, StateUnwritable
from susul.model import Event, Message, Placed, Reading, Step
from susul.owners_word import About, OwnersWord, Word
from susul.places import PRIVATE_FILE
from susul.reading_order import Owed, Rank
from susul.reconcile import LedgerRow, Status
from susul.store.runs import Runs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

MESSAGE = msgspec.json.Decoder(Message)
READING = msgspec.json.Decoder(Reading)
EVENT = msgspec.json.Decoder(Event)
DRAFTS = msgspec.json.Decoder(tuple[Placed, ...])
ENCODER = msgspec.json.Encoder()
CHECK_DISK = "Check the folder's rights and the disk's free space; the next run goes on from here."
REBUILD = "susul doctor --rebuild begins a new state: the drafts in Gmail stay, and none is laid beside them."
GIVEN_UP_AFTER = 5  # runs that failed to read a thread
LEDGER_COLUMNS = (
    '"trigger"', "step", "rfc822_id", "thread", "digest", "status", "created_at", "draft_id", "message_id", "case_id",
    "intended", "requested",
)  # fmt: skip

WORD_COLUMNS = ("word", "about", "target", "said_at", "until_on")


def open_store(path: Path, *, migrated: bool = False) -> Store:
    """The store at ``path``, made or migrated as needed, readable by the owner only. Raises Failed.

    ``migrated``: another run is at work on it and has seen to that, so it is opened as it is, to be read.
    """
    try:
        if not path.exists():
            path.touch(mode=PRIVATE_FILE)
        os.chmod(path, PRIVATE_FILE)
        connection = sqlite3.connect(path, isolation_level=None, timeout=10)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        if not migrated:
            _migrate(connection)
    except (sqlite3.OperationalError, OSError) as error:  # whole as far as is known: it must not be moved away
        raise Failed(f"The state file {path.name} can't be used: {error}.", hint=CHECK_DISK) from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise Failed(f"The state file {path.name} can't be used: {error}.", hint=REBUILD) from error
    return Store(connection)


def newest_version() -> int:
    """The schema that this program writes: how many migrations it has."""
    return sum(entry.name.endswith(".sql") for entry in files("susul.store.migrations").iterdir())


def ledger_row(columns: Mapping[str, Any]) -> LedgerRow:
    """A row by its columns. What an older schema lacks has its default. Raises ValueError, KeyError or TypeError."""
    return LedgerRow(
        trigger=columns['"trigger"'],
        step=Step(columns["step"]),
        rfc822_id=columns["rfc822_id"],
        thread=columns["thread"],
        digest=columns["digest"],
        status=Status(columns["status"]),
        created_at=datetime.fromisoformat(columns["created_at"]),
        draft_id=columns["draft_id"],
        message_id=columns["message_id"],
        case=columns["case_id"],
        intended=columns.get("intended", ""),
        requested=bool(columns.get("requested", 0)),
    )


def owners_word(columns: Mapping[str, Any]) -> OwnersWord:
    """Raises like ``ledger_row``."""
    until = columns["until_on"]
    return OwnersWord(
        word=Word(columns["word"]),
        about=About(columns["about"]),
        target=columns["target"],
        said_at=datetime.fromisoformat(columns["said_at"]),
        until_on=date.fromisoformat(until) if until else None,
    )


def _migrate(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    scripts = sorted(entry.name for entry in files("susul.store.migrations").iterdir() if entry.name.endswith(".sql"))
    if version > len(scripts):
        raise sqlite3.DatabaseError("it was written by a newer version of susul")
    for number, name in enumerate(scripts, start=1):
        if number > version:
            script = (files("susul.store.migrations") / name).read_text("utf-8")
            connection.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")


class Store:
    """The state of one account. Every change belongs to a ``transaction``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.runs = Runs(connection)

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what is written inside is there as a whole, or not at all. Raises StateUnwritable."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise StateUnwritable(f"The state file can't be written: {error}.", hint=CHECK_DISK) from error
        finally:
            if self._connection.in_transaction:  # SQLite may have undone it by itself, as on a full disk
                self._connection.execute("ROLLBACK")

    # Facts

    def fact(self, name: str) -> str | None:
        row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_fact(self, name: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    # Mail

    def messages(self) -> tuple[Message, ...]:
        rows = self._connection.execute("SELECT value FROM messages ORDER BY sent_at, id")
        return tuple(MESSAGE.decode(value) for (value,) in rows)

    def held(self) -> dict[str, str]:
        """The ids of the messages that are here, with their threads."""
        return dict(self._connection.execute("SELECT id, thread_id FROM messages"))

    def holds(self, message_id: str) -> bool:
        found = self._connection.execute("SELECT 1 FROM messages WHERE id = ?", (message_id,))
        return found.fetchone() is not None

    def threads_held(self, threads: Iterable[str]) -> frozenset[str]:
        """Those of ``threads`` of which a message is here."""
        query = "SELECT 1 FROM messages WHERE thread_id = ? LIMIT 1"
        return frozenset(t for t in set(threads) if self._connection.execute(query, (t,)).fetchone())

    def relabel(self, message_id: str, added: Collection[str], removed: Collection[str]) -> None:
        """Labels by name, as in ``Message.labels``. Nothing where the message isn't here."""
        row = self._connection.execute("SELECT value FROM messages WHERE id = ?", (message_id,)).fetchone()
        if row:
            message = MESSAGE.decode(row[0])
            labels = (message.labels - frozenset(removed)) | frozenset(added)
            value = ENCODER.encode(replace(message, labels=labels))
            self._connection.execute("UPDATE messages SET value = ? WHERE id = ?", (value, message_id))

    def drop_messages(self, message_ids: Iterable[str]) -> None:
        """Gmail holds them no longer."""
        self._connection.executemany("DELETE FROM messages WHERE id = ?", [(i,) for i in message_ids])

    def keep_only(self, threads: Iterable[str], messages: Collection[str], since: datetime) -> None:
        """The window as it was listed: other threads are over, other messages since then are deleted in Gmail."""
        wanted = set(threads)
        gone = [
            message
            for message, thread, sent_at in self._connection.execute("SELECT id, thread_id, sent_at FROM messages")
            if thread not in wanted or (message not in messages and datetime.fromisoformat(sent_at) >= since)
        ]
        self.drop_messages(gone)

    def replace_threads(self, threads: Iterable[str], messages: Iterable[Message]) -> None:
        """The threads as they are now: what they held before and no longer hold is gone."""
        for thread in threads:
            self._connection.execute("DELETE FROM messages WHERE thread_id = ?", (thread,))
        self.keep_messages(messages)

    def keep_messages(self, messages: Iterable[Message]) -> None:
        self._connection.executemany(
            "INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?)",
            [(m.id, m.thread_id, m.sent_at.isoformat(), ENCODER.encode(m)) for m in messages],
        )

    # Readings

    def readings(self, basis: str) -> dict[str, Reading]:
        rows = self._connection.execute("SELECT value FROM readings WHERE basis = ?", (basis,))
        return {reading.id: reading for reading in (READING.decode(value) for (value,) in rows)}

    def all_readings(self) -> tuple[Reading, ...]:
        """Whatever they were made with."""
        return tuple(READING.decode(value) for (value,) in self._connection.execute("SELECT value FROM readings"))

    def keep_readings(self, basis: str, readings: Iterable[Reading]) -> None:
        self._connection.executemany(
            "INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", [(r.id, basis, ENCODER.encode(r)) for r in readings]
        )
        self._connection.execute("DELETE FROM readings WHERE id NOT IN (SELECT id FROM messages)")

    # Calendar

    def events(self) -> tuple[Event, ...]:
        return tuple(
            EVENT.decode(value) for (value,) in self._connection.execute("SELECT value FROM events ORDER BY id")
        )

    def replace_events(self, events: Sequence[Event]) -> None:
        self._connection.execute("DELETE FROM events")
        self._connection.executemany(
            "INSERT OR REPLACE INTO events VALUES (?, ?)", [(e.id or e.uid, ENCODER.encode(e)) for e in events]
        )

    # Threads still owed

    def owed(self, up_to: Rank = max(Rank)) -> tuple[Owed, ...]:  # noqa: B008 - a constant
        """The threads that are to be read, the most promising first, then the newest."""
        found = self._connection.execute(
            "SELECT id, message, place FROM owed_threads WHERE failures < ? AND place <= ? ORDER BY place, id DESC",
            (GIVEN_UP_AFTER, int(up_to)),
        )
        return tuple(Owed(thread, message, Rank(place)) for thread, message, place in found)

    def owed_threads(self, up_to: Rank = max(Rank)) -> tuple[str, ...]:  # noqa: B008 - a constant
        return tuple(one.thread for one in self.owed(up_to))

    def unreadable_threads(self) -> tuple[str, ...]:
        """The threads that were given up until something happens in them."""
        found = self._connection.execute("SELECT id FROM owed_threads WHERE failures >= ?", (GIVEN_UP_AFTER,))
        return tuple(i for (i,) in found)

    def owe(self, owed: Iterable[Owed]) -> None:
        """To be read; one that was given up gets another try, since something happened in it.

        A thread that is owed for two different messages is owed as a whole.
        """
        self._connection.executemany(
            "INSERT INTO owed_threads (id, message, place) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "failures = min(failures, ?), place = min(place, excluded.place), "
            "message = CASE WHEN message = excluded.message THEN message ELSE '' END",
            [(one.thread, one.message, int(one.rank), GIVEN_UP_AFTER - 1) for one in owed],
        )

    def hurry(self, threads: Iterable[str]) -> None:
        """A draft waits for them: before anything else."""
        self._connection.executemany(
            "UPDATE owed_threads SET place = ? WHERE id = ?", [(int(Rank.NEWS), thread) for thread in threads]
        )

    def owe_only(self, owed: Sequence[Owed], listed: Collection[str]) -> None:
        """Nothing else is to be read any more, but what is owed whole and is still ``listed``."""
        whole = {one.thread for one in self.owed() if not one.message}
        wanted = {one.thread for one in owed} | (whole & set(listed))
        self.settle_threads({*self.owed_threads(), *self.unreadable_threads()} - wanted)
        self.owe(owed)

    def settle_threads(self, threads: Iterable[str]) -> None:
        self._connection.executemany("DELETE FROM owed_threads WHERE id = ?", [(t,) for t in threads])

    def count_failures(self, threads: Iterable[str]) -> None:
        self._connection.executemany(
            "UPDATE owed_threads SET failures = failures + 1 WHERE id = ?", [(t,) for t in threads]
        )

    # Drafts

    def drafts(self) -> tuple[Placed, ...] | None:
        """The Drafts folder as it was listed last; None where it may have changed since."""
        known = self.fact("drafts")
        return DRAFTS.decode(known) if known else None

    def keep_drafts(self, drafts: Sequence[Placed]) -> None:
        self.set_fact("drafts", ENCODER.encode(drafts).decode())

    def forget_drafts(self) -> None:
        self.set_fact("drafts", "")

    def judged_drafts(self) -> frozenset[str]:
        """The messages of drafts that a lost state left behind and that were looked at: they aren't looked at again."""
        return frozenset(json.loads(self.fact("judged_drafts") or "[]"))

    def judge_drafts(self, messages: Iterable[str]) -> None:
        self.set_fact("judged_drafts", json.dumps(sorted({*self.judged_drafts(), *messages})))

    # Threads that got a draft while a create of ours was in the air

    def note_drafted(self, threads: Iterable[str]) -> None:
        """Kept while an intent is open: a draft that was laid and is gone again was seen, and discarded."""
        if any(row.status is Status.PENDING for row in self.ledger()):
            self.set_fact("drafted", json.dumps(sorted({*self.drafted(), *threads})))
        else:
            self.set_fact("drafted", "[]")

    def drafted(self) -> frozenset[str]:
        return frozenset(json.loads(self.fact("drafted") or "[]"))

    # Ledger

    def ledger(self) -> tuple[LedgerRow, ...]:
        rows = self._connection.execute(
            f"SELECT {', '.join(LEDGER_COLUMNS)} FROM ledger ORDER BY created_at, rfc822_id"
        )
        return tuple(ledger_row(dict(zip(LEDGER_COLUMNS, row, strict=True))) for row in rows)

    def record(self, row: LedgerRow, reason: str) -> None:
        """The row as it is now, in place of an earlier one for the same trigger and step."""
        self._connection.execute(
            f"INSERT OR REPLACE INTO ledger ({', '.join(LEDGER_COLUMNS)}, reason) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                row.trigger,
                row.step.value,
                row.rfc822_id,
                row.thread,
                row.digest,
                row.status.value,
                row.created_at.isoformat(),
                row.draft_id,
                row.message_id,
                row.case,
                row.intended,
                row.requested,
                reason,
            ),
        )

    def strike(self, row: LedgerRow) -> None:
        self._connection.execute('DELETE FROM ledger WHERE "trigger" = ? AND step = ?', (row.trigger, row.step.value))

    # The owner's words

    def words(self) -> tuple[OwnersWord, ...]:
        """What the owner said and has not taken back, the oldest first."""
        rows = self._connection.execute(
            f"SELECT {', '.join(WORD_COLUMNS)} FROM words ORDER BY said_at, about, target, word"
        )
        return tuple(owners_word(dict(zip(WORD_COLUMNS, row, strict=True))) for row in rows)

    def keep_word(self, said: OwnersWord) -> None:
        """In place of an earlier one that says the same about the same."""
        until = said.until_on.isoformat() if said.until_on else None
        self._connection.execute(
            "INSERT OR REPLACE INTO words (word, about, target, said_at, until_on) VALUES (?, ?, ?, ?, ?)",
            (said.word.value, said.about.value, said.target, said.said_at.isoformat(), until),
        )

    def take_back(self, said: OwnersWord) -> None:
        self._connection.execute(
            "DELETE FROM words WHERE word = ? AND about = ? AND target = ?",
            (said.word.value, said.about.value, said.target),
        )
