"""One run on one account: what stays the same through it, and what it may ask of Google only once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from susul.copying import window_start
from susul.journal import Journal, Tally, kept
from susul.quiet import EVENTS_AHEAD

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from susul.account import Account
    from susul.beginning import Beginning
    from susul.config import Config
    from susul.model import Placed
    from susul.places import Places
    from susul.progressing import Progress
    from susul.reading_beside import ReadingBeside
    from susul.sources.google.calendar import CalendarWindow
    from susul.store import Store


@dataclass(frozen=True, slots=True)
class Run:
    """What stays the same through one run. ``beginning``: what a first run has asked already."""

    account: Account
    store: Store
    places: Places
    config: Config
    now: datetime
    progress: Progress
    beginning: Beginning | None = None
    tally: Tally = field(default_factory=Tally)

    def kept(self, command: str) -> AbstractContextManager[Journal]:
        """The run's pages in the journal."""
        return kept(self.store, command, self.now, self.config.effective_policy().general.journal_days)

    @property
    def since(self) -> datetime:
        return window_start(self.now, self.config.read.since_days)

    def is_long(self) -> bool:
        """Whether it reads a large mailbox for the first time."""
        return self.beginning is not None and self.beginning.is_long()

    def reading_beside(self) -> ReadingBeside | None:
        """The process that reads mail beside this one, where there is one."""
        return self.beginning.reading_beside() if self.beginning else None

    def events(self, since: datetime) -> CalendarWindow:
        """The calendar from ``since`` on. Raises ``susul.errors``."""
        until = self.now + EVENTS_AHEAD
        known = self.beginning.events(since, until) if self.beginning else None
        return known or self.account.calendar.events(since, until)

    def drafts(self) -> tuple[Placed, ...]:
        """What lies in Drafts. Raises ``susul.errors``."""
        known = self.beginning.drafts() if self.beginning else None
        return self.account.drafts.list() if known is None else known

    def calendar_zone(self) -> str:
        """The time zone of the calendar, an IANA name; may be empty. Raises ``susul.errors``."""
        known = self.beginning.time_zone() if self.beginning else None
        if known is None:
            return self.account.calendar.events(self.now, self.now + timedelta(hours=1)).time_zone
        return known
