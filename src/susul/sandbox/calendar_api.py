"""Calendar v3 over the mailbox's calendar: https://developers.google.com/workspace/calendar/api/v3/reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.sandbox.event_list import instances, listed, read_request, shown, sync_token
from susul.sandbox.event_times import stamp_ms, zone_named
from susul.sandbox.payload import decode, encode
from susul.sandbox.routing import Call, Json, Route, invalid, not_found, route

if TYPE_CHECKING:
    from susul.sandbox.mailbox import Mailbox

LIST = (
    "alwaysIncludeEmail eventTypes iCalUID maxAttendees maxResults orderBy pageToken privateExtendedProperty q "
    "sharedExtendedProperty showDeleted showHiddenInvitations singleEvents syncToken timeMax timeMin timeZone "
    "updatedMin"
)
GET = "alwaysIncludeEmail maxAttendees timeZone"
INSTANCES = "alwaysIncludeEmail maxAttendees maxResults originalStart pageToken showDeleted timeMax timeMin timeZone"
INSERT = "conferenceDataVersion eventLabelVersion maxAttendees sendNotifications sendUpdates supportsAttachments"
WRITE = f"alwaysIncludeEmail {INSERT}"
MOST = 2500


class CalendarApi:
    """The handlers of the Calendar methods; only the owner's primary calendar exists."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._calendar = mailbox.calendar

    def routes(self) -> list[Route]:
        events = "/calendar/v3/calendars/{calendarId}/events"
        one = f"{events}/{{eventId}}"
        return [
            route("calendar.events.list", "GET", events, self.events, LIST),
            route("calendar.events.insert", "POST", events, self.insert, INSERT),
            route("calendar.events.get", "GET", one, self.get, GET),
            route("calendar.events.patch", "PATCH", one, self.patch, WRITE),
            route("calendar.events.update", "PUT", one, self.update, WRITE),
            route("calendar.events.delete", "DELETE", one, self.delete, "sendNotifications sendUpdates"),
            route("calendar.events.instances", "GET", f"{one}/instances", self.instances, INSTANCES),
            route(
                "calendar.calendarList.list", "GET", "/calendar/v3/users/me/calendarList", self.calendars,
                "maxResults minAccessRole pageToken showDeleted showHidden showOwnOrganizationOnly syncToken",
            ),
            route("calendar.calendars.get", "GET", "/calendar/v3/calendars/{calendarId}", self.calendar),
        ]  # fmt: skip

    def _check(self, call: Call) -> None:
        if call.params["calendarId"].lower() not in {"primary", self._mailbox.address.lower()}:
            raise not_found("Not Found")

    def events(self, call: Call) -> Json:
        self._check(call)
        request = read_request(call, self._calendar)
        items = listed(self._calendar, request, bare_cancelled=self._mailbox.habits.bare_cancelled_events)
        page = self._page(call, items)
        page["timeZone"] = request.zone.key
        if "nextPageToken" not in page:
            page["nextSyncToken"] = sync_token(self._calendar, request)
        return page

    def _page(self, call: Call, items: list[Json]) -> Json:
        """One page; with the habit of sparse pages, every first visit to a place in the list is empty."""
        size, at, visited = call.number("maxResults", 250, MOST), 0, False
        if call.one("pageToken"):
            at, visited = _read_token(call.one("pageToken"))
        sparse = self._mailbox.habits.sparse_event_pages and not visited
        part = [] if sparse else items[at : at + size]
        page: Json = {
            "kind": "calendar#events",
            "etag": f'"p{self._calendar.change}"',
            "summary": self._mailbox.address,
            "description": "",
            "updated": stamp_ms(self._mailbox.now()),
            "timeZone": self._calendar.time_zone,
            "accessRole": "owner",
            "defaultReminders": [{"method": "popup", "minutes": 30}],
            "items": part,
        }
        if sparse:
            page["nextPageToken"] = encode(f"{at}:1".encode())
        elif at + size < len(items):
            page["nextPageToken"] = encode(f"{at + size}:0".encode())
        return page

    def get(self, call: Call) -> Json:
        self._check(call)
        return self._shown(call, self._event(call.params["eventId"]))

    def _event(self, event_id: str) -> Json:
        """A stored event, or an instance of a series that nobody has touched yet."""
        if event_id in self._calendar.events:
            return self._calendar.events[event_id].data
        series = self._calendar.get(event_id.rpartition("_")[0]).data
        found = (one.data for one in instances(self._calendar, series, None) if one.data["id"] == event_id)
        event = next(found, None)
        if event is None:
            raise not_found("Not Found")
        return event

    def _shown(self, call: Call, event: Json) -> Json:
        zone = zone_named(call.one("timeZone"), self._calendar.zone.key)
        return shown(event, self._calendar, zone, call.number("maxAttendees", 0, 1000))

    def insert(self, call: Call) -> Json:
        self._check(call)
        return self._calendar.insert(call.json(), by_request=True)

    def patch(self, call: Call) -> Json:
        self._check(call)
        return self._calendar.patch(call.params["eventId"], call.json(), by_request=True)

    def update(self, call: Call) -> Json:
        self._check(call)
        return self._calendar.replace(call.params["eventId"], call.json())

    def delete(self, call: Call) -> None:
        self._check(call)
        self._calendar.cancel(call.params["eventId"])

    def instances(self, call: Call) -> Json:
        self._check(call)
        series = self._calendar.get(call.params["eventId"]).data
        request = read_request(call, self._calendar)
        plain = [one.data for one in instances(self._calendar, series, request.time_max)]
        found = [self._calendar.events[one["id"]].data if one["id"] in self._calendar.events else one for one in plain]
        kept = [one for one in found if request.show_deleted or one["status"] != "cancelled"]
        return self._page(call, [self._shown(call, one) for one in kept])

    def calendar(self, call: Call) -> Json:
        self._check(call)
        return {
            "kind": "calendar#calendar",
            "etag": '"calendar"',
            "id": self._mailbox.address,
            "summary": self._mailbox.address,
            "timeZone": self._calendar.time_zone,
        }

    def calendars(self, _: Call) -> Json:
        entry = {
            "kind": "calendar#calendarListEntry",
            "etag": '"calendar"',
            "id": self._mailbox.address,
            "summary": self._mailbox.address,
            "timeZone": self._calendar.time_zone,
            "accessRole": "owner",
            "primary": True,
            "selected": True,
            "defaultReminders": [],
        }
        return {"kind": "calendar#calendarList", "etag": '"list"', "items": [entry]}


def _read_token(token: str) -> tuple[int, bool]:
    at, _, visited = decode(token).decode("ascii", "replace").partition(":")
    if not at.isdigit():
        raise invalid("Invalid page token value.", "invalid")
    return int(at[:12]), visited == "1"
