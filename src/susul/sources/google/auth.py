"""Signing in to Google and out again: OAuth for an installed app, with PKCE, over loopback (RFC 8252, RFC 7636).

The sign-in is kept in ``token.json``, the authorized-user form of google-auth, readable by the owner only.
Source: https://developers.google.com/identity/protocols/oauth2/native-app
"""

from __future__ import annotations

import contextlib
import json
import os
import webbrowser
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from susul.errors import SignInNeeded, TryLater
from susul.private_files import write_private
from susul.sources.google.allow_list import AllowList
from susul.sources.google.client_secrets import read_client
from susul.sources.google.endpoints import Endpoints, revoke_uri
from susul.sources.google.failures import SIGN_IN_AGAIN, Broken, broken_off, proxy_unusable
from susul.sources.google.loopback import Receiver, belongs_to, code_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from google.oauth2.credentials import Credentials

_SCOPE = "https://www.googleapis.com/auth/"
READ_MAIL = _SCOPE + "gmail.readonly"
WRITE_DRAFTS = _SCOPE + "gmail.compose"
MODIFY_MAIL = _SCOPE + "gmail.modify"
READ_EVENTS = _SCOPE + "calendar.events.readonly"

# Each box of Google's consent page as it is worded there, and what can't be done without it.
WITHOUT = {
    READ_MAIL: "“View your email messages and settings”: without it no mail can be read, and nothing works",
    WRITE_DRAFTS: "“Manage drafts and send emails”: without it no draft can be laid (Susul never sends)",
    MODIFY_MAIL: "“Read, compose, and send emails from your Gmail account”: without it no mail can be read, no draft "
    "laid and no thread labelled (Susul never sends)",
    READ_EVENTS: "“View events on all your calendars”: without it no interview or meeting of the calendar is known",
}
# Nothing listens there: in the pasted-address mode only the browser's address bar matters.
_PASTE_REDIRECT = "http://127.0.0.1:8085/"
_CONSENT_SECONDS = 300.0
_NETWORK_SECONDS = 30.0
_PASTES = 3  # tries to paste the right address


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that was just made and saved: the scopes that Google granted."""

    granted: frozenset[str]


def scopes_for(*, labels: bool = False) -> tuple[str, ...]:
    """The smallest set that does the job; ``labels`` adds what marking threads needs."""
    return (MODIFY_MAIL, READ_EVENTS) if labels else (READ_MAIL, WRITE_DRAFTS, READ_EVENTS)


def sign_in(
    credentials_file: Path,
    token_file: Path,
    scopes: Sequence[str],
    *,
    show: Callable[[str], object],
    api_root: str | None = None,
    open_browser: bool | Callable[[str], object] = True,
    ask: Callable[[str], str] | None = None,
    timeout: float = _CONSENT_SECONDS,
) -> SignedIn:
    """Takes the owner through Google's consent page and saves the sign-in in ``token_file``.

    ``show`` prints a line. ``open_browser`` opens the link (True: the system's browser; a callable gets the link).
    ``ask`` prompts for a line and switches to the mode without a browser on this machine: the owner pastes the address
    that their browser ends at. Raises ConfigError (client file), SignInNeeded (refused, too late, boxes not ticked),
    TryLater (no network). Nothing is saved unless all scopes and a refresh token were granted.
    """
    endpoints = Endpoints.of(api_root)
    flow = _flow(read_client(credentials_file, endpoints).config, scopes, endpoints)
    with contextlib.closing(flow.oauth2session), _oauthlib_allowances(loopback=endpoints.loopback):
        if ask is not None:
            _by_paste(flow, show, ask)
        else:
            _by_loopback(flow, show, _opener(open_browser), timeout)
        credentials = flow.credentials
    granted = frozenset(credentials.granted_scopes or scopes)
    _require(granted, scopes)
    if not credentials.refresh_token:
        raise SignInNeeded("Google gave no lasting sign-in (no refresh token).", hint=SIGN_IN_AGAIN)
    save_credentials(credentials, token_file)
    return SignedIn(granted)


def load_credentials(token_file: Path, *, api_root: str | None = None, scopes: Sequence[str] = ()) -> Credentials:
    """The saved sign-in. Raises SignInNeeded where there is none, it is damaged, belongs elsewhere, or lacks scopes.

    The stored scopes go to Google with each refresh, so they are compared here and never widened.
    """
    return credentials_in(_stored(token_file), api_root=api_root, scopes=scopes)


def credentials_in(stored: Mapping[str, Any], *, api_root: str | None, scopes: Sequence[str] = ()) -> Credentials:
    """The sign-in in the authorized-user form of google-auth. Raises like ``load_credentials``.

    google-auth's own reading of that form puts Google's token end point over the stored one, the sandbox's too.
    """
    from google.oauth2 import credentials as google_credentials

    token_uri = str(stored.get("token_uri", ""))
    Endpoints.of(api_root).require_token_uri(token_uri)
    needed = [stored.get(key) for key in ("refresh_token", "client_id", "client_secret")]
    held, access = stored.get("scopes"), stored.get("token")
    if not all(isinstance(value, str) and value for value in needed) or not isinstance(held, list):
        raise SignInNeeded("The saved sign-in is damaged.", hint=SIGN_IN_AGAIN)
    _require(frozenset(map(str, held)), scopes)
    untyped: Any = google_credentials.Credentials
    credentials: Credentials = untyped(
        access if isinstance(access, str) else None,
        refresh_token=stored["refresh_token"],
        token_uri=token_uri,
        client_id=stored["client_id"],
        client_secret=stored["client_secret"],
        scopes=[str(scope) for scope in held],
        expiry=_expiry(stored.get("expiry")),
    )
    return credentials


def save_credentials(credentials: Credentials, token_file: Path) -> None:
    """Writes the sign-in, whole or not at all, for the owner's eyes only; unchanged ones are left alone.

    Called after a run too: an access token lives an hour, and the next run then needs no call to renew it.
    """
    form: Any = credentials
    text = str(form.to_json())
    with contextlib.suppress(OSError, ValueError):
        if token_file.read_text("utf-8") == text:
            return
    write_private(token_file, text)


def sign_out(token_file: Path, *, api_root: str | None = None) -> bool:
    """Takes the access back at Google, then deletes the file. False where there was no sign-in.

    Raises TryLater, and keeps the file, where Google can't be reached: deleting it alone would leave the access open.
    """
    from susul.sources.google.wire import Wire

    if not token_file.exists():
        return False
    endpoints = Endpoints.of(api_root)
    try:
        stored = _stored(token_file)
    except SignInNeeded:
        token_file.unlink()  # damaged: there is nothing in it to take back
        return True
    token_uri = str(stored.get("token_uri", ""))
    endpoints.require_token_uri(token_uri)
    url, headers = revoke_uri(token_uri), {"content-type": "application/x-www-form-urlencoded"}
    body = urlencode({"token": str(stored.get("refresh_token") or stored.get("token") or "")})
    call = AllowList(endpoints, token_uri).check("POST", url, headers, body)
    with contextlib.closing(Wire(loopback=endpoints.loopback, timeout=_NETWORK_SECONDS)) as wire:
        try:
            answer = wire.send("POST", url, headers, body)
        except Broken as broken:
            raise broken_off(broken, call.service).error from broken
    if answer.status not in {200, 400}:  # 400: it was no longer valid anyway
        raise TryLater("Google did not take the access back, so the sign-in was kept.", hint="Try again later.")
    token_file.unlink(missing_ok=True)
    return True


def _expiry(value: object) -> datetime:
    """When the access token ends, in google-auth's form: UTC without saying so. Long ago where it isn't told."""
    try:
        return datetime.fromisoformat(str(value)).astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return datetime(1970, 1, 1)  # noqa: DTZ001 - google-auth compares naive instants


def _flow(config: dict[str, Any], scopes: Sequence[str], endpoints: Endpoints) -> Any:
    """google-auth-oauthlib's flow, with PKCE; it has no types. Importing it takes a quarter of a second."""
    from google_auth_oauthlib.flow import InstalledAppFlow

    from susul.sources.google.wire import quiet_libraries

    quiet_libraries()
    flow = InstalledAppFlow.from_client_config(config, scopes=list(scopes))
    flow.oauth2session.max_redirects = 0
    flow.oauth2session.trust_env = not endpoints.loopback  # a loopback address is never behind a proxy
    return flow


def _by_loopback(flow: Any, show: Callable[[str], object], opener: Callable[[str], object], timeout: float) -> None:
    with Receiver() as receiver:
        flow.redirect_uri = receiver.redirect_uri
        link, state = _link(flow)
        receiver.expect(state)
        show(f"Open this link to sign in, if your browser doesn't do so by itself:\n{link}")
        opener(link)
        address = receiver.wait(timeout)
    _exchange(flow, code_in(address, state))


def _by_paste(flow: Any, show: Callable[[str], object], ask: Callable[[str], str]) -> None:
    flow.redirect_uri = _PASTE_REDIRECT
    link, state = _link(flow)
    show(f"Open this link in a browser on any machine and sign in:\n{link}")
    show("The browser then ends at a page of 127.0.0.1 that doesn't load. Copy that page's whole address.")
    _exchange(flow, _pasted_code(show, ask, state))


def _pasted_code(show: Callable[[str], object], ask: Callable[[str], str], state: str) -> str:
    """The code of the address that is pasted; a wrong paste may be put right."""
    for _ in range(_PASTES - 1):
        address = ask("Address: ")
        if belongs_to(address, state):
            return code_in(address, state)
        show("That is not the address of this sign-in. It begins with http://127.0.0.1 and holds code=.")
    return code_in(ask("Address: "), state)


def _link(flow: Any) -> tuple[str, str]:
    """The consent page's address and our state. Without ``prompt`` a second consent brings no refresh token."""
    link, state = flow.authorization_url(access_type="offline", prompt="consent")
    return str(link), str(state)


def _exchange(flow: Any, code: str) -> None:
    """Turns the code into tokens. What the libraries raise may hold the code or the secret, so it is not shown."""
    from oauthlib.oauth2 import OAuth2Error
    from requests import RequestException
    from requests.exceptions import InvalidSchema

    try:
        # The client's id and secret go in the body, the form that Google's page describes.
        flow.fetch_token(code=code, include_client_id=True, timeout=_NETWORK_SECONDS)
    except InvalidSchema as error:
        raise proxy_unusable() from error  # a SOCKS proxy without PySocks
    except RequestException as error:
        raise TryLater("Google's sign-in service can't be reached.", hint="Check the network and try again.") from error
    except (OAuth2Error, ValueError, Warning) as error:
        hint = "Run susul login again. If it stays so, create and download a new Desktop app client."
        raise SignInNeeded("Google didn't accept the sign-in.", hint=hint) from error


def _opener(open_browser: bool | Callable[[str], object]) -> Callable[[str], object]:
    if callable(open_browser):
        return open_browser
    return _open_in_browser if open_browser else lambda _: None


def _open_in_browser(link: str) -> None:
    with contextlib.suppress(webbrowser.Error):  # the link was shown as well
        webbrowser.open(link, new=1)


def missing_scopes(granted: frozenset[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """Those of ``wanted`` that ``granted`` doesn't cover; the wider scope for mail covers the narrower ones."""
    held = granted | ({READ_MAIL, WRITE_DRAFTS} if MODIFY_MAIL in granted else set())
    return tuple(scope for scope in wanted if scope not in held)


def _require(granted: frozenset[str], wanted: Sequence[str]) -> None:
    """Google lets each box be ticked by itself; says which are missing and what that costs."""
    missing = missing_scopes(granted, wanted)
    if missing:
        lost = "; ".join(WITHOUT.get(scope, scope.removeprefix(_SCOPE)) for scope in missing)
        boxes = "A box was" if len(missing) == 1 else "Boxes were"
        hint = "Run susul login again and tick every box (“Select all”) before “Continue”."
        raise SignInNeeded(f"{boxes} not ticked on Google's consent page: {lost}.", hint=hint)


def _stored(token_file: Path) -> dict[str, Any]:
    try:
        stored = json.loads(token_file.read_text("utf-8"))
    except FileNotFoundError:
        raise SignInNeeded("Susul is not signed in to Google yet.", hint=SIGN_IN_AGAIN) from None
    except (OSError, ValueError, RecursionError) as error:
        raise SignInNeeded(f"{token_file.name} can't be read.", hint=SIGN_IN_AGAIN) from error
    if not isinstance(stored, dict):
        raise SignInNeeded(f"{token_file.name} is damaged.", hint=SIGN_IN_AGAIN)
    return stored


@contextlib.contextmanager
def _oauthlib_allowances(*, loopback: bool) -> Iterator[None]:
    """oauthlib takes two liberties by environment only: fewer scopes than asked for, and the sandbox's plain http."""
    wanted = {"OAUTHLIB_RELAX_TOKEN_SCOPE": "1"} | ({"OAUTHLIB_INSECURE_TRANSPORT": "1"} if loopback else {})
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
