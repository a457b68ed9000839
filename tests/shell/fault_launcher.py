"""Runs ``susul`` commands as processes of their own, forked from one that has everything imported; it may kill them.

Started by ``Launcher`` as a process: one order, a line of JSON, in; one line, a list of how each process ended, out.
An order's keys: ``home`` (SUSUL_HOME), ``arguments``, ``now`` (ISO 8601, the run's clock), ``together`` (how many at
once), ``kill`` ({"event": "request" | "commit" | "file", "number": from 1, "after": whether its effect is had first}),
``timeout`` (seconds that a socket waits at most), ``file_size`` (bytes that a file may grow to), ``unprivileged`` (give
up root).

Nothing of Susul is changed for it but the clock: the events are caught where the standard library speaks HTTP and
SQLite, and SIGKILL is what it says.
"""

from __future__ import annotations

import contextlib
import gc
import http.client
import importlib
import io
import json
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pkgutil import walk_packages
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOBODY = 65534
MOST_SAID = 65536  # a pipe holds so many bytes, so that a child never waits for its reader


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its exit code, or the number of the signal below zero; what it said; how often it did what.

    The counts are known only of a process that was not killed.
    """

    code: int
    out: str
    err: str
    requests: int = 0
    commits: int = 0
    files: int = 0


class Launcher:
    """The warm process, for one thread. Close it, or use it in a ``with``."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, home: Path, now: datetime, *arguments: str, **order: Any) -> Ended:
        (ended,) = self.run_together(1, home, now, *arguments, **order)
        return ended

    def learn(self, mbox: Path, me: str, now: datetime) -> Ended:
        """Reads a mailbox file beforehand, so that the runs to come find every table loaded that its mail needs."""
        (ended,) = self._told({"learn": {"mbox": str(mbox), "me": me, "now": now.isoformat()}})
        return ended

    def run_together(self, together: int, home: Path, now: datetime, *arguments: str, **order: Any) -> list[Ended]:
        """So many processes of one command, all let go at the same moment."""
        told = {"home": str(home), "now": now.isoformat(), "arguments": arguments, "together": together}
        return self._told({**told, **order})

    def _told(self, order: dict[str, Any]) -> list[Ended]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return [Ended(**one) for one in json.loads(self._process.stdout.readline())]


# ---------------------------------------------------------------------- in the warm process


class Events:
    """Counts what the child does, and kills it where it was told to. Two connections may be at work at once."""

    counts: ClassVar[dict[str, int]] = {"request": 0, "commit": 0, "file": 0}
    kill: ClassVar[dict[str, Any]] = {}
    counting: ClassVar[Lock] = Lock()

    @classmethod
    @contextlib.contextmanager
    def happening(cls, event: str) -> Iterator[None]:
        number = cls.begin(event)
        yield
        cls.strike(event, number, after=True)

    @classmethod
    def begin(cls, event: str) -> int:
        """The number of the event that begins, by which its end is known."""
        with cls.counting:
            cls.counts[event] += 1
            number = cls.counts[event]
        cls.strike(event, number, after=False)
        return number

    @classmethod
    def strike(cls, event: str, number: int, *, after: bool) -> None:
        if cls.kill == {"event": event, "number": number, "after": after}:
            os.kill(os.getpid(), signal.SIGKILL)


class WatchedDatabase(sqlite3.Connection):
    """Every transaction's end is an event; those of a migration too."""

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        if sql != "COMMIT":
            return super().execute(sql, *parameters)
        with Events.happening("commit"):
            return super().execute(sql, *parameters)

    def executescript(self, script: str) -> sqlite3.Cursor:
        with Events.happening("commit"):
            return super().executescript(script)


def watch_requests() -> None:
    """A request's effect is had when the head of its answer is there."""
    begin, end = http.client.HTTPConnection.request, http.client.HTTPConnection.getresponse

    def request(self: Any, *arguments: Any, **options: Any) -> None:
        self.number = Events.begin("request")
        begin(self, *arguments, **options)

    def getresponse(self: Any) -> Any:
        response = end(self)
        Events.strike("request", self.number, after=True)
        return response

    changed: Any = http.client.HTTPConnection
    changed.request, changed.getresponse = request, getresponse


def watch_files() -> None:
    """The moment at which a whole file takes an old one's place: the sign-in is written so."""
    put = os.replace

    def replace(*arguments: Any, **options: Any) -> None:
        with Events.happening("file"):
            put(*arguments, **options)

    changed: Any = os
    changed.replace = replace


def shorten_timeouts(longest: float) -> None:
    wait = socket.socket.settimeout
    changed: Any = socket.socket
    changed.settimeout = lambda self, seconds: wait(self, min(seconds, longest) if seconds else seconds)


def prepare(order: dict[str, Any]) -> None:
    """Makes the child what the order asks for."""
    from susul.cli import times

    os.environ["SUSUL_HOME"] = order["home"]
    now = datetime.fromisoformat(order["now"])
    times.now = lambda: now
    changed: Any = time
    changed.sleep = lambda _: None  # the run's patience is spent all the same
    Events.kill.update(order.get("kill") or {})
    watch_requests()
    watch_files()
    opened: Any = sqlite3
    opened.connect = partial(sqlite3.connect, factory=WatchedDatabase)
    if order.get("timeout"):
        shorten_timeouts(order["timeout"])
    if order.get("file_size"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["file_size"], order["file_size"]))
    if order.get("unprivileged") and os.getuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def child(order: dict[str, Any], gate: int, counts: int) -> None:
    """The command itself; doesn't return."""
    from susul.cli import main

    code = 70
    try:
        prepare(order)
        os.read(gate, 1)  # until it is closed
        main(list(order["arguments"]))
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:  # noqa: BLE001 - told to whoever waits for this process
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os.write(counts, json.dumps(Events.counts).encode())
        os._exit(code)


def started(order: dict[str, Any], gate: tuple[int, int]) -> tuple[int, list[int]]:
    """The child's id, and the reading ends of its output, errors and counts."""
    pipes = [os.pipe() for _ in range(3)]
    pid = os.fork()
    if pid == 0:
        os.close(gate[1])
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(pipes[0][1], 1)
        os.dup2(pipes[1][1], 2)
        sys.stdout, sys.stderr = (io.TextIOWrapper(io.FileIO(n, "w", closefd=False), "utf-8") for n in (1, 2))
        child(order, gate[0], pipes[2][1])
    for _, writing in pipes:
        os.close(writing)
    return pid, [reading for reading, _ in pipes]


def ended(pid: int, readings: list[int]) -> dict[str, Any]:
    _, status = os.waitpid(pid, 0)
    out, err, counts = (os.read(reading, MOST_SAID).decode() for reading in readings)
    for reading in readings:
        os.close(reading)
    seen = {f"{event}s": count for event, count in json.loads(counts or "{}").items()}
    return {"code": os.waitstatus_to_exitcode(status), "out": out, "err": err, **seen}


def carried_out(order: dict[str, Any]) -> list[dict[str, Any]]:
    gate = os.pipe()
    children = [started(order, gate) for _ in range(order["together"])]
    os.close(gate[1])
    os.close(gate[0])
    return [ended(pid, readings) for pid, readings in children]


def learnt(mbox: str, me: str, now: str) -> list[dict[str, Any]]:
    """Reads the mail once in the warm process itself, which loads every table that reading it needs."""
    from susul.cli import main

    said = io.StringIO()
    with TemporaryDirectory() as folder, contextlib.redirect_stdout(said):
        os.environ["SUSUL_HOME"] = folder
        try:
            main(["scan", "--mbox", mbox, "--me", me, "--as-of", now])
        except SystemExit as done:
            code = int(done.code or 0)
    gc.freeze()
    return [{"code": code, "out": said.getvalue(), "err": ""}]


WARM = (
    "concurrent.futures.thread", "encodings.idna", "google.oauth2.credentials", "googleapiclient.discovery",
    "googleapiclient.http", "holidays.countries.indonesia",
)  # fmt: skip


def warm_up() -> None:
    """Imports whatever a run may import late: a child that gives its rights up may not reach the files any more."""
    import susul

    ours = [name for _, name, _ in walk_packages(susul.__path__, "susul.") if not name.endswith("__main__")]
    for name in (*ours, *WARM):
        importlib.import_module(name)


if __name__ == "__main__":
    warm_up()
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(learnt(**order["learn"]) if "learn" in order else carried_out(order)), flush=True)
