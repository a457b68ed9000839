"""Text as runs of words: what stands between two breaks (punctuation, a dash, a bracket, the end of a short line).

A name never runs over a break, so a run is where names are looked for. Words that hold signs of markup, templates or
links are breaks themselves: nobody's role or project is written with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OPENING = "([{\"'“‘«*"
CLOSING = ".,;:!?)]}\"'”’»*…"
QUOTES = "\"'“”‘’«»*"
SYNTAX = frozenset('{}<>[]$\\`|^~=@#*_"%')
SOFT_LINE = 50  # characters: a longer line that ends without punctuation goes on in the next
LONGEST_WORD = 30
LONGEST_NAME = 80
LONGEST_RUN = 60  # words: keeps the search for names linear in a text without punctuation


@dataclass(frozen=True, slots=True)
class Word:
    """One word without the punctuation around it. ``squashed``: its letters and digits only, in lower case."""

    text: str
    lower: str
    squashed: str
    capital: bool


Run = tuple[Word, ...]


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
            yield from _read(token)
        if len(line) < SOFT_LINE:
            yield None


def _read(token: str) -> Iterator[Word | None]:
    bare = token.strip(OPENING + CLOSING)
    if not bare or len(bare) > LONGEST_WORD or SYNTAX.intersection(bare) or "://" in bare or not bare.isprintable():
        yield None
        return
    squashed = "".join(char for char in bare.lower() if char.isalnum())
    if not squashed and bare != "&":
        yield None
        return
    before, _, after = token.partition(bare)
    if before.strip(QUOTES):
        yield None
    yield Word(bare, bare.lower(), squashed, bare[0].isupper() or (bare[0].isdigit() and bare[-1].isupper()))
    if after.strip(QUOTES):
        yield None


def joined(words: Run) -> str:
    return " ".join(word.text for word in words)


def starts_with(words: Run, phrase: tuple[str, ...]) -> bool:
    return len(words) >= len(phrase) and all(word.lower == said for word, said in zip(words, phrase, strict=False))


def is_name_like(name: str) -> bool:
    """Whether ``name`` is short enough for a sentence and holds a letter."""
    return len(name) <= LONGEST_NAME and any(char.isalpha() for char in name)
