"""The words around quotes and signatures: what each language and each mail program writes, merged for reading."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from susul.languages import codes, table
from susul.reading.sentences import words as spelled


@dataclass(frozen=True, slots=True)
class QuoteWords:
    """The lists of ``languages/*/quotes.toml`` and of ``mail_programs.toml``, lower case. See there."""

    openers: frozenset[str]
    verbs: re.Pattern[str]
    verb_endings: tuple[str, ...]
    pronouns: frozenset[str]
    separators: tuple[str, ...]
    labels: dict[str, str]
    sent_from: tuple[str, ...]
    sent_from_anything: tuple[str, ...]
    sent_through: tuple[str, ...]
    sent_words: frozenset[str]
    devices: frozenset[str]
    closings: frozenset[str]
    group_words: frozenset[str]
    title_words: re.Pattern[str]
    postscripts: tuple[str, ...]
    disclaimer_anchors: re.Pattern[str]
    disclaimer_words: frozenset[bytes]  # one of each anchor: a text without any of these holds no anchor
    disclaimer_starts: tuple[str, ...]
    footer_starts: tuple[str, ...]


@cache
def quote_words() -> QuoteWords:
    programs = tomllib.loads((files("susul") / "reading" / "mail_programs.toml").read_text("utf-8"))
    tables = [*(table(code, "quotes") for code in codes()), programs]
    verbs = _all(tables, "attribution_verbs")
    return QuoteWords(
        openers=frozenset(_all(tables, "attribution_openers")),
        verbs=_any_of(verbs),
        verb_endings=tuple(verbs),
        pronouns=frozenset(_all(tables, "attribution_pronouns")),
        separators=tuple(_all(tables, "separators")),
        labels=_labels(tables),
        sent_from=tuple(_all(tables, "sent_from")),
        sent_from_anything=tuple(_all(tables, "sent_from_anything")),
        sent_through=tuple(_all(tables, "sent_through")),
        sent_words=frozenset(_all(tables, "sent_words")),
        devices=frozenset(_all(tables, "devices")),
        closings=frozenset(_all(tables, "closings")),
        group_words=frozenset(_all(tables, "group_words")),
        title_words=_any_of(_all(tables, "title_words")),
        postscripts=tuple(_all(tables, "postscripts")),
        disclaimer_anchors=_any_of(_all(tables, "disclaimer_anchors")),
        disclaimer_words=frozenset(max(spelled(anchor), key=len) for anchor in _all(tables, "disclaimer_anchors")),
        disclaimer_starts=tuple(_all(tables, "disclaimer_starts")),
        footer_starts=tuple(_all(tables, "footer_starts")),
    )


def _all(tables: list[dict[str, Any]], name: str) -> list[str]:
    return list(dict.fromkeys(word for data in tables for word in data.get(name, ())))


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    """Longest first, so that "intended recipient" is one anchor and not two."""
    ordered = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")


def _labels(tables: list[dict[str, Any]]) -> dict[str, str]:
    """Header label → its role: ``from``, ``date``, ``to``, ``cc`` or ``subject``. The first table wins."""
    found: dict[str, str] = {}
    for data in tables:
        for role, labels in data.get("headers", {}).items():
            for label in labels:
                found.setdefault(label, role)
    return found
