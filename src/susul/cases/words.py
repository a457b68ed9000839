"""The words of ``languages/*/cases.toml``: what an interview is called, which words say nothing about a matter."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from susul import languages

if TYPE_CHECKING:
    from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
LONGEST_TEXT = 20_000  # characters: what a matter is about stands at the beginning


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one list, of every language."""
    return frozenset(word for code in languages.codes() for word in languages.table(code, "cases").get(name, ()))


@cache
def _phrases(name: str) -> tuple[str, ...]:
    return tuple(f" {phrase} " for phrase in listed(name))


def plain(text: str) -> str:
    """``text`` as lower-case words with single spaces between and around them, for whole-word search."""
    return f" {' '.join(WORD.findall(text[:LONGEST_TEXT].lower()))} "


def says(name: str, *texts: str) -> bool:
    """Whether one of the texts holds a word or phrase of the list ``name``."""
    return any(phrase in words for words in map(plain, texts) for phrase in _phrases(name))


def is_interview(*texts: str) -> bool:
    return says("interview", *texts) and not says("not_interview", *texts)


def topic_words(text: str, leave_out: Iterable[str] = ()) -> frozenset[str]:
    """The words of a subject or title that tell one matter from another."""
    ignored = listed("stop").union(leave_out)
    words = plain(text).split()
    return frozenset(word for word in words if len(word) > 1 and not word.isdigit() and word not in ignored)
