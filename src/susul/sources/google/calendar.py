"""Reads the owner's primary calendar: a rolling window of events, repeated ones as their occurrences.

A window costs one or two requests, needs no sync token and never loses an event at its edge.
Source: https://developers.google.com/workspace/calendar/api/v3/reference/events
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from susul.errors import Failed
from susul.sources.google.reads import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from susul.model import Attendee, Event
    from susul.sources.google.transport import Transport

_FIELDS = (
    "timeZone,nextPageToken,items(id,iCalUID,status,summary,description,location,start,end,originalStartTime,"
    "organizer(email),attendees(email,displayName,responseStatus,resource),recurringEventId,transparency,created)"
)
_PAGE = 2500
# By the names of ``susul.model.Answer``. A run without news compares the calendar's digest and needs no model.
_ANSWERS = {
    "accepted": "ACCEPTED",
    "declined": "DECLINED",
    "tentative": "TENTATIVE",
    "needsAction": "NEEDS_ACTION",
}


@dataclass(frozen=True, slots=True)
class CalendarWindow:
    """The events of a window, cancelled ones included, and the calendar's time zone (an IANA name, may be empty).

    ``unreadable`` counts the events whose times make no sense; ``gone`` names the cancelled ones of which Google kept
    nothing but the id.
    """

    events: tuple[Event, ...]
    time_zone: str
    gone: frozenset[str] = frozenset()
    unreadable: int = 0
    digest: str = ""  # of all that Google told of the window


class CalendarReader:
    """The owner's primary calendar."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def events(self, since: datetime, until: datetime) -> CalendarWindow:
        """The events that end after ``since`` and start before ``until`` (aware instants). Raises ``susul.errors``."""
        zone, items = self._told(since, until)
        return replace(window_of(items, zone), digest=_digest(zone, items))

    def digest(self, since: datetime, until: datetime) -> str:
        """``CalendarWindow.digest`` of a window, without making sense of its events."""
        return _digest(*self._told(since, until))

    def _told(self, since: datetime, until: datetime) -> tuple[str, list[dict[str, Any]]]:
        zone, items = "", list[dict[str, Any]]()
        for answer in self._pages(since, until):
            zone = zone or str(answer.get("timeZone", ""))
            items += [item for item in answer.get("items") or () if isinstance(item, dict)]
        return zone, items

    def _pages(self, since: datetime, until: datetime) -> Iterator[dict[str, Any]]:
        options: dict[str, str] = {}
        seen: set[str] = set()
        while True:
            request = read(
                self._transport.endpoints,
                "calendar.events.list",
                calendar="primary",
                timeMin=since.isoformat(),
                timeMax=until.isoformat(),
                singleEvents=True,
                showDeleted=True,
                eventTypes="default",
                maxResults=_PAGE,
                fields=_FIELDS,
                **options,
            )
            answer = self._transport.call(request)
            yield answer
            token = answer.get("nextPageToken")
            if not token:
                return
            if token in seen:
                raise Failed("Calendar sent the same page of a list twice, so the list was given up.")
            seen.add(token)
            options = {"pageToken": token}


def _digest(zone: str, items: list[dict[str, Any]]) -> str:
    """The same whatever order Google lists the events in."""
    told = sorted(json.dumps(item, sort_keys=True) for item in items)
    return hashlib.sha256(json.dumps([zone, told]).encode()).hexdigest()


def window_of(items: Iterable[Mapping[str, Any]], zone: str) -> CalendarWindow:
    """The window that events in the Calendar API's form make. ``zone``: the calendar's (IANA name)."""
    calendar_zone = _zone(zone) or UTC
    events = [(item, _event(item, calendar_zone)) for item in items]
    lost = [item for item, event in events if event is None]
    gone = frozenset(str(item.get("id", "")) for item in lost if item.get("status") == "cancelled")
    return CalendarWindow(
        events=tuple(event for _, event in events if event is not None),
        time_zone=zone,
        gone=gone,
        unreadable=sum(item.get("status") != "cancelled" for item in lost),
    )


def _event(item: Mapping[str, Any], zone: tzinfo) -> Event | None:
    """The event of a resource, None where it has no time. A cancelled one may hold little more than its id."""
    from susul.model import Event  # a run without news needs only the digest

    start = item.get("start") or item.get("originalStartTime") or {}
    starts_at = _instant(start, zone)
    if starts_at is None:
        return None
    return Event(
        uid=_text(item, "iCalUID") or _text(item, "id"),
        summary=_text(item, "summary"),
        starts_at=starts_at,
        ends_at=_instant(item.get("end") or {}, zone) or starts_at,
        description=_text(item, "description"),
        location=_text(item, "location"),
        all_day="date" in start,
        status=_text(item, "status") or "confirmed",
        organizer=_text(item.get("organizer") or {}, "email").lower(),
        attendees=tuple(_attendee(guest) for guest in item.get("attendees") or () if not guest.get("resource")),
        recurring=bool(item.get("recurringEventId")),
        transparent=item.get("transparency") == "transparent",
        created_at=_moment(_text(item, "created"), UTC),
        id=_text(item, "id") or _text(item, "iCalUID"),
    )


def _attendee(guest: Mapping[str, Any]) -> Attendee:
    from susul.model import Answer, Attendee

    return Attendee(
        email=_text(guest, "email").lower(),
        name=_text(guest, "displayName"),
        answer=Answer[_ANSWERS.get(_text(guest, "responseStatus"), "NEEDS_ACTION")],
    )


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""


def _instant(when: Mapping[str, Any], zone: tzinfo) -> datetime | None:
    """A start or end: an instant with its offset, or an all-day date, which is midnight of the calendar's zone."""
    if "date" in when:
        return _midnight(_text(when, "date"), zone)
    return _moment(_text(when, "dateTime"), _zone(_text(when, "timeZone")) or zone)


def _midnight(value: str, zone: tzinfo) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(value), time(), zone)
    except ValueError:
        return None


def _moment(value: str, zone: tzinfo) -> datetime | None:
    """RFC 3339; a time without an offset is one of ``zone``."""
    try:
        at = datetime.fromisoformat(value)
        at = at if at.tzinfo else at.replace(tzinfo=zone)
        at.astimezone(UTC) + timedelta()  # a year beyond what can be reckoned with
    except (ValueError, OverflowError):
        return None
    return at


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None
