"""events.list: which events a request sees, with recurring ones expanded.

``timeMin`` bounds an event's end and ``timeMax`` its start, both exclusively; sync tokens refuse what would narrow
the list (https://developers.google.com/workspace/calendar/api/v3/reference/events/list).
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from susul.sandbox.event_times import When, compact, instant, length, read_instant, read_when, write_when, zone_named
from susul.sandbox.payload import decode, encode
from susul.sandbox.recurrence import starts
from susul.sandbox.routing import ApiError, Call, Json, invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from susul.sandbox.calendar_store import CalendarStore, StoredEvent

# An endless series is shown two years ahead where the request has no timeMax.
HORIZON = timedelta(days=731)
NOT_WITH_TOKEN = (
    "iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMin", "timeMax", "updatedMin",
)  # fmt: skip
SAME_WITH_TOKEN = ("singleEvents", "eventTypes", "maxAttendees", "timeZone", "showHiddenInvitations")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event, or one instance of a series, with its times read."""

    data: Json
    start: When
    end: When
    change: int


@dataclass(frozen=True, slots=True)
class Request:
    """The parameters of events.list, checked. ``since`` is the change number of a sync token."""

    time_min: datetime | None
    time_max: datetime | None
    updated_min: datetime | None
    single: bool
    show_deleted: bool | None
    types: frozenset[str]
    uid: str
    text: str
    order: str
    since: int | None
    fingerprint: str
    zone: ZoneInfo

    @property
    def wants_cancelled(self) -> bool:
        return bool(self.show_deleted) or self.since is not None or self.updated_min is not None


def read_request(call: Call, calendar: CalendarStore) -> Request:
    def moment(name: str) -> datetime | None:
        return read_instant(call.one(name), name) if call.one(name) else None

    single, order = call.flag("singleEvents"), call.one("orderBy")
    if order not in ("", "startTime", "updated"):
        raise invalid(f"Invalid string value: '{order[:40]}'. Allowed values: [startTime, updated]", "invalidParameter")
    if order == "startTime" and not single:
        raise invalid("The requested ordering is not available for the particular query.")
    time_min, time_max = moment("timeMin"), moment("timeMax")
    if time_min and time_max and time_max <= time_min:
        raise invalid("The specified time range is empty.", "timeRangeEmpty")
    return Request(
        time_min=time_min,
        time_max=time_max,
        updated_min=moment("updatedMin"),
        single=single,
        show_deleted=call.flag("showDeleted") if call.one("showDeleted") else None,
        types=frozenset(call.many("eventTypes")),
        uid=call.one("iCalUID"),
        text=call.one("q").lower(),
        order=order,
        since=_since(call, calendar),
        fingerprint=_fingerprint(call),
        zone=zone_named(call.one("timeZone"), calendar.zone.key),
    )


def _fingerprint(call: Call) -> str:
    return json.dumps([sorted(call.many(name)) for name in SAME_WITH_TOKEN])


def sync_token(calendar: CalendarStore, request: Request) -> str:
    return encode(json.dumps([calendar.change, request.fingerprint]).encode())


def _since(call: Call, calendar: CalendarStore) -> int | None:
    """The change number that the request's sync token stands for."""
    if not call.one("syncToken"):
        return None
    clash = next((name for name in NOT_WITH_TOKEN if call.one(name)), "")
    if clash:
        raise invalid(f"Sync token cannot be used with the following parameter: {clash}", "badRequest")
    if call.one("showDeleted").lower() == "false":
        raise invalid("Sync token requires showDeleted to be true", "badRequest")
    try:
        change, fingerprint = json.loads(decode(call.one("syncToken")))
        since = int(change)
    except (ValueError, TypeError, RecursionError) as error:
        raise invalid("Invalid sync token value.", "invalid") from error
    if since < calendar.oldest_change:
        raise ApiError(410, "Sync token is no longer valid, a full sync is required.", "fullSyncRequired")
    if fingerprint != _fingerprint(call):
        raise invalid("Sync token was obtained with different parameters.", "badRequest")
    return since


def listed(calendar: CalendarStore, request: Request, *, bare_cancelled: bool = False) -> list[Json]:
    """The events that the request sees, in its order and zone."""
    found = [one for one in _candidates(calendar, request) if _wanted(one, calendar, request)]
    if request.order == "startTime":
        found.sort(key=lambda one: (instant(one.start, calendar.zone), one.data["id"]))
    elif request.order == "updated":
        found.sort(key=lambda one: str(one.data["updated"]))
    return [shown(one.data, calendar, request.zone, bare=bare_cancelled) for one in found]


def _candidates(calendar: CalendarStore, request: Request) -> Iterator[Occurrence]:
    for stored in list(calendar.events.values()):
        data = stored.data
        if request.single and data.get("recurrence"):
            yield from _instances_of(calendar, stored, request)
        else:
            yield _occurrence(calendar, data, stored.change)


def _instances_of(calendar: CalendarStore, stored: StoredEvent, request: Request) -> Iterator[Occurrence]:
    """A series' plain instances; a cancelled series is shown as itself."""
    if stored.data["status"] == "cancelled":
        yield _occurrence(calendar, stored.data, stored.change)
        return
    for one in instances(calendar, stored.data, request.time_max):
        if one.data["id"] not in calendar.events:
            yield Occurrence(one.data, one.start, one.end, stored.change)


def _occurrence(calendar: CalendarStore, data: Json, change: int) -> Occurrence:
    return Occurrence(data, read_when(data["start"], calendar.zone), read_when(data["end"], calendar.zone), change)


def instances(calendar: CalendarStore, series: Json, until: datetime | None) -> Iterator[Occurrence]:
    """The instances of a series as its rules say, exceptions not yet applied."""
    zone = zone_named(series["start"].get("timeZone", ""), calendar.time_zone)
    first, end = read_when(series["start"], zone), read_when(series["end"], zone)
    lasts = length(first, end)
    latest = until or max(calendar._now(), instant(first, zone)) + HORIZON  # noqa: SLF001  # the store's own clock
    for start in starts(series.get("recurrence", []), first, zone, latest):
        data = {key: value for key, value in series.items() if key != "recurrence"}
        named = series["start"].get("timeZone", "")
        data |= {
            "id": f"{series['id']}_{compact(start)}",
            "recurringEventId": series["id"],
            "originalStartTime": write_when(start, zone, named),
            "start": write_when(start, zone, named),
            "end": write_when(start + lasts, zone, named),
        }
        yield Occurrence(data, start, start + lasts, 0)


def _wanted(one: Occurrence, calendar: CalendarStore, request: Request) -> bool:
    data = one.data
    if data["status"] == "cancelled" and not _cancelled_wanted(data, calendar, request):
        return False
    if request.types and data.get("eventType", "default") not in request.types:
        return False
    if request.uid and data.get("iCalUID") != request.uid:
        return False
    if request.since is not None and one.change <= request.since:
        return False
    if request.updated_min and datetime.fromisoformat(data["updated"]) < request.updated_min:
        return False
    return _in_time(one, calendar, request) and (not request.text or request.text in _words(data))


def _cancelled_wanted(data: Json, calendar: CalendarStore, request: Request) -> bool:
    if request.wants_cancelled:
        return True
    series = calendar.events.get(data.get("recurringEventId", ""))
    return (
        request.show_deleted is None
        and not request.single
        and series is not None
        and series.data["status"] != "cancelled"
    )


def _in_time(one: Occurrence, calendar: CalendarStore, request: Request) -> bool:
    if one.data.get("recurrence"):
        return any(_overlaps(item, calendar, request) for item in instances(calendar, one.data, request.time_max))
    return _overlaps(one, calendar, request)


def _overlaps(one: Occurrence, calendar: CalendarStore, request: Request) -> bool:
    if request.time_min and instant(one.end, calendar.zone) <= request.time_min:
        return False
    return not (request.time_max and instant(one.start, calendar.zone) >= request.time_max)


def _words(data: Json) -> str:
    people: Iterable[Json] = data.get("attendees", ())
    texts = [str(data.get(name, "")) for name in ("summary", "description", "location")]
    return " ".join([*texts, *(f"{one.get('email', '')} {one.get('displayName', '')}" for one in people)]).lower()


def shown(data: Json, calendar: CalendarStore, zone: ZoneInfo, most_attendees: int = 0, *, bare: bool = False) -> Json:
    """An event as answered: its times in ``zone``; ``bare`` leaves of a cancelled one only what is guaranteed."""
    if bare and data["status"] == "cancelled":
        kept = ("kind", "etag", "id", "status", "recurringEventId", "originalStartTime")
        return {key: data[key] for key in kept if key in data}
    copied = copy.deepcopy(data)
    for name in ("start", "end", "originalStartTime"):
        if name in copied:
            moment = read_when(copied[name], calendar.zone)
            copied[name] = write_when(moment, zone, copied[name].get("timeZone", ""))
    guests = copied.get("attendees", [])
    if most_attendees and len(guests) > most_attendees:
        copied["attendees"] = [one for one in guests if one.get("self")][:1] or guests[:most_attendees]
        copied["attendeesOmitted"] = True
    return copied
