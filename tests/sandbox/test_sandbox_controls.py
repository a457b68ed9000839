"""The test-only controls over HTTP do what the methods do."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from susul.sandbox import Sandbox


def control(sandbox: Sandbox, method: str, path: str, body: Any = None, kind: str = "application/json") -> Any:
    """The JSON answer, or the status of a refusal."""
    data = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
    connection = http.client.HTTPConnection(sandbox.api_root.removeprefix("http://"))
    connection.request(method, f"/sandbox/{path}", data, {"Content-Type": kind})
    response = connection.getresponse()
    answer = response.read()
    connection.close()
    if response.status >= 400:
        return response.status
    return json.loads(answer) if answer else None


def test_the_state_and_the_log_are_told(sandbox: Sandbox, gmail: Any) -> None:
    gmail.getProfile(userId="me").execute()
    state = control(sandbox, "GET", "state")
    assert (state["messages"], state["threads"], state["events"], state["units"]) == (4, 3, 1, 1)
    (line,) = control(sandbox, "GET", "log")
    assert line["path"] == "/gmail/v1/users/me/profile"
    assert (line["method"], line["units"], line["status"], line["in_batch"]) == ("GET", 1, 200, False)
    assert line["at"] == "2026-06-10T08:30:00+00:00"
    control(sandbox, "DELETE", "log")
    assert sandbox.log == []


def test_the_owner_writes_edits_opens_sends_and_discards(sandbox: Sandbox) -> None:
    draft = control(sandbox, "POST", "drafts", {"reply_to": "invite", "to": "budi@acme.example", "text": "Satu"})["id"]
    assert sandbox.drafts()[0][2] == sandbox.mailbox.thread_id("interview")
    edited = control(sandbox, "POST", f"drafts/{draft}/edit", {"text": "Dua"})["id"]
    opened = control(sandbox, "POST", f"drafts/{draft}/open")["id"]
    assert edited != opened
    (listed,) = control(sandbox, "GET", "drafts")
    assert (listed["id"], listed["message"], "Dua" in listed["text"]) == (draft, opened, True)
    sent = control(sandbox, "POST", f"drafts/{draft}/send")["id"]
    assert sandbox.mailbox.message(sent).labels == {"SENT"}
    other = control(sandbox, "POST", "drafts", {"subject": "x", "text": "y"})["id"]
    control(sandbox, "POST", f"drafts/{other}/discard")
    assert sandbox.drafts() == []


def test_mail_arrives_and_is_sent_and_labelled(sandbox: Sandbox) -> None:
    raw = b"From: anne@north.example\r\nSubject: Raw\r\n\r\nHi"
    arrived = control(sandbox, "POST", "deliver", raw, "message/rfc822")["id"]
    simple = control(sandbox, "POST", "deliver", {"from": "budi@acme.example", "reply_to": "accept", "text": "Oke"})[
        "id"
    ]
    sent = control(sandbox, "POST", "owner-sends", {"reply_to": simple, "to": "budi@acme.example", "text": "Siap"})[
        "id"
    ]
    thread = sandbox.mailbox.thread_id("interview")
    assert [sandbox.mailbox.message(one).thread_id == thread for one in (arrived, simple, sent)] == [False, True, True]
    assert sandbox.mailbox.message(arrived).labels == {"INBOX", "UNREAD"}
    control(sandbox, "POST", f"messages/{arrived}/labels", {"add": ["Baru"], "remove": ["INBOX"]})
    assert sandbox.mailbox.message(arrived).labels == {"UNREAD", "Label_2"}
    control(sandbox, "POST", f"messages/{arrived}/delete")
    assert arrived not in sandbox.mailbox.messages


def test_events_appear_move_and_are_cancelled(sandbox: Sandbox) -> None:
    times = {"start": "2026-06-20T10:00:00+07:00", "end": "2026-06-20T11:00:00+07:00"}
    made = control(sandbox, "POST", "events", {"uid": "new@acme.example", "summary": "Baru", **times})["id"]
    later = {"start": "2026-06-21T10:00:00+07:00", "end": "2026-06-21T11:00:00+07:00"}
    control(sandbox, "POST", f"events/{made}/move", later)
    assert sandbox.mailbox.calendar.get(made).data["start"]["dateTime"] == later["start"]
    control(sandbox, "POST", f"events/{made}/cancel")
    assert sandbox.mailbox.calendar.get(made).data["status"] == "cancelled"


def test_the_clock_stops_and_moves(sandbox: Sandbox) -> None:
    assert control(sandbox, "POST", "clock", {"advance": 3600}) == {"now": "2026-06-10T09:30:00+00:00"}
    control(sandbox, "POST", "clock", {"now": "2026-07-01T00:00:00+07:00"})
    arrived = sandbox.deliver({"from": "a@b.example", "subject": "x", "text": "y"})
    assert sandbox.mailbox.message(arrived).internal_ms == 1782838800000


def test_behaviour_is_set_and_lifted(sandbox: Sandbox) -> None:
    control(sandbox, "POST", "settings", {"require_auth": False, "concurrency": 3, "unordered_lists": True})
    assert (sandbox.require_auth, sandbox.concurrency, sandbox.habits.unordered_lists) == (False, 3, True)
    control(sandbox, "POST", "quota", {"units_per_minute": 10, "shape": "403"})
    assert sandbox.quota is not None
    assert sandbox.quota.units_per_minute == 10
    control(sandbox, "DELETE", "quota")
    assert sandbox.quota is None
    control(sandbox, "POST", "latency", {"request": 0.001})
    assert sandbox.latency.request == 0.001
    control(sandbox, "POST", "faults", {"kind": "503", "match": "profile"})
    assert sandbox.faults.take("GET /profile") is not None
    control(sandbox, "DELETE", "faults")
    control(sandbox, "POST", "oauth", {"deny": True, "drop_scopes": ["a"]})
    assert (sandbox.oauth.deny, sandbox.oauth.drop_scopes) == (True, {"a"})


def test_tokens_and_expiries_are_at_hand(sandbox: Sandbox) -> None:
    token = control(sandbox, "POST", "token", {"scopes": ["https://mail.google.com/"]})
    assert token["scopes"] == ["https://mail.google.com/"]
    assert control(sandbox, "GET", "credentials") == sandbox.credentials()
    before = sandbox.mailbox.history.current
    control(sandbox, "POST", "history/expire")
    assert not sandbox.mailbox.history.knows(before)
    control(sandbox, "POST", "sync-tokens/expire")
    control(sandbox, "POST", "oauth/expire")
    assert sandbox.oauth.scopes_of(f"Bearer {token['token']}") is None
    control(sandbox, "POST", "oauth/revoke")
    assert sandbox.oauth.refresh == {}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("nothing", {}, 404),
        ("drafts/r1/edit", {}, 404),
        ("drafts/r1/edit", {"colour": "red"}, 400),
        ("faults", {"kind": "bad luck"}, 400),
        ("clock", {"now": "2026-06-10T00:00:00"}, 400),
        ("settings", {"speed": 3}, 400),
        ("deliver", b"[]", 400),
    ],
)
def test_a_wrong_control_is_refused(sandbox: Sandbox, path: str, body: Any, status: int) -> None:
    assert control(sandbox, "POST", path, body) == status
