"""Signing in, staying signed in and signing out, against the sandbox's own OAuth end points."""

from __future__ import annotations

import http.client
import json
import os
import stat
from importlib.util import find_spec
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

import pytest
from scripted import Connect, Serve, mail

from susul.errors import ConfigError, SignInNeeded, SusulError, TryLater
from susul.sources.google import auth, saved_sign_in
from susul.sources.google.gmail import GmailReader
from susul.sources.google.loopback import Receiver, code_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from susul.sandbox import Sandbox

SCOPES = saved_sign_in.scopes_for()
GOOGLE_CLIENT = {
    "client_id": "1-a.apps.example",
    "client_secret": "secret",
    "auth_uri": "https://accounts.google.com/o/oauth2/auth",
    "token_uri": "https://oauth2.googleapis.com/token",
}


class _StayHere(HTTPRedirectHandler):
    """Keeps a redirect from being followed."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def visit(url: str) -> tuple[int, str]:
    """Status and redirect target of a page, as a browser without proxies gets them."""
    opener = build_opener(ProxyHandler({}), _StayHere)
    try:
        with opener.open(url, timeout=5) as answer:
            return answer.status, ""
    except HTTPError as refused:
        with refused:
            return refused.code, refused.headers.get("Location", "")


class Browser:
    """Goes to Google's consent page and where that sends it. ``first`` is done with our own address before."""

    def __init__(self, first: Callable[[str], object] = lambda _: None) -> None:
        self.links: list[str] = []
        self.ended_at = ""
        self.first = first

    def __call__(self, link: str) -> None:
        self.links.append(link)
        Thread(target=self._consent, args=(link,), daemon=True).start()

    def _consent(self, link: str) -> None:
        self.first(parse_qs(urlsplit(link).query)["redirect_uri"][0])
        self.ended_at = visit(link)[1]
        visit(self.ended_at)


@pytest.fixture
def files(tmp_path: Path, serve: Serve) -> tuple[Sandbox, Path, Path]:
    """A sandbox, the credentials.json that belongs to it, and where the token goes."""
    sandbox = serve(messages=[mail("m", "t", "2026-05-01T09:00:00+07:00")])
    client = tmp_path / "credentials.json"
    client.write_text(json.dumps(sandbox.credentials()))
    return sandbox, client, tmp_path / "home" / "token.json"


def sign_in(files: tuple[Sandbox, Path, Path], browser: Browser | None = None, **options: Any) -> auth.SignedIn:
    sandbox, client, token = files
    known: dict[str, Any] = {"show": lambda _: None, "timeout": 10.0, "open_browser": browser or Browser()}
    return auth.sign_in(client, token, SCOPES, api_root=sandbox.api_root, **known | options)


def test_signing_in_through_the_browser_lets_mail_be_read(files: tuple[Sandbox, Path, Path], connect: Connect) -> None:
    sandbox, _, token = files
    browser = Browser()

    signed_in = sign_in(files, browser)
    credentials = saved_sign_in.load_credentials(token, api_root=sandbox.api_root, scopes=SCOPES)

    assert signed_in.granted == frozenset(SCOPES)
    assert GmailReader(connect(sandbox, credentials)).profile().address == "rina@example.com"
    asked = parse_qs(urlsplit(browser.links[0]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["access_type"] == ["offline"]
    assert asked["prompt"] == ["consent"]
    assert asked["scope"] == [" ".join(SCOPES)]
    assert urlsplit(asked["redirect_uri"][0]).hostname == "127.0.0.1"


def test_the_token_is_the_owners_alone(files: tuple[Sandbox, Path, Path]) -> None:
    token = files[2]
    before = os.umask(0)
    try:
        sign_in(files)
    finally:
        os.umask(before)

    assert stat.S_IMODE(token.stat().st_mode) == 0o600
    assert stat.S_IMODE(token.parent.stat().st_mode) == 0o700
    assert os.listdir(token.parent) == ["token.json"]


def test_a_new_sign_in_replaces_one_that_others_could_read(files: tuple[Sandbox, Path, Path]) -> None:
    token = files[2]
    token.parent.mkdir()
    token.write_text("{}")
    token.chmod(0o644)

    sign_in(files)

    assert stat.S_IMODE(token.stat().st_mode) == 0o600
    assert "refresh_token" in json.loads(token.read_text())


def stray_requests(address: str) -> None:
    """What else may call a port of this machine: a favicon, a scanner, a forger, a browser that connects ahead."""
    place = urlsplit(address)
    ahead = http.client.HTTPConnection(place.hostname or "", place.port)
    ahead.connect()
    assert visit(address + "favicon.ico")[0] == 404
    assert visit(address + "?state=forged&code=evil")[0] == 404
    assert visit(address + "?code=evil")[0] == 404
    ahead.close()


def test_stray_requests_do_not_disturb_the_sign_in(files: tuple[Sandbox, Path, Path]) -> None:
    assert sign_in(files, Browser(stray_requests)).granted == frozenset(SCOPES)


def test_a_refused_consent_saves_nothing(files: tuple[Sandbox, Path, Path]) -> None:
    files[0].oauth.deny = True

    with pytest.raises(SignInNeeded, match="refused"):
        sign_in(files)
    assert not files[2].exists()


def test_a_box_that_was_not_ticked_is_named_with_what_it_costs(files: tuple[Sandbox, Path, Path]) -> None:
    files[0].oauth.drop_scopes = frozenset({saved_sign_in.WRITE_DRAFTS, saved_sign_in.READ_EVENTS})

    with pytest.raises(SignInNeeded) as told:
        sign_in(files)
    assert "Boxes were not ticked" in str(told.value)
    assert "“Manage drafts and send emails”: without it no draft" in str(told.value)
    assert "“View events on all your calendars”: without it no interview or meeting" in str(told.value)
    assert "View your email" not in str(told.value)
    assert "tick every box" in told.value.hint
    assert not files[2].exists()
    assert "OAUTHLIB_RELAX_TOKEN_SCOPE" not in os.environ
    assert "OAUTHLIB_INSECURE_TRANSPORT" not in os.environ


def test_a_sign_in_that_would_not_last_is_not_saved(files: tuple[Sandbox, Path, Path]) -> None:
    files[0].oauth.refresh_tokens = False

    with pytest.raises(SignInNeeded, match="refresh token"):
        sign_in(files)
    assert not files[2].exists()


def test_nobody_at_the_consent_page_ends_the_wait(files: tuple[Sandbox, Path, Path]) -> None:
    with pytest.raises(SignInNeeded, match="No answer"):
        sign_in(files, open_browser=False, timeout=0.2)


@pytest.mark.parametrize(
    ("kind", "error"), [("503", SusulError), ("drop_before", TryLater), ("html_200", SignInNeeded)]
)
def test_trouble_at_the_token_end_point_is_told(
    files: tuple[Sandbox, Path, Path], kind: str, error: type[SusulError]
) -> None:
    files[0].fail(kind, "^POST /token", times=None)

    with pytest.raises(error) as told:
        sign_in(files)
    assert "secret" not in f"{told.value} {told.value.hint}"
    assert not files[2].exists()


def test_without_a_browser_the_pasted_address_does_it(files: tuple[Sandbox, Path, Path]) -> None:
    shown: list[str] = []

    def paste(_: str) -> str:
        link = next(word for line in shown for word in line.split() if word.startswith("http"))
        return f"  {visit(link)[1]}\n"

    assert sign_in(files, show=shown.append, ask=paste).granted == frozenset(SCOPES)
    assert files[2].exists()


def test_a_wrong_paste_may_be_put_right(files: tuple[Sandbox, Path, Path]) -> None:
    shown: list[str] = []
    pasted = iter(["", "http://127.0.0.1:8085/?state=other&code=4/x"])

    def paste(_: str) -> str:
        link = next(word for line in shown for word in line.split() if word.startswith("http"))
        return next(pasted, None) or visit(link)[1]

    assert sign_in(files, show=shown.append, ask=paste).granted == frozenset(SCOPES)


@pytest.mark.parametrize(
    "pasted", ["", "http://127.0.0.1:8085/?state=other&code=4/x", "4/just-the-code", "http://[::1"]
)
def test_a_pasted_address_that_is_not_ours_is_refused(files: tuple[Sandbox, Path, Path], pasted: str) -> None:
    with pytest.raises(SignInNeeded, match="doesn't belong"):
        sign_in(files, ask=lambda _: pasted)


def test_an_answer_with_neither_code_nor_refusal_is_told() -> None:
    with pytest.raises(SignInNeeded, match="ended with an error"):
        code_in("/?state=s&error=server_error", "s")


def test_the_receiver_listens_on_this_machine_only() -> None:
    with Receiver() as receiver:
        assert urlsplit(receiver.redirect_uri).hostname == "127.0.0.1"


def test_with_a_loopback_root_googles_client_is_refused(files: tuple[Sandbox, Path, Path]) -> None:
    files[1].write_text(json.dumps({"installed": GOOGLE_CLIENT}))

    with pytest.raises(ConfigError, match="api_root"):
        sign_in(files)


def test_a_renewed_token_is_kept_and_an_unchanged_one_not_written(
    files: tuple[Sandbox, Path, Path], connect: Connect
) -> None:
    sandbox, _, token = files
    sign_in(files)
    sandbox.oauth.expire_access()
    credentials = saved_sign_in.load_credentials(token, api_root=sandbox.api_root)
    GmailReader(connect(sandbox, credentials)).profile()

    saved_sign_in.save_credentials(credentials, token)
    written = token.stat().st_ino
    saved_sign_in.save_credentials(credentials, token)
    sandbox.forget()
    GmailReader(connect(sandbox, saved_sign_in.load_credentials(token, api_root=sandbox.api_root))).profile()

    assert token.stat().st_ino == written
    assert [request.path for request in sandbox.log] == ["/gmail/v1/users/me/profile"]


def test_signing_out_takes_the_access_back_and_deletes_the_file(
    files: tuple[Sandbox, Path, Path], connect: Connect
) -> None:
    sandbox, _, token = files
    sign_in(files)
    credentials = saved_sign_in.load_credentials(token, api_root=sandbox.api_root)

    assert auth.sign_out(token, api_root=sandbox.api_root)

    assert not token.exists()
    with pytest.raises(SignInNeeded):
        GmailReader(connect(sandbox, credentials)).profile()
    assert not auth.sign_out(token, api_root=sandbox.api_root)


def test_an_access_that_was_taken_back_before_is_just_deleted(files: tuple[Sandbox, Path, Path]) -> None:
    sandbox, _, token = files
    sign_in(files)
    sandbox.oauth.revoke_all()

    assert auth.sign_out(token, api_root=sandbox.api_root)
    assert not token.exists()


@pytest.mark.parametrize("kind", ["503", "drop_before", "500"])
def test_signing_out_keeps_the_file_while_google_cannot_be_reached(
    files: tuple[Sandbox, Path, Path], kind: str
) -> None:
    sandbox, _, token = files
    sign_in(files)
    sandbox.fail(kind, "/revoke", times=None)

    with pytest.raises(TryLater):
        auth.sign_out(token, api_root=sandbox.api_root)
    assert token.exists()


def test_a_doctored_sign_in_is_not_sent_anywhere_on_the_way_out(tmp_path: Path) -> None:
    token = tmp_path / "token.json"
    token.write_text(json.dumps({"refresh_token": "r", "token_uri": "https://evil.example/token"}))

    with pytest.raises(SignInNeeded):
        auth.sign_out(token)
    assert token.exists()


@pytest.mark.skipif(find_spec("socks") is not None, reason="PySocks is installed")
def test_a_socks_proxy_without_what_uses_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "socks5h://127.0.0.1:9")
    client = tmp_path / "credentials.json"
    client.write_text(json.dumps({"installed": GOOGLE_CLIENT}))
    shown: list[str] = []

    def paste(_: str) -> str:
        link = next(word for line in shown for word in line.split() if word.startswith("http"))
        return f"http://127.0.0.1:8085/?code=4/x&state={parse_qs(urlsplit(link).query)['state'][0]}"

    with pytest.raises(ConfigError, match="proxy") as told:
        auth.sign_in(client, tmp_path / "token.json", SCOPES, show=shown.append, ask=paste)
    assert "susul[proxy]" in told.value.hint
