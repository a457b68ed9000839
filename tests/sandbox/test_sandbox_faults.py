"""Batches, quota, latency and faults: the sandbox at its worst."""

from __future__ import annotations

import json
import threading
import time
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

import httplib2
import pytest
from googleapiclient.errors import HttpError

from susul.sandbox import Fault, Latency, Quota

if TYPE_CHECKING:
    from collections.abc import Callable

    from susul.sandbox import Sandbox

Service = Any
PROFILE = "/gmail/v1/users/me/profile"


def outcome(call: Any) -> tuple[int, str]:
    """Status and reason of a refused call."""
    with pytest.raises(HttpError) as caught:
        call.execute()
    error = json.loads(caught.value.content)["error"]
    return int(caught.value.status_code), error.get("errors", [{"reason": error["status"]}])[0]["reason"]


def run_batch(service: Service, calls: list[Any]) -> dict[str, tuple[Any, Any]]:
    answers: dict[str, tuple[Any, Any]] = {}
    batch = service.new_batch_http_request(callback=lambda key, answer, error: answers.update({key: (answer, error)}))
    for call in calls:
        batch.add(call)
    batch.execute()
    return answers


def gets(service: Service, sandbox: Sandbox, number: int) -> list[Any]:
    ids = list(sandbox.mailbox.messages)
    messages = service.users().messages()
    return [messages.get(userId="me", id=ids[n % len(ids)], format="minimal") for n in range(number)]


# ---------------------------------------------------------------------- batches


def test_a_batch_answers_each_of_its_calls(connect: Callable[..., Service], sandbox: Sandbox) -> None:
    service = connect("gmail")
    missing = service.users().messages().get(userId="me", id="00000000000000aa")
    made = service.users().labels().create(userId="me", body={"name": "Dari batch – é"})
    answers = run_batch(service, [*gets(service, sandbox, 2), missing, made])
    assert [answer["id"] for answer, _ in list(answers.values())[:2]] == list(sandbox.mailbox.messages)[:2]
    assert answers["3"][1].status_code == 404
    assert answers["4"][0]["name"] == "Dari batch – é"
    outer, *parts = sandbox.log
    assert (outer.path, outer.in_batch) == ("/batch", False)
    assert [(one.in_batch, one.units) for one in parts] == [(True, 20), (True, 20), (True, 20), (True, 5)]


def test_calendar_has_its_own_batch_path(connect: Callable[..., Service], sandbox: Sandbox) -> None:
    service = connect("calendar")
    answers = run_batch(service, [service.events().list(calendarId="primary"), service.calendarList().list()])
    assert [len(answer["items"]) for answer, _ in answers.values()] == [1, 1]
    assert sandbox.log[0].path == "/batch/calendar/v3"


def test_a_batch_holds_a_hundred_calls_at_most(connect: Callable[..., Service], sandbox: Sandbox) -> None:
    service = connect("gmail")
    with pytest.raises(HttpError, match=r"exceeds the limit. Received: 101, Limit: 100"):
        run_batch(service, gets(service, sandbox, 101))


def test_sending_inside_a_batch_is_a_violation_too(connect: Callable[..., Service], sandbox: Sandbox) -> None:
    service = connect("gmail")
    answers = run_batch(service, [service.users().messages().send(userId="me", body={"raw": "eA"})])
    assert answers["1"][1].status_code == 403
    assert len(sandbox.violations) == 1


def test_too_many_calls_at_once_are_refused(connect: Callable[..., Service], sandbox: Sandbox) -> None:
    service = connect("gmail")
    sandbox.concurrency = 4
    answers = run_batch(service, gets(service, sandbox, 6))
    assert [error.status_code if error else 200 for _, error in answers.values()] == [200] * 4 + [429] * 2
    assert run_batch(service, gets(service, sandbox, 4))["4"][1] is None


def test_a_missing_part_breaks_the_official_client(connect: Callable[..., Service], sandbox: Sandbox) -> None:
    service = connect("gmail")
    sandbox.fail("missing_part", "GET .*/messages/", nth=2)
    with pytest.raises(KeyError):
        run_batch(service, gets(service, sandbox, 3))


def test_a_fault_strikes_one_part_of_a_batch(connect: Callable[..., Service], sandbox: Sandbox) -> None:
    service = connect("gmail")
    sandbox.fail("429", "GET .*/messages/", nth=2)
    errors = [error for _, error in run_batch(service, gets(service, sandbox, 3)).values()]
    assert [bool(one) for one in errors] == [False, True, False]


def test_a_body_that_is_no_batch_is_refused(sandbox: Sandbox) -> None:
    http = httplib2.Http(proxy_info=None)
    response, _ = http.request(
        f"{sandbox.api_root}/batch", "POST", body="hello", headers={"content-type": "text/plain"}
    )
    assert response.status == 400
    http.close()


# ---------------------------------------------------------------------- cost and time


def test_units_are_counted_for_what_was_answered(gmail: Service, sandbox: Sandbox) -> None:
    gmail.getProfile(userId="me").execute()
    gmail.messages().list(userId="me").execute()
    gmail.threads().get(userId="me", id=sandbox.mailbox.thread_id("interview")).execute()
    assert sandbox.units == 1 + 5 + 40


@pytest.mark.parametrize(("shape", "reason"), [("429", "rateLimitExceeded"), ("403", "rateLimitExceeded")])
def test_a_spent_quota_refuses_until_the_minute_is_over(
    gmail: Service, sandbox: Sandbox, shape: str, reason: str
) -> None:
    clock = [0.0]
    sandbox.quota = Quota(units_per_minute=45, shape=shape, clock=lambda: clock[0])
    thread = gmail.threads().get(userId="me", id=sandbox.mailbox.thread_id("interview"))
    thread.execute()
    assert outcome(thread) == (int(shape), reason)
    gmail.messages().list(userId="me").execute()
    clock[0] = 59.0
    assert outcome(thread)[0] == int(shape)
    clock[0] = 60.0
    thread.execute()


def test_a_refusal_says_when_to_come_back(gmail: Service, sandbox: Sandbox) -> None:
    profile = gmail.getProfile(userId="me")
    sandbox.quota = Quota(units_per_minute=0, tell="text", wait=900)
    with pytest.raises(HttpError, match=r"Retry after 2026-06-10T08:45:00.000Z"):
        profile.execute()
    sandbox.quota = Quota(units_per_minute=0, tell="header", wait=30)
    with pytest.raises(HttpError) as caught:
        profile.execute()
    assert caught.value.resp["retry-after"] == "30"
    sandbox.quota = Quota(units_per_minute=0, tell="date", wait=30)
    with pytest.raises(HttpError) as caught:
        profile.execute()
    assert caught.value.resp["retry-after"] == "Wed, 10 Jun 2026 08:30:30 GMT"


def test_calendar_has_a_quota_of_its_own(calendar: Service, gmail: Service, sandbox: Sandbox) -> None:
    sandbox.quota = Quota(calendar_per_minute=1)
    calendar.events().list(calendarId="primary").execute()
    assert outcome(calendar.events().list(calendarId="primary"))[0] == 429
    gmail.getProfile(userId="me").execute()


def test_latency_is_per_request_and_per_part(connect: Callable[..., Service], sandbox: Sandbox) -> None:
    service = connect("gmail")
    calls = gets(service, sandbox, 5)
    sandbox.latency = Latency(request=0.05, part=0.02)
    begun = time.perf_counter()
    run_batch(service, calls)
    assert time.perf_counter() - begun >= 0.15


# ---------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("429", (429, "rateLimitExceeded")),
        ("429_concurrent", (429, "rateLimitExceeded")),
        ("403_rate", (403, "rateLimitExceeded")),
        ("403_user_rate", (403, "userRateLimitExceeded")),
        ("403_quota", (403, "quotaExceeded")),
        ("403_daily", (403, "dailyLimitExceeded")),
        ("403_resource_exhausted", (403, "RESOURCE_EXHAUSTED")),
        ("403_scope", (403, "insufficientPermissions")),
        ("403_disabled", (403, "accessNotConfigured")),
        ("403_domain", (403, "domainPolicy")),
        ("400_precondition", (400, "failedPrecondition")),
        ("400", (400, "badRequest")),
        ("404", (404, "notFound")),
        ("409", (409, "aborted")),
        ("500", (500, "backendError")),
        ("502", (502, "backendError")),
        ("503", (503, "backendError")),
    ],
)
def test_a_fault_has_googles_shape_and_passes(
    gmail: Service, sandbox: Sandbox, kind: str, expected: tuple[int, str]
) -> None:
    sandbox.faults.add(Fault(kind, r"GET .*/profile$"))
    assert outcome(gmail.getProfile(userId="me")) == expected
    gmail.getProfile(userId="me").execute()


def test_a_fault_strikes_the_nth_call_and_as_often_as_it_says(gmail: Service, sandbox: Sandbox) -> None:
    sandbox.fail("500", PROFILE, nth=2, times=2)
    for _ in range(5):
        try:
            gmail.getProfile(userId="me").execute()
        except HttpError:
            continue
    assert [one.status for one in sandbox.log] == [200, 500, 500, 200, 200]
    sandbox.fail("503", PROFILE, times=None)
    assert outcome(gmail.getProfile(userId="me"))[0] == 503
    assert outcome(gmail.getProfile(userId="me"))[0] == 503
    sandbox.faults.clear()
    gmail.getProfile(userId="me").execute()


@pytest.mark.parametrize(
    ("kind", "made"), [("drop_before", 0), ("drop_after", 1), ("500", 0), ("500_after", 1), ("503_after", 1)]
)
def test_a_write_may_fail_before_or_after_its_effect(sandbox: Sandbox, kind: str, made: int) -> None:
    sandbox.fail(kind, "POST .*/drafts$", times=None)
    connection = HTTPConnection(sandbox.api_root.removeprefix("http://"))
    headers = {"Authorization": f"Bearer {sandbox.token()['token']}", "Content-Type": "application/json"}
    connection.request("POST", "/gmail/v1/users/me/drafts", json.dumps({"message": {"raw": "aGk"}}), headers)
    if kind.startswith("drop"):
        with pytest.raises(ConnectionError):
            connection.getresponse()
    else:
        assert connection.getresponse().read()
    connection.close()
    assert len(sandbox.drafts()) == made


@pytest.mark.parametrize(("kind", "made"), [("timeout_before", 0), ("timeout_after", 1)])
def test_a_time_out_may_hide_an_effect(sandbox: Sandbox, kind: str, made: int) -> None:
    sandbox.fail(kind, "POST .*/drafts$", delay=30)
    http = httplib2.Http(proxy_info=None, timeout=0.2)
    headers = {"Authorization": f"Bearer {sandbox.token()['token']}", "Content-Type": "application/json"}
    body = json.dumps({"message": {"raw": "aGk"}})
    with pytest.raises(TimeoutError):
        http.request(f"{sandbox.api_root}/gmail/v1/users/me/drafts", "POST", body, headers)
    http.close()
    assert len(sandbox.drafts()) == made


@pytest.mark.parametrize(
    ("kind", "start"), [("html_200", "<!doctype"), ("empty_200", ""), ("truncated_200", '{"email')]
)
def test_a_200_need_not_be_json(sandbox: Sandbox, kind: str, start: str) -> None:
    sandbox.fail(kind, PROFILE)
    http = httplib2.Http(proxy_info=None)
    headers = {"Authorization": f"Bearer {sandbox.token()['token']}"}
    response, content = http.request(f"{sandbox.api_root}{PROFILE}", headers=headers)
    assert response.status == 200
    assert content.decode().startswith(start)
    with pytest.raises(ValueError, match=r"Expecting|Unterminated|delimiter"):
        json.loads(content)
    http.close()


def test_history_and_sync_tokens_expire_on_request(gmail: Service, calendar: Service, sandbox: Sandbox) -> None:
    start = gmail.getProfile(userId="me").execute()["historyId"]
    token = calendar.events().list(calendarId="primary").execute()["nextSyncToken"]
    sandbox.fail("history_expired")
    sandbox.fail("sync_expired")
    assert outcome(gmail.history().list(userId="me", startHistoryId=start)) == (404, "notFound")
    assert outcome(calendar.events().list(calendarId="primary", syncToken=token)) == (410, "fullSyncRequired")
    gmail.history().list(userId="me", startHistoryId=start).execute()


def test_many_threads_may_ask_and_change_at_once(connect: Callable[..., Service], sandbox: Sandbox) -> None:
    problems: list[Exception] = []

    def work(service: Service, number: int) -> None:
        try:
            for n in range(8):
                sandbox.deliver({"from": "a@b.example", "subject": f"{number}/{n}", "text": "x"})
                service.users().messages().list(userId="me", q="subject:wawancara").execute()
                service.users().threads().list(userId="me").execute()
        except Exception as error:  # noqa: BLE001  # handed to the test's own thread
            problems.append(error)

    threads = [threading.Thread(target=work, args=(connect("gmail"), number)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert problems == []
    assert len(sandbox.mailbox.messages) == 4 + 32
