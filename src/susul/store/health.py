"""Whether the state file is sound, and how to begin anew where it isn't, without a second draft for anybody.

``examine`` changes nothing and never raises. ``rebuild`` moves the file away and takes over what of the ledger and of
the owner's words can still be read; mail and calendar are read again by the next run. A draft of ours that no row knows
any more is found again there (``susul.adoption``) or counts as the owner's: either way none is laid beside it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from susul.errors import Failed
from susul.store.database import (
    LEDGER_COLUMNS,
    REBUILD,
    WORD_COLUMNS,
    Store,
    ledger_row,
    newest_version,
    open_store,
    owners_word,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from susul.owners_word import OwnersWord
    from susul.reconcile import LedgerRow

T = TypeVar("T")

MOST_FAULTS = 5  # of one check that are told
UNREADABLE = (sqlite3.Error, msgspec.MsgspecError, ValueError, KeyError, TypeError)
COMPANIONS = ("", "-wal", "-shm")  # the file, its write-ahead log and that one's index: https://sqlite.org/wal.html
TAKEN_OVER = "Taken over from a damaged state."


@dataclass(frozen=True, slots=True)
class Health:
    """What an examination found. ``version`` is that of the schema, None where it can't be told.

    ``faults`` are sentences, none where the file is sound; a file that doesn't exist yet is sound. ``rows`` counts what
    is in it. ``private``: nobody but the owner may read it.
    """

    exists: bool
    version: int | None = None
    newest: int = 0
    faults: tuple[str, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    private: bool = True

    @property
    def sound(self) -> bool:
        return not self.faults

    @property
    def outdated(self) -> bool:
        """Whether the next run brings it to the newest schema; nothing is wrong with that."""
        return self.version is not None and self.version < self.newest


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Where the old state lies now, and how many drafts and words of the owner were taken over."""

    moved_to: Path
    drafts: int
    words: int


def examine(path: Path) -> Health:
    """Opens the state file for reading, checks it as a database, then each row. Takes a second for 100 MB."""
    newest = newest_version()
    if not path.exists():
        return Health(exists=False, newest=newest)
    private = os.name != "posix" or not path.stat().st_mode & 0o077
    try:
        with closing(_reading(path)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            faults = _structure(connection)
            rows: dict[str, int] = {}
            if version > newest:
                faults.append(f"It was written by a newer version of susul (schema {version}, known: {newest}).")
            elif version == newest and not faults:
                rows, faults = _rows(Store(connection))
    except (OSError, *UNREADABLE) as error:
        return Health(True, None, newest, (f"It can't be opened: {error}.",), {}, private)
    return Health(True, version, newest, tuple(faults), rows, private)


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Damage that a run comes upon in the midst of its work is told in a sentence. Raises Failed."""
    try:
        yield
    except (sqlite3.DatabaseError, msgspec.DecodeError) as error:
        raise Failed(f"The state file {path.name} can't be used: {error}.", hint=REBUILD) from error


def rebuild(path: Path, now: datetime) -> Rebuilt:
    """Moves the state away and begins a new one. Hold the lock. Raises Failed where there is none, or it can't be.

    The old file stays beside the new one, as ``….damaged-<time>``, until the owner deletes it.
    """
    if not path.exists():
        raise Failed("There is no state file to rebuild.", hint="susul sync makes one.")
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}")
    try:
        for companion in COMPANIONS:
            old = path.with_name(path.name + companion)
            if old.exists():
                old.rename(aside.with_name(aside.name + companion))
    except OSError as error:
        raise Failed(
            f"The state file can't be moved away: {error.strerror}.", hint="Check the folder's rights."
        ) from error
    rows, words = rescued(aside)
    with closing(open_store(path)) as store, store.transaction():
        for row in rows:
            store.record(row, TAKEN_OVER)
        for word in words:
            store.keep_word(word)
    return Rebuilt(aside, len(rows), len(words))


def rescued(path: Path) -> tuple[tuple[LedgerRow, ...], tuple[OwnersWord, ...]]:
    """What of the ledger and of the owner's words can still be read, row by row; whatever can't is left out."""
    try:
        with closing(_reading(path)) as connection:
            rows = tuple(_legible(connection, "ledger", LEDGER_COLUMNS, ledger_row))
            words = tuple(_legible(connection, "words", WORD_COLUMNS, owners_word))
    except (OSError, *UNREADABLE):
        return (), ()
    # Two rows of one draft, or of one step, can't both be right: the ledger takes each but once.
    return tuple({row.rfc822_id: row for row in rows}.values()), words


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=10)


def _structure(connection: sqlite3.Connection) -> list[str]:
    """What SQLite itself finds (https://sqlite.org/pragma.html#pragma_quick_check)."""
    found = [line for (line,) in connection.execute(f"PRAGMA quick_check({MOST_FAULTS})")]
    return [] if found == ["ok"] else [f"The database is damaged: {' '.join(line.split())}." for line in found]


def _rows(store: Store) -> tuple[dict[str, int], list[str]]:
    """How many rows of each kind can be read, and which kinds can't."""
    readers: dict[str, Callable[[], Sequence[Any]]] = {
        "messages": store.messages,
        "events": store.events,
        "readings": store.all_readings,
        "drafts in the ledger": store.ledger,
        "words of the owner": store.words,
        "drafts listed": lambda: store.drafts() or (),
        "runs": lambda: store.runs.newest(-1),
    }
    counts, faults = dict[str, int](), list[str]()
    for what, read in readers.items():
        try:
            counts[what] = len(read())
        except UNREADABLE as error:
            faults.append(f"Some {what} can't be read ({type(error).__name__}).")
    return counts, faults


def _legible(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], decode: Callable[[Mapping[str, Any]], T]
) -> Iterator[T]:
    there = {
        f'"{row[1]}"' if row[1] == "trigger" else row[1] for row in connection.execute(f"PRAGMA table_info({table})")
    }
    chosen = [column for column in columns if column in there]
    if not chosen:
        return
    cursor = connection.execute(f"SELECT {', '.join(chosen)} FROM {table}")
    while True:
        try:
            row = cursor.fetchone()
        except sqlite3.DatabaseError:
            return  # the rest of the table is behind the damage
        if row is None:
            return
        try:
            yield decode(dict(zip(chosen, row, strict=True)))
        except UNREADABLE:
            continue
