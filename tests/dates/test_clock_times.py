"""Times of day beside a date."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from days_named import INDONESIA, JAKARTA, WRITTEN_AT

from susul.days import BusinessDays
from susul.reading.dates import mentions

ENGLISH = [
    ("Tuesday 9 June, 09:00 to 10:00", "06-09 09:00", "06-09 10:00"),
    ("tomorrow at 2pm", "06-11 14:00", ""),
    ("tomorrow at 2.30 pm", "06-11 14:30", ""),
    ("at 3pm on Friday", "06-12 15:00", ""),
    ("10:00 on 18 June", "06-18 10:00", ""),
    ("9am tomorrow", "06-11 09:00", ""),
    ("Friday, 2-3pm", "06-12 14:00", "06-12 15:00"),
    ("Friday 11-1pm", "06-12 11:00", "06-12 13:00"),
    ("Friday from 2 pm until 3.30 pm", "06-12 14:00", "06-12 15:30"),
    ("Friday between 2 and 4 pm", "06-12 14:00", "06-12 16:00"),
    ("Friday at 10", "06-12 10:00", ""),
    ("Friday at 3", "06-12 15:00", ""),
    ("Friday at noon", "06-12 12:00", ""),
    ("Thursday, 18 June 2026, 10:00 AM – 11:00 AM (WIB)", "06-18 10:00", "06-18 11:00"),
    ("18 June at 14:00 SGT", "06-18 13:00", ""),
    ("18 June at 9:00 UTC", "06-18 16:00", ""),
    ("18 June at 10:00 GMT+8", "06-18 09:00", ""),
    ("18 June, 10:00 BST", "06-18 16:00", ""),
    ("16 June at 2pm ET", "06-17 01:00", ""),
    ("18 June at 10:00 London time", "06-18 16:00", ""),
    ("18 June at 10:00, London time, if that suits", "06-18 16:00", ""),
    ("Date: Thursday, 18 June 2026\nTime: 09:00 - 10:00", "06-18 09:00", "06-18 10:00"),
    ("18 June at 10:00 CST", "", ""),  # Chicago or Shanghai?
    ("Friday at 25:00", "", ""),
    ("Friday morning", "", ""),
    ("tonight at 8", "06-10 20:00", ""),
    ("Friday, 23:00-01:00", "06-12 23:00", "06-13 01:00"),
    ("by 5pm on Friday", "06-12 17:00", ""),
    ("2026-06-18 14:00", "06-18 14:00", ""),
    ("Monday 9-12", "06-15 09:00", "06-15 12:00"),
    ("Friday 4 o'clock", "06-12 16:00", ""),
    ("Thu Jun 18, 2026 2pm – 3pm (Western Indonesia Time)", "06-18 14:00", "06-18 15:00"),
]
INDONESIAN = [
    ("Selasa, 16 Juni 2026 pukul 14.00-15.00 WIB", "06-16 14:00", "06-16 15:00"),
    ("besok jam 3 sore", "06-11 15:00", ""),
    ("besok jam 10 pagi", "06-11 10:00", ""),
    ("Jumat jam 2 siang", "06-12 14:00", ""),
    ("Jumat jam 11 siang", "06-12 11:00", ""),
    ("Kamis malam jam 7", "06-11 19:00", ""),
    ("besok pukul 09.30", "06-11 09:30", ""),
    ("Jumat pkl. 13.00 s.d. 15.00", "06-12 13:00", "06-12 15:00"),
    ("Jumat pukul 13.00 - selesai", "06-12 13:00", ""),
    ("jam 10 pagi hari Kamis", "06-11 10:00", ""),
    ("18 Juni pukul 10.00 WITA", "06-18 09:00", ""),
    ("18 Juni pukul 10.00 WIT", "06-18 08:00", ""),
    ("Hari/Tanggal : Selasa, 16 Juni 2026\nWaktu : 09.00 - 10.00 WIB", "06-16 09:00", "06-16 10:00"),
    ("Tanggal: 16 Juni 2026\nPukul: 13.30 WIB", "06-16 13:30", ""),
    ("Rabu (17/6) pukul 10.00", "06-17 10:00", ""),
    ("besok jam 10", "06-11 10:00", ""),
    ("besok jam 2", "06-11 14:00", ""),
    ("Jumat dari jam 9 sampai jam 11", "06-12 09:00", "06-12 11:00"),
    ("malam ini jam 8", "06-10 20:00", ""),
    ("15 Juni 2026 10.41", "06-15 10:41", ""),
]


@pytest.mark.parametrize(("sentence", "starts", "ends"), ENGLISH + INDONESIAN)
def test_a_time_beside_a_date_is_an_instant(sentence: str, starts: str, ends: str) -> None:
    (mention,) = mentions(sentence, WRITTEN_AT, JAKARTA, INDONESIA)
    shown = [f"{moment:%m-%d %H:%M}" if moment else "" for moment in (mention.starts_at, mention.ends_at)]
    assert shown == [starts, ends]


def test_a_time_without_a_date_is_no_mention() -> None:
    assert mentions("jam 3 sore, at 2pm, 10:00-11:00", WRITTEN_AT, JAKARTA, INDONESIA) == ()


@pytest.mark.parametrize(
    ("sentence", "instant"),
    [
        ("tomorrow at 02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # skipped in Berlin that night: an hour later
        ("tomorrow at 10:00", datetime(2026, 3, 29, 8, 0, tzinfo=UTC)),
        ("today at 10:00", datetime(2026, 3, 28, 9, 0, tzinfo=UTC)),
    ],
)
def test_summer_time_is_observed(sentence: str, instant: datetime) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    (mention,) = mentions(sentence, datetime(2026, 3, 28, 9, 0, tzinfo=berlin), berlin, BusinessDays("DE"))
    assert mention.starts_at == instant
    assert mention.starts_at.tzinfo is berlin


def test_the_quote_holds_the_date_and_its_time() -> None:
    text = "Wawancara: besok jam 3 sore di kantor"
    (mention,) = mentions(text, WRITTEN_AT, JAKARTA, INDONESIA)
    assert (mention.quote, mention.start, mention.end) == ("besok jam 3 sore", 11, 27)
