"""Making the readings of mail that just came in, while Gmail sends the next: they are needed anyway.

What takes long to load or to work out is made ready in a thread of its own, in the time that Gmail takes to answer.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from functools import cache
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from susul.account import identify, in_zone, owner_of
from susul.app import read_all, reading_basis
from susul.days import public_holidays
from susul.domains import registrable_domain
from susul.reading.phrases import phrase_book

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from susul.account import Account
    from susul.config import Config
    from susul.copying import Understand
    from susul.model import Message
    from susul.owner import Owner
    from susul.store import Store


# Loaded only where mail or calendar need them, each at some 0.1 s: HTML, invitations.
NEEDED_SOON = ("susul.reading.html_tree", "icalendar")


def understanding(account: Account, store: Store, config: Config, now: datetime) -> Understand:
    """What keeps the readings of each batch of mail in the store.

    In a first run the phrases and the like are made ready while Gmail is still asked for its lists.
    """
    first = not store.fact("history_id")
    phrases = _meanwhile(phrase_book) if first else None
    if phrases:
        _meanwhile(phrases.join, _load_what_is_needed_soon)

    @cache
    def owner() -> Owner:
        found = _owner_so_far(account, store, config, now)
        if first:
            _meanwhile(lambda: public_holidays(found.days.country, now.year, found.days.collective_leave))
        return found

    def understand(mail: Sequence[Message]) -> None:
        known = owner()
        if phrases:
            phrases.join()
        readings = read_all(mail, {}, known)
        with store.transaction():
            store.keep_readings(reading_basis(known), readings.values())

    return understand


def _meanwhile(*deeds: Callable[[], object]) -> Thread | None:
    """Does them in a thread, one after the other; None where the system gives no thread.

    Whoever needs a result asks for it again, and finds it there, or what went wrong with it.
    """

    def do_all() -> None:
        with suppress(Exception):
            for deed in deeds:
                deed()

    thread = Thread(target=do_all, name="made ready meanwhile", daemon=True)
    with suppress(RuntimeError):
        thread.start()
        return thread
    return None


def _load_what_is_needed_soon() -> None:
    for name in NEEDED_SOON:
        import_module(name)
    registrable_domain("susul.example")


def _owner_so_far(account: Account, store: Store, config: Config, now: datetime) -> Owner:
    """The owner before the calendar is read. Where nobody knows their time zone yet, the calendar is asked for it."""
    identity = identify(account, store, now)
    if not (identity.time_zone or config.owner.time_zone):
        soon = account.calendar.events(now, now + timedelta(hours=1))
        identity = in_zone(identity, store, soon.time_zone)
    return owner_of(identity, config, config.effective_policy())
