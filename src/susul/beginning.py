"""What a first run asks and starts before it has loaded its own rules: that takes as long as the answers do.

Whose mailbox it is comes first. Where the mailbox is large, the process that reads mail (``reading_beside``) is
started, and events and drafts are asked for on a connection of their own. A first run that was broken off begins only
once: the next one goes on with what is owed, without this.
"""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from susul.quiet import EVENTS_AHEAD

if TYPE_CHECKING:
    from collections.abc import Callable

    from susul.account import Account
    from susul.model import Placed
    from susul.reading_beside import ReadingBeside
    from susul.sources.google.calendar import CalendarWindow

LARGE = 400  # messages; below, a first run takes no longer than it takes to prepare for a long one
FRESH = timedelta(seconds=30)  # how old an answer may be; a run that waits for its quota asks again

Answer = TypeVar("Answer")


class Beginning:
    """The first questions of a run, under way in a thread. ``since``: from where on the calendar is read.

    What changes after it was asked is told by Gmail's history, or met by the next run. The account's own connection is
    the thread's until ``is_long`` answers. It is to be closed.
    """

    def __init__(self, account: Account, since: datetime, now: datetime) -> None:
        self._account, self._since, self._until = account, since, now + EVENTS_AHEAD
        self._asked_at = account.transport.now()
        self._large: Future[bool] = Future()
        self._beside: Future[ReadingBeside | None] = Future()
        self._window: Future[CalendarWindow] = Future()
        self._drafts: Future[tuple[Placed, ...]] = Future()
        self._told: set[object] = set()
        # No pool: Python waits for the threads of one when it ends, and nobody waits for these after Ctrl-C.
        Thread(target=self._ask, name="the first questions", daemon=True).start()

    def is_long(self) -> bool:
        """Whether the mailbox is large. Raises ``susul.errors``: what went wrong with the first question of all."""
        return self._large.result()

    def reading_beside(self) -> ReadingBeside | None:
        """The process that reads mail; None where it doesn't pay, or can't be had."""
        return self._beside.result() if self.is_long() else None

    def events(self, since: datetime, until: datetime) -> CalendarWindow | None:
        """The calendar of these days, told once; None where it is to be asked. Raises ``susul.errors``."""
        return self._once(self._window) if (since, until) == (self._since, self._until) else None

    def drafts(self) -> tuple[Placed, ...] | None:
        """What lies in Drafts, told once; None where it is to be asked. Raises ``susul.errors``."""
        return self._once(self._drafts)

    def time_zone(self) -> str | None:
        """The calendar's, an IANA name, may be empty; None where it is to be asked. Raises ``susul.errors``."""
        return self._window.result().time_zone if self.is_long() else None

    def close(self) -> None:
        self._beside.add_done_callback(_end)

    def _once(self, asked: Future[Answer]) -> Answer | None:
        if not self.is_long() or asked in self._told or not self._is_fresh():
            return None
        self._told.add(asked)
        return asked.result()

    def _is_fresh(self) -> bool:
        return self._account.transport.now() - self._asked_at < FRESH

    def _ask(self) -> None:
        _answer(self._large, lambda: self._account.gmail.introduced()[0].messages >= LARGE)
        if self._large.exception() or not self._large.result():
            return
        from susul.reading_beside import reading_beside
        from susul.sources.google.calendar import CalendarReader
        from susul.sources.google.drafts import DraftsFolder
        from susul.sources.google.gmail import CONNECTIONS

        _answer(self._beside, reading_beside)
        connection = self._account.transport.sibling(CONNECTIONS + 1)
        _answer(self._window, lambda: CalendarReader(connection).events(self._since, self._until))
        _answer(self._drafts, DraftsFolder(connection).list)


def _answer(question: Future[Answer], ask: Callable[[], Answer]) -> None:
    """The answer, or what went wrong."""
    try:
        question.set_result(ask())
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where the answer is wanted
        question.set_exception(error)


def _end(beside: Future[ReadingBeside | None]) -> None:
    with suppress(Exception):  # told to whoever wanted the process
        if process := beside.result():
            process.close()
