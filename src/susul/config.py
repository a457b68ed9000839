"""The owner's ``config.toml``: every key typed, every unknown key an error with the nearest right one."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from susul import languages
from susul.config_types import Says, check_value
from susul.days import country_near, is_known_country
from susul.errors import ConfigError
from susul.owner import Formality, Voice
from susul.policy import Policy, load_policy
from susul.toml_faults import not_toml

MOST_NEAR = 3  # settings of one name that are told
UNITS = (100, 1_000_000)  # Gmail's, in a minute
DAYS, COUNT, MINUTES = (1, 3650), (0, 60), (1, 1440)  # what a number may be; beyond lies a slip of the keyboard


@dataclass(frozen=True, slots=True)
class OwnerConfig:
    """``[owner]``: absent keys come from the account or the system.

    ``headline``, ``links``, ``sign_off``, ``formality`` and ``extra`` are what the owner's drafts may say of them.
    """

    name: Annotated[str, Says("the name under your drafts; empty: the account's", "Rina Wijaya")] = ""
    aliases: Annotated[
        tuple[str, ...], Says("other addresses that are you, besides those Gmail knows", ["rina@studio.example"])
    ] = ()
    time_zone: Annotated[
        str, Says("IANA zone in which days and hours count; empty: the calendar's, then this machine's", "Asia/Jakarta")
    ] = ""
    country: Annotated[
        str, Says("two letters of the country whose public holidays count; empty: the one the time zone lies in", "ID")
    ] = ""
    language: Annotated[
        str, Says("the language where a conversation doesn't show its own; empty: the country's, else English", "id")
    ] = ""
    signature: Annotated[str, Says("plain text below every draft; empty: Gmail's signature", "Rina Wijaya")] = ""
    headline: Annotated[str, Says("one line on who you are, for templates that introduce you", "Illustrator")] = ""
    links: Annotated[
        tuple[str, ...] | dict[str, str],
        Says("your portfolio and the like, as a list or as a table by name", ["https://rinawijaya.example"]),
    ] = ()
    sign_off: Annotated[
        str | dict[str, str], Says("the closing line before your name, for all languages or by language", "Warmly")
    ] = ""
    formality: Annotated[
        Formality, Says("the tone for people of whom the conversation shows none", Formality.FORMAL.value)
    ] = Formality.NEUTRAL
    extra: Annotated[
        dict[str, str], Says("facts of your own by name, for your own templates", {"phone": "0812 0000 0000"})
    ] = field(default_factory=dict)

    @property
    def voice(self) -> Voice:
        """Each on one line; a link of a table is "Name: address", and its address a fact of that name as well."""
        named = self.links if isinstance(self.links, dict) else {}
        unnamed = () if isinstance(self.links, dict) else self.links
        sign_offs = self.sign_off if isinstance(self.sign_off, dict) else {"": self.sign_off}
        lines = [f"{_spelt_out(name)}: {address}" for name, address in named.items()]
        return Voice(
            headline=_on_one_line(self.headline),
            links=tuple(_on_one_line(line) for line in (*unnamed, *lines) if line.strip()),
            sign_offs={code: _on_one_line(line) for code, line in sign_offs.items() if line.strip()},
            formality=self.formality,
            extra={name: _on_one_line(fact) for name, fact in {**named, **self.extra}.items()},
        )


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _spelt_out(name: str) -> str:
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class GoogleConfig:
    """``[google]``: ``api_root`` sends every call to a loopback address in place of Google.

    ``units_per_minute`` is the quota of the owner's Cloud project: 6,000 since May 2026, 15,000 for older ones.
    """

    api_root: Annotated[
        str, Says("a loopback address in place of Google, for susul sandbox; empty: Google", "http://127.0.0.1:8080")
    ] = ""
    units_per_minute: Annotated[
        int, Says("the quota of your Cloud project: 15000 for those made before May 2026", 15000)
    ] = 6000


@dataclass(frozen=True, slots=True)
class GmailConfig:
    """``[gmail]``: ``labels`` marks the threads that hold a draft of ours; it needs a sign-in that covers that."""

    labels: Annotated[
        bool,
        Says("true: threads with a draft of ours carry the label Susul/Draft; needs a new susul login", True),
    ] = False


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """``[read]``: how far back the mail is read."""

    since_days: Annotated[int, Says("how many days back the mail is read", 180)] = 90


@dataclass(frozen=True, slots=True)
class Config:
    """All of ``config.toml``."""

    owner: OwnerConfig = OwnerConfig()
    google: GoogleConfig = GoogleConfig()
    gmail: GmailConfig = GmailConfig()
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
    return parse_config(_loaded(path))


def _loaded(path: Path) -> dict[str, Any]:
    text = ""
    try:
        text = path.read_text("utf-8")
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, a number or a nesting beyond all measure
        raise not_toml(path, text, error) from error


def parse_config(data: Mapping[str, Any]) -> Config:
    """``data`` as a Config, checked key by key. Raises ConfigError."""
    _check_keys(data, Config, "")
    config = msgspec.convert(data, Config)
    _check_owner(config.owner)
    _check_number("read.since_days", config.read.since_days, range_of("since_days"))
    _check_number("google.units_per_minute", config.google.units_per_minute, range_of("units_per_minute"))
    _check_numbers(config.policy)
    config.effective_policy()
    return config


def _check_keys(data: Mapping[str, Any], shape: type, path: str) -> None:
    """Every key known, every value of its type."""
    hints: dict[str, Any] = {**get_type_hints(shape), **({"policy": Policy} if shape is Config else {})}
    for key, value in data.items():
        _check_known(key, hints, path)
        if not is_dataclass(hints[key]):
            check_value(f"{path}{key}", value, hints[key])
            continue
        if not isinstance(value, Mapping):
            raise ConfigError(
                f"config.toml: {path}{key} must be a table.", hint=f"Write it under a line [{path}{key}]."
            )
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
    if isinstance(owner.sign_off, dict):
        for code in owner.sign_off:
            _check_known(code, spoken, "owner.sign_off.")
    for key, table in (("links", owner.links), ("extra", owner.extra)):
        for name in table if isinstance(table, dict) else ():
            _check_name(f"owner.{key}", name)


def _check_name(path: str, name: str) -> None:
    """A template says it after a dot."""
    if not (name.isidentifier() and name.isascii()):
        near = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name).strip("_")
        raise ConfigError(
            f"config.toml: {path}: the name {name!r} may hold letters, digits and _ only, and no digit first.",
            hint=f"Write it like {near or 'portfolio'}.",
            kept=f"config.toml: {path}: a name may hold letters, digits and _ only, and no digit first.",
        )


def _check_numbers(policy: Mapping[str, Mapping[str, Any]]) -> None:
    for section, values in policy.items():
        for key, value in values.items():
            _check_number(f"policy.{section}.{key}", value, range_of(key))


def _check_known(key: str, known: Collection[str], path: str) -> None:
    if key not in known:
        near = [f"{path}{name}" for name in get_close_matches(key, known, n=1)] or _elsewhere(key)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"Known here: {', '.join(sorted(known))}."
        raise ConfigError(f"config.toml: {path}{key} is not a known setting.", hint=hint)


def _elsewhere(key: str) -> list[str]:
    """The settings and tables of this very name under another table: the line above them was left out, or wrong."""
    tables = {"": get_type_hints(Config)}
    tables |= {f"{name}.": get_type_hints(shape) for name, shape in tables[""].items() if is_dataclass(shape)}
    tables["policy."] = get_type_hints(Policy)
    tables |= {f"policy.{name}.": get_type_hints(shape) for name, shape in tables["policy."].items()}
    return [f"{path}{key}" for path, names in tables.items() if key in names][:MOST_NEAR]


def range_of(key: str) -> tuple[int, int]:
    """The least and the most that the number of a setting with this name may be."""
    if key == "units_per_minute":
        return UNITS
    if key.endswith("minutes"):
        return MINUTES
    return DAYS if key.endswith(("lapses", "days")) else COUNT


def _check_number(path: str, value: object, allowed: tuple[int, int]) -> None:
    """``value``, or each number of a list, lies in ``allowed``. What is no number is left to others."""
    least, most = allowed
    numbers = value if isinstance(value, list | tuple) else [value]
    wrong = [n for n in numbers if isinstance(n, int | float) and not isinstance(n, bool) and not least <= n <= most]
    if wrong or not numbers:
        empty = f"config.toml: {path}: an empty list has nothing from {least} to {most}."
        sentence = f"config.toml: {path}: {wrong[0]} is not from {least} to {most}." if wrong else empty
        raise ConfigError(sentence, hint=f"Correct {path} and run again.")


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
