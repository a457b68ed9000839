"""The labelled development sentences with days (``tests/labelled/README.md``), sentence by sentence."""

from __future__ import annotations

import pytest
from labelled_days import HERE, from_json, known_to_be_misread, misread

DEVELOPMENT = HERE.parent / "labelled" / "dev"


@pytest.mark.parametrize("name", ["dates.en.jsonl", "dates.en.rare.jsonl", "dates.id.jsonl", "dates.id.rare.jsonl"])
def test_the_development_sentences_are_read_right_but_those_known_not_to_be(name: str) -> None:
    sentences = [*from_json(DEVELOPMENT / name)]

    assert len(sentences) >= 100
    assert misread(sentences) == known_to_be_misread(name)
