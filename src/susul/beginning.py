"""What a first run asks and starts before it has loaded its own rules: that takes as long as the answers do.

Whose mailbox it is comes first. Where the mailbox is large, events and drafts are asked for on a connection of their
own, and the process that reads mail (``reading_beside``) is started.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from susul.quiet import EVENTS_AHEAD

if TYPE_CHECKING:
    from concurrent.futures import Future

    from susul.account import Account
    from susul.model import Placed
    from susul.reading_beside import ReadingBeside
    from susul.sources.google.calendar import CalendarWindow

LARGE = 400  # messages; below, a first run takes no longer than it takes to prepare for a long one
FRESH = timedelta(seconds=30)  # how old an answer may be; a run that waits for its quota asks again


class Beginning:
    """The first questions of a run, under way. ``since``: from where on the calendar is read. It is to be closed.

    What changes after it was asked is told by Gmail's history, or met by the next run.
    """

    def __init__(self, account: Account, since: datetime, now: datetime) -> None:
        self._account, self._since, self._until = account, since, now + EVENTS_AHEAD
        self._asked_at = account.transport.now()
        self._window: Future[CalendarWindow] | None = None
        self._events_told = False
        self._drafts: Future[tuple[Placed, ...]] | None = None
        self._asking = ThreadPoolExecutor(max_workers=1)
        self._preparing = ThreadPoolExecutor(max_workers=1)
        self._prepared = self._preparing.submit(self._prepare)

    def wait(self) -> None:
        """Waits until the account's own connection is free. Whatever asks on it must wait first, as all below do."""
        self._prepared.exception()

    def is_long(self) -> bool:
        """Whether the mailbox is large. False, too, where that could not be asked."""
        return not self._prepared.exception() and self._window is not None

    def reading_beside(self) -> ReadingBeside | None:
        """The process that reads mail; None where it doesn't pay, or can't be had."""
        return None if self._prepared.exception() else self._prepared.result()

    def events(self, since: datetime) -> CalendarWindow | None:
        """The calendar from ``since`` on, told once; None where it is to be asked. Raises ``susul.errors``."""
        if self._events_told or not (self._window and since == self._since and self._is_fresh()):
            return None
        self._events_told = True
        return self._window.result()

    def drafts(self) -> tuple[Placed, ...] | None:
        """What lies in Drafts, told once; None where it is to be asked. Raises ``susul.errors``."""
        asked, self._drafts = self._drafts, None
        return asked.result() if asked and self._is_fresh() else None

    def time_zone(self) -> str | None:
        """The calendar's, an IANA name, may be empty; None where it is to be asked. Raises ``susul.errors``."""
        return self._window.result().time_zone if self._window else None

    def close(self) -> None:
        for pool in (self._preparing, self._asking):
            pool.shutdown(wait=False, cancel_futures=True)
        self._prepared.add_done_callback(_end_reading)

    def _prepare(self) -> ReadingBeside | None:
        profile, _ = self._account.gmail.introduced()
        if profile.messages < LARGE:
            return None
        from susul.reading_beside import reading_beside
        from susul.sources.google.calendar import CalendarReader
        from susul.sources.google.drafts import DraftsFolder
        from susul.sources.google.gmail import CONNECTIONS

        connection = self._account.transport.sibling(CONNECTIONS + 1)
        self._drafts = self._asking.submit(DraftsFolder(connection).list)
        self._window = self._asking.submit(CalendarReader(connection).events, self._since, self._until)
        return reading_beside()

    def _is_fresh(self) -> bool:
        return self._account.transport.now() - self._asked_at < FRESH


def _end_reading(prepared: Future[ReadingBeside | None]) -> None:
    if not prepared.cancelled() and not prepared.exception() and (beside := prepared.result()):
        beside.close()
