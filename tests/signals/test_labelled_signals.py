"""The labelled development sentences: figures that must not fall, and nothing lost by looking for words first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from said import said

from susul.reading.phrases import phrase_book
from susul.reading.sentences import Prose

DEVELOPMENT = Path(__file__).parents[1] / "labelled" / "dev"
# Precision and recall that may not be lost again, by set (tests/labelled/README.md); "jsonl": the first set.
LEAST = {
    "jsonl": (0.97, 0.95),
    "further": (0.95, 0.75),
    "ordinary": (0.93, 0.85),
    "mails": (0.97, 0.80),
    "trial": (0.86, 0.88),
    "rare": (0.93, 0.55),
}
# The trial sentences beside these tests: what was known when they were made.
FRESH = (0.95, 0.93)
FILES = [*sorted(DEVELOPMENT.glob("signals.*.jsonl")), *sorted(Path(__file__).parent.glob("fresh.*.jsonl"))]


def items(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_precision_and_recall_on_the_development_sentences_hold(path: Path) -> None:
    right = wrong = missed = 0
    for item in items(path):
        wanted, also = set(item["facts"]), set(item.get("also", ()))  # type: ignore[call-overload]
        found = {signal.fact.value for signal in said(str(item["text"]), outgoing=bool(item["outgoing"]))}
        right += len(found & wanted)
        wrong += len(found - wanted - also)
        missed += len(wanted - found)
    precision, recall = LEAST[path.name.split(".")[2]] if path.parent.name == "dev" else FRESH
    assert right / (right + wrong) >= precision
    assert right / (right + missed) >= recall


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_match_is_lost_by_looking_for_words_first(path: Path) -> None:
    book = phrase_book()
    patterns = book.patterns()
    for item in items(path)[::10]:  # every pattern against every sentence: a sample says enough
        for sentence in Prose(str(item["text"])).sentences():
            possible = set(book.possible_in(sentence.words))
            for pattern in patterns - possible:
                assert not pattern.wording.search(sentence.folded), pattern.wording.text
