"""Signing in: the flow of an installed app against the sandbox's own end points."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from google.auth.exceptions import RefreshError
from google.oauth2.credentials import Credentials
from googleapiclient.errors import HttpError
from hypothesis import given
from hypothesis import strategies as st

from susul.sandbox.oauth import CLIENT_ID, CLIENT_SECRET, DEFAULT_SCOPES, allowed, s256

if TYPE_CHECKING:
    from collections.abc import Callable

    from susul.sandbox import Sandbox

HERE = "http://127.0.0.1:9/"
MODIFY = "https://www.googleapis.com/auth/gmail.modify"
EVENTS = "https://www.googleapis.com/auth/calendar.events.readonly"


def call(sandbox: Sandbox, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, Any, str]:
    """Status, JSON body and Location of one plain request."""
    connection = http.client.HTTPConnection(sandbox.api_root.removeprefix("http://"))
    connection.request(method, path, urlencode(form or {}), {"Content-Type": "application/x-www-form-urlencoded"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, json.loads(body) if body else None, response.headers.get("Location", "")


def authorise(sandbox: Sandbox, **more: str) -> dict[str, list[str]]:
    """What the browser is sent back with."""
    query = {
        "client_id": CLIENT_ID, "redirect_uri": HERE, "response_type": "code", "scope": f"{MODIFY} {EVENTS}",
        "state": "s1", "access_type": "offline", "code_challenge": s256("secret-verifier"),
        "code_challenge_method": "S256", **more,
    }  # fmt: skip
    status, _, place = call(sandbox, "GET", f"/o/oauth2/auth?{urlencode(query)}")
    assert status == 302
    assert place.startswith(HERE)
    return parse_qs(urlsplit(place).query)


def exchange(sandbox: Sandbox, code: str, **more: str) -> tuple[int, Any]:
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": HERE, "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET, "code_verifier": "secret-verifier", **more,
    }  # fmt: skip
    return call(sandbox, "POST", "/token", form)[:2]


def refresh(sandbox: Sandbox, token: str, **more: str) -> tuple[int, Any]:
    form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": CLIENT_ID, **more}
    return call(sandbox, "POST", "/token", {"client_secret": CLIENT_SECRET, **form})[:2]


def test_a_code_becomes_tokens_once(sandbox: Sandbox) -> None:
    answer = authorise(sandbox)
    assert answer["state"] == ["s1"]
    status, body = exchange(sandbox, answer["code"][0])
    assert (status, body["token_type"], body["scope"]) == (200, "Bearer", f"{MODIFY} {EVENTS}")
    assert refresh(sandbox, body["refresh_token"])[1]["access_token"]
    assert exchange(sandbox, answer["code"][0]) == (
        400,
        {"error": "invalid_grant", "error_description": "Malformed auth code."},
    )


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"code_verifier": "guess"}, "invalid_grant"),
        ({"redirect_uri": "http://127.0.0.1:10/"}, "invalid_grant"),
        ({"client_secret": "guess"}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
    ],
)
def test_a_code_in_the_wrong_hands_is_worth_nothing(sandbox: Sandbox, wrong: dict[str, str], error: str) -> None:
    status, body = exchange(sandbox, authorise(sandbox)["code"][0], **wrong)
    assert status >= 400
    assert body["error"] == error


def test_only_loopback_is_sent_a_code(sandbox: Sandbox) -> None:
    query = urlencode({"client_id": CLIENT_ID, "redirect_uri": "https://evil.example/", "response_type": "code"})
    status, body, place = call(sandbox, "GET", f"/o/oauth2/auth?{query}")
    assert (status, body["error"], place) == (400, "redirect_uri_mismatch", "")


def test_the_owner_may_refuse_or_untick_a_box(sandbox: Sandbox) -> None:
    sandbox.oauth.deny = True
    assert authorise(sandbox) == {"error": ["access_denied"], "state": ["s1"]}
    sandbox.oauth.deny = False
    sandbox.oauth.drop_scopes = frozenset({EVENTS})
    assert exchange(sandbox, authorise(sandbox)["code"][0])[1]["scope"] == MODIFY


def test_a_second_consent_brings_a_refresh_token_only_when_asked(sandbox: Sandbox) -> None:
    assert "refresh_token" in exchange(sandbox, authorise(sandbox)["code"][0])[1]
    assert "refresh_token" not in exchange(sandbox, authorise(sandbox)["code"][0])[1]
    assert "refresh_token" in exchange(sandbox, authorise(sandbox, prompt="consent")["code"][0])[1]
    sandbox.oauth.refresh_tokens = False
    assert "refresh_token" not in exchange(sandbox, authorise(sandbox, prompt="consent")["code"][0])[1]


def test_revoking_ends_everything(sandbox: Sandbox) -> None:
    token = sandbox.token()
    assert call(sandbox, "POST", "/revoke", {"token": token["refresh_token"]})[0] == 200
    status, body = refresh(sandbox, token["refresh_token"])
    assert (status, body["error"]) == (400, "invalid_grant")
    assert call(sandbox, "POST", "/revoke", {"token": token["refresh_token"]})[0] == 400


def test_a_refresh_cannot_widen_what_was_granted(sandbox: Sandbox) -> None:
    token = sandbox.token((MODIFY,))
    assert refresh(sandbox, token["refresh_token"], scope=EVENTS)[1]["error"] == "invalid_scope"


def test_the_official_client_refreshes_an_expired_token(gmail: Any, sandbox: Sandbox) -> None:
    gmail.getProfile(userId="me").execute()
    sandbox.oauth.expire_access()
    gmail.getProfile(userId="me").execute()
    assert [one.status for one in sandbox.log if one.path != "/token"] == [200, 401, 200]


def test_a_revoked_token_ends_the_official_client(gmail: Any, sandbox: Sandbox) -> None:
    sandbox.fail("token_revoked", "GET .*/profile")
    with pytest.raises(RefreshError, match="invalid_grant"):
        gmail.getProfile(userId="me").execute()


def test_a_missing_scope_is_refused_with_its_reason(connect: Callable[..., Any]) -> None:
    calendar = connect("calendar", (MODIFY,))
    with pytest.raises(HttpError, match="insufficient authentication scopes"):
        calendar.events().list(calendarId="primary").execute()
    reader = connect("gmail", ("https://www.googleapis.com/auth/gmail.readonly",)).users()
    reader.drafts().list(userId="me").execute()
    with pytest.raises(HttpError, match="insufficient authentication scopes"):
        reader.drafts().create(userId="me", body={"message": {"raw": "aGk"}}).execute()


def test_scopes_are_those_of_the_discovery_document() -> None:
    from sandbox_discovery import methods

    from susul.sandbox import Mailbox
    from susul.sandbox.calendar_api import CalendarApi
    from susul.sandbox.gmail_api import GmailApi
    from susul.sandbox.gmail_drafts import DraftsApi

    box = Mailbox("rina@example.com")
    gmail = GmailApi(box)
    for one in (*gmail.routes(), *DraftsApi(box, gmail).routes(), *CalendarApi(box).routes()):
        api, _, name = one.name.partition(".")
        stated = set(methods(api)[name]["scopes"])
        for scope in (*DEFAULT_SCOPES, "https://mail.google.com/", "https://www.googleapis.com/auth/gmail.metadata"):
            if scope == "https://mail.google.com/" and api == "calendar":
                continue
            assert allowed(one.name, frozenset({scope})) == (scope in stated), (one.name, scope)


def test_without_a_token_google_says_401(sandbox: Sandbox) -> None:
    status, body, _ = call(sandbox, "GET", "/gmail/v1/users/me/profile")
    assert (status, body["error"]["status"]) == (401, "UNAUTHENTICATED")
    sandbox.require_auth = False
    assert call(sandbox, "GET", "/gmail/v1/users/me/profile")[0] == 200


def test_googles_own_flow_signs_in(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    from google_auth_oauthlib.flow import Flow

    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    flow = Flow.from_client_config(sandbox.credentials(), scopes=[MODIFY, EVENTS], redirect_uri=HERE)
    address, state = flow.authorization_url(prompt="consent", access_type="offline")
    _, _, place = call(sandbox, "GET", address.removeprefix(sandbox.api_root))
    answer = parse_qs(urlsplit(place).query)
    assert answer["state"] == [state]
    flow.fetch_token(code=answer["code"][0])
    assert flow.credentials.refresh_token in sandbox.oauth.refresh
    assert flow.credentials.token in sandbox.oauth.access
    flow.oauth2session.close()


def test_the_token_file_is_what_google_auth_reads(sandbox: Sandbox) -> None:
    credentials = Credentials.from_authorized_user_info(sandbox.token())  # type: ignore[no-untyped-call]
    assert credentials.valid
    assert credentials.scopes == list(DEFAULT_SCOPES)
    assert sandbox.token()["token_uri"] == f"{sandbox.api_root}/token"
    client = sandbox.credentials()["installed"]
    assert {"client_id", "client_secret", "auth_uri", "token_uri"} <= set(client)


@given(st.text(max_size=40))
def test_a_challenge_is_unpadded_base64url(verifier: str) -> None:
    assert set(s256(verifier)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
