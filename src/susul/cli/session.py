"""What the commands that need an account share: places, config, lock, state, sign-in."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from susul.account import Account, open_account
from susul.config import Config, load_config
from susul.locking import held
from susul.places import Places, find_places
from susul.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Session:
    """One run on one account."""

    places: Places
    config: Config
    account: Account
    store: Store


@contextmanager
def signed_in(since: timedelta | None = None) -> Iterator[Session]:
    """The account with its state, while no other run has it. Raises SignInNeeded, AlreadyRunning, ConfigError."""
    places = find_places()
    config = load_config(places.config_file)
    if since:
        config = replace(config, read=replace(config.read, since_days=since.days))
    account = open_account(places, config)
    places.make()
    with held(places.lock), closing(account), closing(open_store(places.database)) as store:
        yield Session(places, config, account, store)
