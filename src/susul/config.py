"""The owner's ``config.toml``: every key typed, every unknown key an error with the nearest right one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from susul.errors import ConfigError
from susul.policy import Policy, load_policy


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
            raise ConfigError(
                f"config.toml: {error}.", hint="Policy keys are listed in docs/configuration.md."
            ) from error


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
            f"config.toml: {error}.", hint="See docs/configuration.md for what each key takes."
        ) from error
    _check_zone(config.owner.time_zone)
    config.effective_policy()
    return config


def _check_keys(data: Mapping[str, Any], shape: type, path: str) -> None:
    hints = get_type_hints(shape)
    known = {f.name for f in fields(shape)}
    for key, value in data.items():
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"Did you mean {path}{near[0]}?" if near else f"Known here: {', '.join(sorted(known))}."
            raise ConfigError(f"config.toml: {path}{key} is not a known setting.", hint=hint)
        if is_dataclass(hints[key]) and isinstance(value, Mapping):
            _check_keys(value, hints[key], f"{path}{key}.")


def _check_zone(name: str) -> None:
    if name:
        zone_named(name)


def zone_named(name: str) -> ZoneInfo:
    """The time zone ``name`` (IANA). Raises ConfigError."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ConfigError(
            f"{name!r} is not a known time zone.", hint="Use an IANA name such as Asia/Jakarta or Europe/London."
        ) from error
