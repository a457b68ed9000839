"""The owner's ``config.toml``: every key typed, every unknown key an error with the nearest right one."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from susul import languages
from susul.days import country_near, is_known_country
from susul.errors import ConfigError
from susul.policy import Policy, default_tables, load_policy

DAYS, COUNT, MINUTES = (1, 3650), (0, 60), (1, 1440)  # what a number may be; beyond lies a slip of the keyboard


@dataclass(frozen=True, slots=True)
class OwnerConfig:
    """``[owner]``: absent keys come from the account or the system."""

    name: str = ""
    aliases: tuple[str, ...] = ()
    time_zone: str = ""
    country: str = ""
    language: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class GoogleConfig:
    """``[google]``: ``api_root`` sends every call to a loopback address in place of Google."""

    api_root: str = ""


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """``[read]``: how far back the mail is read."""

    since_days: int = 90


@dataclass(frozen=True, slots=True)
class Config:
    """All of ``config.toml``."""

    owner: OwnerConfig = OwnerConfig()
    google: GoogleConfig = GoogleConfig()
    read: ReadConfig = ReadConfig()
    policy: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def effective_policy(self) -> Policy:
        try:
            return load_policy(self.policy)
        except ValueError as error:
            raise ConfigError(f"config.toml: {error}.", hint="Times are written like 09:00, counts like 3.") from error


def load_config(path: Path) -> Config:
    """The config at ``path``; the defaults where there is no such file. Raises ConfigError."""
    if not path.is_file():
        return Config()
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path.name} isn't valid TOML: {error}.", hint=f"Correct {path} and run again.") from error
    return parse_config(data)


def parse_config(data: Mapping[str, Any]) -> Config:
    """``data`` as a Config, checked key by key. Raises ConfigError."""
    _check_keys(data, Config, "")
    try:
        config = msgspec.convert(data, Config)
    except msgspec.ValidationError as error:
        raise ConfigError(
            f"config.toml: {error}.", hint="Texts stand in quotes, numbers don't, lists in [ ]."
        ) from error
    _check_owner(config.owner)
    _check_number("read.since_days", config.read.since_days, DAYS)
    _check_policy(config.policy)
    config.effective_policy()
    return config


def _check_keys(data: Mapping[str, Any], shape: type, path: str) -> None:
    hints = get_type_hints(shape)
    known = {f.name for f in fields(shape)}
    for key, value in data.items():
        _check_known(key, known, path)
        if is_dataclass(hints[key]) and isinstance(value, Mapping):
            _check_keys(value, hints[key], f"{path}{key}.")


def _check_owner(owner: OwnerConfig) -> None:
    if owner.time_zone:
        zone_named(owner.time_zone)
    country_named(owner.country)
    spoken = languages.codes()
    if owner.language and owner.language not in spoken:
        raise ConfigError(
            f"config.toml: owner.language {owner.language!r} is not spoken here.", hint=f"Known: {', '.join(spoken)}."
        )


def _check_policy(policy: Mapping[str, Mapping[str, Any]]) -> None:
    """Names and numbers; what type each key has is checked where the policy is made."""
    known = default_tables()
    for section, values in policy.items():
        _check_known(section, known, "policy.")
        for key, value in values.items():
            _check_known(key, known[section], f"policy.{section}.")
            _check_number(f"policy.{section}.{key}", value, _range_of(key))


def _check_known(key: str, known: Collection[str], path: str) -> None:
    if key not in known:
        near = get_close_matches(key, known, n=1)
        hint = f"Did you mean {path}{near[0]}?" if near else f"Known here: {', '.join(sorted(known))}."
        raise ConfigError(f"config.toml: {path}{key} is not a known setting.", hint=hint)


def _range_of(key: str) -> tuple[int, int]:
    if key.endswith("minutes"):
        return MINUTES
    return DAYS if key.endswith(("lapses", "days")) else COUNT


def _check_number(path: str, value: object, allowed: tuple[int, int]) -> None:
    """``value``, or each number of a list, lies in ``allowed``. What is no number is left to others."""
    least, most = allowed
    numbers = value if isinstance(value, list | tuple) else [value]
    wrong = [n for n in numbers if isinstance(n, int | float) and not isinstance(n, bool) and not least <= n <= most]
    if wrong or not numbers:
        what = f"{wrong[0]} is not" if wrong else "an empty list has nothing"
        raise ConfigError(f"config.toml: {path}: {what} from {least} to {most}.", hint=f"Correct {path} and run again.")


def country_named(text: str) -> str:
    """The ISO 3166 code that ``text`` is, in capitals; empty for none. Raises ConfigError."""
    code = text.strip().upper()
    if not code or (len(code) == len("ID") and is_known_country(code)):
        return code
    near = country_near(text)
    raise ConfigError(
        f"{text!r} is not the two-letter code of a country whose holidays are known.",
        hint=f"Did you mean {near}?" if near else "Write it like ID, GB or US, or leave it empty.",
    )


def zone_named(name: str) -> ZoneInfo:
    """The time zone ``name`` (IANA). Raises ConfigError."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ConfigError(
            f"{name!r} is not a known time zone.", hint="Use an IANA name such as Asia/Jakarta or Europe/London."
        ) from error
