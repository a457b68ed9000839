"""Making the readings of mail that just came in, while Gmail sends the next: they are needed anyway.

In the first run over a large mailbox they are made in a process beside it, and what takes long to load is made ready in
a thread, in the time that Gmail takes to answer.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from susul.account import identify, in_zone, owner_of
from susul.app import read_all, reading_basis
from susul.days import public_holidays
from susul.domains import registrable_domain
from susul.reading_beside import reading_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from susul.copying import Understand
    from susul.model import Message, Reading
    from susul.owner import Owner
    from susul.reading_beside import ReadingBeside
    from susul.run import Run


# Loaded only where mail or calendar need them, each at some 0.1 s: HTML, invitations.
NEEDED_SOON = ("icalendar", "susul.reading.html_tree")


@contextmanager
def understanding(run: Run) -> Iterator[Understand]:
    """What keeps the readings of each batch of mail in the store. At the end of the block all are there."""
    beside = reading_beside() if run.is_long else None
    if run.is_long:
        _meanwhile(_load_what_is_needed_soon)
    understanding = _Understanding(run, beside)
    try:
        yield understanding.understand
        understanding.keep_rest()
    finally:
        if beside:
            beside.close()


class _Understanding:
    """The readings of one run."""

    def __init__(self, run: Run, beside: ReadingBeside | None) -> None:
        self._run, self._beside = run, beside
        self._owner: Owner | None = None

    def understand(self, mail: Sequence[Message]) -> None:
        owner = self._known_owner()
        if self._beside:
            self._beside.take(mail, owner)
            self._keep(self._beside.made())
        else:
            self._keep(read_all(mail, {}, owner).values())

    def keep_rest(self) -> None:
        if self._beside:
            self._keep(self._beside.rest())

    def _keep(self, readings: Iterable[Reading]) -> None:
        made = list(readings)
        if made:
            with self._run.store.transaction():
                self._run.store.keep_readings(reading_basis(self._known_owner()), made)

    def _known_owner(self) -> Owner:
        if self._owner is None:
            self._owner = _owner_so_far(self._run)
            if self._run.is_long:
                days, year = self._owner.days, self._run.now.year
                _meanwhile(lambda: public_holidays(days.country, year, days.collective_leave))
        return self._owner


def _meanwhile(deed: Callable[[], object]) -> None:
    """Does it in a thread. Whoever needs the result asks for it again, and finds it there, or what went wrong."""

    def do() -> None:
        with suppress(Exception):
            deed()

    with suppress(RuntimeError):  # no more threads to be had
        Thread(target=do, name="made ready meanwhile", daemon=True).start()


def _load_what_is_needed_soon() -> None:
    for name in NEEDED_SOON:
        import_module(name)
    registrable_domain("susul.example")


def _owner_so_far(run: Run) -> Owner:
    """The owner before the calendar is read. Where nobody knows their time zone yet, the calendar is asked for it."""
    identity = identify(run.account, run.store, run.now)
    if not (identity.time_zone or run.config.owner.time_zone):
        identity = in_zone(identity, run.store, run.calendar_zone())
    return owner_of(identity, run.config, run.config.effective_policy())
