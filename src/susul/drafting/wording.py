"""A language's words for drafts, read from ``languages/<code>/drafting.toml`` into one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from susul import languages


@dataclass(frozen=True, slots=True)
class Dates:
    """How days and times are written; the patterns are for ``str.format``, ``clock`` is for ``strftime``."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    months_short: tuple[str, ...]
    day: str
    day_and_year: str
    on: str
    after: str
    clock: str
    moment: str
    attribution: str
    attribution_nameless: str


@dataclass(frozen=True, slots=True)
class Salutations:
    """How people are greeted. ``titles``: as written (lower case), as it stands before a name, as it means "you".

    ``ranks`` stand before a name beside a title and are left out of a greeting, ``degrees`` (without dots) behind it.
    """

    openers: tuple[str, ...]
    default: str
    casual: str
    known: str
    untitled: str
    nobody: str
    several: str
    two: str
    titles: tuple[tuple[str, str, str], ...]
    ranks: frozenset[str]
    degrees: frozenset[str]
    needs_title: bool
    formal_titles: tuple[tuple[str, str], ...]
    you: str
    you_two: str
    you_all: str
    you_unsure: str
    groups: frozenset[str]
    times_of_day: frozenset[str]
    timeless: str


@dataclass(frozen=True, slots=True)
class Closings:
    """The line above the signature."""

    default: str
    formal: str
    casual: str
    known: frozenset[str]
    not_repeated: frozenset[str]


@dataclass(frozen=True, slots=True)
class Agendas:
    """The words that head an agenda, and those of a line that is only about joining."""

    headings: tuple[str, ...]
    noise: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's ``drafting.toml``."""

    dates: Dates
    lists: dict[str, str]
    salutation: Salutations
    closing: Closings
    matter: dict[str, Any]
    subject: dict[str, Any]
    agenda: Agendas


@cache
def wording(code: str) -> Wording:
    return msgspec.convert(languages.table(code, "drafting"), Wording)


def language_of(*wanted: str) -> str:
    """The first of ``wanted`` that there is language data for, or else the first language there is."""
    known = languages.codes()
    return next((code for code in wanted if code in known), known[0])


@cache
def reply_marks() -> frozenset[str]:
    """What stands before a reply's or forward's colon, in any language: mail programs have their own."""
    return frozenset(mark for code in languages.codes() for mark in wording(code).subject["reply_marks"])
