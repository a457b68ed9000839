"""What is in force, setting by setting, and where each value comes from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

from susul.known_owner import make_owner
from susul.settings import POLICY, Setting, all_settings
from susul.toml_source import lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from susul.account import Identity
    from susul.config import Config
    from susul.owner import Owner

DEFAULT, POLICY_FILE, CONFIG_FILE = "default", "policy.toml", "config.toml"
ACCOUNT, CALENDAR, SYSTEM, TIME_ZONE, COUNTRY = "account", "calendar", "system", "time zone", "country"


@dataclass(frozen=True, slots=True)
class InForce:
    """A setting with the value that counts. ``line`` is set where it stands in ``config.toml``."""

    setting: Setting
    value: Any
    source: str
    line: int | None = None

    @property
    def origin(self) -> str:
        return self.source if self.line is None else f"{self.source} line {self.line}"


def in_force(config: Config, text: str, known: Identity | None, system_zone: str) -> tuple[InForce, ...]:
    """Every setting with its value and source.

    ``text`` is the content of ``config.toml``, from which ``config`` was read; ``known`` what the account told of its
    owner, where a run has asked it; ``system_zone`` the IANA name of this machine's zone.
    """
    written, lines = tomllib.loads(text), lines_of(text)
    told = _told_elsewhere(config, known, system_zone)
    return tuple(_one(setting, written, lines, told) for setting in all_settings())


def _one(
    setting: Setting, written: Mapping[str, Any], lines: Mapping[str, int], told: Mapping[str, tuple[Any, str]]
) -> InForce:
    section: Any = written
    for part in setting.section.split("."):
        section = section.get(part, {})
    if setting.key in section and section[setting.key] not in ("", [], {}):
        return InForce(setting, section[setting.key], CONFIG_FILE, lines.get(setting.path))
    if setting.path in told:
        return InForce(setting, *told[setting.path])
    return InForce(setting, setting.default, POLICY_FILE if setting.section.startswith(POLICY) else DEFAULT)


def _told_elsewhere(config: Config, known: Identity | None, system_zone: str) -> dict[str, tuple[Any, str]]:
    """By path, what counts where config.toml doesn't say, and who says it instead."""
    own, told_zone = config.owner, known.time_zone if known else ""
    owner = _owner(config, known, own.time_zone or told_zone or system_zone)
    found: dict[str, tuple[Any, str]] = {
        "owner.time_zone": (owner.zone.key, CALENDAR if told_zone else SYSTEM),
        "owner.language": (owner.language, COUNTRY if owner.days.country else DEFAULT),
    }
    if owner.days.country:
        found["owner.country"] = (owner.days.country, TIME_ZONE)
    if known:
        values = {"name": known.name, "aliases": list(known.aliases), "signature": known.signature}
        found |= {f"owner.{key}": (value, ACCOUNT) for key, value in values.items() if value}
    return found


def _owner(config: Config, known: Identity | None, zone: str) -> Owner:
    addresses = (known.address, *known.aliases) if known else ()
    return make_owner(addresses, config, config.effective_policy(), zone=ZoneInfo(zone))


def as_json(one: InForce) -> dict[str, Any]:
    return {
        "key": one.setting.path,
        "value": msgspec.to_builtins(one.value),
        "source": one.source,
        "line": one.line,
        "default": one.setting.default,
        "meaning": one.setting.meaning,
    }
