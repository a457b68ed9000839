"""Making the readings of mail that just came in, while Gmail sends the next: they are needed anyway."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from threading import Thread
from typing import TYPE_CHECKING

from susul.account import identify, in_zone, owner_of
from susul.app import read_all, reading_basis
from susul.reading.phrases import phrase_book

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from susul.account import Account
    from susul.config import Config
    from susul.copying import Understand
    from susul.model import Message
    from susul.owner import Owner
    from susul.store import Store


def understanding(account: Account, store: Store, config: Config, now: datetime) -> Understand:
    """What keeps the readings of each batch of mail in the store.

    In a first run the phrase book is made while Gmail is still asked for its lists.
    """
    book = Thread(target=phrase_book, name="phrase book", daemon=True)
    if not store.fact("history_id"):
        book.start()

    @cache
    def owner() -> Owner:
        return _owner_so_far(account, store, config, now)

    def understand(mail: Sequence[Message]) -> None:
        if book.is_alive():
            book.join()
        readings = read_all(mail, {}, owner())
        with store.transaction():
            store.keep_readings(reading_basis(owner()), readings.values())

    return understand


def _owner_so_far(account: Account, store: Store, config: Config, now: datetime) -> Owner:
    """The owner before the calendar is read. Where nobody knows their time zone yet, the calendar is asked for it."""
    identity = identify(account, store, now)
    if not (identity.time_zone or config.owner.time_zone):
        soon = account.calendar.events(now, now + timedelta(hours=1))
        identity = in_zone(identity, store, soon.time_zone)
    return owner_of(identity, config, config.effective_policy())
