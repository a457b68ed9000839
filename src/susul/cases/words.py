"""The words of ``languages/*/cases.toml``: what an interview is called, which words say nothing about a matter."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from susul import languages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
LONGEST_TEXT = 20_000  # characters: what a matter is about stands at the beginning
# Lists of topics.toml: a role is only found in mail with a word that begins one of their entries.
ANNOUNCE_ROLE = ("kinds", "signs", "before", "after", "after_job", "labels")
NAMES_LOOKED_AT = 4_000  # characters: who writes for whom is said early
LONGEST_NAME = 4  # words of an organisation's name


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
    words = set(plain(text).split()) - listed("stop")
    words.difference_update(leave_out)
    return frozenset(word for word in words if len(word) > 1 and not word.isdigit())


@cache
def _role_words() -> frozenset[str]:
    tables = [languages.table(code, "topics")["role"] for code in languages.codes()]
    phrases = [phrase for table in tables for name in ANNOUNCE_ROLE for phrase in table.get(name, ())]
    return frozenset(phrase.split()[0] for phrase in phrases)


def may_name_role(text: str) -> bool:
    """Whether ``text``, in the form of ``plain``, holds a word without which no role is ever found."""
    return not _role_words().isdisjoint(text.split())


def bare_subject(subject: str) -> tuple[str, tuple[str, ...]]:
    """The reply mark that ``subject`` begins with ("re"; empty without one), and the words after all of them."""
    words = plain(subject).split()
    marks = _reply_marks()
    start = next((place for place, word in enumerate(words) if word not in marks), len(words))
    return (words[0] if start else "", tuple(words[start:]))


@cache
def _reply_marks() -> frozenset[str]:
    tables = [languages.table(code, "topics")["marks"]["reply"] for code in languages.codes()]
    return frozenset(mark for table in tables for mark in table)


def squashed(name: str) -> str:
    """A name as a domain spells it: "Cakra Digital" is ``cakradigital``."""
    return "".join(filter(str.isalnum, name.lower()))


@lru_cache(maxsize=256)
def runs_together(text: str) -> frozenset[str]:
    """All runs of up to four words at the beginning of ``text`` (in the form of ``plain``), each as one word."""
    words = [squashed(word) for word in text[:NAMES_LOOKED_AT].split()]
    lengths = range(1, LONGEST_NAME + 1)
    return frozenset("".join(words[start : start + length]) for start in range(len(words)) for length in lengths)


def spells_any(text: str, names: Collection[str]) -> bool:
    """Whether whole words of ``text`` (in the form of ``plain``), written together, give one of ``names``."""
    return bool(names) and not runs_together(text).isdisjoint(names)
