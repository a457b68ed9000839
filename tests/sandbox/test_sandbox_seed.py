"""Filling a mailbox: records, mbox, iCalendar, raw bytes of any kind, and many of them."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sandbox_mailbox import RECORDS

from susul.sandbox import Mailbox
from susul.sandbox.conversation import plain_subject
from susul.sandbox.gmail_api import GmailApi
from susul.sandbox.message import header, read_headers
from susul.sandbox.payload import message_json
from susul.sandbox.routing import Call
from susul.sandbox.search_text import body_text, header_text

if TYPE_CHECKING:
    from pathlib import Path

MBOX = """From 1234@xxx Mon Jun 01 03:00:00 +0000 2026
X-GM-THRID: 1866666666666666666
X-Gmail-Labels: Kotak Masuk,Belum dibaca,"Lamaran kerja",Dibuka
From: Budi <budi@acme.example>
To: rina@example.com
Date: Mon, 01 Jun 2026 10:00:00 +0700
Subject: =?utf-8?q?Undangan_Wawancara_=E2=80=93_segera?=
Message-ID: <a@acme.example>

Halo,
>From here on it is quoted.

From 1235@xxx Tue Jun 02 03:00:00 +0000 2026
X-GM-THRID: 1866666666666666666
X-Gmail-Labels: Terkirim
From: rina@example.com
To: budi@acme.example
Date: Tue, 02 Jun 2026 10:00:00 +0700
Subject: Re: Undangan
Message-ID: <b@example.com>

Terima kasih.
"""

ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:one@acme.example
SUMMARY:Interview
DTSTART;TZID=Asia/Jakarta:20260609T100000
DTEND;TZID=Asia/Jakarta:20260609T110000
ORGANIZER:mailto:budi@acme.example
ATTENDEE;PARTSTAT=ACCEPTED:mailto:rina@example.com
END:VEVENT
BEGIN:VEVENT
UID:two@acme.example
SUMMARY:Weekly
DTSTART:20260601T020000Z
DTEND:20260601T030000Z
RRULE:FREQ=WEEKLY;COUNT=3
EXDATE:20260608T020000Z
END:VEVENT
BEGIN:VEVENT
UID:two@acme.example
RECURRENCE-ID:20260615T020000Z
SUMMARY:Weekly, later
DTSTART:20260615T040000Z
DTEND:20260615T050000Z
END:VEVENT
BEGIN:VEVENT
UID:three@acme.example
SUMMARY:Holiday
DTSTART;VALUE=DATE:20260701
DTEND;VALUE=DATE:20260702
STATUS:CANCELLED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:broken@acme.example
SUMMARY:No start at all
END:VEVENT
END:VCALENDAR
"""


def test_records_become_threads_with_headers_and_labels() -> None:
    box = Mailbox.from_json(RECORDS)
    accept = box.message(box.message_id("accept"))
    headers = read_headers(accept.raw)
    assert header(headers, "In-Reply-To") == header(headers, "References") == "<invite@sandbox.example>"
    assert accept.thread_id == box.thread_id("interview") == box.message_id("invite")
    assert accept.labels == {"SENT"}
    assert box.now().tzinfo is not None


def test_a_calendar_part_keeps_its_method() -> None:
    invite = {"method": "REQUEST", "text": "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"}
    record = {"id": "c", "from": "a@b.example", "date": "2026-06-01T10:00:00Z", "subject": "x", "calendar": invite}
    box = Mailbox.from_json({"address": "rina@example.com", "messages": [record]})
    assert b'text/calendar; charset="utf-8"; method="REQUEST"' in box.message(box.message_id("c")).raw


def test_an_mbox_keeps_gmails_threads_and_labels(tmp_path: Path) -> None:
    path = tmp_path / "mail.mbox"
    path.write_text(MBOX, "utf-8")
    box = Mailbox("rina@example.com")
    assert box.add_mbox(path) == 2
    (thread,) = box.threads
    assert thread == f"{1866666666666666666:016x}"
    first, second = box.thread(thread)
    assert {box.labels.get(one).name for one in first.labels} == {"INBOX", "UNREAD", "Lamaran kerja"}
    assert second.labels == {"SENT"}
    assert "\nFrom here on it is quoted." in first.raw.decode()
    assert " undangan wawancara segera " in header_text(first).subject


def test_an_mbox_without_gmails_headers_is_threaded_by_its_own(tmp_path: Path) -> None:
    lines = [line for line in MBOX.splitlines() if not line.startswith("X-")]
    plain = "\n".join(lines).replace("Subject: Re: Undangan\n", "Subject: RE: undangan wawancara – segera\n")
    path = tmp_path / "mail.mbox"
    path.write_text(plain.replace("Message-ID: <b@", "In-Reply-To: <a@acme.example>\nMessage-ID: <b@"), "utf-8")
    box = Mailbox("rina@example.com")
    assert box.add_mbox(path) == 2
    assert [sorted(one.labels) for one in box.thread(next(iter(box.threads)))] == [["INBOX"], ["SENT"]]


def test_an_empty_mbox_is_empty_and_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mail.mbox"
    path.write_bytes(b"")
    assert Mailbox("rina@example.com").add_mbox(path) == 0
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    with pytest.raises(ValueError, match="no mbox file"):
        Mailbox("rina@example.com").add_mbox(path)


def test_an_icalendar_file_becomes_events(tmp_path: Path) -> None:
    path = tmp_path / "events.ics"
    path.write_text(ICS, "utf-8")
    box = Mailbox("rina@example.com", time_zone="Asia/Jakarta")
    assert box.add_ics(path) == 4
    events = {one.data["summary"]: one.data for one in box.calendar.events.values()}
    interview = events["Interview"]
    assert interview["start"] == {"dateTime": "2026-06-09T10:00:00+07:00", "timeZone": "Asia/Jakarta"}
    assert interview["attendees"] == [{"email": "rina@example.com", "responseStatus": "accepted", "self": True}]
    assert events["Weekly"]["recurrence"] == ["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20260608T020000Z"]
    assert events["Weekly, later"]["recurringEventId"] == events["Weekly"]["id"]
    assert (events["Holiday"]["status"], events["Holiday"]["transparency"]) == ("cancelled", "transparent")
    call = Call(
        "GET", "/", {"singleEvents": ["true"], "iCalUID": ["two@acme.example"]}, params={"calendarId": "primary"}
    )
    from susul.sandbox.calendar_api import CalendarApi

    listed = CalendarApi(box).events(call)["items"]
    assert sorted(one["start"]["dateTime"][:13] for one in listed) == ["2026-06-01T09", "2026-06-15T11"]


def test_a_file_that_is_no_calendar_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "events.ics"
    path.write_text("hello", "utf-8")
    with pytest.raises(ValueError, match=r"\w"):
        Mailbox("rina@example.com").add_ics(path)


@pytest.mark.parametrize(
    ("subject", "plain"),
    [
        ("Re: RE: Fwd: Halo", "halo"),
        ("Bls: Balas: Halo", "halo"),
        ("Re[2]: Halo", "halo"),
        ("Interview: Analyst", "interview: analyst"),
        ("=?utf-8?q?Re=3A_Caf=C3=A9?=", "café"),
        ("re:" * 1000, ""),
    ],
)
def test_subjects_are_compared_without_prefixes(subject: str, plain: str) -> None:
    assert plain_subject(subject) == plain


PIECES = st.sampled_from(
    [
        b"From: a@b.example\r\n", b"Subject: =?x?q?=FF?=\r\n", b"Date: nonsense\r\n", b"References: <<a> <b\r\n",
        b"Content-Type: multipart/mixed; boundary=x\r\n", b"--x\r\n", b"--x--", b"Content-Type: message/rfc822\r\n",
        b"Content-Type: text/plain; charset=unknown-8bit\r\n", b"Content-Type: text/html\r\n", b"&lt;<style>",
        b"Content-Disposition: attachment; filename*=utf-8''%FF\r\n", b"Content-Transfer-Encoding: base64\r\n",
        b"=3D=\r\n", b"\r\n", b"\n", b" folded\r\n", b"\xff\xfe", b"\x00",
    ]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=25).map(b"".join)))
def test_no_bytes_are_too_broken_to_be_stored_and_shown(raw: bytes) -> None:
    box = Mailbox("rina@example.com")
    message = box.message(box.add_message(raw))
    for form in ("minimal", "metadata", "full", "raw"):
        assert message_json(message, form)["id"] == message.id
    assert body_text(message).text
    assert header_text(message).subject


def test_a_large_mailbox_is_listed_quickly() -> None:
    box = Mailbox("rina@example.com")
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    for n in range(20_000):
        sender = "rina@example.com" if n % 5 == 0 else f"p{n % 50}@acme.example"
        raw = f"From: {sender}\r\nSubject: n {n}\r\nMessage-ID: <{n}@x.example>\r\n\r\nbody".encode()
        box.add_message(raw, received_at=begun + timedelta(minutes=n))
    after = int((begun + timedelta(days=10)).timestamp())
    query = {"labelIds": ["SENT"], "q": [f"after:{after}"], "maxResults": ["500"]}
    begun_at = time.process_time()
    page = GmailApi(box).list_messages(Call("GET", "/", query))
    assert time.process_time() - begun_at < 2
    assert len(page["messages"]) == 500
