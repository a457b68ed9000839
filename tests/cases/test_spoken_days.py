"""A weekday alone is the day that was named before; a day that is told apart stays where it is."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from susul.cases.spoken_days import on_days_spoken_of
from susul.days import BusinessDays
from susul.model import Address, Fact, Message, Nature, Reading, Sense, Signal, Told, Window
from susul.owner import Owner

ZONE = ZoneInfo("Europe/London")
ME, HELEN = Address("Rina", "rina@rinawijaya.example"), Address("Helen", "helen@mosaic.example")
OWNER = Owner((ME.email,), "Rina", ZONE, BusinessDays("GB"), "en")
NEAR, NAMED = date(2026, 6, 9), date(2026, 6, 16)  # two Tuesdays


def told(number: int, quote: str, day: date, sense: Sense, hour: int = 10) -> Told:
    at = datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)
    signal = Signal(Fact.SCHEDULE, quote, "en/schedule/fixed", sense, Window(day, day), at)
    sent_at = datetime(2026, 6, 8, 8 + number, tzinfo=ZONE)
    message = Message(f"m{number}", "t", f"<m{number}@mail.example>", sent_at, HELEN, "Interview", (ME,), text=quote)
    return Told(message, Reading(message.id, "en", Nature.PERSON, quote, (signal,)), outgoing=number > 1)


def day_of_the_answer(quote: str, hour: int = 10, near: date = NEAR, named: date = NAMED) -> date:
    invited = told(1, "We would like to see you then.", named, Sense.PROPOSED, hour)
    _, answer = on_days_spoken_of([invited, told(2, quote, near, Sense.FIXED, hour)], (), OWNER)
    starts_at = answer.reading.signals[0].starts_at
    assert starts_at
    return starts_at.date()


@pytest.mark.parametrize(
    "quote",
    [
        "I confirm the interview on Tuesday at 10:00.",
        "I confirm this interview on Tuesday at 10 am.",
        "Tuesday works for me, see you at 9.",
        "Baik Bu, saya hadir hari Selasa pukul 09.00.",
        "Siap, sampai bertemu Selasa jam 9.",
    ],
)
def test_a_weekday_alone_is_the_day_that_was_named(quote: str) -> None:
    assert day_of_the_answer(quote) == NAMED


@pytest.mark.parametrize(
    "quote",
    [
        "I confirm Tuesday, June 9th at 2 pm.",
        "I confirm Tuesday the 9th at 10:00.",
        "I confirm June 9th at 10:00.",
        "See you tomorrow at 10:00.",
        "See you tomorrow, Tuesday, at 10:00.",
        "Then this coming Tuesday at 10:00.",
        "Then Tuesday this week at 10:00.",
        "Baik, besok pukul 10.00.",
        "Baik, Selasa ini pukul 10.00.",
        "Baik, Selasa 9 Juni pukul 10.00.",
    ],
)
def test_a_day_that_is_told_apart_stays(quote: str) -> None:
    assert day_of_the_answer(quote) == NEAR


def test_an_hour_is_no_date() -> None:
    answer = day_of_the_answer("Confirmed for Wednesday at 10:00.", near=date(2026, 6, 10), named=date(2026, 6, 17))
    assert answer == date(2026, 6, 17)
