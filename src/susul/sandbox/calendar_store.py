"""The owner's primary calendar: events by id, each stamped with the number of its last change.

Field rules: https://developers.google.com/workspace/calendar/api/v3/reference/events
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from susul.sandbox.event_times import compact, read_when, stamp_ms, write_when, zone_named
from susul.sandbox.routing import ApiError, Json, invalid, not_found

EVENT_ID = re.compile(r"[a-v0-9]{5,1024}")
INSTANCE_ID = re.compile(r"(.+)_(\d{8}(?:T\d{6}Z)?)")

# Written by the server; whatever a request says about them is passed over.
SERVER_FIELDS = frozenset(
    {"kind", "etag", "htmlLink", "created", "updated", "creator", "organizer", "hangoutLink", "sequence"}
)


@dataclass(slots=True)
class StoredEvent:
    """An event in API form; ``change`` grows with every change in the calendar, so a sync token is a number."""

    data: Json
    change: int


def merged(old: Json, new: Mapping[str, Any]) -> Json:
    """JSON merge patch (RFC 7396), the semantics of events.patch: null deletes, arrays are replaced whole."""
    result = dict(old)
    for key, value in new.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(result.get(key), dict):
            result[key] = merged(result[key], value)
        else:
            result[key] = copy.deepcopy(value)
    return result


class CalendarStore:
    """Events and exceptions to recurring ones, for the calendar of ``address``."""

    def __init__(self, address: str, time_zone: str, now: Callable[[], datetime]) -> None:
        self.address = address
        self.time_zone = time_zone
        self.zone = zone_named(time_zone)
        self.events: dict[str, StoredEvent] = {}
        self.change = 1
        self.oldest_change = 0
        self._now = now
        self._made = 0

    def get(self, event_id: str) -> StoredEvent:
        if event_id not in self.events:
            raise not_found("Not Found")
        return self.events[event_id]

    def insert(self, event: Mapping[str, Any], *, by_request: bool = False) -> Json:
        """Store a new event and return it. ``by_request`` passes over what only the server writes."""
        given = {key: value for key, value in event.items() if not (by_request and key in SERVER_FIELDS)}
        event_id = str(given.get("id") or self._new_id(given))
        if by_request and not EVENT_ID.fullmatch(event_id):
            raise invalid("Invalid resource id value.", "invalid")
        if event_id in self.events:
            raise ApiError(409, "The requested identifier already exists.", "duplicate")
        data = {**self._defaults(event_id), **copy.deepcopy(given), "id": event_id}
        if data["status"] == "cancelled" and "originalStartTime" in data:
            # A cancelled instance is guaranteed no more than the time it would have had.
            data = {"start": data["originalStartTime"], "end": data["originalStartTime"], **data}
        self._normalise(data)
        return self._put(event_id, data)

    def _defaults(self, event_id: str) -> Json:
        at = stamp_ms(self._now())
        own = {"email": self.address, "self": True}
        return {
            "kind": "calendar#event",
            "status": "confirmed",
            "htmlLink": f"https://www.google.com/calendar/event?eid={event_id}",
            "created": at,
            "updated": at,
            "creator": dict(own),
            "organizer": dict(own),
            "iCalUID": f"{event_id}@google.com",
            "sequence": 0,
            "reminders": {"useDefault": True},
            "eventType": "default",
        }

    def _new_id(self, event: Mapping[str, Any]) -> str:
        self._made += 1
        seed = f"{event.get('iCalUID', '')}/{self._made}"
        return f"{int(sha256(seed.encode()).hexdigest()[:32], 16):026x}"[:26]

    def _normalise(self, data: Json) -> None:
        start, end = (read_when(data.get(name), self.zone) for name in ("start", "end"))
        if isinstance(start, datetime) != isinstance(end, datetime):
            raise invalid("The start and end times must either both be date or both be dateTime.", "invalid")
        if end < start:
            raise invalid("The specified time range is empty.", "timeRangeEmpty")
        for name, moment in (("start", start), ("end", end)):
            data[name] = write_when(moment, self.zone, data[name].get("timeZone", ""))
            if data.get("recurrence") and isinstance(moment, datetime):
                data[name].setdefault("timeZone", self.time_zone)
        for person in (*data.get("attendees", ()), data["organizer"], data["creator"]):
            if person.get("email", "").lower() == self.address.lower():
                person["self"] = True
        for guest in data.get("attendees", ()):
            guest.setdefault("responseStatus", "needsAction")

    def _put(self, event_id: str, data: Json) -> Json:
        self.change += 1
        data["etag"] = f'"{self.change}000"'
        self.events[event_id] = StoredEvent(data, self.change)
        return copy.deepcopy(data)

    def patch(self, event_id: str, fields: Mapping[str, Any], *, by_request: bool = False) -> Json:
        """Change an event; the id of an instance makes an exception to its series."""
        given = {key: value for key, value in fields.items() if not (by_request and key in SERVER_FIELDS)}
        old = self._writable(event_id)
        data = merged(old, given)
        data["id"] = event_id
        data["updated"] = stamp_ms(self._now())
        data["sequence"] = old.get("sequence", 0) + int(bool({"start", "end", "recurrence"} & set(given)))
        self._normalise(data)
        return self._put(event_id, data)

    def replace(self, event_id: str, fields: Mapping[str, Any]) -> Json:
        """events.update: what isn't given is gone, but for what the server writes."""
        old = self._writable(event_id)
        kept = {key: old[key] for key in (*SERVER_FIELDS, "iCalUID", "eventType") if key in old}
        gone = {key: None for key in old if key not in kept and key not in fields}
        return self.patch(event_id, {**gone, **fields}, by_request=True)

    def cancel(self, event_id: str) -> None:
        """The event stays, with status ``cancelled``; so do the exceptions to a series, and an instance of one."""
        for other_id, other in list(self.events.items()):
            if other.data.get("recurringEventId") == event_id:
                self.patch(other_id, {"status": "cancelled"})
        self.patch(event_id, {"status": "cancelled"})

    def _writable(self, event_id: str) -> Json:
        if event_id in self.events:
            return self.events[event_id].data
        found = INSTANCE_ID.fullmatch(event_id)
        if not found or found[1] not in self.events:
            raise not_found("Not Found")
        return self._fresh_exception(self.events[found[1]].data, event_id, found[2])

    def _fresh_exception(self, series: Json, event_id: str, suffix: str) -> Json:
        from susul.sandbox.event_list import instances  # expansion builds on this store

        wanted = (one for one in instances(self, series, None) if compact(one.start) == suffix)
        instance = next(wanted, None)
        if instance is None:
            raise not_found("Not Found")
        return {**instance.data, "id": event_id}

    def expire_tokens(self) -> None:
        """Every sync token handed out so far answers 410."""
        self.change += 1
        self.oldest_change = self.change
