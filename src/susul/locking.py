"""One run at a time: a lock that the system releases when its holder ends, however it ends.

The lock is the system's (flock on POSIX, a locked byte on Windows), not the file: what stands in the file only tells
people who holds it. So a killed run leaves no lock behind, and a process id that was given anew means nothing.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from datetime import datetime
from typing import IO, TYPE_CHECKING

from susul.errors import AlreadyRunning
from susul.places import PRIVATE_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Windows lets nobody read a locked byte: this one lies far behind the text.
_LOCKED_BYTE = 1 << 30
_LONGEST = 100


@contextmanager
def held(path: Path, now: datetime | None = None) -> Iterator[None]:
    """Holds the lock file while the block runs. Raises AlreadyRunning at once where another process holds it.

    ``now``: since when it is held, for the process that finds it so.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    with os.fdopen(descriptor, "r+", encoding="utf-8", errors="replace") as file:
        if not _lock(file):
            raise AlreadyRunning(
                f"Another susul run{_holder(file)} is at work on this account.",
                hint="Wait until it is done; nothing was changed.",
            )
        _write(file, f"{os.getpid()} {now.isoformat()}" if now else str(os.getpid()))
        try:
            yield
        finally:
            _write(file, "")


def _lock(file: IO[str]) -> bool:
    """Whether the lock was had. It goes with the process: a killed run leaves none behind."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_LOCKED_BYTE)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _write(file: IO[str], text: str) -> None:
    file.seek(0)
    file.truncate()
    file.write(text)
    file.flush()


def _holder(file: IO[str]) -> str:
    """`` (process 4711, since 09:14)`` as far as the file tells it."""
    file.seek(0)
    process, _, since = file.read(_LONGEST).strip().partition(" ")
    if not (process.isascii() and process.isdigit()):
        return ""
    try:
        began = datetime.fromisoformat(since).astimezone()
    except (ValueError, OverflowError, OSError):
        return f" (process {process})"
    return f" (process {process}, since {began:%a %d %b %H:%M})"
