"""What tomllib doesn't tell of a TOML text: on which line a key stands, and the comment beside or right above it.

Source of the syntax: https://toml.io/en/v1.0.0
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST_STATEMENT = 100  # lines; one that is longer gets no line number, so that no text takes quadratic time
LONGEST_LINE = 10_000  # characters, for the same reason


@dataclass(frozen=True, slots=True)
class Entry:
    """A key or the header of a table: its dotted path, its line (counted from 1), what is said about it."""

    path: str
    line: int
    comment: str


def entries(text: str) -> Iterator[Entry]:
    """The keys and headers of a sound TOML text, in order; those inside inline tables too, with the table's comment."""
    table: tuple[str, ...] = ()
    above: list[str] = []
    chunk: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not chunk and _is_remark(line, above):
            continue
        chunk.append(line)
        stated = _stated(chunk)
        if stated is None:
            if len(chunk) >= LONGEST_STATEMENT:
                chunk.clear()
            continue
        if chunk[0].lstrip().startswith("["):
            table = next(_paths(stated, ()), ())
            paths = [table]
        else:
            paths = list(_paths(stated, table))
        comment = " ".join([*above, _beside(chunk)]).strip()
        yield from (Entry(".".join(path), number - len(chunk) + 1, comment) for path in paths)
        above.clear()
        chunk.clear()


def lines_of(text: str) -> dict[str, int]:
    """The line of each dotted path; the first one where a table is opened more than once."""
    found: dict[str, int] = {}
    for entry in entries(text):
        found.setdefault(entry.path, entry.line)
    return found


def comments_of(text: str) -> dict[str, str]:
    """What is said about each dotted path; empty where nothing is."""
    return {entry.path: entry.comment for entry in entries(text)}


def _is_remark(line: str, above: list[str]) -> bool:
    """Whether the line is blank or a comment; comments gather in ``above`` until a blank line."""
    stripped = line.strip()
    if not stripped:
        above.clear()
    elif stripped.startswith("#"):
        above.append(stripped.lstrip("#").strip())
    return not stripped or stripped.startswith("#")


def _stated(chunk: list[str]) -> dict[str, Any] | None:
    """The value of the lines so far; None while more are needed."""
    if len(chunk[-1]) > LONGEST_LINE:
        return None
    try:
        return tomllib.loads("\n".join(chunk))
    except tomllib.TOMLDecodeError:
        return None


def _paths(stated: Mapping[str, Any], table: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The innermost first, so that a header is its own whole path."""
    for key, value in stated.items():
        path = (*table, key)
        if isinstance(value, dict):
            yield from _paths(value, path)
        yield path


def _beside(chunk: list[str]) -> str:
    """The comment at the end of a statement: a ``#`` before which the statement is whole."""
    last = chunk[-1]
    marks = (place for place, letter in enumerate(last[:LONGEST_LINE]) if letter == "#")
    whole = (place for place in list(marks)[:LONGEST_STATEMENT] if _stated([*chunk[:-1], last[:place]]) is not None)
    place = next(whole, None)
    return "" if place is None else last[place:].lstrip("#").strip()
