"""A signed-in account: its readers, its Drafts folder, and who its owner is."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from susul.config import Config, zone_named
from susul.errors import ConfigError
from susul.known_owner import make_owner
from susul.owner import Owner
from susul.places import Places, system_zone
from susul.policy import Policy
from susul.quiet import PATIENCE

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from susul.sources.google.calendar import CalendarReader
    from susul.sources.google.drafts import DraftsFolder
    from susul.sources.google.gmail import GmailReader, SendAs
    from susul.sources.google.labels import ThreadLabels
    from susul.sources.google.pace import Budget
    from susul.sources.google.transport import Transport
    from susul.store import Store

FRESH = timedelta(days=1)  # how long aliases and signature are taken as known


@dataclass(frozen=True, slots=True)
class Account:
    """The ends of the chain for one account. ``sign_in`` changes with each ``susul login``, and tells no secret.

    ``may_label``: the sign-in covers putting labels on threads.
    """

    gmail: GmailReader
    calendar: CalendarReader
    drafts: DraftsFolder
    budget: Budget
    transport: Transport
    keep_sign_in: Callable[[], None]
    labels: ThreadLabels
    sign_in: str = ""
    may_label: bool = False

    def close(self) -> None:
        """Ends the connection and keeps a renewed access token, which spares the next run a request."""
        self.transport.close()
        self.keep_sign_in()


@dataclass(frozen=True, slots=True)
class Identity:
    """What the account tells of its owner; kept in the store so that a run without news needn't ask."""

    address: str
    aliases: tuple[str, ...]
    name: str
    signature: str
    time_zone: str
    sign_in: str = ""  # the sign-in that it was asked with
    asked_at: datetime | None = None


def open_account(places: Places, config: Config) -> Account:
    """The account of ``token.json``. Raises SignInNeeded or ConfigError; calls nothing yet."""
    from susul.labelling import is_granted
    from susul.sources.google.calendar import CalendarReader
    from susul.sources.google.drafts import DraftsFolder
    from susul.sources.google.endpoints import Endpoints
    from susul.sources.google.gmail import GmailReader
    from susul.sources.google.labels import ThreadLabels
    from susul.sources.google.pace import Budget
    from susul.sources.google.saved_sign_in import load_sign_in
    from susul.sources.google.transport import Transport

    api_root = config.google.api_root or None
    Endpoints.of(api_root)  # a wrong address is the first thing to say

    def clock() -> datetime:
        return datetime.now(UTC)

    signed_in = load_sign_in(places.token_file, clock=clock, api_root=api_root)
    budget = Budget(config.google.units_per_minute, patience=PATIENCE)
    transport = Transport(api_root, signed_in, clock=clock, sleep=time.sleep, budget=budget)
    return Account(
        GmailReader(transport),
        CalendarReader(transport),
        DraftsFolder(transport),
        budget,
        transport,
        lambda: signed_in.keep(places.token_file),
        ThreadLabels(transport),
        _fingerprint(signed_in.client_id, signed_in.refresh_token),
        is_granted(signed_in.scopes),
    )


def _fingerprint(*secrets: str) -> str:
    return hashlib.sha256("\0".join(secrets).encode()).hexdigest()


def identify(account: Account, store: Store, now: datetime) -> Identity:
    """Who the account belongs to: from the store where that is fresh, else asked.

    Raises ConfigError where the state belongs to another account, before anything of it is changed.
    """
    known = stored_identity(store)
    if known and known.sign_in == account.sign_in and _is_fresh(known, now):
        return known
    aliases: tuple[SendAs, ...]
    if known and known.sign_in == account.sign_in:
        address, aliases = known.address, account.gmail.send_as()
    else:
        profile, aliases = account.gmail.introduced()
        address = profile.address
    if known and known.address.lower() != address.lower():
        raise ConfigError(
            f"You are signed in as {address}, but the state file holds the mail of {known.address}.",
            hint="Give each account a folder of its own with SUSUL_HOME, or delete state.sqlite3 to start anew.",
        )
    identity = _identity(account, address, aliases, known.time_zone if known else "", now)
    keep_identity(store, identity)
    return identity


def stored_identity(store: Store) -> Identity | None:
    known = store.fact("identity")
    return msgspec.json.decode(known, type=Identity) if known else None


def keep_identity(store: Store, identity: Identity) -> None:
    with store.transaction():
        store.set_fact("identity", json.dumps(msgspec.to_builtins(identity)))


def in_zone(identity: Identity, store: Store, calendar_zone: str) -> Identity:
    """The identity with the zone that the calendar has now."""
    if not calendar_zone or calendar_zone == identity.time_zone:
        return identity
    moved = replace(identity, time_zone=calendar_zone)
    keep_identity(store, moved)
    return moved


def owner_zone(account: Account, store: Store, config: Config, now: datetime) -> ZoneInfo:
    """The zone in which the owner writes a time: config, else the account's (asked for where nobody knows it yet)."""
    known = stored_identity(store)
    name = config.owner.time_zone or (known.time_zone if known and known.sign_in == account.sign_in else "")
    return zone_named(name or account.calendar.events(now, now + timedelta(hours=1)).time_zone or system_zone())


def known_zone(store: Store, config: Config) -> ZoneInfo:
    """The owner's zone as far as it is known without asking the account."""
    known = stored_identity(store)
    return zone_named(config.owner.time_zone or (known.time_zone if known else "") or system_zone())


def owner_of(identity: Identity, config: Config, policy: Policy) -> Owner:
    zone = zone_named(config.owner.time_zone or identity.time_zone or system_zone())
    addresses = (identity.address, *identity.aliases)
    return make_owner(addresses, config, policy, zone=zone, name=identity.name, signature=identity.signature)


def _is_fresh(known: Identity, now: datetime) -> bool:
    return known.asked_at is not None and timedelta() <= now - known.asked_at < FRESH


def _identity(account: Account, address: str, aliases: Sequence[SendAs], time_zone: str, now: datetime) -> Identity:
    from susul.reading.html_text import html_to_text

    chosen = next((a for a in aliases if a.default), None) or next((a for a in aliases if a.primary), None)
    return Identity(
        address=address,
        aliases=tuple(a.address for a in aliases),
        name=chosen.name if chosen else "",
        signature=html_to_text(chosen.signature).strip() if chosen else "",
        time_zone=time_zone,
        sign_in=account.sign_in,
        asked_at=now,
    )
