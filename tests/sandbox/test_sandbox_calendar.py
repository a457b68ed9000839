"""The calendar: what events.list shows, recurrence, sync tokens, changes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from googleapiclient.errors import HttpError
from hypothesis import given, settings
from hypothesis import strategies as st

from susul.sandbox.recurrence import starts
from susul.sandbox.routing import ApiError

if TYPE_CHECKING:
    from susul.sandbox import Sandbox

Service = Any
JAKARTA = ZoneInfo("Asia/Jakarta")


def refused(call: Any) -> tuple[int, str]:
    with pytest.raises(HttpError) as caught:
        call.execute()
    error = json.loads(caught.value.content)["error"]
    return int(caught.value.status_code), str(error["errors"][0]["reason"])


def listed(calendar: Service, **parameters: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = calendar.events().list(calendarId="primary", **parameters).execute()["items"]
    return items


def starts_of(items: list[dict[str, Any]]) -> list[str]:
    return [one["start"].get("dateTime") or one["start"]["date"] for one in items]


def weekly(sandbox: Sandbox, rule: str = "FREQ=WEEKLY;COUNT=4", **more: Any) -> str:
    times = {"start": "2026-06-02T09:00:00+07:00", "end": "2026-06-02T10:00:00+07:00"}
    return sandbox.add_event({"uid": "weekly@acme.example", "summary": "Jour fixe", **times, "rrule": rule, **more})


def test_an_event_has_its_people_and_the_calendar_its_zone(calendar: Service) -> None:
    answer = calendar.events().list(calendarId="primary").execute()
    (event,) = answer["items"]
    assert answer["timeZone"] == "Asia/Jakarta"
    assert event["iCalUID"] == "interview@acme.example"
    assert event["start"] == {"dateTime": "2026-06-09T10:00:00+07:00"}
    assert event["organizer"] == {"email": "budi@acme.example"}
    assert event["attendees"] == [
        {"email": "budi@acme.example", "responseStatus": "accepted", "organizer": True},
        {"email": "rina@example.com", "responseStatus": "needsAction", "self": True},
    ]
    assert event["created"] == "2026-06-06T03:00:00.000Z"


@pytest.mark.parametrize(
    ("bounds", "seen"),
    [
        ({"timeMin": "2026-06-09T11:00:00+07:00"}, False),
        ({"timeMin": "2026-06-09T10:59:59+07:00"}, True),
        ({"timeMax": "2026-06-09T10:00:00+07:00"}, False),
        ({"timeMax": "2026-06-09T03:00:01Z"}, True),
    ],
)
def test_time_min_bounds_the_end_and_time_max_the_start(calendar: Service, bounds: dict[str, str], seen: bool) -> None:
    assert bool(listed(calendar, **bounds)) == seen


def test_a_time_without_offset_is_refused(calendar: Service) -> None:
    assert refused(calendar.events().list(calendarId="primary", timeMin="2026-06-09T10:00:00"))[0] == 400
    assert refused(calendar.events().list(calendarId="primary", timeMin="now"))[0] == 400


def test_a_series_is_expanded_on_request(calendar: Service, sandbox: Sandbox) -> None:
    series = weekly(sandbox)
    (master,) = listed(calendar, iCalUID="weekly@acme.example")
    assert master["recurrence"] == ["RRULE:FREQ=WEEKLY;COUNT=4"]
    items = listed(calendar, singleEvents=True, orderBy="startTime", iCalUID="weekly@acme.example")
    assert starts_of(items) == [f"2026-06-{day:02}T09:00:00+07:00" for day in (2, 9, 16, 23)]
    assert items[0]["id"] == f"{series}_20260602T020000Z"
    assert {one["recurringEventId"] for one in items} == {series}
    assert items[1]["originalStartTime"]["dateTime"] == "2026-06-09T09:00:00+07:00"
    assert all("recurrence" not in one for one in items)
    assert calendar.events().get(calendarId="primary", eventId=items[2]["id"]).execute()["id"] == items[2]["id"]
    found = calendar.events().instances(calendarId="primary", eventId=series).execute()["items"]
    assert [one["id"] for one in found] == [one["id"] for one in items]


def test_one_instance_moves_and_another_is_cancelled(calendar: Service, sandbox: Sandbox) -> None:
    series = weekly(sandbox)
    moved = {
        "start": {"dateTime": "2026-06-10T15:00:00+07:00"},
        "end": {"dateTime": "2026-06-10T16:00:00+07:00"},
    }
    calendar.events().patch(calendarId="primary", eventId=f"{series}_20260609T020000Z", body=moved).execute()
    sandbox.cancel_event(f"{series}_20260616T020000Z")
    options = {"singleEvents": True, "orderBy": "startTime", "iCalUID": "weekly@acme.example"}
    expected = ["2026-06-02T09:00:00+07:00", "2026-06-10T15:00:00+07:00", "2026-06-23T09:00:00+07:00"]
    assert starts_of(listed(calendar, **options)) == expected
    with_deleted = listed(calendar, **options, showDeleted=True)
    assert [one["status"] for one in with_deleted].count("cancelled") == 1
    unexpanded = listed(calendar, iCalUID="weekly@acme.example")
    assert [one["status"] for one in unexpanded] == ["confirmed", "confirmed", "cancelled"]
    sandbox.cancel_event(series)
    assert listed(calendar, **options) == []


def test_an_endless_series_ends_at_time_max(calendar: Service, sandbox: Sandbox) -> None:
    weekly(sandbox, "FREQ=DAILY")
    window = {"timeMin": "2026-07-01T00:00:00+07:00", "timeMax": "2026-07-04T00:00:00+07:00"}
    assert len(listed(calendar, singleEvents=True, **window)) == 3
    assert len(listed(calendar, **window)) == 1


def test_an_all_day_series_has_dates(calendar: Service, sandbox: Sandbox) -> None:
    sandbox.add_event(
        {"uid": "day", "summary": "Cuti", "start": "2026-06-29", "end": "2026-06-30", "rrule": "FREQ=DAILY;COUNT=3"}
    )
    items = listed(calendar, singleEvents=True, iCalUID="day", orderBy="startTime")
    assert starts_of(items) == ["2026-06-29", "2026-06-30", "2026-07-01"]
    assert items[2]["id"].endswith("_20260701")


def test_cancelled_events_are_shown_only_on_request(calendar: Service, sandbox: Sandbox) -> None:
    (event,) = listed(calendar)
    sandbox.cancel_event(event["id"])
    assert listed(calendar) == []
    (cancelled,) = listed(calendar, showDeleted=True)
    assert (cancelled["status"], cancelled["summary"]) == ("cancelled", "Wawancara")
    sandbox.habits.bare_cancelled_events = True
    (bare,) = listed(calendar, showDeleted=True)
    assert set(bare) == {"kind", "etag", "id", "status"}


def test_event_types_are_chosen_by_name(calendar: Service, sandbox: Sandbox) -> None:
    times = {"start": "2026-06-20", "end": "2026-06-21"}
    sandbox.add_event({"uid": "trip", "summary": "Flight", "event_type": "fromGmail", **times})
    assert {one["eventType"] for one in listed(calendar)} == {"default", "fromGmail"}
    assert {one["eventType"] for one in listed(calendar, eventTypes=["default"])} == {"default"}
    assert len(listed(calendar, eventTypes=["default", "fromGmail"])) == 2


@pytest.mark.parametrize("sparse", [False, True])
def test_pages_may_be_empty_and_only_the_last_has_a_sync_token(
    calendar: Service, sandbox: Sandbox, sparse: bool
) -> None:
    weekly(sandbox)
    sandbox.habits.sparse_event_pages = sparse
    pages, call = [], calendar.events().list(calendarId="primary", singleEvents=True, maxResults=2)
    while call is not None:
        pages.append(call.execute())
        call = calendar.events().list_next(call, pages[-1])
    assert sum(len(page["items"]) for page in pages) == 5
    assert any(not page["items"] for page in pages) == sparse
    assert ["nextSyncToken" in page for page in pages] == [False] * (len(pages) - 1) + [True]


def test_a_sync_token_brings_what_changed_cancelled_or_not(calendar: Service, sandbox: Sandbox) -> None:
    first = calendar.events().list(calendarId="primary").execute()
    token = first["nextSyncToken"]
    assert calendar.events().list(calendarId="primary", syncToken=token).execute()["items"] == []
    sandbox.cancel_event(first["items"][0]["id"])
    made = weekly(sandbox)
    changed = calendar.events().list(calendarId="primary", syncToken=token).execute()
    assert {(one["id"], one["status"]) for one in changed["items"]} == {
        (first["items"][0]["id"], "cancelled"),
        (made, "confirmed"),
    }
    later = calendar.events().list(calendarId="primary", syncToken=changed["nextSyncToken"]).execute()
    assert later["items"] == []


def test_sync_tokens_refuse_what_google_refuses(calendar: Service, sandbox: Sandbox) -> None:
    token = calendar.events().list(calendarId="primary").execute()["nextSyncToken"]

    def status(**more: Any) -> tuple[int, str]:
        return refused(calendar.events().list(calendarId="primary", syncToken=token, **more))

    for name in ("timeMin", "timeMax", "updatedMin"):
        assert status(**{name: "2026-06-01T00:00:00Z"})[0] == 400
    assert status(iCalUID="x")[0] == 400
    assert status(orderBy="updated")[0] == 400
    assert status(showDeleted=False)[0] == 400
    assert status(singleEvents=True)[0] == 400
    sandbox.expire_sync_tokens()
    assert status() == (410, "fullSyncRequired")
    assert refused(calendar.events().list(calendarId="primary", syncToken="bm90aGluZw"))[0] == 400


def test_updated_min_brings_changes_and_deletions(calendar: Service, sandbox: Sandbox) -> None:
    (event,) = listed(calendar)
    since = "2026-06-10T08:00:00Z"
    assert listed(calendar, updatedMin=since) == []
    sandbox.cancel_event(event["id"])
    assert [one["status"] for one in listed(calendar, updatedMin=since)] == ["cancelled"]


def test_order_by_start_needs_single_events(calendar: Service) -> None:
    assert refused(calendar.events().list(calendarId="primary", orderBy="startTime"))[0] == 400


def test_events_are_made_and_changed(calendar: Service) -> None:
    body = {
        "summary": "Kopi",
        "start": {"dateTime": "2026-06-11T08:00:00+07:00"},
        "end": {"dateTime": "2026-06-11T09:00:00+07:00"},
        "attendees": [{"email": "anne@north.example"}],
    }
    made = calendar.events().insert(calendarId="primary", body=body).execute()
    assert made["iCalUID"] == f"{made['id']}@google.com"
    assert made["organizer"]["self"]
    changed = calendar.events().patch(calendarId="primary", eventId=made["id"], body={"location": "Jakarta"}).execute()
    assert (changed["summary"], changed["location"]) == ("Kopi", "Jakarta")
    gone = calendar.events().patch(calendarId="primary", eventId=made["id"], body={"location": None}).execute()
    assert "location" not in gone
    calendar.events().delete(calendarId="primary", eventId=made["id"]).execute()
    assert calendar.events().get(calendarId="primary", eventId=made["id"]).execute()["status"] == "cancelled"


def test_an_invitation_that_would_be_mailed_is_a_violation(calendar: Service, sandbox: Sandbox) -> None:
    body = {"start": {"date": "2026-06-11"}, "end": {"date": "2026-06-12"}, "attendees": [{"email": "a@b.example"}]}
    call = calendar.events().insert(calendarId="primary", body=body, sendUpdates="all")
    assert refused(call)[0] == 403
    assert len(sandbox.violations) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"start": {"date": "2026-06-11"}},
        {"start": {"date": "2026-06-11"}, "end": {"dateTime": "2026-06-11T09:00:00Z"}},
        {"start": {"date": "2026-06-12"}, "end": {"date": "2026-06-11"}},
        {"start": {"date": "x"}, "end": {"date": "y"}},
        {"id": "NO SPACES", "start": {"date": "2026-06-11"}, "end": {"date": "2026-06-12"}},
    ],
)
def test_a_broken_event_is_refused(calendar: Service, body: dict[str, Any]) -> None:
    assert refused(calendar.events().insert(calendarId="primary", body=body))[0] == 400


def test_other_calendars_and_events_are_unknown(calendar: Service) -> None:
    assert refused(calendar.events().list(calendarId="team@group.calendar.google.com"))[0] == 404
    assert refused(calendar.events().get(calendarId="primary", eventId="nothing"))[0] == 404
    (entry,) = calendar.calendarList().list().execute()["items"]
    assert (entry["id"], entry["primary"], entry["timeZone"]) == ("rina@example.com", True, "Asia/Jakarta")
    assert calendar.calendars().get(calendarId="primary").execute()["timeZone"] == "Asia/Jakarta"


# ---------------------------------------------------------------------- recurrence rules

FIRST = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/Berlin"))


def expand(*rules: str, first: Any = FIRST, days: int = 60) -> list[Any]:
    until = datetime(2026, 3, 2, 23, tzinfo=UTC) + timedelta(days=days)
    return list(starts(list(rules), first, ZoneInfo("Europe/Berlin"), until))


@pytest.mark.parametrize(
    ("rules", "days"),
    [
        (["RRULE:FREQ=DAILY;COUNT=3"], [(3, 2), (3, 3), (3, 4)]),
        (["RRULE:FREQ=DAILY;INTERVAL=10;UNTIL=20260322T080000Z"], [(3, 2), (3, 12), (3, 22)]),
        (["RRULE:FREQ=DAILY;INTERVAL=10;UNTIL=20260322"], [(3, 2), (3, 12), (3, 22)]),
        (["RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4"], [(3, 2), (3, 4), (3, 9), (3, 11)]),
        (["RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=2"], [(3, 2), (4, 6)]),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Berlin:20260309T090000"], [(3, 2), (3, 16)]),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20260309T080000Z,20260316T080000Z"], [(3, 2)]),
        (["RRULE:FREQ=WEEKLY;COUNT=1", "RDATE:20260305T080000Z"], [(3, 2), (3, 5)]),
    ],
)
def test_rules_give_their_days(rules: list[str], days: list[tuple[int, int]]) -> None:
    found = expand(*rules)
    assert [(one.month, one.day) for one in found] == days
    assert {one.hour for one in found} == {9}


def test_a_clock_change_leaves_the_local_hour() -> None:
    hours = {one.astimezone(UTC).hour for one in expand("RRULE:FREQ=WEEKLY;COUNT=6")}
    assert hours == {8, 7}


def test_dates_recur_as_dates() -> None:
    found = expand("RRULE:FREQ=YEARLY;COUNT=2", first=date(2026, 3, 2), days=400)
    assert found == [date(2026, 3, 2), date(2027, 3, 2)]


RULE = st.sampled_from(
    ["FREQ=", "DAILY", "SECONDLY", "COUNT=", "UNTIL=", "9", "-1", ";", "BYDAY=", "MO", "INTERVAL=", "0", "x"]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=30), st.lists(RULE, max_size=10).map("".join)))
def test_a_rule_is_expanded_or_refused(rule: str) -> None:
    try:
        found = expand(f"RRULE:{rule}")
    except ApiError:
        found = []
    assert all(one >= FIRST for one in found)
