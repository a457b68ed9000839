"""Signing in to Google and out again: OAuth for an installed app, with PKCE, over loopback (RFC 8252, RFC 7636).

The sign-in is kept in ``token.json``, the authorized-user form of google-auth, readable by the owner only.
Source: https://developers.google.com/identity/protocols/oauth2/native-app
"""

from __future__ import annotations

import contextlib
import os
import webbrowser
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from susul.errors import SignInNeeded, TryLater
from susul.sources.google.allow_list import AllowList
from susul.sources.google.client_secrets import read_client
from susul.sources.google.endpoints import Endpoints, revoke_uri
from susul.sources.google.failures import SIGN_IN_AGAIN, Broken, broken_off, proxy_unusable
from susul.sources.google.loopback import Receiver, belongs_to, code_in
from susul.sources.google.saved_sign_in import require_scopes, save_credentials, stored_sign_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path


# Nothing listens there: in the pasted-address mode only the browser's address bar matters.
_PASTE_REDIRECT = "http://127.0.0.1:8085/"
_CONSENT_SECONDS = 300.0
_NETWORK_SECONDS = 30.0
_PASTES = 3  # tries to paste the right address


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that was just made and saved: the scopes that Google granted."""

    granted: frozenset[str]


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
    require_scopes(granted, scopes)
    if not credentials.refresh_token:
        raise SignInNeeded("Google gave no lasting sign-in (no refresh token).", hint=SIGN_IN_AGAIN)
    save_credentials(credentials, token_file)
    return SignedIn(granted)


def sign_out(token_file: Path, *, api_root: str | None = None) -> bool:
    """Takes the access back at Google, then deletes the file. False where there was no sign-in.

    Raises TryLater, and keeps the file, where Google can't be reached: deleting it alone would leave the access open.
    """
    from susul.sources.google.wire import Wire

    if not token_file.exists():
        return False
    endpoints = Endpoints.of(api_root)
    try:
        stored = stored_sign_in(token_file)
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
