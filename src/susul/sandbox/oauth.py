"""OAuth 2.0 for an installed app: authorisation, tokens, revocation (RFC 6749, RFC 7636, RFC 7009).

https://developers.google.com/identity/protocols/oauth2/native-app. The owner consents at once; ``deny``,
``drop_scopes`` and ``refresh_tokens`` make them behave otherwise.
"""

from __future__ import annotations

import secrets
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import parse_qs, urlencode, urlsplit

from susul.sandbox.routing import Call, Json, Reply, json_reply

GMAIL = "https://www.googleapis.com/auth/gmail."
CALENDAR = "https://www.googleapis.com/auth/calendar"
ALL_MAIL = "https://mail.google.com/"
DEFAULT_SCOPES = (
    f"{GMAIL}readonly",
    f"{GMAIL}compose",
    f"{GMAIL}modify",
    f"{GMAIL}labels",
    f"{CALENDAR}.readonly",
    f"{CALENDAR}.events.readonly",
    f"{CALENDAR}.events",
)
CLIENT_ID = "susul-sandbox.apps.googleusercontent.com"
CLIENT_SECRET = "sandbox-secret-of-no-value"  # noqa: S105  # opens nothing but this sandbox
LIFETIME = 3599
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

_READ = ("readonly", "modify")
_WRITE_DRAFTS = ("compose", "modify")
# Which of Gmail's scopes allow a method, from the discovery document; the first prefix that fits decides.
GMAIL_SCOPES = (
    ("users.drafts.list", (*_READ, "compose")),
    ("users.drafts.get", (*_READ, "compose")),
    ("users.drafts.", _WRITE_DRAFTS),
    ("users.getProfile", (*_READ, "compose", "metadata")),
    ("users.settings.sendAs.", (*_READ, "settings.basic")),
    ("users.labels.list", (*_READ, "labels", "metadata")),
    ("users.labels.get", (*_READ, "labels", "metadata")),
    ("users.labels.", ("labels", "modify")),
    ("users.messages.insert", ("insert", "modify")),
    ("users.messages.delete", ()),
    ("users.messages.list", (*_READ, "metadata")),
    ("users.messages.get", (*_READ, "metadata")),
    ("users.messages.attachments.get", _READ),
    ("users.threads.list", (*_READ, "metadata")),
    ("users.threads.get", (*_READ, "metadata")),
    ("users.history.list", (*_READ, "metadata")),
    ("users.", ("modify",)),
)
CALENDAR_READ = ("", ".readonly", ".events", ".events.readonly", ".events.owned", ".events.owned.readonly")
CALENDAR_WRITE = ("", ".events", ".events.owned")


def allowed(method: str, scopes: frozenset[str]) -> bool:
    """Whether a token with ``scopes`` may call an API method (named as in the discovery document)."""
    api, _, name = method.partition(".")
    if api == "gmail":
        fitting = next(names for prefix, names in GMAIL_SCOPES if name.startswith(prefix))
        return ALL_MAIL in scopes or any(f"{GMAIL}{one}" in scopes for one in fitting)
    if name.startswith("calendar"):
        return any(
            f"{CALENDAR}{one}" in scopes for one in ("", ".readonly", ".calendarlist.readonly", ".calendars.readonly")
        )
    reading = name.rpartition(".")[2] in {"list", "get", "instances"}
    return any(f"{CALENDAR}{one}" in scopes for one in (CALENDAR_READ if reading else CALENDAR_WRITE))


class RefusedError(Exception):
    """An error of the token end point, with RFC 6749's code and Google's description."""

    def __init__(self, code: str, description: str = "Bad Request", status: int = 400) -> None:
        super().__init__(code)
        self.status = status
        self.body = {"error": code, "error_description": description}


@dataclass(frozen=True, slots=True)
class Grant:
    """What an authorisation code stands for."""

    client_id: str
    redirect_uri: str
    scopes: tuple[str, ...]
    challenge: str
    with_refresh: bool


@dataclass(slots=True)
class OAuth:
    """The authorisation server. ``access`` and ``refresh`` hold live tokens with their scopes."""

    deny: bool = False
    drop_scopes: frozenset[str] = frozenset()
    refresh_tokens: bool = True
    access: dict[str, tuple[frozenset[str], float]] = field(default_factory=dict)
    refresh: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _codes: dict[str, Grant] = field(default_factory=dict)
    _consented: set[str] = field(default_factory=set)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    # ------------------------------------------------------------------ tokens

    def new_access(self, scopes: tuple[str, ...]) -> str:
        token = f"ya29.{secrets.token_urlsafe(32)}"
        with self._lock:
            self.access[token] = (frozenset(scopes), time.monotonic() + LIFETIME)
        return token

    def new_refresh(self, scopes: tuple[str, ...]) -> str:
        token = f"1//{secrets.token_urlsafe(32)}"
        with self._lock:
            self.refresh[token] = scopes
        return token

    def scopes_of(self, authorization: str) -> frozenset[str] | None:
        """The scopes of a live bearer token; ``None`` for any other header."""
        kind, _, token = authorization.partition(" ")
        with self._lock:
            scopes, until = self.access.get(token.strip(), (frozenset[str](), 0.0))
        return scopes if kind.lower() == "bearer" and until > time.monotonic() else None

    def expire_access(self) -> None:
        """Every access token is dead; refresh tokens still work."""
        with self._lock:
            self.access.clear()

    def revoke_all(self) -> None:
        """The owner takes the permission back: nothing works until they consent again."""
        with self._lock:
            self.access.clear()
            self.refresh.clear()
            self._consented.clear()

    # ------------------------------------------------------------------ end points

    def authorise(self, call: Call) -> Reply:
        """The consent page, which sends the browser on at once; only to a loopback address."""
        target = call.one("redirect_uri")
        if not is_loopback(target):
            return json_reply({"error": "redirect_uri_mismatch"}, 400)
        if call.one("response_type") != "code" or not call.one("client_id"):
            return json_reply({"error": "invalid_request"}, 400)
        answer = {"error": "access_denied"} if self.deny else self._consent(call)
        if call.one("state"):
            answer["state"] = call.one("state")
        place = f"{target}{'&' if '?' in target else '?'}{urlencode(answer)}"
        return Reply(302, b"", "text/html; charset=UTF-8", {"Location": place})

    def _consent(self, call: Call) -> dict[str, str]:
        scopes = tuple(one for one in call.one("scope").split() if one not in self.drop_scopes)
        client = call.one("client_id")
        asked_again = "consent" in call.one("prompt").split()
        code = f"4/{secrets.token_urlsafe(24)}"
        with self._lock:
            first = client not in self._consented
            self._consented.add(client)
            offline = call.one("access_type") == "offline" and self.refresh_tokens and (first or asked_again)
            self._codes[code] = Grant(client, call.one("redirect_uri"), scopes, _challenge(call), offline)
        return {"code": code, "scope": " ".join(scopes)}

    def token(self, call: Call) -> Reply:
        form = {name: values[-1] for name, values in parse_qs(call.body.decode("utf-8", "replace")).items()}
        form |= _basic(call.headers.get("authorization", ""))
        try:
            return json_reply(self._answer(form))
        except RefusedError as refusal:
            return json_reply(refusal.body, refusal.status)

    def _answer(self, form: dict[str, str]) -> Json:
        if form.get("client_secret", CLIENT_SECRET) != CLIENT_SECRET or not form.get("client_id"):
            raise RefusedError("invalid_client", "Unauthorized", 401)
        if form.get("grant_type") == "authorization_code":
            return self._exchange(form)
        if form.get("grant_type") == "refresh_token":
            return self._refreshed(form)
        raise RefusedError("unsupported_grant_type", "Invalid grant_type")

    def _exchange(self, form: dict[str, str]) -> Json:
        """A code works once, for the client and address it was made for, with the verifier of its challenge."""
        with self._lock:
            grant = self._codes.pop(form.get("code", ""), None)
        if grant is None or (grant.client_id, grant.redirect_uri) != (form["client_id"], form.get("redirect_uri")):
            raise RefusedError("invalid_grant", "Malformed auth code.")
        if grant.challenge and grant.challenge != s256(form.get("code_verifier", "")):
            raise RefusedError("invalid_grant", "Invalid code verifier.")
        body = self._body(grant.scopes)
        if grant.with_refresh:
            body["refresh_token"] = self.new_refresh(grant.scopes)
        return body

    def _refreshed(self, form: dict[str, str]) -> Json:
        with self._lock:
            granted = self.refresh.get(form.get("refresh_token", ""))
        if granted is None:
            raise RefusedError("invalid_grant", "Token has been expired or revoked.")
        asked = tuple(form.get("scope", "").split())
        if not set(asked) <= set(granted):
            raise RefusedError("invalid_scope", "Bad Request")
        return self._body(asked or granted)

    def _body(self, scopes: tuple[str, ...]) -> Json:
        return {
            "access_token": self.new_access(scopes),
            "expires_in": LIFETIME,
            "scope": " ".join(scopes),
            "token_type": "Bearer",
        }

    def revoke(self, call: Call) -> Reply:
        form = parse_qs(call.body.decode("utf-8", "replace"))
        token = call.one("token") or form.get("token", [""])[-1]
        with self._lock:
            if token not in self.access and token not in self.refresh:
                return json_reply({"error": "invalid_token", "error_description": "Token expired or revoked"}, 400)
        self.revoke_all()
        return json_reply({})


def _basic(authorization: str) -> dict[str, str]:
    """The client's id and secret where they come by HTTP Basic (RFC 6749, 2.3.1), as oauthlib sends them."""
    kind, _, encoded = authorization.partition(" ")
    if kind.lower() != "basic":
        return {}
    try:
        name, _, secret = b64decode(encoded).decode("utf-8").partition(":")
    except ValueError:
        return {}
    return {"client_id": name, "client_secret": secret}


def s256(verifier: str) -> str:
    """The challenge of a PKCE verifier (RFC 7636, 4.2)."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode("ascii")


def _challenge(call: Call) -> str:
    challenge = call.one("code_challenge")
    return challenge if call.one("code_challenge_method", "plain") == "S256" or not challenge else s256(challenge)


def is_loopback(address: str) -> bool:
    try:
        return urlsplit(address).hostname in LOOPBACK
    except ValueError:
        return False
