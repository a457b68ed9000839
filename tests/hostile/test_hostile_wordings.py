"""No wording of the language data takes long on any sentence, whatever stands in its gaps."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

from hostile_words import plain_words

from susul.reading.phrases import phrase_book

if TYPE_CHECKING:
    from collections.abc import Iterator

    from susul.reading.wordings import Wording

A_MOMENT = 0.03  # seconds
LONGEST = 250  # characters; what is polynomial in them shows by then
BETWEEN = ", \"'( "


def wordings() -> list[Wording]:
    """Those of the phrases, of their guards and of the days, each once."""
    book = phrase_book()
    patterns = [*book.patterns(), *book.questions]
    guards = (wording for pattern in patterns for guard in pattern.phrase.guards for wording in guard.wordings)
    return list({found.text: found for found in (*(p.wording for p in patterns), *guards, *book.day)}.values())


def sentences(words: list[str]) -> Iterator[str]:
    first = words[0] if words else "a"
    yield (first + BETWEEN) * (LONGEST // len(first + BETWEEN))
    yield (first + " ") * (LONGEST // len(first + " "))
    yield "'" * LONGEST + "?"
    yield first + "," * LONGEST


def is_slow(wording: Wording, sentence: str) -> bool:
    begun = process_time()
    wording.search(sentence)
    return process_time() - begun > A_MOMENT


def test_every_wording_is_tried_in_no_time() -> None:
    tried = [(wording, sentence) for wording in wordings() for sentence in sentences(plain_words(wording.text))]
    suspected = [(wording, sentence) for wording, sentence in tried if is_slow(wording, sentence)]
    # Asked again, for the machine may have been busy.
    slow = [(wording.text[:60], sentence[:20]) for wording, sentence in suspected if is_slow(wording, sentence)]
    assert slow == []
