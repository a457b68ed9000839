"""Every setting there is, with its default and its meaning: the one list that people are told about settings from.

Nothing is said here: the meaning stands with the key, in the annotations of ``config.py`` and in the comments of
``policy.toml``. The file of ``susul init``, ``susul config`` and docs/configuration.md are made of this list.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from susul.config import Config, range_of
from susul.config_types import UNIONS, Says, in_words
from susul.policy import Policy, default_tables
from susul.toml_source import comments_of

POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of ``config.toml``. ``default`` and ``example`` are values as TOML holds them; ``wanted`` the type."""

    section: str
    key: str
    wanted: Any
    default: Any
    meaning: str
    example: Any = None

    @property
    def path(self) -> str:
        return f"{self.section}.{self.key}"

    @property
    def allowed(self) -> str:
        """What may stand there, in words."""
        if self.wanted not in (int, tuple[int, ...]):
            return _in_short(self.wanted)
        least, most = range_of(self.key)
        what = "a whole number" if self.wanted is int else "a list of whole numbers"
        return f"{what} from {least} to {most}"


@cache
def all_settings() -> tuple[Setting, ...]:
    """In the order in which they stand in the sources: the sections of the Config, then those of the policy."""
    return (*_of_config(), *_of_policy())


def sections() -> tuple[str, ...]:
    return tuple(dict.fromkeys(setting.section for setting in all_settings()))


def as_toml(value: Any) -> str:
    """``value`` on one line, as TOML writes it."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {as_toml(one)}' for key, one in value.items())} }}" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(as_toml, value))}]"
    if isinstance(value, str):
        # JSON's escapes are TOML's as well; DEL is the one letter that only TOML wants escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)


def _in_short(wanted: Any) -> str:
    """The words for a type without their examples."""
    if get_origin(wanted) in UNIONS:
        return " or ".join(map(_in_short, get_args(wanted)))
    return in_words(wanted).partition(", like")[0]


def _of_config() -> list[Setting]:
    shapes = get_type_hints(Config)
    found: list[Setting] = []
    for section in fields(Config):
        if section.name == POLICY:
            continue
        shape = shapes[section.name]
        defaults, plain = msgspec.to_builtins(shape()), get_type_hints(shape)
        for key, annotation in get_type_hints(shape, include_extras=True).items():
            says = next((extra for extra in get_args(annotation) if isinstance(extra, Says)), Says("", None))
            default = defaults[key]
            found.append(Setting(section.name, key, plain[key], default, says.meaning, says.example))
    return found


def _of_policy() -> list[Setting]:
    said = comments_of((files("susul") / "policy.toml").read_text("utf-8"))
    shapes = get_type_hints(Policy)
    return [
        Setting(f"{POLICY}.{section}", key, get_type_hints(shapes[section])[key], default, said[f"{section}.{key}"])
        for section, values in default_tables().items()
        for key, default in values.items()
    ]
