"""No wording of the language data takes long on any sentence, whatever stands in its gaps and repeats."""

from __future__ import annotations

from datetime import date
from time import process_time
from typing import TYPE_CHECKING

from hostile_words import plain_words

from susul.reading.phrases import phrase_book
from susul.reading.signals import signals_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from susul.reading.wordings import Wording

A_MOMENT = 0.2  # seconds
LONGEST = 600  # characters; what is cubic in them shows by then
MOST_OFTEN = 2  # of the words of one wording, those that a sentence of its own repeats
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
    for word in sorted(words, key=len)[:MOST_OFTEN]:
        yield (word + " ") * (LONGEST // len(word + " "))
    yield " ".join(words[:40])[:LONGEST]
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


def test_words_that_begin_many_phrases_cost_little_however_often_they_stand_there() -> None:
    text = "\n\n".join("i " * 360 + f"{number} decided to decline" for number in range(20))
    begun = process_time()

    signals_in(text, (), language="en", outgoing=False, subject="", attachments=(), written_on=date(2026, 6, 1))

    assert process_time() - begun < 3
