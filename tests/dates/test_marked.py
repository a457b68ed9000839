"""Sentences with their days in brackets: which words a day is read from, how it is attached, and at what time it is.

``marked.*.txt`` holds "days | sentence", the days as ``days_named`` writes them. The words matter where a decision is
explained by them, and a word left outside is one that was not understood.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from days_named import marked, timed

HERE = Path(__file__).parent


def _again(line: str) -> str:
    """The line as the rules would write it."""
    text = line.partition("| ")[2].replace("[", "").replace("]", "").replace("\\n", "\n")
    days = timed(text)
    return f"{days}{' ' if days else ''}| {marked(text)}".replace("\n", "\\n")


@pytest.mark.parametrize(("name", "least"), [("marked.en.txt", 900), ("marked.id.txt", 450)])
def test_the_words_of_a_day_are_marked_and_say_how_it_is_meant(name: str, least: int) -> None:
    lines = [line for line in (HERE / name).read_text("utf-8").splitlines() if not line.startswith("#")]

    assert len(lines) >= least
    assert [_again(line) for line in lines] == lines
