"""One run on one account: what stays the same through it, and what it has asked of Google ahead of its turn."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from susul.copying import window_start
from susul.journal import Journal, Tally, kept
from susul.quiet import EVENTS_AHEAD
from susul.sources.google.gmail import CONNECTIONS

if TYPE_CHECKING:
    from concurrent.futures import Future
    from contextlib import AbstractContextManager

    from susul.account import Account
    from susul.app import Progress
    from susul.config import Config
    from susul.model import Placed
    from susul.places import Places
    from susul.sources.google.calendar import CalendarWindow
    from susul.store import Store

LARGE = 400  # messages; below, a first run takes no longer than it takes to prepare for a long one
FRESH = timedelta(seconds=30)  # how old what was asked ahead may be; a run that waits for its quota asks again


@dataclass(slots=True)
class _AskedAhead:
    """The calendar's window and the drafts, asked on a connection of their own while the mail is being listed."""

    since: datetime
    at: datetime
    window: Future[CalendarWindow]
    drafts: Future[tuple[Placed, ...]]

    @classmethod
    def of(cls, account: Account, since: datetime, until: datetime) -> _AskedAhead:
        from susul.sources.google.calendar import CalendarReader
        from susul.sources.google.drafts import DraftsFolder

        connection, at = account.transport.sibling(CONNECTIONS + 1), account.transport.now()
        pool = ThreadPoolExecutor(max_workers=1)
        window = pool.submit(CalendarReader(connection).events, since, until)
        drafts = pool.submit(DraftsFolder(connection).list)
        pool.shutdown(wait=False)
        return cls(since, at, window, drafts)


@dataclass(slots=True)
class _Answers:
    """What was asked ahead and not used yet."""

    window: _AskedAhead | None = None
    drafts: _AskedAhead | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What stays the same through one run."""

    account: Account
    store: Store
    places: Places
    config: Config
    now: datetime
    progress: Progress
    tally: Tally = field(default_factory=Tally)
    _ahead: _Answers = field(default_factory=_Answers)

    def kept(self, command: str) -> AbstractContextManager[Journal]:
        """The run's pages in the journal."""
        return kept(self.store, command, self.now, self.config.effective_policy().general.journal_days)

    @property
    def since(self) -> datetime:
        return window_start(self.now, self.config.read.since_days)

    @property
    def is_long(self) -> bool:
        """Whether a whole mailbox is to be read, and a large one."""
        return not self.store.fact("history_id") and self.account.gmail.started.messages >= LARGE

    def ask_ahead(self) -> None:
        """Asks for events and drafts while this thread goes on. What changes later is told by the history."""
        asked = _AskedAhead.of(self.account, self.since, self.now + EVENTS_AHEAD)
        self._ahead.window = self._ahead.drafts = asked

    def events(self, since: datetime) -> CalendarWindow:
        """The calendar from ``since`` on. Raises ``susul.errors``."""
        asked, self._ahead.window = self._ahead.window, None
        if asked and asked.since == since and self._is_fresh(asked):
            return asked.window.result()
        return self.account.calendar.events(since, self.now + EVENTS_AHEAD)

    def drafts(self) -> tuple[Placed, ...]:
        """What lies in Drafts. Raises ``susul.errors``."""
        asked, self._ahead.drafts = self._ahead.drafts, None
        if asked and self._is_fresh(asked):
            return asked.drafts.result()
        return self.account.drafts.list()

    def calendar_zone(self) -> str:
        """The time zone of the calendar, an IANA name; may be empty. Raises ``susul.errors``."""
        if self._ahead.window:
            return self._ahead.window.window.result().time_zone
        return self.account.calendar.events(self.now, self.now + timedelta(hours=1)).time_zone

    def _is_fresh(self, asked: _AskedAhead) -> bool:
        return self.account.transport.now() - asked.at < FRESH
