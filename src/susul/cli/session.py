"""What commands share that read an account or files: places, config, lock, state, sign-in, and the time meant."""

from __future__ import annotations

from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from susul.account import Account, known_zone, open_account, owner_zone, stored_identity
from susul.beginning import Beginning
from susul.cli import terminal, times
from susul.cli.progress import end_line
from susul.config import Config, country_named, load_config
from susul.copying import window_start
from susul.errors import UsageError
from susul.locking import held
from susul.places import Places, find_places
from susul.remembered_pace import remembered_pace
from susul.store import Store, open_store
from susul.store.health import damage_told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime, timedelta
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from susul.app import Scanned
    from susul.run import Run


@dataclass(frozen=True, slots=True)
class Session:
    """One run on one account."""

    places: Places
    config: Config
    account: Account
    store: Store
    now: datetime
    beginning: Beginning | None

    def run(self, as_of: str | None = None) -> Run:
        """The run, at ``--as-of`` as the owner means it."""
        from susul.run import Run

        now = self.now
        if as_of:
            now = times.moment(as_of, lambda: owner_zone(self.account, self.store, self.config, self.now))
        ends = (self.account, self.store, self.places, self.config)
        return Run(*ends, now, terminal.progress(), self.beginning)


@contextmanager
def signed_in(
    since: timedelta | None = None,
    starting: AbstractContextManager[None] | None = None,
    *,
    reads_all: bool = False,
) -> Iterator[Session]:
    """The account with its state, while no other run has it. Raises SignInNeeded, AlreadyRunning, ConfigError.

    ``starting`` holds what comes before the state is open, and so before a run can tell the journal of itself. A
    command that ``reads_all`` begins to ask at once where nothing was read yet.
    """
    places = find_places()
    with starting or nullcontext():
        config = load_config(places.config_file)
        if since:
            config = replace(config, read=replace(config.read, since_days=since.days))
        account = open_account(places, config)
    places.make()
    with (
        held(places.lock, times.now()),
        closing(account),
        closing(open_store(places.database)) as store,
        damage_told(places.database),
        remembered_pace(account.budget, store, times.now()),
    ):
        now = times.now()
        beginning = None
        if reads_all and not store.fact("history_id"):
            beginning = Beginning(account, window_start(now, config.read.since_days), now)
        try:
            yield Session(places, config, account, store, now, beginning)
        finally:
            if beginning:
                beginning.close()
            end_line()


@dataclass(frozen=True, slots=True)
class LocalState:
    """The state by itself, for commands that call nobody."""

    config: Config
    store: Store

    @property
    def zone(self) -> ZoneInfo:
        return known_zone(self.store, self.config)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The owner's, as far as they are known without asking the account."""
        known = stored_identity(self.store)
        return (*((known.address, *known.aliases) if known else ()), *self.config.owner.aliases)


@contextmanager
def local_state() -> Iterator[LocalState]:
    """The state while no other run has it; no network, no sign-in. Raises AlreadyRunning, ConfigError, Failed."""
    places = find_places()
    config = load_config(places.config_file)
    places.make()
    with (
        held(places.lock, times.now()),
        closing(open_store(places.database)) as store,
        damage_told(places.database),
    ):
        yield LocalState(config, store)


def scan_of_files(
    mbox: tuple[Path, ...],
    ics: tuple[Path, ...],
    me: tuple[str, ...],
    tz: str,
    country: str,
    as_of: str | None,
    since: str | None = None,
) -> Scanned:
    """The scan of files in place of an account, its options checked. Raises UsageError."""
    from susul.app import FileScan, files_zone, scan_files

    if not me or not all("@" in address.strip(" @") for address in me):
        raise UsageError("With files, susul must know which address is yours.", hint="Add --me you@example.com.")
    places = find_places()
    config = load_config(places.config_file)
    now = times.moment(as_of, lambda: files_zone(tz, config))
    addresses = tuple(address.strip().lower() for address in me)
    files = FileScan(mbox, ics, addresses, tz, country_named(country), times.duration(since))
    try:
        return scan_files(files, config, places.templates, now, terminal.progress())
    finally:
        end_line()
