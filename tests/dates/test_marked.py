"""Sentences with their days in brackets: which words a day is read from, how it is attached, and at what time it is.

``marked.*.txt`` holds "days | sentence", the days as ``days_named`` writes them. The words matter where a decision is
explained by them, and a word left outside is one that was not understood.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from days_named import marked, timed

LINES = [
    line
    for language in ("en", "id")
    for line in (Path(__file__).parent / f"marked.{language}.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("line", LINES)
def test_the_words_of_a_day_are_marked_and_say_how_it_is_meant(line: str) -> None:
    days, _, sentence = line.partition("| ")
    text = sentence.replace("[", "").replace("]", "").replace("\\n", "\n")

    assert timed(text) == days.strip()
    assert marked(text).replace("\n", "\\n") == sentence
