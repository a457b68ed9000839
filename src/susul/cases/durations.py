"""How long a meeting lasts, where a mail says so in words ("45 mins", "setengah jam")."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from susul import languages
from susul.cases.words import plain

SHORTEST, LONGEST = 10, 8 * 60  # minutes; anything else is no length of a meeting


@cache
def _table(name: str) -> dict[tuple[str, ...], int]:
    """Phrases, as tuples of words, to minutes; of every language."""
    tables = [languages.table(code, "cases").get("durations", {}) for code in languages.codes()]
    return {tuple(plain(phrase).split()): value for table in tables for phrase, value in table.get(name, {}).items()}


def duration_in(text: str) -> timedelta | None:
    """The first length of time that ``text`` names, None where it names none."""
    words = plain(text).split()
    for place in range(len(words)):
        minutes = _phrase_at(words, place) or _count_at(words, place)
        if minutes and SHORTEST <= minutes <= LONGEST:
            return timedelta(minutes=minutes)
    return None


def _phrase_at(words: list[str], place: int) -> int | None:
    return _longest(_table("phrases"), words, place)[0]


def _count_at(words: list[str], place: int) -> int | None:
    """ "45 minutes", "thirty minutes", "2 jam"; "jam 2" is a time of day."""
    number, length = _longest(_table("numbers"), words, place)
    if number is None and words[place].isdecimal() and len(words[place]) < len("1000"):
        number, length = int(words[place]), 1
    unit, _ = _longest(_table("units"), words, place + length)
    if number is None or unit is None or (place and (words[place - 1],) in _table("units")):
        return None
    return number * unit


def _longest(table: dict[tuple[str, ...], int], words: list[str], place: int) -> tuple[int | None, int]:
    for length in (5, 4, 3, 2, 1):
        found = table.get(tuple(words[place : place + length]))
        if found is not None:
            return found, length
    return None, 0
