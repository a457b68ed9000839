"""The words that reading looks for, out of ``languages/*``, as texts that hold nothing else."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING, Any

from hostile_text import Maker, joined, repeated

from susul.languages import codes, table
from susul.model import Fact
from susul.reading.phrases import phrase_book

if TYPE_CHECKING:
    from collections.abc import Iterator

_SYNTAX = re.compile(r"\{[a-z_]+\}|\(\?[!=<]+|\\.|[^\w\s'-]+")


def lists() -> Iterator[tuple[str, list[str]]]:
    """Every data file of every language by its name ("en/quotes"), and the words in it without their syntax."""
    for code in codes():
        for path in sorted((files("susul.languages") / code).iterdir(), key=lambda entry: entry.name):
            if path.name.endswith(".toml"):
                name = path.name.removesuffix(".toml")
                yield f"{code}/{name}", plain_words(table(code, name))
        for fact in Fact:
            if phrases := table(code, f"phrases/{fact.value}"):
                yield f"{code}/phrases/{fact.value}", plain_words(phrases)


def plain_words(entry: Any) -> list[str]:
    """What stands in an entry of a data file, keys included."""
    return list(dict.fromkeys(word for text in _texts(entry) for word in _SYNTAX.sub(" ", text).split()))


def _texts(entry: Any) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, dict):
        for key, value in entry.items():
            yield key
            yield from _texts(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from _texts(value)


def in_turn(words: list[str]) -> Maker:
    """The words one after the other, a number now and then, so that no two sentences are alike."""
    unit = " ".join(words)
    return repeated(f"{unit} #. ") if len(unit) < 600 else repeated(f"{unit} # ")


@cache
def every_word() -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for _, words in lists() for word in words))


@cache
def wordings() -> tuple[str, ...]:
    """Every wording of the phrase book, spelled as far as it goes without choosing: the first of each choice."""
    return tuple(sorted({_spelled(pattern.wording.text) for pattern in phrase_book().patterns()}))


def _spelled(wording: str) -> str:
    """ "(a|b) .. c" as "a c"."""
    while (inner := re.search(r"\(([^()]*)\)[?*+]?(?:\{[\d,]+\})?", wording)) is not None:
        first = "" if inner[1].startswith("?") else inner[1].partition("|")[0]
        wording = wording[: inner.start()] + first + wording[inner.end() :]
    return " ".join(_SYNTAX.sub(" ", wording).split())


def joined_oddly(size: int) -> str:
    """The words with as much between them as may stand between the words of a phrase."""
    return joined((f"{number} {word}, \"'( " for number in count() for word in every_word()), size)


def near_misses(size: int) -> str:
    """Every wording without its last word and with other words in its gaps: what is tried longest before it fails."""
    spelled = [f"{wording.rpartition(' ')[0]} and so on and on, " for wording in wordings()]
    return joined((f"{number} {text}" for number in count() for text in spelled), size)


def hits(size: int) -> str:
    """Every wording as a sentence of its own, over and over, each with a number and a day."""
    return joined((f"{wording} {number} by Friday.\n" for number in count() for wording in wordings()), size)


def word_texts() -> dict[str, Maker]:
    texts: dict[str, Maker] = {f"words of {name}": in_turn(words) for name, words in lists() if words}
    return texts | {
        "near misses of every phrase": near_misses,
        "hits of every phrase": hits,
        "every word joined oddly": joined_oddly,
    }
