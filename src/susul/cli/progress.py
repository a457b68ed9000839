"""How far long work is: one line on standard error that overwrites itself, with the rate and the time left."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import click

from susul.cli.hyperlinks import is_dumb
from susul.cli.messages import in_words

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = 2.0  # seconds: before that a rate is a guess
EVERY = 0.1  # seconds between two drawings: more can't be read
MINUTE, HOUR = 60, 3600
CALM = 100  # from here on a rate is told in whole numbers


@dataclass(frozen=True, slots=True)
class Pace:
    """How far one piece of work is: ``done`` of ``total`` (0: nobody knows) after ``seconds``, begun at ``first``.

    ``outlook``: what Google's quota lets expect; it counts for more than the rate so far.
    """

    what: str
    done: int
    total: int
    seconds: float
    first: int = 0
    outlook: str = ""

    def in_words(self) -> str:
        """``Reading threads: 120 of 900, 24 a second, 33 s left``."""
        count = f"{self.done} {in_words('of')} {self.total}" if self.total else str(self.done)
        parts = [f"{in_words(self.what)}: {count}", in_words(self.outlook), *map(in_words, self._rate())]
        return ", ".join(filter(None, parts))

    def _rate(self) -> list[str]:
        done_since = self.done - self.first
        if self.seconds < LONG or done_since <= 0:
            return []
        rate = done_since / self.seconds
        if self.outlook:
            return [] if "left" in self.outlook or self.total <= self.done else [self._left(rate)]
        told = f"{rate:.0f} a second" if rate >= CALM else f"{rate:.1f} a second"
        return [told, self._left(rate)] if self.total > self.done else [told]

    def _left(self, rate: float) -> str:
        return f"{duration((self.total - self.done) / rate)} left"


def duration(seconds: float) -> str:
    """``40 s``, ``3 min 20 s``, ``2 h 5 min``."""
    whole = round(seconds)
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE} s"
    return f"{whole // HOUR} h {whole % HOUR // MINUTE} min"


class Line:
    """The line of progress of this process's terminal: there is one terminal, so one line is open at most."""

    open: ClassVar[Line | None] = None

    def __init__(self, width: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._width = width
        self._clock = clock
        self._what = ""
        self._first = 0
        self._began = self._drawn = 0.0
        self._long = 0  # characters that stand there now

    def __call__(self, what: str, done: int, total: int, outlook: str = "") -> None:
        now = self._clock()
        if what != self._what:
            self.end()
            self._what, self._first, self._began, self._drawn = what, done, now, 0.0
        finished = bool(total) and done >= total
        if finished or not self._long or now - self._drawn >= EVERY:
            self._draw(Pace(what, done, total, now - self._began, self._first, outlook).in_words())
            self._drawn = now
        if finished:
            self.end()
            self._what = ""

    def _draw(self, text: str) -> None:
        shown = text[: self._width - 1]  # in the last column some terminals would begin a new line
        click.echo(f"\r{shown:<{self._long}}", err=True, nl=False)
        self._long = len(shown)
        Line.open = self

    def end(self) -> None:
        """What is printed next begins on a line of its own."""
        if self._long:
            click.echo("", err=True)
        self._long = 0
        Line.open = None


def end_line() -> None:
    """Ends the line of progress, where work stopped in the middle of it."""
    if Line.open:
        Line.open.end()


def is_watched() -> bool:
    """Whether a terminal shows standard error, and one on which a line can be written over."""
    return sys.stderr.isatty() and not is_dumb()
