"""Feasts whose days a country's calendar tells, and the seasons that end with them: read behind a word to wait for."""

from __future__ import annotations

from datetime import datetime

import pytest
from days_named import INDONESIA, JAKARTA, in_short

from susul.reading.dates import mentions

MARCH, NOVEMBER, DECEMBER = "2026-03-09", "2026-10-28", "2026-12-10"


def named(text: str, written_on: str, language: str) -> str:
    at = datetime.fromisoformat(f"{written_on}T10:00").replace(tzinfo=JAKARTA)
    return "; ".join(in_short(mention) for mention in mentions(text, at, JAKARTA, INDONESIA, language))


@pytest.mark.parametrize(
    ("language", "written_on", "text", "expected"),
    [
        # Lebaran is 21 and 22 March 2026; its collective leave lasts until the 24th.
        ("id", MARCH, "Kami kabari setelah Lebaran ya.", "03-24 after"),
        ("id", MARCH, "Nanti saya infokan habis Lebaran.", "03-24 after"),
        ("id", MARCH, "Hasilnya kami umumkan setelah libur Lebaran.", "03-24 after"),
        ("id", MARCH, "Kami putuskan sesudah Hari Raya Idul Fitri.", "03-24 after"),
        ("id", MARCH, "Kami putuskan setelah puasa.", "03-24 after"),
        ("id", MARCH, "Mohon dikirim sebelum Lebaran.", "- 03-20 before"),
        ("en", MARCH, "We will let you know once Ramadan is over.", "03-24 after"),
        ("en", MARCH, "We'll come back to you after Easter.", "04-06 after"),
        ("en", MARCH, "Please send it before Easter.", "- 04-03 before"),
        ("en", MARCH, "We'll let you know after the Easter weekend.", "04-06 after"),
        ("en", NOVEMBER, "We shall revert after Diwali.", "11-09 after"),
        ("en", DECEMBER, "You will hear from us after New Year.", "2027-01-01 after"),
        ("en", DECEMBER, "You will hear from us after the holidays.", "2027-01-01 after"),
        ("id", DECEMBER, "Kami kabari habis nataru.", "2027-01-01 after"),
        ("id", DECEMBER, "Kami kabari setelah tahun baru.", "2027-01-01 after"),
        ("id", DECEMBER, "Kami kabari setelah Imlek.", "2027-02-08 after"),
    ],
)
def test_a_feast_is_the_day_to_wait_for(language: str, written_on: str, text: str, expected: str) -> None:
    assert named(text, written_on, language) == expected


@pytest.mark.parametrize(
    ("language", "written_on", "text"),
    [
        ("id", MARCH, "Selamat Lebaran, mohon maaf lahir batin."),
        ("id", MARCH, "Seminggu setelah Lebaran kami kabari."),
        ("id", MARCH, "Kabarnya H+7 Lebaran."),
        ("id", MARCH, "Stok kami habis."),
        ("en", MARCH, "We met over Easter."),
        ("en", MARCH, "We are back two weeks after Easter."),
        ("en", "2026-07-06", "You will hear from us after the holidays."),
        ("en", MARCH, "Once we know, we will tell you."),
    ],
)
def test_elsewhere_it_names_no_day(language: str, written_on: str, text: str) -> None:
    assert named(text, written_on, language) == ""
