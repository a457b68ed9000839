"""The files of a sign-in: the owner's client, and the token; everything but the right ones is refused in words."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from susul.errors import ConfigError, SignInNeeded
from susul.sources.google import auth, saved_sign_in

SCOPES = saved_sign_in.scopes_for()
GOOGLE_CLIENT = {
    "client_id": "1-a.apps.example",
    "client_secret": "secret",
    "auth_uri": "https://accounts.google.com/o/oauth2/auth",
    "token_uri": "https://oauth2.googleapis.com/token",
}


def wrong_clients() -> dict[str, tuple[Any, str]]:
    return {
        "web": ({"web": GOOGLE_CLIENT}, "Web application"),
        "web and installed": ({"web": GOOGLE_CLIENT, "installed": GOOGLE_CLIENT}, "Web application"),
        "service account": ({"type": "service_account", "private_key": "x", "client_email": "y"}, "service account"),
        "token file": ({"refresh_token": "x", "client_id": "y"}, "saved sign-in"),
        "no secret": ({"installed": {**GOOGLE_CLIENT, "client_secret": ""}}, "Desktop app"),
        "a number": ({"installed": {**GOOGLE_CLIENT, "client_id": 3}}, "Desktop app"),
        "a list": ([], "can't be read"),
        "doctored token_uri": ({"installed": {**GOOGLE_CLIENT, "token_uri": "https://evil.example/token"}}, "Google"),
        "doctored auth_uri": ({"installed": {**GOOGLE_CLIENT, "auth_uri": "https://evil.example/auth"}}, "Google"),
        "loopback without api_root": (
            {"installed": {**GOOGLE_CLIENT, "token_uri": "http://127.0.0.1:1/token"}},
            "Google",
        ),
    }


@pytest.mark.parametrize("name", wrong_clients())
def test_only_the_file_of_a_desktop_client_of_google_will_do(tmp_path: Path, name: str) -> None:
    content, words = wrong_clients()[name]
    client = tmp_path / "credentials.json"
    client.write_text(json.dumps(content))

    with pytest.raises(ConfigError, match=words) as told:
        auth.sign_in(client, tmp_path / "token.json", SCOPES, show=lambda _: None, open_browser=False, timeout=0.1)
    assert told.value.exit_code == 2
    assert "Desktop app" in told.value.hint
    assert "secret" not in str(told.value)


def test_the_example_is_recognised_and_the_whole_way_is_told(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "credentials.example.json"
    client = tmp_path / "credentials.json"
    client.write_bytes(example.read_bytes())

    with pytest.raises(ConfigError, match="the example as it came") as told:
        auth.sign_in(client, tmp_path / "token.json", SCOPES, show=lambda _: None)
    steps = told.value.hint.splitlines()
    assert [step.partition(".")[0] for step in steps] == [str(number) for number in range(1, 9)]
    for name in ("gmail.googleapis.com", "calendar-json", "Publish app", "Desktop app", "Download JSON", str(client)):
        assert name in told.value.hint


@pytest.mark.parametrize("content", [None, b"", b"{", b"\xff", b"[" * 100_000])
def test_a_missing_or_broken_client_file_says_where_to_get_one(tmp_path: Path, content: bytes | None) -> None:
    client = tmp_path / "credentials.json"
    if content is not None:
        client.write_bytes(content)

    with pytest.raises(ConfigError) as told:
        auth.sign_in(client, tmp_path / "token.json", SCOPES, show=lambda _: None)
    assert str(client) in told.value.hint


def saved(path: Path, **changes: Any) -> Path:
    token = {
        "refresh_token": "r",
        "client_id": "c",
        "client_secret": "s",
        "token_uri": "https://oauth2.googleapis.com/token",
        "scopes": list(SCOPES),
    }
    path.write_text(json.dumps(token | changes))
    return path


def test_a_saved_sign_in_is_read_without_any_call(tmp_path: Path) -> None:
    credentials = saved_sign_in.load_credentials(saved(tmp_path / "token.json"), scopes=SCOPES)

    assert credentials.refresh_token == "r"


@pytest.mark.parametrize(
    "changes",
    [
        {"token_uri": "https://evil.example/token"},
        {"token_uri": "http://oauth2.googleapis.com/token"},
        {"token_uri": "https://oauth2.googleapis.com.evil.example/token"},
        {"token_uri": "http://127.0.0.1:9/token"},
        {"token_uri": None},
        {"refresh_token": None},
        {"client_secret": ""},
        {"scopes": [saved_sign_in.READ_MAIL]},
        {"scopes": None},
        {"refresh_token": ["r"]},
    ],
)
def test_a_doctored_or_incomplete_sign_in_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(SignInNeeded) as told:
        saved_sign_in.load_credentials(saved(tmp_path / "token.json", **changes), scopes=SCOPES)
    assert "susul login" in told.value.hint


@pytest.mark.parametrize("content", [None, b"", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000])
def test_no_sign_in_and_a_damaged_one_ask_for_a_new_one(tmp_path: Path, content: bytes | None) -> None:
    token = tmp_path / "token.json"
    if content is not None:
        token.write_bytes(content)

    with pytest.raises(SignInNeeded) as told:
        saved_sign_in.load_credentials(token)
    assert told.value.exit_code == 3


@pytest.mark.parametrize("expiry", [None, 3, "never", "0001-01-01T00:00:00+14:00", "2020-01-01T00:00:00Z"])
def test_an_access_token_whose_end_is_unknown_or_past_is_renewed_before_use(tmp_path: Path, expiry: Any) -> None:
    assert saved_sign_in.load_credentials(saved(tmp_path / "token.json", token="old", expiry=expiry)).expired


def test_the_wider_scope_covers_the_narrower_ones(tmp_path: Path) -> None:
    token = saved(tmp_path / "token.json", scopes=list(saved_sign_in.scopes_for(labels=True)))

    assert saved_sign_in.load_credentials(token, scopes=SCOPES)


def test_a_sign_in_that_cannot_be_written_says_where(tmp_path: Path) -> None:
    credentials = saved_sign_in.load_credentials(saved(tmp_path / "token.json"))
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "x").touch()

    with pytest.raises(ConfigError, match="can't be written"):
        saved_sign_in.save_credentials(credentials, tmp_path / "taken")
    assert sorted(os.listdir(tmp_path)) == ["taken", "token.json"]


def test_with_a_loopback_root_only_its_own_sign_in_is_taken(tmp_path: Path) -> None:
    with pytest.raises(SignInNeeded, match="api_root"):
        saved_sign_in.load_credentials(saved(tmp_path / "token.json"), api_root="http://127.0.0.1:8080")
