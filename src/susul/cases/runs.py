"""Text as runs of words: what stands between two breaks (punctuation, a dash, a bracket, the end of a short line).

A name never runs over a break, so a run is where names are looked for. Words that hold signs of markup, templates or
links are breaks themselves: nobody's role or project is written with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from susul import languages

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

OPENING = "([{\"'“‘«*"
CLOSING = ".,;:!?)]}\"'”’»*…"
QUOTES = "\"'“”‘’«»*"
SYNTAX = frozenset('{}<>[]$\\`|^~=@#*_"%')
SOFT_LINE = 50  # characters: a longer line that ends without punctuation goes on in the next
LONGEST_WORD = 30
LONGEST_TOKEN = 60  # a word with the punctuation around it; what is longer is no word
LONGEST_NAME = 80
LONGEST_ABBREVIATION, SHORT_ABBREVIATION = 4, 3  # letters of a word in capitals that need not be shouting
LONGEST_RUN = 60  # words: keeps the search for names linear in a text without punctuation


@dataclass(frozen=True, slots=True)
class Word:
    """One word without the punctuation around it. ``squashed``: its letters and digits only, in lower case."""

    text: str
    lower: str
    squashed: str
    capital: bool


Run = tuple[Word, ...]
Phrases: TypeAlias = "Mapping[str, tuple[tuple[str, ...], ...]]"


@lru_cache(maxsize=128)
def runs_of(text: str) -> tuple[Run, ...]:
    """The runs of ``text`` in order, none of them empty. Linear in its length."""
    runs: list[Run] = []
    run: list[Word] = []
    for piece in _pieces(text):
        if piece is not None:
            run.append(piece)
        if run and (piece is None or len(run) == LONGEST_RUN):
            runs.append(tuple(run))
            run = []
    return tuple([*runs, tuple(run)] if run else runs)


def _pieces(text: str) -> Iterator[Word | None]:
    """Words, and None for every break."""
    for line in text.splitlines():
        for token in line.split():
            yield from _read(token) if len(token) <= LONGEST_TOKEN else (None,)
        if len(line) < SOFT_LINE:
            yield None


@lru_cache(maxsize=8192)  # the words of a mailbox are few, and the same Word serves them all
def _read(token: str) -> tuple[Word | None, ...]:
    if token.isalnum():
        return (_word(token, token.lower()),) if len(token) <= LONGEST_WORD else (None,)
    bare = token.strip(OPENING + CLOSING)
    if not bare or len(bare) > LONGEST_WORD or SYNTAX.intersection(bare) or "://" in bare or not bare.isprintable():
        return (None,)
    squashed = "".join(char for char in bare.lower() if char.isalnum())
    if not squashed and bare != "&":
        return (None,)
    before, _, after = token.partition(bare)
    word = _word(bare, squashed)
    opens, closes = bool(before.strip(QUOTES)), bool(after.strip(QUOTES))
    return (*((None,) if opens else ()), word, *((None,) if closes else ()))


def _word(bare: str, squashed: str) -> Word:
    return Word(bare, bare.lower(), squashed, bare[0].isupper() or (bare[0].isdigit() and bare[-1].isupper()))


def joined(words: Run) -> str:
    return " ".join(word.text for word in words)


def _stands_at(run: Run, place: int, phrase: tuple[str, ...]) -> bool:
    return len(run) - place >= len(phrase) and all(run[place + at].lower == said for at, said in enumerate(phrase))


def calm(name: str, quiet: Callable[[str], str]) -> str:
    """``name`` without the shouting of a title in capitals; short words may be abbreviations."""
    if not name.isupper() or max(map(len, name.split())) <= LONGEST_ABBREVIATION:
        return name
    loud = (word.isalpha() and len(word) > SHORT_ABBREVIATION for word in name.split())
    return " ".join(quiet(word) if is_loud else word for word, is_loud in zip(name.split(), loud, strict=True))


@cache
def listed(section: str, *names: str) -> frozenset[str]:
    """The words of ``topics.toml``'s ``section``, under any of ``names``, of all languages together."""
    tables = [languages.table(code, "topics")[section] for code in languages.codes()]
    return frozenset(word for table in tables for name in names for word in table.get(name, ()))


@cache
def phrases(section: str, name: str) -> Phrases:
    """The phrases listed as ``name`` by their first word, the longest first."""
    return by_first_word(listed(section, name))


def by_first_word(said: Iterable[str]) -> Phrases:
    """Phrases by their first word, the longest first."""
    split = sorted((tuple(words.split()) for words in said), key=lambda words: (-len(words), words))
    return {first: tuple(words for words in split if words[0] == first) for first in {words[0] for words in split}}


def after_phrase(run: Run, place: int, known: Phrases) -> Run:
    """What follows in ``run`` where one of the ``known`` phrases stands at ``place``; empty where none does."""
    for phrase in known.get(run[place].lower, ()):
        if _stands_at(run, place, phrase):
            return run[place + len(phrase) :]
    return ()


def undetermined(run: Run) -> Run:
    """``run`` without the determiner that it begins with."""
    return run[1:] if run and run[0].lower in listed("about", "determiners") else run


def until(run: Run, stops: Collection[str]) -> Run:
    end = next((place for place, word in enumerate(run) if word.lower in stops), len(run))
    return run[:end]


def is_name_like(name: str) -> bool:
    """Whether ``name`` is short enough for a sentence and holds a letter."""
    return len(name) <= LONGEST_NAME and any(char.isalpha() for char in name)
