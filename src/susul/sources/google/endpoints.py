"""Where Google's APIs and sign-in live, or, for the sandbox, the loopback address that stands in for all of them."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from susul.errors import ConfigError, SignInNeeded

GOOGLE_TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address, not a secret
GOOGLE_AUTH_URIS = frozenset(
    {"https://accounts.google.com/o/oauth2/auth", "https://accounts.google.com/o/oauth2/v2/auth"}
)


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The origins ("https://host") that calls may go to. ``loopback`` is set where they are the sandbox's."""

    gmail: str
    calendar: str
    loopback: bool

    @classmethod
    def of(cls, api_root: str | None) -> Endpoints:
        """Google's own for None, else everything at ``api_root``. Raises ConfigError unless that is loopback."""
        if api_root is None:
            return cls("https://gmail.googleapis.com", "https://www.googleapis.com", loopback=False)
        root = _loopback_origin(api_root)
        return cls(root, root, loopback=True)

    def accepts_token_uri(self, uri: str) -> bool:
        """Whether the refresh token and the client secret may be sent there: a doctored file names another place."""
        if self.loopback:
            return origin(uri) == self.gmail and urlsplit(uri).path.endswith("/token")
        return uri == GOOGLE_TOKEN_URI

    def require_token_uri(self, uri: str) -> None:
        """Raises SignInNeeded unless the token end point is the one that belongs here."""
        if self.accepts_token_uri(uri):
            return
        hint = "Run: susul login"
        if self.loopback or uri == GOOGLE_TOKEN_URI:
            raise SignInNeeded("The saved sign-in belongs to another place than api_root names.", hint=hint)
        raise SignInNeeded("The saved sign-in names a token address that is not Google's.", hint=hint)

    def accepts_auth_uri(self, uri: str) -> bool:
        return origin(uri) == self.gmail if self.loopback else uri in GOOGLE_AUTH_URIS


def revoke_uri(token_uri: str) -> str:
    """The revocation end point stands beside the token end point (https://oauth2.googleapis.com/revoke)."""
    return urljoin(token_uri, "revoke")


def origin(url: str) -> str:
    """Scheme, host and port of a URL, lower-cased; empty where it isn't one or carries a user name."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    default = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in {None, default} else "")


def _loopback_origin(api_root: str) -> str:
    root = origin(api_root)
    if not root or not _is_loopback(urlsplit(root).hostname or ""):
        raise ConfigError(
            "The setting api_root is not a loopback address.",
            hint='Only addresses like "http://127.0.0.1:8080" are accepted. Remove api_root to use Google.',
        )
    extra = urlsplit(api_root)
    if extra.path not in {"", "/"} or extra.query or extra.fragment:
        raise ConfigError("The setting api_root has more than an address.", hint=f'Write: api_root = "{root}"')
    return root


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback
