"""A text/calendar part of a mail (iTIP, RFC 5546) to the facts that join it to an event. Never raises.

icalendar costs 0.15 s to import, so it comes in only when a calendar part is there. A time without a zone, or in a
zone that nobody knows, is None: an instant would have to be guessed, and the event itself is found by its UID. Whole
days are None for the same reason.
"""

from __future__ import annotations

import re
import warnings
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from susul.addresses import plain_email
from susul.charsets import decode_text, one_line
from susul.model import Answer, Attendee, CalendarPart
from susul.reading.calendar_lines import lines_of, plain_calendar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from icalendar import Component

CALENDAR_TYPES = ("text/calendar", "application/ics", "text/x-vcalendar")
# "This and following" edits give the rest of a series a new UID that ends like this (Google Calendar).
_SERIES_SPLIT = re.compile(r"_R\d{8}(?:T\d{6})?(?=@|$)")
_LARGEST = 500_000
_MOST_ATTENDEES = 500
# What icalendar raises on broken input, besides ValueError. OSError: a zone's name too long for a file's.
BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError, OSError)


def plain_uid(uid: str) -> str:
    """``uid`` as all parts of one series share it."""
    return _SERIES_SPLIT.sub("", one_line(uid))


def calendar_part(content: bytes, method: str = "", charset: str = "") -> CalendarPart | None:
    """The invitation or answer in ``content``; None if there is neither a method nor a UID.

    ``method`` is the Content-Type's parameter, which wins over the METHOD in the body.
    """
    text = decode_text(content[:_LARGEST], charset)
    lines = _named_lines(text)
    method = (method or lines.get("METHOD", "")).upper()
    event = _event(text) if "BEGIN" in lines else None
    if event is not None:
        return _from_event(event, method)
    uid = plain_uid(lines.get("UID", ""))
    return CalendarPart(method, uid, one_line(lines.get("SUMMARY", ""))) if method or uid else None


def _named_lines(text: str) -> dict[str, str]:
    """The first value of each property, read without regard for structure: all that a broken part can give."""
    found: dict[str, str] = {}
    for name, value, _ in lines_of(text):
        found.setdefault(name, value)
    return found


def _event(text: str) -> Component | None:
    from icalendar import Calendar, use_zoneinfo

    use_zoneinfo()  # forgets the zones that other mails defined: two writers may give one name to different zones
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it guesses "/vendor/Asia/Jakarta" rightly, and says so
            calendars = Calendar.from_ical(plain_calendar(text), multiple=True)
        events = [event for calendar in calendars for event in calendar.walk() if event.name in ("VEVENT", "VTODO")]
    except BROKEN:
        return None
    masters = [event for event in events if "RECURRENCE-ID" not in event]
    return next(iter(masters or events), None)


def _from_event(event: Component, method: str) -> CalendarPart:
    return CalendarPart(
        method=method,
        uid=plain_uid(str(event.get("UID", ""))),
        summary=one_line(str(event.get("SUMMARY", ""))),
        starts_at=_instant(event, "DTSTART"),
        ends_at=_instant(event, "DTEND"),
        attendees=attendees_of(event),
    )


def _instant(event: Component, name: str) -> datetime | None:
    try:
        value: date | datetime | None = getattr(event.get(name), "dt", None)
        if isinstance(value, datetime) and value.tzinfo is not None:
            return value.astimezone(UTC)
    except BROKEN:
        return None
    return None


_ANSWERS = {"ACCEPTED": Answer.ACCEPTED, "DECLINED": Answer.DECLINED, "TENTATIVE": Answer.TENTATIVE}


def attendees_of(event: Component) -> tuple[Attendee, ...]:
    """The ATTENDEE properties with a usable address (RFC 5545, 3.8.4.1)."""
    listed = event.get("ATTENDEE", ())
    found = listed if isinstance(listed, list) else [listed]
    return tuple(_attendees(found[:_MOST_ATTENDEES]))


def _attendees(values: Iterable[Any]) -> Iterable[Attendee]:
    for value in values:
        email = plain_email(str(value))
        if not email:
            continue
        given = getattr(value, "params", {})
        name = one_line(str(given.get("CN", ""))).strip('"')
        yield Attendee(
            email=email,
            name="" if name.lower() == email else name,
            answer=_ANSWERS.get(str(given.get("PARTSTAT", "")).upper(), Answer.NEEDS_ACTION),
            resource=str(given.get("CUTYPE", "")).upper() in ("RESOURCE", "ROOM"),
        )
