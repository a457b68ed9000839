"""The owner, put together from what config, the account or the files, and the zone tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul import languages
from susul.config import country_named
from susul.days import BusinessDays
from susul.owner import Owner
from susul.zones import country_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from susul.config import Config
    from susul.policy import Policy


def make_owner(
    addresses: Sequence[str],
    config: Config,
    policy: Policy,
    *,
    zone: ZoneInfo,
    country: str = "",
    name: str = "",
    signature: str = "",
) -> Owner:
    """The owner: what config says, then what the account or the files tell, then what follows from the zone."""
    country = country_named(country or config.owner.country) or country_of(zone.key)
    return Owner(
        addresses=tuple(dict.fromkeys(a.lower() for a in (*addresses, *config.owner.aliases))),
        name=config.owner.name or name,
        zone=zone,
        days=BusinessDays(country.upper(), policy.general.collective_leave),
        language=config.owner.language or language_of_country(country),
        signature=config.owner.signature or signature,
        voice=config.owner.voice,
    )


def language_of_country(country: str) -> str:
    """The language that is spoken there, English where no language of ours claims the country."""
    return next(
        (code for code in languages.codes() if country.upper() in languages.table(code, "about").get("countries", ())),
        "en",
    )
