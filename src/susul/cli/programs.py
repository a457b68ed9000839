"""Programs of the system that a command calls: crontab, systemctl. Never with anything out of a mail."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass

PATIENCE = 30  # seconds


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program ended: its exit code and what it said."""

    code: int
    out: str
    err: str


def run(program: str, *arguments: str, given: str | None = None) -> Ran | None:
    """Runs ``program`` with ``given`` on its standard input; None where there is no such program, or it hangs."""
    found = shutil.which(program)
    if found is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - a program of the system's PATH, with arguments of our own
            [found, *arguments],
            input=(given or "").encode("utf-8", "surrogateescape"),
            capture_output=True,
            check=False,
            timeout=PATIENCE,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    return Ran(done.returncode, _text(done.stdout), _text(done.stderr))


def _text(said: bytes) -> str:
    """Bytes that are no UTF-8 come back as they were when they are given on (PEP 383)."""
    return said.decode("utf-8", "surrogateescape")
