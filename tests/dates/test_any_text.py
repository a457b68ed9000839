"""What holds for any text: nothing raises, spans and windows are in order, written dates read back, time is linear."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from days_named import INDONESIA, JAKARTA, WRITTEN_AT
from hypothesis import given
from hypothesis import strategies as st

from susul.days import BusinessDays
from susul.languages import codes, table
from susul.reading.dates import mentions
from susul.reading.dates.lexicon import lexicon

WORDS = """
    monday Friday Jumat Minggu minggu hari tanggal tgl 15 3 31 0 2026 99999 July Mei may / - . , : ( ) + ' ’ th of next
    last depan lalu ini early akhir in within dalam by weeks kerja business days few H Q IV kuartal at pm jam WIB
    between and or sampai every setiap ago lagi February first pertama EOD x 24 year ke xx
"""
SEQUENCES = st.lists(st.sampled_from([*WORDS.split(), "\n", "\n\n", " "]), max_size=25)
TEXTS = st.one_of(st.text(max_size=200), SEQUENCES.map(" ".join), SEQUENCES.map("".join))
MOMENTS = st.datetimes(timezones=st.just(UTC))
MAIL_DAYS = st.dates(date(2001, 1, 1), date(2060, 12, 31))


@given(TEXTS, MOMENTS, st.sampled_from(["ID", "US", "", "XX"]), st.sampled_from(["en", "id", "und", "??"]))
def test_any_text_is_read_without_a_fault(text: str, written_at: datetime, country: str, language: str) -> None:
    found = mentions(text, written_at, JAKARTA, BusinessDays("" if country == "ID" else country), language)
    end = 0
    for mention in found:
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.quote
        assert mention.window.starts_on is None or mention.window.starts_on <= mention.window.ends_on
        assert mention.ends_at is None or (mention.starts_at is not None and mention.starts_at < mention.ends_at)
        end = mention.end


def _names(language: str, day: date) -> tuple[str, str]:
    words = table(language, "dates")
    month, weekday = words["months"]["names"][day.month - 1][0], words["weekdays"]["names"][day.weekday()][0]
    return month.title(), weekday.title()


def _english(day: date) -> list[str]:
    month, weekday = _names("en", day)
    return [
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{weekday}, {day.day} {month} {day.year}",
        f"{weekday} {month} {day.day}, {day.year}",
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%Y}",
        f"{day:%d-%m-%Y}",
        f"({day:%d/%m/%Y})",
    ]


def _indonesian(day: date) -> list[str]:
    month, weekday = _names("id", day)
    return [
        f"{day.day} {month} {day.year}",
        f"{weekday}, {day.day} {month} {day.year}",
        f"hari {weekday} tanggal {day.day} {month} {day.year}",
        f"tgl {day.day} {month} {day.year}",
        f"tanggal {day:%d/%m/%Y}",
        f"{weekday} ({day:%d/%m/%Y})",
    ]


@given(MAIL_DAYS, st.data())
def test_a_day_reads_back_in_every_written_form(day: date, data: st.DataObject) -> None:
    written = data.draw(st.sampled_from(_english(day) + _indonesian(day)))
    (mention,) = mentions(f"Kami umumkan {written}.", WRITTEN_AT, JAKARTA, INDONESIA)
    assert (mention.window.ends_on, mention.past) == (day, day < WRITTEN_AT.date())


@given(st.integers(1, 300), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_day_without_its_year_reads_back_when_it_lies_ahead(ahead: int, today: date) -> None:
    day = today + timedelta(days=ahead)
    month = table("en", "dates")["months"]["names"][day.month - 1][0].title()
    written_at = datetime(today.year, today.month, today.day, 12, tzinfo=JAKARTA)
    (mention,) = mentions(f"by {day.day} {month}", written_at, JAKARTA, INDONESIA)
    assert mention.window.ends_on == day


@given(st.integers(0, 6), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_weekday_alone_is_its_next_occurrence(weekday: int, today: date) -> None:
    written_at = datetime(today.year, today.month, today.day, 12, tzinfo=JAKARTA)
    for language, lead in (("en", "on "), ("id", "hari ")):
        name = table(language, "dates")["weekdays"]["names"][weekday][0].title()
        (mention,) = mentions(lead + name, written_at, JAKARTA, INDONESIA)
        assert mention.window.ends_on.weekday() == weekday
        assert 1 <= (mention.window.ends_on - today).days <= 7


HOSTILE = {
    "one long line of words": "thank you for the proposal " * 38_000,
    "weekdays without end": "Friday " * 150_000,
    "every word a date word": "next week on Monday or the 15th of July by 3 pm " * 21_000,
    "figures without end": "1/2/2026 " * 110_000,
    "digits without end": "9" * 1_000_000,
    "dotted figures": "1.1." * 250_000,
    "prices": "15.000." * 150_000,
    "apostrophes": "Jum'" * 250_000,
    "line ends": "\n " * 500_000,
    "spaces": "15 July" + " " * 1_000_000 + "2026",
    "open brackets": "Friday (" * 120_000,
    "ranges": "1-" * 500_000,
    "numbers": "in 3 " * 200_000,
    "fillers": "the " * 250_000,
    "not Latin": "пятница " * 120_000,
    "astral": "\U0001f600" * 500_000,
    "surrogates": "Friday \ud800" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_megabyte_is_read_in_time(name: str) -> None:
    text = HOSTILE[name]
    mentions("Friday", WRITTEN_AT, JAKARTA, INDONESIA)
    began = time.process_time()
    mentions(text, WRITTEN_AT, JAKARTA, INDONESIA)
    assert time.process_time() - began < max(1.0, len(text) / 1_000_000)


@pytest.mark.parametrize(
    "text",
    [
        "tanggal xx/12/2026",
        "Friday ab/12/26",
        "Senin ke-16-17",
        "31 February 2026",
        "00/00/0000",
        "99/99/9999",
        "2026-02-30",
        "the 0th",
        "in 99999999999999999999 weeks",
        "within 0 days",
        "٣ July 2026",
        "in 400 years",
        "9999 business days",
        "Q9",
        "kuartal V",
        "minggu ke-9 Juli",
        "fifth Monday of February 2026",
        "tanggal 31 bulan depan lagi",
        "İ 15 July 2026",
        "15\u200bJuly 2026",
        "Jum'''at",
        "H+",
        "H+999999",
        "1x24",
        "24 x 24 x 24 jam",
        "at 99:99 on Friday",
        "Friday 10:00 UTC+99",
    ],
)
def test_odd_figures_never_raise(text: str) -> None:
    for mention in mentions(text, WRITTEN_AT, JAKARTA, INDONESIA):
        assert text[mention.start : mention.end] == mention.quote


def test_a_mail_from_outside_the_years_of_mail_names_nothing() -> None:
    assert mentions("tomorrow", datetime(1, 1, 1, tzinfo=UTC), JAKARTA, INDONESIA) == ()
    assert mentions("tomorrow", datetime(9999, 12, 31, 23, 0, tzinfo=UTC), JAKARTA, INDONESIA) == ()


def test_every_language_has_the_same_keys() -> None:
    first, *others = (
        {name: () if name in _OWN_PHRASES else sorted(section) for name, section in table(code, "dates").items()}
        for code in codes()
    )
    assert all(other == first for other in others)


_OWN_PHRASES = ("relative_days", "numbers", "amounts", "ordinals", "fused", "fused_parts", "zones", "feasts", "seasons")


def test_no_word_of_the_data_names_two_days_in_one_lexicon() -> None:
    for language in codes():
        weekdays = table(language, "dates")["weekdays"]
        named = [name for kind in weekdays.values() for names in kind for name in names]
        assert len(named) == len(set(named))
    assert lexicon("en").anchors == lexicon("id").anchors
