"""One run at a time: a lock that the system releases when its holder ends, however it ends."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from susul.errors import AlreadyRunning
from susul.places import PRIVATE_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Holds the lock file while the block runs. Raises AlreadyRunning at once where another process holds it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    with os.fdopen(descriptor, "r+") as file:
        if not _lock(file):
            raise AlreadyRunning(
                "Another susul run is at work on this account.", hint="Wait until it is done; nothing was changed."
            )
        yield


def _lock(file: IO[str]) -> bool:
    """Whether the lock was had. It goes with the process: a killed run leaves none behind."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
