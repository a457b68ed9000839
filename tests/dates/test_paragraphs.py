"""A day is the same one at the end of a paragraph, and at the beginning of one, as in the middle of a line."""

from __future__ import annotations

from datetime import datetime

import pytest
from days_named import INDONESIA, JAKARTA

from susul.reading.dates import mentions

WRITTEN_AT = datetime(2026, 10, 5, 10, tzinfo=JAKARTA)
DAYS = [
    ("id", "tgl 15"), ("id", "tanggal 15 Oktober"), ("id", "Kamis, 15/10"), ("id", "15/10/2026"), ("id", "15.10.2026"),
    ("id", "hari Kamis"), ("id", "akhir bulan depan"), ("id", "lusa"), ("id", "3 hari lagi"), ("id", "Kamis jam 10.30"),
    ("en", "the 15th"), ("en", "October 15"), ("en", "15 October 2026"), ("en", "2026-10-15"),
    ("en", "Thursday the 15th"),
    ("en", "the end of next week"), ("en", "in 3 days"), ("en", "Thursday at 10:30"), ("en", "the 15th and 16th"),
]  # fmt: skip
SAY = {"id": ("Kami kabari {}", "{} kami kabari ya"), "en": ("We'll let you know by {}", "{} we will let you know")}


def read(text: str, language: str) -> list[tuple[object, ...]]:
    found = mentions(text, WRITTEN_AT, JAKARTA, INDONESIA, language)
    return [(m.window, m.preposition, m.starts_at) for m in found]


@pytest.mark.parametrize(("language", "day"), DAYS)
@pytest.mark.parametrize(
    "tail", [".\n\nSalam,\nGalih", "!\n\nThanks", "\n\nTeddy", ".\n\n0812 0000 1122", ".\n\n-- \nTeddy"]
)
def test_at_the_end_of_a_paragraph_the_same_day_is_read(language: str, day: str, tail: str) -> None:
    sentence = SAY[language][0].format(day)

    assert read(sentence + ".", language)
    assert read(sentence + tail, language) == read(sentence + ".", language)


@pytest.mark.parametrize(("language", "day"), DAYS)
@pytest.mark.parametrize("head", ["Pak Galih,\n\n", "Order no. 5\n\n", "1.\n\n", "Terima kasih.\n\n"])
def test_at_the_beginning_of_a_paragraph_the_same_day_is_read(language: str, day: str, head: str) -> None:
    sentence = SAY[language][1].format(day) + "."

    assert read(sentence, language)
    assert read(head + sentence, language) == read(sentence, language)
