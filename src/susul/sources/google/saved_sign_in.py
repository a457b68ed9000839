"""The sign-in that ``susul login`` left behind in ``token.json``, the authorized-user form of google-auth.

The access token in it is used as it is while it is good. Only google-auth can renew it, and it is loaded only then:
that takes a tenth of a second. Source of the scopes: https://developers.google.com/workspace/gmail/api/auth/scopes
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from susul.errors import SignInNeeded
from susul.private_files import write_private
from susul.sources.google.bearer import MARGIN, ends_at
from susul.sources.google.endpoints import Endpoints
from susul.sources.google.failures import SIGN_IN_AGAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
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


def scopes_for(*, labels: bool = False) -> tuple[str, ...]:
    """The smallest set that does the job; ``labels`` adds what marking threads needs."""
    return (MODIFY_MAIL, READ_EVENTS) if labels else (READ_MAIL, WRITE_DRAFTS, READ_EVENTS)


class SignIn:
    """A saved sign-in, as ``Transport`` uses one. ``clock`` gives the current instant, aware."""

    def __init__(self, stored: Mapping[str, Any], clock: Callable[[], datetime]) -> None:
        self.scopes = frozenset(map(str, stored["scopes"]))
        self.client_id, self.refresh_token = str(stored["client_id"]), str(stored["refresh_token"])
        self.token_uri = str(stored["token_uri"])
        self._stored, self._clock = stored, clock
        self._credentials: Any = None  # google-auth has no types for what is used of it

    def before_request(self, request: object, method: str, url: str, headers: dict[str, str]) -> None:
        """Puts the access token into the headers, renewed where it must be."""
        if self._credentials is None and ends_at(self._stored) > self._clock() + MARGIN:
            headers["authorization"] = f"Bearer {self._stored['token']}"
        else:
            self._loaded().before_request(request, method, url, headers)

    def refresh(self, request: object) -> None:
        """Renews the access token."""
        self._loaded().refresh(request)

    def keep(self, token_file: Path) -> None:
        """Writes a renewed access token: it lives an hour, and the next run then needs no call to renew it."""
        if self._credentials:
            save_credentials(self._credentials, token_file)

    def _loaded(self) -> Any:
        if self._credentials is None:
            self._credentials = _credentials(self._stored)
        return self._credentials


def load_sign_in(
    token_file: Path, *, clock: Callable[[], datetime], api_root: str | None = None, scopes: Sequence[str] = ()
) -> SignIn:
    """The saved sign-in. Raises SignInNeeded where there is none, it is damaged, belongs elsewhere, or lacks scopes."""
    return SignIn(_checked(stored_sign_in(token_file), api_root, scopes), clock)


def load_credentials(token_file: Path, *, api_root: str | None = None, scopes: Sequence[str] = ()) -> Credentials:
    """The same as google-auth knows it."""
    return credentials_in(stored_sign_in(token_file), api_root=api_root, scopes=scopes)


def credentials_in(stored: Mapping[str, Any], *, api_root: str | None, scopes: Sequence[str] = ()) -> Credentials:
    """The sign-in in the authorized-user form of google-auth. Raises like ``load_sign_in``."""
    return _credentials(_checked(stored, api_root, scopes))


def _checked(stored: Mapping[str, Any], api_root: str | None, scopes: Sequence[str]) -> Mapping[str, Any]:
    """The stored scopes go to Google with each refresh, so they are compared here and never widened."""
    Endpoints.of(api_root).require_token_uri(str(stored.get("token_uri", "")))
    needed, held = [stored.get(key) for key in ("refresh_token", "client_id", "client_secret")], stored.get("scopes")
    if not all(isinstance(value, str) and value for value in needed) or not isinstance(held, list):
        raise SignInNeeded("The saved sign-in is damaged.", hint=SIGN_IN_AGAIN)
    require_scopes(frozenset(map(str, held)), scopes)
    return stored


def _credentials(stored: Mapping[str, Any]) -> Credentials:
    """google-auth's own reading of this form puts Google's token end point over the stored one, the sandbox's too."""
    from google.oauth2 import credentials as google_credentials

    access = stored.get("token")
    untyped: Any = google_credentials.Credentials
    credentials: Credentials = untyped(
        access if isinstance(access, str) else None,
        refresh_token=stored["refresh_token"],
        token_uri=str(stored["token_uri"]),
        client_id=stored["client_id"],
        client_secret=stored["client_secret"],
        scopes=[str(scope) for scope in stored["scopes"]],
        expiry=ends_at(stored).replace(tzinfo=None),  # google-auth compares naive instants
    )
    return credentials


def save_credentials(credentials: Credentials, token_file: Path) -> None:
    """Writes the sign-in, whole or not at all, for the owner's eyes only; unchanged ones are left alone."""
    form: Any = credentials
    text = str(form.to_json())
    with contextlib.suppress(OSError, ValueError):
        if token_file.read_text("utf-8") == text:
            return
    write_private(token_file, text)


def missing_scopes(granted: frozenset[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """Those of ``wanted`` that ``granted`` doesn't cover; the wider scope for mail covers the narrower ones."""
    held = granted | ({READ_MAIL, WRITE_DRAFTS} if MODIFY_MAIL in granted else set())
    return tuple(scope for scope in wanted if scope not in held)


def require_scopes(granted: frozenset[str], wanted: Sequence[str]) -> None:
    """Google lets each box be ticked by itself; says which are missing and what that costs."""
    missing = missing_scopes(granted, wanted)
    if missing:
        lost = "; ".join(WITHOUT.get(scope, scope.removeprefix(_SCOPE)) for scope in missing)
        boxes = "A box was" if len(missing) == 1 else "Boxes were"
        hint = "Run susul login again and tick every box (“Select all”) before “Continue”."
        raise SignInNeeded(f"{boxes} not ticked on Google's consent page: {lost}.", hint=hint)


def stored_sign_in(token_file: Path) -> dict[str, Any]:
    """What the file holds, unchecked. Raises SignInNeeded where it can't be read."""
    try:
        stored = json.loads(token_file.read_text("utf-8"))
    except FileNotFoundError:
        raise SignInNeeded("Susul is not signed in to Google yet.", hint=SIGN_IN_AGAIN) from None
    except (OSError, ValueError, RecursionError) as error:
        raise SignInNeeded(f"{token_file.name} can't be read.", hint=SIGN_IN_AGAIN) from error
    if not isinstance(stored, dict):
        raise SignInNeeded(f"{token_file.name} is damaged.", hint=SIGN_IN_AGAIN)
    return stored
