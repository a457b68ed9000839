"""Why a file of the owner's isn't TOML, in words that need no grammar: the line, and what stands there twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from susul.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLACE = re.compile(r"\(at line (\d{1,9}), column \d{1,9}\)")
LONGEST_SHOWN = 60  # characters of a wrong line


def not_toml(path: Path, text: str, error: Exception) -> ConfigError:
    """What is wrong with ``text``, the content of ``path``. tomllib tells the place in its message alone.

    The journal keeps the number of the line and no letter of it: it may be a signature.
    """
    found = PLACE.search(str(error))
    lines = text.split("\n")
    number = int(found[1]) if found else 0
    if not 0 < number <= len(lines):
        sentence = f"{path.name} isn't valid TOML: {error}."
        return ConfigError(sentence, hint=f"Correct {path} and run again.", kept=f"{path.name} isn't valid TOML.")
    kept = f"{path.name}, line {number}, isn't valid TOML."
    named = dict(_names(lines[:number]))
    here = named.pop(number, "")
    before = next((line for line, name in named.items() if _is_in(name, here)), 0) if here else 0
    if not before:
        sentence = f"{path.name}, line {number}, isn't valid TOML: “{_shown(lines[number - 1])}”."
        hint = f'A text needs quotes, like "Rina", a list brackets, like [4, 6, 10]. Correct {path} and run again.'
        return ConfigError(sentence, hint=hint, kept=kept)
    twice = f"{path.name}: {here} stands there twice, in lines {before} and {number}."
    move = "Move what stands under the second one to the first, and delete its line."
    delete = f"Delete one of the two lines in {path}."
    return ConfigError(twice, hint=move if here.startswith("[") else delete, kept=kept)


def _names(lines: list[str]) -> Iterator[tuple[int, str]]:
    """What each line names, by its number: ``[policy.proposal]`` a table, ``policy.proposal.lapses`` a key."""
    table = ""
    for number, line in enumerate(lines, start=1):
        words = line.split("#")[0].strip()
        key, is_key, _ = words.partition("=")
        if words.startswith("[") and not is_key:
            table = _bare(words.strip("[] \t"))
            yield number, f"[{table}]"
        elif is_key:
            yield number, ".".join(part for part in (table, _bare(key)) if part)


def _is_in(name: str, here: str) -> bool:
    """Whether ``name`` is ``here``, or a key that was written into the table ``here`` from above it."""
    return name == here or (here.startswith("[") and name.startswith(f"{here.strip('[]')}."))


def _bare(name: str) -> str:
    return ".".join(part.strip(" \t\"'") for part in name.split("."))


def _shown(line: str) -> str:
    clean = " ".join("".join(letter if letter.isprintable() else " " for letter in line).split())
    return clean if len(clean) <= LONGEST_SHOWN else f"{clean[:LONGEST_SHOWN]}…"
