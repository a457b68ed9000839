"""Files for the owner's eyes only, written whole or not at all."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from susul.errors import ConfigError
from susul.places import PRIVATE_FILE, PRIVATE_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def is_open_to_others(path: Path) -> bool:
    """Whether others on this machine may get at the file or folder; never on Windows, where the folder keeps them out.

    Raises OSError where it can't be looked at.
    """
    return os.name == "posix" and bool(path.stat().st_mode & OTHERS)


def keep_to_owner(path: Path) -> bool:
    """Takes from others what they may do with a file of the owner's; whether there was anything to take.

    A symbolic link is left alone: what it leads to may be shared on purpose, and lies where nobody sent us. Raises
    OSError where it can't be done: the file is another user's, or lies on a disk that can't be written.
    """
    if path.is_symlink() or not path.is_file() or not is_open_to_others(path):
        return False
    path.chmod(stat.S_IMODE(path.stat().st_mode) & ~OTHERS)
    return True


def write_private(path: Path, text: str) -> None:
    """Writes ``text`` so that only the owner can read it; a reader sees the old file or the new one, never half of it.

    Raises ConfigError where it can't be written; then the old file stands as it was.
    """
    path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        scratch.unlink(missing_ok=True)
        descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        hint = "Check the folder's rights and the disk's free space."
        raise ConfigError(f"{path} can't be written.", hint=hint) from error


def keep_copy(path: Path) -> Path | None:
    """The copy that was made of ``path``, as ``name.1``, ``name.2`` …; None where there is no such file."""
    if not path.exists():
        return None
    number = 1
    while (copy := path.with_name(f"{path.name}.{number}")).exists():
        number += 1
    write_private(copy, path.read_text("utf-8", "replace"))
    return copy
