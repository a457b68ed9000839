"""Days that other readers of dates got wrong, and days of writing other than a Wednesday in June."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from days_named import INDONESIA, JAKARTA, named

from susul.days import BusinessDays
from susul.reading.dates import mentions

WEDNESDAY = datetime(2026, 6, 10, 10, 0, tzinfo=JAKARTA)
TUESDAY = datetime(2026, 6, 9, 10, 0, tzinfo=JAKARTA)
FRIDAY = datetime(2026, 6, 12, 16, 0, tzinfo=JAKARTA)
SATURDAY = datetime(2026, 6, 13, 10, 0, tzinfo=JAKARTA)
SUNDAY = datetime(2026, 6, 14, 10, 0, tzinfo=JAKARTA)
SEPTEMBER = datetime(2026, 9, 10, 10, 0, tzinfo=JAKARTA)
NEW_YEARS_EVE = datetime(2026, 12, 31, 18, 0, tzinfo=JAKARTA)
LATE_IN_MONTH = datetime(2026, 6, 29, 10, 0, tzinfo=JAKARTA)
LEAP_DAY = datetime(2028, 2, 29, 10, 0, tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("written_at", "sentence", "days"),
    [
        (SEPTEMBER, "3 Mei", "2027-05-03 bare"),
        (SEPTEMBER, "3 May", "2027-05-03 bare"),
        (SUNDAY, "this week", "06-15 06-19 bare"),
        (SUNDAY, "minggu ini", "06-15 06-19 bare"),
        (SUNDAY, "next week", "06-15 06-19 bare"),
        (SATURDAY, "by the end of the week", "- 06-19 by"),
        (WEDNESDAY, "Minggu pagi", "06-14 bare"),
        (WEDNESDAY, "hari Minggu depan", "06-21 bare"),
        (WEDNESDAY, "15-10-2026", "10-15 bare"),
        (WEDNESDAY, "3 Nopember", "11-03 bare"),
        (WEDNESDAY, "3 Pebruari", "2027-02-03 bare"),
        (WEDNESDAY, "3 Ags", "08-03 bare"),
        (WEDNESDAY, "hari Jum’at", "06-12 bare"),
        (TUESDAY, "Selasa ini", "06-09 bare"),
        (TUESDAY, "Selasa", "06-16 bare"),
        (WEDNESDAY, "Senin lalu", "06-08 bare past"),
        (WEDNESDAY, "Jumat kemarin", "06-05 bare past"),
        (WEDNESDAY, "3 kali dalam sepekan", ""),
        (WEDNESDAY, "setiap Senin", ""),
        (WEDNESDAY, "Jumat Agung", ""),
        (WEDNESDAY, "Jumat, 24 Juli 2026", "07-24 bare"),
        (WEDNESDAY, "Friday, 24 July 2026", "07-24 bare"),
        (WEDNESDAY, "Jumat, 10 Mei 2024", "2024-05-10 bare past"),
        (WEDNESDAY, "the 5th of next month", "07-05 bare"),
        (WEDNESDAY, "two days from tomorrow", "06-13 bare"),
        (WEDNESDAY, "We will let you know", ""),  # not a Wednesday
    ],
)
def test_a_known_defect_stays_mended(written_at: datetime, sentence: str, days: str) -> None:
    assert named(sentence, written_at) == days


@pytest.mark.parametrize(
    ("written_at", "sentence", "days"),
    [
        (FRIDAY, "by Friday", "- 06-19 by"),
        (FRIDAY, "this Friday", "06-12 bare"),
        (FRIDAY, "next Friday", "06-19 bare"),
        (FRIDAY, "by end of this week", "- 06-12 by"),
        (FRIDAY, "by end of next week", "- 06-19 by"),
        (FRIDAY, "Monday", "06-15 bare"),
        (FRIDAY, "within 2 business days", "- 06-17 within"),  # 15 June, and not the holiday on the 16th
        (SATURDAY, "next Friday", "06-19 bare"),
        (SUNDAY, "next Friday", "06-19 bare"),
        (SUNDAY, "Jumat depan", "06-19 bare"),
        (SUNDAY, "on Friday", "06-19 on"),
        (SUNDAY, "last Friday", "06-12 bare past"),
        (SATURDAY, "this weekend", "06-13 06-14 bare"),
        (SUNDAY, "early next week", "06-15 06-17 bare"),
        (NEW_YEARS_EVE, "by tomorrow", "- 2027-01-01 by"),
        (NEW_YEARS_EVE, "next week", "2027-01-04 2027-01-08 bare"),
        (NEW_YEARS_EVE, "15 January", "2027-01-15 bare"),
        (NEW_YEARS_EVE, "early next month", "2027-01-01 2027-01-10 bare"),
        (NEW_YEARS_EVE, "by end of Q1", "- 2027-03-31 by"),
        (NEW_YEARS_EVE, "28 December", "12-28 bare past"),
        (NEW_YEARS_EVE, "within 3 working days", "- 2027-01-07 within"),  # the 1st and the 5th are holidays
        (NEW_YEARS_EVE, "Jumat", "2027-01-01 bare"),
        (LATE_IN_MONTH, "awal bulan", "07-01 07-10 bare"),
        (LATE_IN_MONTH, "by mid-month", "- 07-20 by"),
        (LATE_IN_MONTH, "by the end of the month", "- 06-30 by"),
        (LATE_IN_MONTH, "tanggal 5", "07-05 bare"),
        (LATE_IN_MONTH, "on the 31st", "07-31 on"),
        (LEAP_DAY, "in a year", "2029-02-28 on"),
        (LEAP_DAY, "29 February 2028", "2028-02-29 bare"),
        (datetime(2026, 1, 31, 10, 0, tzinfo=JAKARTA), "in one month", "02-28 on"),
        (datetime(2026, 1, 31, 10, 0, tzinfo=JAKARTA), "29 February", ""),
        (SEPTEMBER, "from August to October", ""),
        (SEPTEMBER, "28 August - 15 September", "09-10 09-15 bare"),
    ],
)
def test_the_day_of_writing_decides(written_at: datetime, sentence: str, days: str) -> None:
    assert named(sentence, written_at) == days


@pytest.mark.parametrize(
    ("country", "figures", "day"),
    [
        ("ID", "04/07/2026", date(2026, 7, 4)),
        ("GB", "04/07/2026", date(2026, 7, 4)),
        ("", "04/07/2026", date(2026, 7, 4)),
        ("US", "07/04/2026", date(2026, 7, 4)),
        ("US", "2026-07-04", date(2026, 7, 4)),
        ("US", "7/4/26", date(2026, 7, 4)),
    ],
)
def test_figures_are_read_as_the_country_writes_them(country: str, figures: str, day: date) -> None:
    (mention,) = mentions(figures, WEDNESDAY, JAKARTA, BusinessDays(country))
    assert mention.window.ends_on == day


@pytest.mark.parametrize(("country", "figures"), [("ID", "07/24/2026"), ("GB", "07/24/26"), ("US", "24/07/2026")])
def test_figures_with_a_year_are_read_the_other_way_round_where_only_that_is_a_day(country: str, figures: str) -> None:
    (mention,) = mentions(figures, WEDNESDAY, JAKARTA, BusinessDays(country))
    assert mention.window.ends_on == date(2026, 7, 24)


@pytest.mark.parametrize(
    ("country", "figures"), [("ID", "13/13/2026"), ("ID", "07/32/2026"), ("ID", "07/24"), ("US", "24/7")]
)
def test_figures_that_are_no_day_in_the_country_are_none(country: str, figures: str) -> None:
    assert mentions(f"by {figures}", WEDNESDAY, JAKARTA, BusinessDays(country)) == ()


@pytest.mark.parametrize("sentence", ["We'll let you know by the 20th.", "Kami kabari paling lambat tanggal 20."])
def test_a_day_alone_may_end_the_paragraph(sentence: str) -> None:
    (mention,) = mentions(f"{sentence}\n\nSandra", WEDNESDAY, JAKARTA, BusinessDays("ID"))
    assert mention.window.ends_on == date(2026, 6, 20)


def test_the_owners_zone_decides_which_day_it_is() -> None:
    late_in_london = datetime(2026, 6, 10, 23, 30, tzinfo=ZoneInfo("Europe/London"))
    (mention,) = mentions("tomorrow", late_in_london, JAKARTA, INDONESIA)
    assert mention.window.ends_on == date(2026, 6, 12)


def test_where_weekday_and_date_disagree_both_are_the_window() -> None:
    assert named("Friday, 25 June 2026") == "06-25 06-26 bare"
    assert named("Kamis, 26 Juni 2026") == "06-25 06-26 bare"


def test_a_weekday_chooses_the_year_of_its_date() -> None:
    assert named("Wednesday 6 May at noon") == "05-06 bare past"
    assert named("Kamis, 6 Mei") == "2027-05-06 bare"


def test_alternatives_are_one_window_that_ends_with_the_later() -> None:
    assert named("Let us meet Thursday or Friday") == "06-11 06-12 bare"
    assert named("Kamis atau Jumat") == "06-11 06-12 bare"


def test_today_or_a_week_on_is_not_guessed() -> None:
    assert named("Wednesday or Thursday") == ""


@pytest.mark.parametrize("language", ["en", "id", "und"])
def test_mixed_mail_is_read_whatever_the_language(language: str) -> None:
    assert named("kami kabari by Jumat, paling lambat next week", preferred=language) == "- 06-12 by; - 06-19 by"


@pytest.mark.parametrize("language", ["en", "id", "und"])
@pytest.mark.parametrize(
    "sentence",
    ["I may call", "It mar the view", "He sat there", "10 min", "the sun shone", "50 sen", "sel surya", "We mon ami"],
)
def test_short_words_of_one_language_are_no_days_in_another(language: str, sentence: str) -> None:
    assert named(sentence, preferred=language) == ""


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("Sama-sama Kak, hasilnya maksimal H+3 setelah interview.", "- 06-13 by"),
        ("Hasilnya kami umumkan H+3 setelah interview.", ""),
        ("Kabarnya H+7 Lebaran.", ""),
        ("a week today", "06-17 bare"),
        ("a week on Friday", "06-19 bare"),
        ("Friday week", "06-19 bare"),
        ("If you hear nothing after fourteen days, assume a no.", "06-24 after"),
        ("after fourteen days of testing", ""),
        ("Please do it before the week is over.", "- 06-12 by"),
        ("sebelum Juli habis", "- 07-31 by"),
        ("today and tomorrow", "06-10 06-11 bare"),
        ("Sabtu-Minggu ini saya jaga", "06-13 06-14 bare"),
        ("Come back to us in April.", "2027-04-01 2027-04-30 on"),
        ("a letter from April", ""),
        ("I asked Tom to send it on Monday.", "06-15 on"),
        ("We spoke and he wants to decide on Monday.", "06-15 on"),
        ("The server crashed on Monday.", "06-08 on past"),
        ("It is delivered on Monday.", "06-15 on"),
        ("3 to 5 business days counting from tomorrow", "06-17 06-19 bare"),
    ],
)
def test_the_words_around_a_day_say_how_it_is_meant(sentence: str, days: str) -> None:
    assert named(sentence) == days


def test_noon_in_singapore_is_an_hour_earlier_in_jakarta() -> None:
    mention = mentions("Tuesday, 28 July at 12:00 noon Singapore time (SGT)", WEDNESDAY, JAKARTA, INDONESIA)[0]

    assert mention.starts_at == datetime(2026, 7, 28, 11, 0, tzinfo=JAKARTA)
