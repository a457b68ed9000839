"""Checks the values of ``config.toml`` against the annotations of the Config, in words that need no Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from difflib import get_close_matches
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec

from susul.errors import ConfigError

PLAIN = {
    str: 'a text in quotes, like "Rina"',
    int: "a whole number, like 3",
    bool: "true or false",
    time: 'a time in quotes, like "09:00"',
}
LISTS = {str: 'a list of texts, like ["one", "two"]', int: "a list of whole numbers, like [4, 6, 10]"}
TABLE = 'a table of texts, like { name = "text" }'
UNIONS = (Union, UnionType)
LONGEST_SHOWN = 40  # characters of a wrong value
SHORT_TIME = len("09:00")


@dataclass(frozen=True, slots=True)
class Says:
    """What a setting means, in one line that begins in lower case, and what somebody might write there.

    It stands in the annotation of the key; the file of ``susul init``, ``susul config`` and docs/configuration.md take
    it from there (``susul.settings``).
    """

    meaning: str
    example: Any


def check_value(path: str, value: object, wanted: Any) -> None:
    """Raises ConfigError unless ``value`` at ``path`` ("owner.name") fits the annotation ``wanted``."""
    try:
        msgspec.convert(f"{value}:00" if wanted is time and _is_short_time(value) else value, wanted)
    except msgspec.ValidationError as error:
        sentence = f"config.toml: {path} must be {in_words(wanted)}, but it is {_shown(value, wanted)}."
        hint = _nearest(path, value, wanted)
        raise ConfigError(sentence, hint=hint, kept=f"config.toml: {path} must be {in_words(wanted)}.") from error


def in_words(wanted: Any) -> str:
    """What a value of the annotation ``wanted`` is, as a person writes it into the file."""
    if _is_choice(wanted):
        names = [f'"{value}"' for value in wanted]
        return f"{', '.join(names[:-1])} or {names[-1]}"
    if get_origin(wanted) in UNIONS:
        return " or ".join(in_words(one) for one in get_args(wanted))
    if get_origin(wanted) is tuple:
        return LISTS[get_args(wanted)[0]]
    return PLAIN.get(wanted, TABLE)


def _is_choice(wanted: Any) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, StrEnum)


def _is_short_time(value: object) -> bool:
    return isinstance(value, str) and len(value) == SHORT_TIME


def _shown(value: object, wanted: Any = str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'the text "{value[:LONGEST_SHOWN]}"'
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, list | dict):
        return _odd_one(value, wanted)
    return f"the time or date {value}"


def _odd_one(value: list[object] | dict[str, object], wanted: Any) -> str:
    """A list or table by what in it is wrong, where that is it."""
    kind, members = ("a table", list(value.values())) if isinstance(value, dict) else ("a list", value)
    fits = int if wanted == tuple[int, ...] else str
    odd = next((member for member in members if type(member) is not fits), None)
    return f"{kind} with {_shown(odd)} in it" if odd is not None else kind


def _nearest(path: str, value: object, wanted: Any) -> str:
    if _is_choice(wanted) and isinstance(value, str):
        near = get_close_matches(value, list(wanted), n=1)
        return f'Did you mean "{near[0]}"?' if near else ""
    return f"Correct {path} and run again."
