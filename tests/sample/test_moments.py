from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from susul.days import BusinessDays
from susul.sample.moments import Moments
from susul.sample.placeholders import Scene

JAKARTA = ZoneInfo("Asia/Jakarta")
AFTER_NINE = ["-1d 15:00", "from 09:00: 0d 08:00", "workday from 15:00: 0d 13:00"]


def seen_from(text: str) -> Moments:
    return Moments(datetime.fromisoformat(text).replace(tzinfo=JAKARTA), JAKARTA, BusinessDays("ID"))


def in_words(language: str, text: str, sent: str, *, now: str = "2026-06-10 10:00") -> str:
    moments = seen_from(now)
    scene = Scene(language, moments, {"interview": moments.moment("-1b 09:30")})
    return scene.fill(text, datetime.fromisoformat(sent).replace(tzinfo=JAKARTA))


def test_business_days_before_a_wednesday_skip_the_weekend_and_a_holiday() -> None:
    # Monday 1 June 2026 is Pancasila Day.
    assert seen_from("2026-06-10 10:00").moment("-7b 10:12") == datetime(2026, 5, 29, 10, 12, tzinfo=JAKARTA)


def test_the_next_business_day_after_a_saturday_is_monday() -> None:
    assert seen_from("2026-06-06 10:00").day("+1b") == date(2026, 6, 8)


def test_calendar_days_do_not_skip_the_weekend() -> None:
    assert seen_from("2026-06-08 10:00").day("-2d") == date(2026, 6, 6)


def test_minutes_ago_reach_back_over_midnight() -> None:
    assert seen_from("2026-01-01 00:30").moment("now -40m") == datetime(2025, 12, 31, 23, 50, tzinfo=JAKARTA)


def test_today_is_the_day_in_the_owners_zone() -> None:
    just_after_midnight = datetime(2026, 6, 9, 17, 30, tzinfo=ZoneInfo("UTC"))

    assert Moments(just_after_midnight, JAKARTA, BusinessDays("ID")).day("0d") == date(2026, 6, 10)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-06-10 08:59", "2026-06-09 15:00"),
        ("2026-06-10 09:00", "2026-06-10 08:00"),
        ("2026-06-10 15:00", "2026-06-10 13:00"),
        ("2026-06-07 16:00", "2026-06-07 08:00"),  # a Sunday: what is for workdays does not count
    ],
)
def test_of_several_moments_the_last_that_counts_is_taken(now: str, expected: str) -> None:
    assert seen_from(now).moment(AFTER_NINE) == datetime.fromisoformat(expected).replace(tzinfo=JAKARTA)


@pytest.mark.parametrize("told", ["5b 10:00 late", "-5w 10:00", "10:00", "", "-5b"])
def test_what_is_no_moment_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match=r"day|isoformat"):
        seen_from("2026-06-10 10:00").moment(told)


def test_an_alternative_must_say_from_when_it_counts() -> None:
    with pytest.raises(ValueError, match="does not say from when"):
        seen_from("2026-06-10 10:00").moment(["-1b 10:00", "0d 10:00"])


def test_days_are_written_in_the_language_of_the_mail() -> None:
    assert in_words("en", "by {day:+2b}", "2026-06-10 10:00") == "by Friday 12 June"
    assert in_words("id", "paling lambat {day:+2b}", "2026-06-10 10:00") == "paling lambat Jumat, 12 Juni"


def test_the_year_is_named_where_it_is_another_one_or_asked_for() -> None:
    assert in_words("en", "{day:+3b}", "2025-12-30 10:00", now="2025-12-30 10:00") == "Monday 5 January 2026"
    assert in_words("id", "{date:+2b}", "2026-06-10 10:00") == "Jumat, 12 Juni 2026"


def test_a_weekday_stands_alone_only_in_the_week_after_the_mail() -> None:
    assert in_words("en", "{weekday:+2b}", "2026-06-10 10:00") == "Friday"
    assert in_words("en", "{weekday:+2b}", "2026-06-05 10:00") == "Friday 12 June"


def test_a_named_moment_gives_its_day_and_its_hour() -> None:
    assert in_words("id", "{day:interview} pukul {clock:interview}", "2026-06-01 10:00") == "Selasa, 9 Juni pukul 09.30"


def test_an_unknown_placeholder_is_refused() -> None:
    with pytest.raises(ValueError, match="not a placeholder"):
        in_words("en", "{moon:+2b}", "2026-06-10 10:00")
