"""A saved access token that is still good, without google-auth: that takes longer to import than a run without news.

Whoever meets ``StaleTokenError`` goes the usual way, where google-auth renews the token.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
MARGIN = timedelta(minutes=5)  # google-auth renews a token 3 min 45 s before its end


class StaleTokenError(Exception):
    """The access token must be renewed first."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """What ``Transport`` uses of google-auth's credentials."""

    token_uri: str
    token: str

    def before_request(self, request: object, method: str, url: str, headers: dict[str, str]) -> None:  # noqa: ARG002 - google-auth's signature
        headers["authorization"] = f"Bearer {self.token}"

    def refresh(self, request: object) -> None:  # noqa: ARG002 - google-auth's signature
        raise StaleTokenError


def saved_bearer(token_file: Path, now: datetime) -> Bearer:
    """The token of ``token.json`` while it is good. Raises StaleTokenError."""
    stored = _stored(token_file)
    uri = stored.get("token_uri")
    if not isinstance(uri, str) or ends_at(stored) < now + MARGIN:
        raise StaleTokenError
    return Bearer(uri, str(stored["token"]))


def ends_at(stored: Mapping[str, Any]) -> datetime:
    """When the stored access token ends. Long ago where there is none, or where it isn't told."""
    token, expiry = stored.get("token"), str(stored.get("expiry"))
    if not (isinstance(token, str) and token):
        return _LONG_AGO
    try:
        found = datetime.fromisoformat(expiry)
    except ValueError:
        return _LONG_AGO
    try:
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except OverflowError:
        return _LONG_AGO


def sign_in_of(token_file: Path) -> str:
    """A digest that changes with each ``susul login``, and tells no secret; empty without a sign-in."""
    try:
        stored = _stored(token_file)
    except StaleTokenError:
        return ""
    return hashlib.sha256(repr([stored.get("client_id"), stored.get("refresh_token")]).encode()).hexdigest()


def _stored(token_file: Path) -> Mapping[str, Any]:
    try:
        stored = json.loads(token_file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise StaleTokenError from error
    if not isinstance(stored, dict):
        raise StaleTokenError
    return stored
