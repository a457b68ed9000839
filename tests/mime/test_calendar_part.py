from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.model import Answer, Attendee, CalendarPart
from susul.reading.calendar_part import calendar_part, plain_uid

INVITATION = """BEGIN:VCALENDAR
METHOD:request
BEGIN:VEVENT
UID:series_R20260608T020000@google.example
SUMMARY:Interview – Data
  Analyst
DTSTART;TZID=Asia/Jakarta:20260609T140000
DTEND:20260609T080000Z
ATTENDEE;CN="Budi, HR";PARTSTAT=ACCEPTED:mailto:Budi@acme.example
ATTENDEE;CUTYPE=RESOURCE;CN=Room 3:mailto:room3@acme.example
ATTENDEE:urn:uuid:1234
END:VEVENT
END:VCALENDAR
"""


def test_an_invitation_tells_method_uid_times_and_guests() -> None:
    assert calendar_part(INVITATION.encode()) == CalendarPart(
        method="REQUEST",
        uid="series@google.example",
        summary="Interview – Data Analyst",
        starts_at=datetime(2026, 6, 9, 7, tzinfo=UTC),
        ends_at=datetime(2026, 6, 9, 8, tzinfo=UTC),
        attendees=(
            Attendee("budi@acme.example", "Budi, HR", Answer.ACCEPTED),
            Attendee("room3@acme.example", "Room 3", resource=True),
        ),
    )


def test_the_method_of_the_content_type_wins() -> None:
    found = calendar_part(INVITATION.encode(), "reply")

    assert found is not None
    assert found.method == "REPLY"


@pytest.mark.parametrize("start", ["DTSTART;TZID=Mars/Base:20260609T140000", "DTSTART:20260609T140000", "DTSTART:soon"])
def test_a_time_that_would_have_to_be_guessed_is_none(start: str) -> None:
    found = calendar_part(INVITATION.replace("DTSTART;TZID=Asia/Jakarta:20260609T140000", start).encode())

    assert found is not None
    assert found.starts_at is None
    assert found.uid == "series@google.example"


def test_a_whole_day_is_no_instant() -> None:
    day = INVITATION.replace("DTSTART;TZID=Asia/Jakarta:20260609T140000", "DTSTART;VALUE=DATE:20260609")
    found = calendar_part(day.encode())

    assert found is not None
    assert found.starts_at is None


def test_a_zone_that_the_part_itself_defines_is_known() -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Kantor Pusat\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "TZOFFSETFROM:+0800\nTZOFFSETTO:+0800\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT"
    )
    text = INVITATION.replace("BEGIN:VEVENT", zone).replace("Asia/Jakarta", "Kantor Pusat")
    found = calendar_part(text.encode())

    assert found is not None
    assert found.starts_at == datetime(2026, 6, 9, 6, tzinfo=UTC)


def test_of_a_truncated_part_method_and_uid_are_kept() -> None:
    found = calendar_part(INVITATION.partition("DTSTART")[0].encode())

    assert found is not None
    assert (found.method, found.uid) == ("REQUEST", "series@google.example")


def test_a_part_that_says_nothing_is_none() -> None:
    assert calendar_part(b"hello") is None


@pytest.mark.parametrize(
    ("uid", "plain"),
    [
        ("abc_R20260608T020000@google.example", "abc@google.example"),
        ("abc_R20260608@google.example", "abc@google.example"),
        ("abc_R2@google.example", "abc_R2@google.example"),
        ("abc@google.example", "abc@google.example"),
    ],
)
def test_all_parts_of_a_series_share_one_uid(uid: str, plain: str) -> None:
    assert plain_uid(uid) == plain


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes_are_read(content: bytes, method: str) -> None:
    calendar_part(content, method)


@given(
    st.lists(
        st.sampled_from([*INVITATION.splitlines(), "BEGIN:VEVENT", "RRULE:x", "ATTENDEE;CN=:", ";:", 'A;B="', "\x00"])
    )
)
def test_any_order_of_lines_is_read(lines: list[str]) -> None:
    calendar_part("\r\n".join(["BEGIN:VCALENDAR", *lines]).encode())


def test_icalendar_is_imported_only_for_a_calendar_part() -> None:
    code = (
        "import sys; from susul.reading.mime import from_rfc5322; "
        "from_rfc5322(b'Subject: x\\n\\nhello', id='', thread_id='', labels=frozenset()); "
        "sys.exit('icalendar' in sys.modules or 'bs4' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
