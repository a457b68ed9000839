"""A signed-in account: its readers, its Drafts folder, and who its owner is."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from susul.app import make_owner
from susul.config import Config, zone_named
from susul.owner import Owner
from susul.places import Places
from susul.policy import Policy

if TYPE_CHECKING:
    from susul.sources.google.calendar import CalendarReader
    from susul.sources.google.drafts import DraftsFolder
    from susul.sources.google.gmail import GmailReader
    from susul.sources.google.pace import Budget
    from susul.sources.google.transport import Transport
    from susul.store import Store

PATIENCE = 60.0  # seconds that an unattended run waits for Google before it leaves the rest to the next one


@dataclass(frozen=True, slots=True)
class Account:
    """The ends of the chain for one account."""

    gmail: GmailReader
    calendar: CalendarReader
    drafts: DraftsFolder
    budget: Budget
    transport: Transport

    def close(self) -> None:
        self.transport.close()


@dataclass(frozen=True, slots=True)
class Identity:
    """What the account tells of its owner; kept in the store so that a run without news needn't ask."""

    address: str
    aliases: tuple[str, ...]
    name: str
    signature: str
    time_zone: str


def open_account(places: Places, config: Config) -> Account:
    """The account of ``token.json``. Raises SignInNeeded or ConfigError; calls nothing yet."""
    from susul.sources.google.auth import load_credentials
    from susul.sources.google.calendar import CalendarReader
    from susul.sources.google.drafts import DraftsFolder
    from susul.sources.google.gmail import GmailReader
    from susul.sources.google.pace import Budget
    from susul.sources.google.transport import Transport

    api_root = config.google.api_root or None
    credentials = load_credentials(places.token_file, api_root=api_root)
    budget = Budget(patience=PATIENCE)
    transport = Transport(api_root, credentials, clock=lambda: datetime.now(UTC), sleep=time.sleep, budget=budget)
    return Account(GmailReader(transport), CalendarReader(transport), DraftsFolder(transport), budget, transport)


def identify(account: Account, store: Store, calendar_zone: str) -> Identity:
    """Who the account belongs to: from the store where it is known, else asked."""
    known = store.fact("identity")
    if known:
        return msgspec.json.decode(known, type=Identity)
    from susul.reading.html_text import html_to_text

    address = account.gmail.profile().address
    aliases = account.gmail.send_as()
    chosen = next((a for a in aliases if a.default), None) or next((a for a in aliases if a.primary), None)
    identity = Identity(
        address=address,
        aliases=tuple(a.address for a in aliases),
        name=chosen.name if chosen else "",
        signature=html_to_text(chosen.signature).strip() if chosen else "",
        time_zone=calendar_zone,
    )
    with store.transaction():
        store.set_fact("identity", json.dumps(msgspec.to_builtins(identity)))
    return identity


def owner_of(identity: Identity, config: Config, policy: Policy) -> Owner:
    zone = zone_named(config.owner.time_zone or identity.time_zone or "UTC")
    addresses = (identity.address, *identity.aliases)
    return make_owner(addresses, config, policy, zone=zone, name=identity.name, signature=identity.signature)
