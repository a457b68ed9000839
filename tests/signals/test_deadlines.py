"""Which of several days in a request is its deadline."""

from __future__ import annotations

from datetime import date

import pytest
from said import said

from susul.model import Fact


@pytest.mark.parametrize(
    "text",
    [
        "Please send me the sales figures for July by Thursday 18 June.",
        "Please send me the July sales figures by Thursday 18 June.",
        "Mohon kirim data stok Juli paling lambat Kamis, 18 Juni.",
        "Mohon kirim data stok bulan Juli paling lambat Kamis, 18 Juni.",
        "Mohon kirim data stok bulan Juli paling lambat pada tanggal 18 Juni.",
        "Mohon kirim datanya Kamis, 18 Juni paling lambat pukul 15.00.",
    ],
)
def test_the_day_that_is_called_a_deadline_is_the_one(text: str) -> None:
    windows = [signal.window for signal in said(text, outgoing=True) if signal.fact is Fact.REQUEST]
    assert [window and window.ends_on for window in windows] == [date(2026, 6, 18)]
