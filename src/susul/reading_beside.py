"""Readings made in a process beside the run: one core understands the mail while the other fetches and stores more.

The run sends it messages, each batch as a line of JSON that says whose mail it is; each line is answered by one with
their readings. The process loads the phrases before the first line comes, and ends when no more
can come. Whatever happens to it costs time only: what it doesn't answer is read by the run itself.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from zoneinfo import ZoneInfo

import msgspec

from susul.collecting import collect_rarely
from susul.days import BusinessDays
from susul.model import Message, Reading
from susul.owner import Owner

if TYPE_CHECKING:
    from collections.abc import Sequence

# Without ``-P`` a folder named susul where the run was started would be taken for this package.
COMMAND = (sys.executable, "-P", "-m", "susul.reading_beside")
ANSWERED_WITHIN = 60.0  # seconds; a batch takes a tenth of one

_ENCODER = msgspec.json.Encoder()
_READINGS = msgspec.json.Decoder(list[Reading])


@dataclass(frozen=True, slots=True)
class Whose:
    """What a reading depends on besides the message and the rules: the owner's addresses, zone and business days."""

    addresses: tuple[str, ...]
    zone: str
    country: str
    collective_leave: bool

    @classmethod
    def of(cls, owner: Owner) -> Whose:
        return cls(owner.addresses, owner.zone.key, owner.days.country, owner.days.collective_leave)

    def owner(self) -> Owner:
        days = BusinessDays(self.country, self.collective_leave)
        return Owner(self.addresses, zone=ZoneInfo(self.zone), days=days)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one line holds."""

    whose: Whose
    mail: tuple[Message, ...]


class ReadingBeside:
    """The process, as the run knows it. It is to be closed."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._exchange = ThreadPoolExecutor(max_workers=1)
        self._under_way: list[Future[list[Reading]]] = []
        self._is_closed = False

    def take(self, messages: Sequence[Message], owner: Owner) -> None:
        """Sends it messages to read, and doesn't wait."""
        if not self._is_closed:
            line = _ENCODER.encode(Batch(Whose.of(owner), tuple(messages)))
            self._under_way.append(self._exchange.submit(self._answered, line))

    def made(self) -> list[Reading]:
        """The readings that are ready, each told once."""
        found: list[Reading] = []
        while self._under_way and self._under_way[0].done():
            found += self._under_way.pop(0).result()
        return found

    def rest(self) -> list[Reading]:
        """The readings that are still to come. Those of a process that takes too long don't come."""
        found: list[Reading] = []
        for batch in self._under_way:
            try:
                found += batch.result(ANSWERED_WITHIN)
            except TimeoutError:
                self._process.kill()  # whoever waits for it gets an empty answer
                found += batch.result()
        self._under_way = []
        return found

    def close(self) -> None:
        self._is_closed = True
        self._process.kill()
        self._exchange.shutdown()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):  # what was not taken any more is not missed
                    pipe.close()
        self._process.wait()

    def _answered(self, line: bytes) -> list[Reading]:
        """What it makes of a batch; nothing where it is gone, or says something else."""
        to, answers = self._process.stdin, self._process.stdout
        assert to
        assert answers
        try:
            to.write(line + b"\n")
            to.flush()
            return _READINGS.decode(answers.readline())
        except (OSError, ValueError):  # msgspec's errors are ValueErrors; so is a closed pipe
            return []


def reading_beside() -> ReadingBeside | None:
    """The process, started; None where there is no second core for it, or the system gives none."""
    return started() if sys.executable and _cores() > 1 else None


def started(command: Sequence[str] = COMMAND) -> ReadingBeside | None:
    """The process, on however many cores; None where the system gives none."""
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows; elsewhere there is no window to hide
    try:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter with our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, creationflags=hidden
        )
    except OSError:
        return None
    return ReadingBeside(process)


def answer_lines(lines: BinaryIO, answers: BinaryIO) -> None:
    """The process's own side: a line of readings for each line of messages."""
    from susul.reading import read
    from susul.reading.phrases import phrase_book

    phrase_book()
    decoder = msgspec.json.Decoder(Batch)
    for line in lines:
        batch = decoder.decode(line)
        owner = batch.whose.owner()
        readings = [read(message, owner) for message in batch.mail]
        answers.write(_ENCODER.encode(readings) + b"\n")
        answers.flush()


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


if __name__ == "__main__":
    collect_rarely()
    answer_lines(sys.stdin.buffer, sys.stdout.buffer)
