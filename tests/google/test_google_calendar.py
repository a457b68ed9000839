"""The calendar reader against the sandbox, and against the odd things that events may hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted import NOON, Connect, Reply, Script, Serve

from susul.errors import Failed
from susul.model import Answer, Attendee
from susul.sources.google.calendar import CalendarReader, CalendarWindow, window_of

SINCE, UNTIL = NOON - timedelta(days=30), NOON + timedelta(days=60)
JAKARTA = ZoneInfo("Asia/Jakarta")

INTERVIEW = {
    "uid": "interview@acme.example",
    "summary": "Interview – Data Analyst",
    "start": "2026-06-10T13:00:00+07:00",
    "end": "2026-06-10T14:00:00+07:00",
    "organizer": "Budi@acme.example",
    "attendees": [["budi@acme.example", "ACCEPTED"], ["rina@example.com", "TENTATIVE"]],
    "location": "https://meet.example/abc",
    "created": "2026-06-01T08:00:00+07:00",
}


def test_an_event_is_read_with_its_guests_and_the_calendars_zone(serve: Serve, connect: Connect) -> None:
    sandbox = serve(events=[INTERVIEW])

    window = CalendarReader(connect(sandbox)).events(SINCE, UNTIL)

    (event,) = window.events
    assert window.time_zone == "Asia/Jakarta"
    assert (event.uid, event.summary) == ("interview@acme.example", "Interview – Data Analyst")
    assert event.starts_at == datetime(2026, 6, 10, 6, tzinfo=UTC)
    assert event.ends_at - event.starts_at == timedelta(hours=1)
    assert event.organizer == "budi@acme.example"
    assert {guest.email: guest.answer for guest in event.attendees} == {
        "budi@acme.example": Answer.ACCEPTED,
        "rina@example.com": Answer.TENTATIVE,
    }
    assert event.created_at == datetime(2026, 6, 1, 1, tzinfo=UTC)
    assert not (event.all_day)
    assert not (event.recurring)
    assert not (event.transparent)
    assert len(sandbox.log) == 1
    assert sandbox.units == 0


def test_a_repeated_event_is_read_as_its_occurrences(serve: Serve, connect: Connect) -> None:
    weekly = INTERVIEW | {"uid": "weekly", "rrule": "FREQ=WEEKLY;COUNT=3"}

    events = CalendarReader(connect(serve(events=[weekly]))).events(SINCE, UNTIL).events

    assert [event.starts_at.day for event in events] == [10, 17, 24]
    assert {event.uid for event in events} == {"weekly"}
    assert len({event.id for event in events}) == 3
    assert all(event.recurring for event in events)


def test_a_day_long_event_begins_at_midnight_of_the_calendars_zone(serve: Serve, connect: Connect) -> None:
    day = {"uid": "day", "summary": "Cuti", "start": "2026-06-12", "end": "2026-06-13", "all_day": True}

    (event,) = CalendarReader(connect(serve(events=[day]))).events(SINCE, UNTIL).events

    assert event.all_day
    assert event.starts_at == datetime(2026, 6, 12, tzinfo=JAKARTA)
    assert event.ends_at == datetime(2026, 6, 13, tzinfo=JAKARTA)


def test_a_cancelled_event_is_told_as_such(serve: Serve, connect: Connect) -> None:
    sandbox = serve(events=[INTERVIEW])
    sandbox.cancel_event(next(iter(sandbox.mailbox.calendar.events)))

    window = CalendarReader(connect(sandbox)).events(SINCE, UNTIL)

    assert [event.status for event in window.events] in ([], ["cancelled"])
    assert len(window.events) + len(window.gone) == 1


def test_events_out_of_the_window_and_of_other_kinds_stay_out(serve: Serve, connect: Connect) -> None:
    old = INTERVIEW | {"uid": "old", "start": "2026-01-10T13:00:00+07:00", "end": "2026-01-10T14:00:00+07:00"}
    away = INTERVIEW | {"uid": "away", "event_type": "outOfOffice"}

    events = CalendarReader(connect(serve(events=[INTERVIEW, old, away]))).events(SINCE, UNTIL).events

    assert [event.uid for event in events] == ["interview@acme.example"]


def test_rooms_are_no_guests() -> None:
    room = {"email": "room-1@resource.example", "resource": True, "responseStatus": "accepted"}
    person = {"email": "Ayu@acme.example", "displayName": "Ayu", "responseStatus": "declined"}

    (event,) = window_of([{"start": {"dateTime": "2026-06-10T13:00:00Z"}, "attendees": [room, person]}], "").events

    assert event.attendees == (Attendee("ayu@acme.example", "Ayu", Answer.DECLINED),)


def test_an_event_with_little_more_than_an_id_is_counted_or_named() -> None:
    window = window_of(
        [
            {"id": "a", "status": "cancelled"},
            {"id": "b", "status": "confirmed"},
            {"id": "c", "status": "cancelled", "originalStartTime": {"dateTime": "2026-06-10T13:00:00+07:00"}},
        ],
        "Asia/Jakarta",
    )

    assert window.gone == {"a"}
    assert window.unreadable == 1
    assert [(event.id, event.status, event.ends_at) for event in window.events] == [
        ("c", "cancelled", datetime(2026, 6, 10, 6, tzinfo=UTC))
    ]


def test_a_time_without_an_offset_is_one_of_its_zone_else_of_the_calendars() -> None:
    def starts_at(start: dict[str, str], zone: str) -> datetime:
        return window_of([{"id": "x", "start": start}], zone).events[0].starts_at

    local = {"dateTime": "2026-06-10T13:00:00"}
    assert starts_at(local, "Asia/Jakarta") == datetime(2026, 6, 10, 6, tzinfo=UTC)
    assert starts_at(local | {"timeZone": "Asia/Tokyo"}, "Asia/Jakarta") == datetime(2026, 6, 10, 4, tzinfo=UTC)
    assert starts_at(local | {"timeZone": "Mars/Olympus"}, "no/zone") == datetime(2026, 6, 10, 13, tzinfo=UTC)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=12)
    | st.sampled_from(["2026-06-10", "9999-12-31T23:59:59-12:00"]),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
KEYS = ["id", "iCalUID", "status", "summary", "recurringEventId", "transparency", "created", "location"]
TIME = st.dictionaries(st.sampled_from(["date", "dateTime", "timeZone"]), JSON, max_size=3)


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), JSON), max_size=3), TIME, TIME, st.text(max_size=12))
def test_no_event_however_odd_stops_the_reading(
    items: list[dict[str, Any]], start: dict[str, Any], end: dict[str, Any], zone: str
) -> None:
    window = window_of([item | {"start": start, "end": end} for item in items], zone)

    assert isinstance(window, CalendarWindow)
    assert all(event.starts_at.tzinfo and event.ends_at.tzinfo for event in window.events)


def test_short_and_empty_pages_are_followed_to_the_last(script: Script, connect: Connect) -> None:
    item = {"id": "e", "start": {"date": "2026-06-12"}, "end": {"date": "2026-06-13"}}
    script.replies = [
        Reply({"timeZone": "Asia/Jakarta", "nextPageToken": "2"}),
        Reply({"items": [item], "nextPageToken": "3"}),
        Reply({"items": []}),
    ]

    window = CalendarReader(connect(script.root)).events(SINCE, UNTIL)

    assert [event.id for event in window.events] == ["e"]
    assert window.time_zone == "Asia/Jakarta"
    assert len(script.calls) == 3


def test_a_list_of_events_that_goes_round_in_circles_is_given_up(script: Script, connect: Connect) -> None:
    script.replies = [Reply({"nextPageToken": "again"})]

    with pytest.raises(Failed, match="twice"):
        CalendarReader(connect(script.root)).events(SINCE, UNTIL)
