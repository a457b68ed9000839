"""No text makes the reading of signals raise or hang."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from said import said

from susul.reading.sentences import Prose

PIECES = (
    "we will let you know",
    "by Friday",
    "kami kabari",
    "besok",
    "not",
    "?",
    ".",
    "\n",
    "  ",
    "’",
    "İ",
    "(",
    "\u200b",
)


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text: str, outgoing: bool) -> None:
    for signal in said(text, outgoing=outgoing):
        assert signal.quote
        assert len(signal.quote) <= 200


@given(st.text(alphabet=" \t\r\nab", max_size=60))
def test_every_position_keeps_its_letter(text: str) -> None:
    prose = Prose(text)
    for place, letter in enumerate(text):
        if letter.isalpha():
            assert prose.text[prose.moved(place)] == letter


@pytest.mark.parametrize(
    "piece",
    [
        "let you know ",
        "a",
        " ",
        "? ",
        "we will be ",
        "\n",
        ".",
        "if not please ",
        "kami akan kabari ",
        "\"' (",
        "not the ",
    ],
)
def test_a_megabyte_of_the_same_is_read_within_a_second(piece: str) -> None:
    from datetime import date

    from susul.reading.signals import signals_in

    text = piece * (1_000_000 // len(piece))
    signals_in("warm up", (), language="und", outgoing=False, subject="", attachments=(), written_on=date(2026, 6, 3))
    start = time.process_time()
    signals_in(text, (), language="und", outgoing=False, subject="", attachments=(), written_on=date(2026, 6, 3))
    # Generous, for shared machines: it takes about a tenth of this.
    assert time.process_time() - start < 3
