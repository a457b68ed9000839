"""Feasts: a day to wait for behind a word that says until when, and nothing elsewhere."""

from __future__ import annotations

import pytest
from days_named import named


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Please reply before Christmas.", "- 12-25 before"),
        ("Kami kabari sebelum Natal.", "- 12-25 before"),
        ("We met over Christmas.", ""),
        ("We are back two weeks after Christmas.", ""),
        ("Let us talk before Christmas dinner.", ""),
    ],
)
def test_a_feast_is_read_only_where_it_ends_a_wait(text: str, expected: str) -> None:
    assert named(text) == expected
