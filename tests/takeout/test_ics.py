from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from susul.errors import UsageError
from susul.model import Answer, Attendee, Event
from susul.sources.takeout import CalendarFile, read_ics

if TYPE_CHECKING:
    from pathlib import Path

JAKARTA = ZoneInfo("Asia/Jakarta")
SINCE = datetime(2026, 6, 1, tzinfo=UTC)
UNTIL = datetime(2026, 7, 1, tzinfo=UTC)


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


def event(*lines: str, uid: str = "u@x") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT", ""])


def calendar(*events: str) -> str:
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(events) + "END:VCALENDAR\r\n"


def read(tmp_path: Path, text: str) -> CalendarFile:
    path = tmp_path / "events.ics"
    path.write_bytes(text.encode())
    return read_ics(path, JAKARTA, SINCE, UNTIL)


def starts(found: CalendarFile) -> list[datetime]:
    return [event.starts_at for event in found.events]


def test_an_event_comes_with_all_its_facts(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        calendar(
            event(
                "SUMMARY:Interview – Data\\, Analyst",
                "DTSTART:20260609T070000Z",
                "DTEND:20260609T080000Z",
                "DESCRIPTION:Agenda\\nNext steps",
                "LOCATION:Menara 3",
                "STATUS:TENTATIVE",
                "TRANSP:TRANSPARENT",
                "ORGANIZER;CN=HR:mailto:HR@acme.example",
                "ATTENDEE;CN=Budi;PARTSTAT=DECLINED:mailto:budi@acme.example",
                "ATTENDEE;CUTYPE=RESOURCE;PARTSTAT=ACCEPTED:mailto:room@acme.example",
                "CREATED:20260601T000000Z",
                "DTSTAMP:20260605T000000Z",
                uid="abc_R20260608T020000@google.example",
            )
        ),
    )

    assert found.events == (
        Event(
            uid="abc@google.example",
            summary="Interview – Data, Analyst",
            starts_at=datetime(2026, 6, 9, 7, tzinfo=UTC),
            ends_at=datetime(2026, 6, 9, 8, tzinfo=UTC),
            description="Agenda\nNext steps",
            location="Menara 3",
            status="tentative",
            organizer="hr@acme.example",
            attendees=(
                Attendee("budi@acme.example", "Budi", Answer.DECLINED),
                Attendee("room@acme.example", "", Answer.ACCEPTED, resource=True),
            ),
            transparent=True,
            created_at=datetime(2026, 6, 1, tzinfo=UTC),
            id="abc@google.example",
        ),
    )


@pytest.mark.parametrize(
    ("lines", "starts_at", "ends_at"),
    [
        (["DTSTART:20260609T140000", "DURATION:PT90M"], utc(9, 7), utc(9, 8, 30)),
        (["DTSTART;TZID=America/New_York:20260609T090000"], utc(9, 13), utc(9, 13)),
        (["DTSTART;TZID=SE Asia Standard Time:20260609T140000"], utc(9, 7), utc(9, 7)),
        (["DTSTART;VALUE=DATE:20260609"], utc(8, 17), utc(9, 17)),
        (
            ["DTSTART;VALUE=DATE:20260609", "DTEND;VALUE=DATE:20260611"],
            utc(8, 17),
            utc(10, 17),
        ),
        (["DTSTART:20260609T070000Z", "DTEND:20260609T060000Z"], utc(9, 7), utc(9, 7)),
        (["DTSTART:20260609T070000Z", "DTEND:soon"], utc(9, 7), utc(9, 7)),
    ],
)
def test_times_of_all_makes_are_instants(
    tmp_path: Path, lines: list[str], starts_at: datetime, ends_at: datetime
) -> None:
    found = read(tmp_path, calendar(event(*lines)))

    assert [(event.starts_at, event.ends_at) for event in found.events] == [(starts_at, ends_at)]
    assert found.events[0].all_day == ("VALUE=DATE" in lines[0])
    assert found.warnings == {}


def test_a_time_in_an_unknown_zone_is_the_owners_and_said(tmp_path: Path) -> None:
    found = read(tmp_path, calendar(event("DTSTART;TZID=Mars/Base:20260609T140000")))

    assert starts(found) == [datetime(2026, 6, 9, 7, tzinfo=UTC)]
    assert found.warnings == {"time in the unknown zone Mars/Base": 1}
    assert found.skipped == {}


def test_only_what_overlaps_the_window_is_read(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        calendar(
            event("DTSTART:20260531T230000Z", "DTEND:20260601T010000Z", uid="overlaps"),
            event("DTSTART:20260531T220000Z", "DTEND:20260531T230000Z", uid="before"),
            event("DTSTART:20260701T000000Z", uid="after"),
            event("DTSTART:20200101T000000Z", uid="long ago"),
        ),
    )

    assert [event.uid for event in found.events] == ["overlaps"]


WEEKLY = event(
    "DTSTART;TZID=Asia/Jakarta:20260601T090000",
    "DTEND;TZID=Asia/Jakarta:20260601T100000",
    "RRULE:FREQ=WEEKLY",
    "EXDATE;TZID=Asia/Jakarta:20260608T090000",
)
MOVED = event(
    "RECURRENCE-ID;TZID=Asia/Jakarta:20260615T090000",
    "DTSTART;TZID=Asia/Jakarta:20260616T110000",
    "DTEND;TZID=Asia/Jakarta:20260616T120000",
)
CANCELLED = event(
    "RECURRENCE-ID;TZID=Asia/Jakarta:20260622T090000", "DTSTART;TZID=Asia/Jakarta:20260622T090000", "STATUS:CANCELLED"
)


def test_a_series_is_expanded_with_its_exceptions(tmp_path: Path) -> None:
    found = read(tmp_path, calendar(WEEKLY, MOVED, CANCELLED))

    assert [(event.starts_at.day, event.starts_at.hour, event.status) for event in found.events] == [
        (1, 2, "confirmed"),
        (16, 4, "confirmed"),
        (22, 2, "cancelled"),
        (29, 2, "confirmed"),
    ]
    assert all(event.recurring for event in found.events)
    assert [event.id for event in found.events] == [f"u@x/202606{day}T020000Z" for day in ("01", "15", "22", "29")]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=5",
        "FREQ=YEARLY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=" + ",".join(map(str, range(60))),
    ],
)
def test_a_rule_too_dense_to_be_an_appointment_is_counted_not_expanded(tmp_path: Path, rule: str) -> None:
    found = read(tmp_path, calendar(event("DTSTART:20260601T000000Z", f"RRULE:{rule}")))

    assert (found.events, sum(found.skipped.values())) == ((), 1)


def test_a_broken_event_costs_no_other(tmp_path: Path) -> None:
    good = event("DTSTART:20260609T070000Z", uid="good")
    found = read(
        tmp_path,
        calendar(
            event("DTSTART:soon"),
            event("SUMMARY:no start"),
            event("DTSTART:20260609T070000Z", "RRULE:FREQ=SOMETIMES", uid="rule"),
            event("DTSTART:20260609T070000Z", "RRULE:FREQ=DAILY", "EXDATE:soon", uid="except"),
            "BEGIN:VEVENT\r\nUID:never ends\r\n",
            good,
        ),
    )

    assert "good" in {event.uid for event in found.events}
    assert found.skipped["event cut off"] == 1
    assert found.skipped["event without a start"] == 2


def test_of_a_truncated_file_the_whole_events_are_read_and_the_rest_is_counted(tmp_path: Path) -> None:
    text = calendar(event("DTSTART:20260609T070000Z", uid="a"), event("DTSTART:20260610T070000Z", uid="b"))

    found = read(tmp_path, text[: text.rindex("DTSTART")])

    assert [event.uid for event in found.events] == ["a"]
    assert found.skipped == {"event cut off": 1}


def test_an_empty_file_has_no_events(tmp_path: Path) -> None:
    assert read(tmp_path, "") == CalendarFile(())
    assert read(tmp_path, calendar()) == CalendarFile(())


@pytest.mark.parametrize("text", ["hello", "From x\n", '{"events": []}', event("DTSTART:20260609T070000Z")])
def test_a_file_that_is_no_calendar_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match="is not a calendar file"):
        read(tmp_path, text)


def test_a_file_that_is_not_there_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.ics can't be read"):
        read_ics(tmp_path / "none.ics", JAKARTA, SINCE, UNTIL)


LINES = [
    "BEGIN:VEVENT",
    "END:VEVENT",
    "BEGIN:VTIMEZONE",
    "END:VTIMEZONE",
    "TZID:Home",
    "UID:a",
    "UID:b",
    "DTSTART:20260609T070000Z",
    "DTSTART;VALUE=DATE:20260609",
    "DTSTART;TZID=Home:20260609T070000",
    "DTEND:20260609",
    "RRULE:FREQ=DAILY;COUNT=4",
    "RRULE:x",
    "RDATE:20260612T070000Z",
    "EXDATE;VALUE=DATE:20260609",
    "RECURRENCE-ID:20260609T070000Z",
    "DURATION:-PT1H",
    "DURATION:x",
    "ATTENDEE:",
    'ATTENDEE;CN="x:mailto:a@x.example',
    "STATUS:",
    "CREATED:00001231T000000Z",
    "SEQUENCE:x",
    "END:VCALENDAR",
    " fold",
    "\0",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=25))
def test_any_order_of_lines_is_read(tmp_path: Path, lines: list[str]) -> None:
    found = read(tmp_path, "\r\n".join(["BEGIN:VCALENDAR", *lines]))

    assert all(event.ends_at >= SINCE and event.starts_at < UNTIL for event in found.events)


def test_a_calendar_of_years_costs_what_its_window_costs(tmp_path: Path) -> None:
    events = [
        event(
            f"DTSTART:{2000 + n % 25}{n % 12 + 1:02d}{n % 28 + 1:02d}T070000Z",
            "ATTENDEE:mailto:a@x.example",
            uid=f"{n}@x",
        )
        for n in range(20_000)
    ]
    started = time.process_time()

    assert read(tmp_path, calendar(*events, WEEKLY)).events
    assert time.process_time() - started < 5
