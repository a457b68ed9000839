"""Business days: weekends, holidays, collective leave, and times that daylight saving skips."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.days import BusinessDays, at, country_near, named_holidays

JAKARTA = BusinessDays("ID")
DATES = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("country", "start", "count", "expected"),
    [
        ("ID", date(2026, 6, 12), 2, date(2026, 6, 17)),  # Islamic New Year on Tuesday the 16th
        ("ID", date(2026, 8, 13), 3, date(2026, 8, 19)),  # Independence Day on Monday the 17th
        ("US", date(2026, 6, 18), 1, date(2026, 6, 22)),  # Juneteenth on Friday the 19th
        ("GB", date(2026, 5, 22), 1, date(2026, 5, 26)),  # spring bank holiday on Monday the 25th
        ("", date(2026, 12, 24), 1, date(2026, 12, 25)),  # no country: weekends only
        ("US", date(2025, 1, 17), 1, date(2025, 1, 21)),  # Washington's inauguration day is no holiday elsewhere
        ("IN", date(2026, 2, 17), 1, date(2026, 2, 18)),
        ("XX", date(2026, 12, 24), 1, date(2026, 12, 25)),  # a country nobody knows
    ],
)
def test_counts_business_days_by_country(country: str, start: date, count: int, expected: date) -> None:
    assert expected == BusinessDays(country).after(start, count)


def test_collective_leave_counts_as_holiday_unless_turned_off() -> None:
    eid_leave = date(2024, 4, 12)

    assert not JAKARTA.is_business_day(eid_leave)
    assert BusinessDays("ID", collective_leave=False).is_business_day(eid_leave)


@given(DATES, st.integers(1, 30))
def test_the_nth_business_day_is_a_business_day_with_n_of_them_up_to_it(day: date, count: int) -> None:
    found = JAKARTA.after(day, count)

    assert JAKARTA.is_business_day(found)
    assert JAKARTA.between(day, found) == count


@given(DATES, st.integers(1, 10))
def test_before_goes_back_as_far_as_after_goes_ahead(day: date, count: int) -> None:
    start = JAKARTA.on_or_after(day)

    assert JAKARTA.before(JAKARTA.after(start, count), count) == start


def test_a_time_that_daylight_saving_skips_moves_forward() -> None:
    skipped = at(date(2026, 3, 29), time(1, 30), ZoneInfo("Europe/London"))

    assert skipped.isoformat() == "2026-03-29T02:30:00+01:00"


def test_one_business_day_is_what_is_meant_where_no_number_is_given() -> None:
    friday, monday = date(2026, 6, 12), date(2026, 6, 15)

    assert JAKARTA.after(friday) == monday
    assert JAKARTA.before(monday) == friday


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "America/New_York", "Pacific/Kiritimati"])
def test_a_time_is_the_one_on_the_owners_clock_wherever_the_machine_stands(zone: str) -> None:
    moment = at(date(2026, 6, 12), time(9, 0), ZoneInfo(zone))

    assert (moment.date(), moment.time(), moment.tzinfo) == (date(2026, 6, 12), time(9, 0), ZoneInfo(zone))
    assert moment.utcoffset() == ZoneInfo(zone).utcoffset(datetime(2026, 6, 12, 9, 0))  # noqa: DTZ001 - what it asks


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Indonesia", "ID"),
        ("indonesai", "ID"),
        ("IDN", "ID"),
        (" New Zealand ", "NZ"),
        ("United Kingdom", "GB"),
        ("Atlantis", ""),
        ("Mordor", ""),  # too far from any name to be meant
        ("", ""),
    ],
)
def test_a_country_written_out_or_misspelt_is_known_by_its_code(text: str, code: str) -> None:
    assert country_near(text) == code


def test_a_feast_has_its_days_by_name_with_its_second_day_and_its_collective_leave() -> None:
    lebaran = named_holidays("ID", 2026, ("Eid al-Fitr",))

    assert (lebaran[0], lebaran[-1]) == (date(2026, 3, 20), date(2026, 3, 24))
    assert named_holidays("DE", 2026, ("Good Friday", "Easter Monday")) == (date(2026, 4, 3), date(2026, 4, 6))
    assert named_holidays("ID", 2026, ("No Such Day",)) == ()
