"""The word lists of the languages: complete in each, and spelled as they are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from susul.languages import codes, table

if TYPE_CHECKING:
    from collections.abc import Iterator


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif value:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


def test_english_and_indonesian_are_there() -> None:
    assert {"en", "id"} <= set(codes())
    assert list(codes()) == sorted(codes())


def test_a_table_that_a_language_lacks_is_empty() -> None:
    assert table("en", "no-such-table") == {}


@pytest.mark.parametrize("name", ["quotes", "nature"])
def test_every_language_has_the_same_lists(name: str) -> None:
    lists = {code: set(table(code, name)) - {"sent_from_anything"} for code in codes()}
    assert all(names == lists["en"] for names in lists.values())
    assert lists["en"]


@pytest.mark.parametrize("name", ["quotes", "nature"])
@pytest.mark.parametrize("code", codes())
def test_phrases_are_in_small_letters_with_straight_apostrophes(code: str, name: str) -> None:
    assert [
        phrase for phrase in strings(table(code, name)) if phrase != phrase.lower() or "’" in phrase or not phrase
    ] == []
