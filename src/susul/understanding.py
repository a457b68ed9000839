"""The copy of the mail brought up to date, and the mail that comes in understood while Gmail sends the next.

In the first run over a large mailbox mail is understood in a process beside it, and what takes long to load is made
ready in a thread, in the time that Gmail takes to answer.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from susul.account import identify, in_zone, owner_of
from susul.copying import Copied, bring_up_to_date
from susul.days import public_holidays
from susul.domains import registrable_domain
from susul.reading_order import Rank
from susul.readings import read_all, reading_basis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from susul.copying import Understand
    from susul.model import Message, Reading
    from susul.owner import Owner
    from susul.run import Run
    from susul.sources.google.history import History


# What the run needs in this order: the forms of mail, invitations, the rules, HTML, templates. Two threads may import
# the same; so nothing that ``susul.reading`` imports may wait for one of these.
NEEDED_SOON = ("susul.reading.mime", "icalendar", "susul.looking", "susul.reading.html_tree", "jinja2")


def copy_mail(run: Run, up_to: Rank = Rank.IN_BULK, history: History | None = None) -> Copied:
    """Brings the owner's own copy of the mail up to date."""
    if run.is_long():
        _meanwhile(_load_what_is_needed_soon)
    identify(run.account, run.store, run.now)
    gmail, store = run.account.gmail, run.store
    with understanding(run) as understand:
        copied = bring_up_to_date(
            gmail, store, run.since, run.progress, up_to=up_to, history=history, understand=understand
        )
    run.tally.add(copied)
    return copied


@contextmanager
def understanding(run: Run) -> Iterator[Understand]:
    """What keeps the readings of each batch of mail in the store; at the end of the block, all that were made."""
    making = _Understanding(run)
    yield making.understand
    making.keep_rest()


class _Understanding:
    """The readings of one run."""

    def __init__(self, run: Run) -> None:
        self._run, self._beside = run, run.reading_beside()
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
            if self._run.is_long():
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
