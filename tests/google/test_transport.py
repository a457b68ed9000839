"""The transport against a scripted server: what is tried again, what each refusal becomes, what is never told."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from typing import Any

import pytest
from scripted import (
    DROP,
    HTML,
    PROFILE,
    RATE_LIMITS,
    Clock,
    Connect,
    Reply,
    Script,
    error,
    read,
)

from susul.errors import (
    CallRefused,
    ConfigError,
    Failed,
    NotFound,
    SignInNeeded,
    SusulError,
    TryLater,
)
from susul.sources.google import clients
from susul.sources.google.pace import Budget
from susul.sources.google.wire import Wire

PASSING = [*RATE_LIMITS, error(500), error(503, reason="backendError"), Reply(b"", 502), HTML, DROP]


@pytest.mark.parametrize("limit", PASSING)
def test_a_read_is_tried_again_after_a_passing_trouble(script: Script, connect: Connect, limit: Reply) -> None:
    script.replies = [limit, limit, Reply(PROFILE)]

    assert read(connect(script.root)) == PROFILE
    assert len(script.calls) == 3


def test_a_read_is_given_up_after_five_tries_with_ever_longer_waits(
    script: Script, connect: Connect, clock: Clock
) -> None:
    script.replies = [error(503)]

    with pytest.raises(TryLater, match="trouble of its own"):
        read(connect(script.root))
    assert len(script.calls) == 5
    assert len(clock.slept) == 4
    assert all(slept <= 2.0**number for number, slept in enumerate(clock.slept))


@pytest.mark.parametrize(
    ("limit", "seconds"),
    [
        (Reply(b"", 429, {"Retry-After": "7"}), 7.0),
        (Reply(b"", 503, {"Retry-After": "Wed, 10 Jun 2026 12:00:09 GMT"}), 9.0),
        (error(429, message="User-rate limit exceeded.  Retry after 2026-06-10T12:00:30.000Z"), 30.0),
        (error(403, reason="userRateLimitExceeded", message="Retry after 2026-06-10T12:00:30Z"), 30.0),
    ],
)
def test_google_is_waited_for_as_long_as_it_says(
    script: Script, connect: Connect, clock: Clock, limit: Reply, seconds: float
) -> None:
    script.replies = [limit, Reply(PROFILE)]

    read(connect(script.root, budget=Budget(1_000_000)))

    assert clock.slept == [seconds]


def test_a_wait_beyond_the_runs_patience_ends_the_run_at_once(script: Script, connect: Connect, clock: Clock) -> None:
    script.replies = [error(429, message="Retry after 2026-06-10T12:15:00.000Z")]

    with pytest.raises(TryLater, match="15 min") as told:
        read(connect(script.root))
    assert told.value.exit_code == 5
    assert (len(script.calls), clock.slept) == (1, [])


def test_a_time_that_is_over_is_no_time_to_wait_until(script: Script, connect: Connect, clock: Clock) -> None:
    script.replies = [error(503, message="Retry after 2026-06-10T11:00:00.000Z"), Reply(PROFILE)]

    assert read(connect(script.root)) == PROFILE
    assert 0 < clock.slept[0] <= 2.0


@pytest.mark.parametrize("value", ["-1", "soon", "9" * 40, "Wed, 99 Jun 2026 99:00:09 GMT", "1e9", "١٢"])
def test_a_retry_after_that_makes_no_sense_is_passed_over(
    script: Script, connect: Connect, clock: Clock, value: str
) -> None:
    script.replies = [Reply(b"", 503, {"Retry-After": value.encode().decode("latin-1")}), Reply(PROFILE)]

    assert read(connect(script.root)) == PROFILE
    assert clock.slept[0] <= 2.0


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (error(400, reason="invalidArgument"), Failed, "refused the call"),
        (error(400, status="FAILED_PRECONDITION", message="Precondition check failed."), Failed, "no mailbox"),
        (error(403, reason="quotaExceeded"), TryLater, "spent for now"),
        (error(403, reason="dailyLimitExceeded", status="RESOURCE_EXHAUSTED"), TryLater, "spent for now"),
        (error(403, reason="domainPolicy"), Failed, "administrator"),
        (error(403, reason="insufficientPermissions"), SignInNeeded, "doesn't cover"),
        (error(403, detail="ACCESS_TOKEN_SCOPE_INSUFFICIENT", status="PERMISSION_DENIED"), SignInNeeded, "cover"),
        (error(403, reason="accessNotConfigured"), ConfigError, "not enabled"),
        (error(403, detail="SERVICE_DISABLED", status="PERMISSION_DENIED"), ConfigError, "not enabled"),
        (Reply({"error": None}, 403), Failed, "HTTP 403"),
        (Reply({"error": "status"}, 403), Failed, "HTTP 403"),
        (Reply([1], 403), Failed, "HTTP 403"),
        (Reply(b"[" * 5000, 403), Failed, "HTTP 403"),
        (Reply({"error": {"errors": ["x", None], "details": {"reason": 4}}}, 403), Failed, "HTTP 403"),
        (error(404, reason="notFound"), NotFound, "doesn't hold"),
        (error(409, reason="aborted"), Failed, "HTTP 409"),
        (error(410, reason="fullSyncRequired"), NotFound, "doesn't hold"),
    ],
)
def test_a_final_refusal_is_named_and_not_repeated(
    script: Script, connect: Connect, answer: Reply, kind: type[SusulError], words: str
) -> None:
    script.replies = [answer]

    with pytest.raises(kind, match=words):
        read(connect(script.root))
    assert len(script.calls) == 1


@pytest.mark.parametrize(
    "answer",
    [
        HTML,
        Reply(b""),
        Reply(b"null"),
        Reply(b"[]"),
        Reply(b'"text"'),
        Reply(b'{"emailAddress": "rina@exa'),
        Reply(b"\xff\xfe{}"),
        Reply(b"", 302, {"Location": "http://127.0.0.1:1/portal"}),
        Reply(b"{}", 301, {"Location": "/gmail/v1/users/me/labels"}),
    ],
)
def test_a_good_status_without_a_json_object_is_an_error(script: Script, connect: Connect, answer: Reply) -> None:
    script.replies = [answer]

    with pytest.raises(TryLater, match="Something other than Gmail"):
        read(connect(script.root))
    assert {seen.path.split("?")[0] for seen in script.calls} == {"/gmail/v1/users/me/profile"}


def test_an_executed_sending_request_never_leaves(script: Script, connect: Connect) -> None:
    gmail = clients.gmail(connect(script.root))

    for request in (
        gmail.users().messages().send(userId="me", body={"raw": "aGk="}),
        gmail.users().drafts().send(userId="me", body={"id": "r1"}),
        gmail.users().messages().insert(userId="me", body={"raw": "aGk="}),
        gmail.users().threads().trash(userId="me", id="t1"),
    ):
        with pytest.raises(CallRefused):
            request.execute()
    assert script.log == []


def test_a_media_upload_of_a_message_to_send_never_leaves(script: Script, connect: Connect) -> None:
    from googleapiclient.http import MediaInMemoryUpload

    media: Any = MediaInMemoryUpload
    gmail = clients.gmail(connect(script.root))
    request = (
        gmail.users().messages().send(userId="me", body={}, media_body=media(b"To: a@example.com", "message/rfc822"))
    )

    with pytest.raises(CallRefused):
        request.execute()
    assert script.log == []


def test_the_client_librarys_own_batch_of_a_sending_call_never_leaves(script: Script, connect: Connect) -> None:
    gmail = clients.gmail(connect(script.root))
    together = gmail.new_batch_http_request()
    together.add(gmail.users().messages().send(userId="me", body={"raw": "aGk="}))

    with pytest.raises(CallRefused):
        together.execute()
    assert script.log == []


def test_what_executes_by_itself_goes_the_same_way(script: Script, connect: Connect) -> None:
    script.replies = [error(429), Reply(PROFILE)]
    transport = connect(script.root)

    assert clients.gmail(transport).users().getProfile(userId="me").execute() == PROFILE
    assert (transport.budget.requests, transport.budget.units) == (2, 2)


def test_a_very_long_query_is_sent_as_a_post_that_says_get(script: Script, connect: Connect) -> None:
    script.replies = [Reply({"messages": []})]
    transport = connect(script.root)

    transport.call(clients.gmail(transport).users().messages().list(userId="me", q="wawancara OR " * 300))

    seen = script.calls[0]
    assert (seen.verb, seen.headers["x-http-method-override"]) == ("POST", "GET")
    assert b"wawancara" in seen.body
    assert "wawancara" not in seen.path


@pytest.mark.parametrize(
    "root",
    [
        "https://gmail.example",
        "http://10.0.0.1:80",
        "http://127.0.0.1.evil.example",
        "http://127.0.0.1@evil.example",
        "http://evil.example#127.0.0.1",
        "http://0.0.0.0:80",
        "ftp://127.0.0.1",
        "127.0.0.1:8080",
        "http://127.0.0.1:port",
        "http://[::1",
        "http://127.0.0.1:8080/mail",
        "",
        "http://169.254.169.254",
    ],
)
def test_only_a_loopback_address_can_stand_in_for_google(connect: Connect, root: str) -> None:
    with pytest.raises(ConfigError) as told:
        connect(root)
    assert told.value.exit_code == 2


@pytest.mark.parametrize(
    "root", ["http://127.0.0.1:8080/", "http://127.9.9.9:1", "http://[::1]:8080", "http://localhost"]
)
def test_every_loopback_address_can(connect: Connect, root: str) -> None:
    assert connect(root.rstrip("/")).endpoints.loopback


def test_nothing_private_is_logged_or_said_at_the_most_talkative_level(
    script: Script, connect: Connect, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    script.replies = [error(401), error(403, message="about rahasia"), Reply(PROFILE)]
    transport = connect(script.root)
    told: list[str] = []
    for _ in range(2):
        try:
            transport.call(clients.gmail(transport).users().messages().list(userId="me", q="subject:rahasia"))
        except SusulError as problem:
            told += [str(problem), problem.hint]

    everything = " ".join([caplog.text, *told, *capsys.readouterr()])
    assert told
    assert not [word for word in ("rahasia", "secret", "fresh", "/gmail/v1") if word in everything]


def test_the_token_is_only_in_the_authorization_header(script: Script, connect: Connect) -> None:
    part = b"--x\r\nContent-Type: application/http\r\nContent-ID: <response-susul + 0>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}"
    script.replies = [Reply(part + b"\r\n--x--", headers={"Content-Type": "multipart/mixed; boundary=x"})]
    transport = connect(script.root)
    api = clients.gmail(transport)
    transport.call_all([api.users().threads().get(userId="me", id="t1")])

    seen = script.calls[0]
    assert seen.headers["authorization"] == "Bearer secret-access-token"
    assert b"secret" not in seen.body
    assert json.dumps(seen.headers).count("secret-access-token") == 1


def test_a_loopback_address_is_reached_past_any_proxy(
    script: Script, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    script.replies = [Reply(PROFILE)]

    assert read(connect(script.root)) == PROFILE


def test_a_proxy_is_never_gone_past_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setitem(sys.modules, "socks", None)

    with pytest.raises(ConfigError, match="proxy") as told:
        Wire(loopback=False, timeout=1)
    assert "susul[proxy]" in told.value.hint

    monkeypatch.setenv("no_proxy", "gmail.googleapis.com")
    with pytest.raises(ConfigError):
        Wire(loopback=False, timeout=1)

    monkeypatch.setenv("no_proxy", "example.com,.googleapis.com")
    Wire(loopback=False, timeout=1).close()


def test_googles_libraries_are_imported_only_when_used() -> None:
    modules = ["auth", "calendar", "client_secrets", "clients", "drafts", "gmail", "loopback", "pace", "transport"]
    code = "import sys\n" + "".join(f"import susul.sources.google.{name}\n" for name in modules)
    late = ("googleapiclient", "google", "google_auth_oauthlib", "httplib2", "oauthlib", "requests")
    code += f"print([name for name in sys.modules if name.split('.')[0] in {late}])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
