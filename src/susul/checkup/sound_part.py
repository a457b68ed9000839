"""What can be gone by of a config.toml in which something is wrong: every setting that is right by itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from susul.config import Config, parse_config
from susul.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOGLE = "google"


@dataclass(frozen=True, slots=True)
class SoundPart:
    """``config`` has the settings that are right, and the defaults; ``knows_google``: none of ``[google]`` is wrong."""

    config: Config
    knows_google: bool


def sound_part(text: str) -> SoundPart:
    """``text`` is the content of a config.toml, of whatever worth. Never raises."""
    data: dict[str, Any] = {}
    knows_google = True
    for table in _tables(text):
        try:
            settings = list(_settings(tomllib.loads(table)))
        except (ValueError, RecursionError):
            knows_google &= GOOGLE not in table
            continue
        for path, value in settings:
            if _is_right(path, value):
                _put(data, path, value)
            else:
                knows_google &= path[0] != GOOGLE
    try:
        return SoundPart(parse_config(data), knows_google)
    except ConfigError:  # each is right, but not beside the others
        return SoundPart(Config(), knows_google=False)


def _tables(text: str) -> Iterator[str]:
    """Each table with the line that names it: what is wrong in one leaves the others legible."""
    lines: list[str] = []
    for line in text.split("\n"):
        if line.lstrip().startswith("[") and lines:
            yield "\n".join(lines)
            lines = []
        lines.append(line)
    yield "\n".join(lines)


def _settings(data: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in data.items():
        here = (*path, key)
        depth = 3 if here[0] == "policy" else 2  # policy.proposal.lapses, but owner.links
        if isinstance(value, Mapping) and len(here) < depth:
            yield from _settings(value, here)
        else:
            yield here, value


def _is_right(path: tuple[str, ...], value: Any) -> bool:
    alone = value
    for key in reversed(path):
        alone = {key: alone}
    try:
        parse_config(alone)
    except ConfigError:
        return False
    return True


def _put(data: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for key in path[:-1]:
        data = data.setdefault(key, {})
    data[path[-1]] = value
