"""What calendar parts did to reading before only plain lines of them were handed on."""

from __future__ import annotations

from datetime import UTC, datetime
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hostile_mail import MIXED
from hypothesis import given
from hypothesis import strategies as st

from susul.reading.calendar_lines import LONGEST_LINE, MOST_LINES, plain_calendar
from susul.reading.calendar_part import calendar_part
from susul.reading.mime import from_rfc5322

if TYPE_CHECKING:
    from pathlib import Path

    from susul.model import CalendarPart

CHANGE = "BEGIN:{kind}\nDTSTART:{start}\n{rule}\nTZOFFSETFROM:+0000\nTZOFFSETTO:{offset}\nEND:{kind}\n"
EVENT = "BEGIN:VEVENT\nUID:a@mosaic.example\nSUMMARY:Interview\nDTSTART;TZID={zone}:20260612T090000\n{more}END:VEVENT\n"


def in_zone(rule: str, *, start: str = "19700101T000000", offset: str = "+0700", zone: str = "Head Office") -> bytes:
    """An invitation in a zone that it defines itself, with ``rule`` for both changes of the clock."""
    changes = "".join(
        CHANGE.format(kind=kind, start=start, rule=rule, offset=offset) for kind in ("STANDARD", "DAYLIGHT")
    )
    defined = f"BEGIN:VTIMEZONE\nTZID:{zone}\n{changes}END:VTIMEZONE\n"
    return f"BEGIN:VCALENDAR\nMETHOD:REQUEST\n{defined}{EVENT.format(zone=zone, more='')}END:VCALENDAR\n".encode()


def read(content: bytes) -> CalendarPart:
    found = calendar_part(content)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=MINUTELY;INTERVAL=1",
        "RRULE:FREQ=DAILY",
        "RRULE:FREQ=YEARLY;COUNT=100000000",
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=YEARLY;BYDAY=1MO;BYMONTHDAY=28",
        "RRULE:FREQ=YEARLY;BYDAY=53MO",
        "RRULE:FREQ=YEARLY;BYSECOND=0,1,2",
        "RRULE:FREQ=YEARLY;FREQ=SECONDLY",
        "RRULE:FREQ=SECONDLY;FREQ=YEARLY",
        "RRULE;X=1:FREQ=SECONDLY",
        "rrule:freq=secondly",
        "RRULE:FREQ=\n SECONDLY",
        "RRULE:FREQ=YEARLY;BYDAY=" + "MO," * 1000,
    ],
)
def test_a_zone_with_a_rule_that_is_no_change_of_the_clock_is_unknown(rule: str) -> None:
    begun = process_time()
    found = read(in_zone(rule))
    assert process_time() - begun < 1
    assert (found.method, found.uid, found.summary) == ("REQUEST", "a@mosaic.example", "Interview")
    assert found.starts_at is None


@pytest.mark.parametrize(
    "rule",
    ["", "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU", "RRULE:FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=4", "RRULE:FREQ=YEARLY"],
)
def test_a_zone_that_changes_once_a_year_is_known(rule: str) -> None:
    assert read(in_zone(rule)).starts_at == datetime(2026, 6, 12, 2, tzinfo=UTC)


def test_a_zone_since_the_year_one_is_unknown() -> None:
    assert read(in_zone("RRULE:FREQ=YEARLY", start="00010101T000000")).starts_at is None


def test_a_zone_of_one_mail_is_not_that_of_another() -> None:
    first, second = (read(in_zone("", offset=offset)).starts_at for offset in ("+0700", "-0500"))
    assert (first, second) == (datetime(2026, 6, 12, 2, tzinfo=UTC), datetime(2026, 6, 12, 14, tzinfo=UTC))


@pytest.mark.parametrize("zone", ["A" * 300, "\0", "../../etc/passwd", "/mail.example/Asia/Jakarta", "GMT+7", ""])
def test_the_name_of_a_zone_never_matters_more_than_its_time(zone: str) -> None:
    found = read(f"BEGIN:VCALENDAR\n{EVENT.format(zone=zone, more='')}END:VCALENDAR\n".encode())
    assert found.uid == "a@mosaic.example"
    assert found.starts_at in (None, datetime(2026, 6, 12, 2, tzinfo=UTC))


def test_a_part_is_never_taken_for_the_name_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "BEGIN:x").write_bytes(in_zone(""))
    found = calendar_part(b"BEGIN:x", "REQUEST")
    assert found is not None
    assert (found.uid, found.summary) == ("", "")


def test_what_stands_in_other_components_is_not_the_events() -> None:
    inner = "BEGIN:VALARM\nSUMMARY:Alarm\nUID:b\nEND:VALARM\nBEGIN:X-ROOM\nDTEND:20260612T100000Z\nEND:X-ROOM\n"
    found = read(f"BEGIN:VCALENDAR\n{EVENT.format(zone='Asia/Jakarta', more=inner)}END:VCALENDAR\n".encode())
    assert (found.uid, found.summary, found.ends_at) == ("a@mosaic.example", "Interview", None)


def test_no_component_of_a_mail_is_remembered() -> None:
    from icalendar import Component

    # The table of icalendar that used to grow with each mail.
    remembered = getattr(Component, "_get_component_factory")()  # noqa: B009 - a private name that has no type
    before = set(remembered)
    calendar_part(b"BEGIN:VCALENDAR\nBEGIN:X-ONLY-HERE\nEND:X-ONLY-HERE\nEND:VCALENDAR\n")
    assert set(remembered) == before


def test_of_ten_thousand_calendar_parts_some_are_read() -> None:
    parts = "".join(f"--b\nContent-Type: text/calendar\n\nUID:{number}@x.example\n" for number in range(10_000))
    message = from_rfc5322((MIXED + parts).encode(), id="", thread_id="", labels=frozenset())
    assert 1 <= len(message.calendar) <= 20


@given(st.lists(st.sampled_from([*in_zone("RRULE:FREQ=YEARLY").decode().splitlines(), "A" * 3000 + ":", " x"])))
def test_what_is_handed_on_is_bounded(lines: list[str]) -> None:
    plain = plain_calendar("\n".join(lines))
    kept = plain.split("\r\n")
    assert plain.endswith("\n") or not plain.strip()
    assert len(kept) <= MOST_LINES + 1
    assert all(len(line) <= LONGEST_LINE for line in kept)
