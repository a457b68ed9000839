"""Nothing but what the list names leaves the process. These tests try."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.errors import CallRefused
from susul.sources.google import batch
from susul.sources.google.allow_list import AllowList, Nature
from susul.sources.google.endpoints import GOOGLE_TOKEN_URI, Endpoints
from susul.sources.google.units import METHODS, method_of

GMAIL = "https://gmail.googleapis.com"
ME = f"{GMAIL}/gmail/v1/users/me"
BATCH = {"content-type": batch.CONTENT_TYPE}


@pytest.fixture
def allowed() -> AllowList:
    return AllowList(Endpoints.of(None), GOOGLE_TOKEN_URI)


def part(verb: str, target: str) -> str:
    return batch.encode(["/x"]).replace("GET /x", f"{verb} {target}")


SENDING = [
    ("POST", f"{ME}/messages/send", {}, "{}"),
    ("POST", f"{ME}/drafts/send", {}, "{}"),
    ("PUT", f"{ME}/drafts/send", {}, "{}"),
    ("POST", f"{ME}/messages/send?alt=json", {}, "{}"),
    ("POST", f"{ME}/drafts/send/", {}, "{}"),
    ("POST", f"{ME}/drafts//send", {}, "{}"),
    ("POST", f"{ME}/drafts/../messages/send", {}, "{}"),
    ("POST", f"{ME}/drafts%2Fsend", {}, "{}"),
    ("POST", f"{ME}/drafts;x=/send", {}, "{}"),
    ("POST", f"{GMAIL}/gmail/v1/users/rina@example.com/messages/send", {}, "{}"),
    ("POST", f"{GMAIL}/upload/gmail/v1/users/me/messages/send?uploadType=media", {}, "raw"),
    ("POST", f"{GMAIL}/upload/gmail/v1/users/me/drafts/send?uploadType=multipart", {}, "raw"),
    ("POST", f"{GMAIL}/resumable/upload/gmail/v1/users/me/messages/send", {}, "raw"),
    ("POST", f"{GMAIL}/upload/gmail/v1/users/me/drafts", {}, "raw"),
    ("GET", f"{ME}/drafts", {"X-HTTP-Method-Override": "POST"}, "{}"),
    ("GET", f"{ME}/messages/send", {"X-HTTP-Method-Override": "POST"}, "{}"),
    ("POST", f"{ME}/messages/send", {"X-HTTP-Method-Override": "GET"}, "{}"),
    ("POST", f"{ME}/drafts/send", {"x-http-method-override": "GET"}, "{}"),
    ("POST", f"{ME}/drafts", {"X-HTTP-Method-Override": "PUT"}, "{}"),
    ("POST", f"{ME}/messages", {"X-HTTP-Method": "GET"}, "{}"),
    ("POST", f"{ME}/messages", {"X-Method-Override": "GET"}, "{}"),
    ("POST", f"{GMAIL}/batch", BATCH, part("POST", "/gmail/v1/users/me/messages/send")),
    ("POST", f"{GMAIL}/batch", BATCH, part("POST", "/gmail/v1/users/me/drafts/send")),
    ("POST", f"{GMAIL}/batch", BATCH, part("POST", "/gmail/v1/users/me/drafts")),
    ("POST", f"{GMAIL}/batch", BATCH, part("DELETE", "/gmail/v1/users/me/drafts/r1")),
    ("POST", f"{GMAIL}/batch", BATCH, part("GET", "https://evil.example/gmail/v1/users/me/profile")),
    ("POST", f"{GMAIL}/batch", BATCH, part("GET", "//evil.example/gmail/v1/users/me/profile")),
    ("POST", f"{GMAIL}/batch/gmail/v1", BATCH, part("GET", "/gmail/v1/users/me/profile")),
]


@pytest.mark.parametrize(("verb", "url", "headers", "body"), SENDING)
def test_no_way_of_sending_passes(allowed: AllowList, verb: str, url: str, headers: dict[str, str], body: str) -> None:
    with pytest.raises(CallRefused):
        allowed.check(verb, url, headers, body)


@pytest.mark.parametrize(
    ("verb", "url"),
    [
        ("POST", f"{ME}/messages"),
        ("POST", f"{ME}/messages/import"),
        ("POST", f"{ME}/messages/18f/trash"),
        ("POST", f"{ME}/messages/batchDelete"),
        ("DELETE", f"{ME}/messages/18f"),
        ("DELETE", f"{ME}/threads/18f"),
        ("DELETE", f"{ME}/labels/Label_1"),
        ("POST", f"{ME}/settings/filters"),
        ("POST", f"{ME}/settings/forwardingAddresses"),
        ("PUT", f"{ME}/settings/vacation"),
        ("POST", "https://www.googleapis.com/calendar/v3/calendars/primary/events"),
        ("DELETE", "https://www.googleapis.com/calendar/v3/calendars/primary/events/e1"),
        ("PATCH", f"{ME}/drafts/r1"),
        ("HEAD", f"{ME}/profile"),
        ("get", f"{ME}/profile"),
    ],
)
def test_nothing_else_that_changes_an_account_passes(allowed: AllowList, verb: str, url: str) -> None:
    with pytest.raises(CallRefused):
        allowed.check(verb, url, {}, "{}")


@pytest.mark.parametrize(
    "url",
    [
        "https://gmail.googleapis.com.evil.example/gmail/v1/users/me/profile",
        "https://evil.example/gmail/v1/users/me/profile",
        "http://gmail.googleapis.com/gmail/v1/users/me/profile",
        "https://gmail.googleapis.com:444/gmail/v1/users/me/profile",
        "https://gmail.googleapis.com@evil.example/gmail/v1/users/me/profile",
        "https://user@gmail.googleapis.com/gmail/v1/users/me/profile",
        "https://www.googleapis.com/gmail/v1/users/me/profile",
        "https://gmail.googleapis.com/calendar/v3/calendars/primary/events",
        "/gmail/v1/users/me/profile",
        "https://[::1/gmail/v1/users/me/profile",
        "",
    ],
)
def test_a_read_passes_only_at_its_own_host(allowed: AllowList, url: str) -> None:
    with pytest.raises(CallRefused):
        allowed.check("GET", url, {}, None)


def test_with_a_loopback_root_google_itself_is_refused() -> None:
    sandbox = AllowList(Endpoints.of("http://127.0.0.1:8080"), "http://127.0.0.1:8080/token")

    with pytest.raises(CallRefused):
        sandbox.check("GET", f"{ME}/profile", {}, None)
    assert sandbox.check("GET", "http://127.0.0.1:8080/gmail/v1/users/me/profile", {}, None).units == 1


def test_what_susul_does_passes_with_its_price(allowed: AllowList) -> None:
    calls = {
        ("GET", f"{ME}/threads/18f0a?format=full"): (Nature.READ, 40),
        ("GET", f"{ME}/history?startHistoryId=1"): (Nature.READ, 2),
        ("POST", f"{ME}/drafts"): (Nature.WRITE, 10),
        ("PUT", f"{ME}/drafts/r-123"): (Nature.WRITE, 15),
        ("DELETE", f"{ME}/drafts/r-123"): (Nature.WRITE, 10),
        ("POST", f"{ME}/threads/18f0a/modify"): (Nature.WRITE, 10),
        ("POST", GOOGLE_TOKEN_URI): (Nature.TOKEN, 0),
        ("POST", "https://oauth2.googleapis.com/revoke"): (Nature.TOKEN, 0),
        ("GET", "https://www.googleapis.com/calendar/v3/calendars/primary/events?x=1"): (Nature.READ, 0),
    }
    for (verb, url), (nature, units) in calls.items():
        call = allowed.check(verb, url, {}, None)
        assert (call.nature, call.units) == (nature, units), url


def test_a_long_read_may_be_sent_as_a_post_with_the_override(allowed: AllowList) -> None:
    call = allowed.check("POST", f"{ME}/messages", {"x-http-method-override": "GET"}, "q=long")

    assert (call.nature, call.units) == (Nature.READ, 5)


def test_a_batch_of_reads_passes_and_costs_the_sum_of_its_parts(allowed: AllowList) -> None:
    body = batch.encode(["/gmail/v1/users/me/threads/a1?fields=id", "/gmail/v1/users/me/messages/b2"])

    call = allowed.check("POST", f"{GMAIL}/batch", BATCH, body)

    assert (call.nature, call.units) == (Nature.BATCH, 60)


ONE = batch.encode(["/gmail/v1/users/me/profile"])
READ = "GET /gmail/v1/users/me/profile HTTP/1.1\r\n\r\n"
SEND = "POST /gmail/v1/users/me/messages/send HTTP/1.1\r\n\r\n"


@pytest.mark.parametrize(
    "body",
    [
        "",
        f"--{batch.BOUNDARY}--\r\n",
        ONE + part("POST", "/gmail/v1/users/me/messages/send"),
        part("POST", "/gmail/v1/users/me/messages/send") + ONE,
        ONE.replace(READ, READ + SEND),
        ONE.replace("\r\n\r\nGET", "\r\nX-HTTP-Method-Override: POST\r\n\r\nGET"),
        ONE.replace("1.1\r\n", "1.1\r\nX-HTTP-Method-Override: POST\r\n"),
        ONE.replace("application/http", "multipart/mixed; boundary=y"),
        "preamble\r\n" + ONE,
    ],
)
def test_a_batch_of_any_other_form_is_refused(allowed: AllowList, body: str) -> None:
    with pytest.raises(CallRefused):
        allowed.check("POST", f"{GMAIL}/batch", BATCH, body)


def test_a_batch_with_another_boundary_is_refused(allowed: AllowList) -> None:
    body = ONE

    with pytest.raises(CallRefused):
        allowed.check("POST", f"{GMAIL}/batch", {"content-type": "multipart/mixed; boundary=other"}, body)


@given(st.sampled_from(["POST", "PUT", "DELETE", "GET"]), st.text(max_size=60))
def test_whatever_ends_in_send_is_no_method(verb: str, middle: str) -> None:
    assert method_of(verb, f"/gmail/v1/users/me/{middle}/send") is None


def test_no_method_of_the_table_has_sending_in_its_name() -> None:
    assert not [method.name for method in METHODS if "send" in method.name.rsplit(".", 1)[-1].lower()]
    assert not [method.name for method in METHODS if "import" in method.name or "insert" in method.name]


@given(st.text(alphabet="-s/uGET HTP1.\r\n<>+0:", max_size=300))
def test_reading_a_batch_never_raises_and_never_takes_a_blank_for_one(body: str) -> None:
    found = batch.requests_in(f"--{batch.BOUNDARY}{body}--{batch.BOUNDARY}--\r\n")

    assert found is None or len(found) >= 1
