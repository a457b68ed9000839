"""One process, measured from outside: wall seconds, CPU seconds, peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KIB, MIB = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ran:
    """How a process went. ``began_at`` in epoch seconds; ``code`` is negative where a signal ended it."""

    code: int
    began_at: float
    seconds: float
    cpu: float
    peak: int
    out: str
    err: str


@cache
def as_installed() -> dict[str, str]:
    """The environment, with our code compiled as ``pip install`` would leave it: in a checkout it may not be."""
    import susul

    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    compiling = (sys.executable, "-m", "compileall", "-q", *susul.__path__)
    subprocess.run(compiling, env=environment, check=True)
    return environment


def run(command: Sequence[str], environment: Mapping[str, str] | None = None, kill_after: float | None = None) -> Ran:
    """Runs it to its end, or to SIGKILL after so many seconds."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began_at, began = time.time(), time.perf_counter()
        own = {**as_installed(), **(environment or {})}
        process = subprocess.Popen(list(command), stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=own)
        killer = threading.Timer(kill_after, process.kill) if kill_after else None
        if killer:
            killer.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if killer:
            killer.cancel()
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
    cpu = usage.ru_utime + usage.ru_stime
    return Ran(process.returncode, began_at, seconds, cpu, usage.ru_maxrss * KIB, *texts)
