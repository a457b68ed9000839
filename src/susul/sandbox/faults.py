"""Faults on request: what Google and the network do at their worst.

A ``Fault`` hits the calls whose ``METHOD /path`` matches a pattern, from the nth on, as often as it says.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from susul.sandbox.quota import rate_refusal, too_many
from susul.sandbox.routing import ApiError, Reply

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

HTML_PAGE = (
    b"<!doctype html><html><head><title>Sign in to the network</title></head><body>Please sign in.</body></html>"
)


class Kind(StrEnum):
    """What goes wrong. ``*_before`` leaves the mailbox as it was, ``*_after`` has taken effect."""

    RATE_429 = "429"
    CONCURRENT_429 = "429_concurrent"
    RATE_403 = "403_rate"
    USER_RATE_403 = "403_user_rate"
    QUOTA_403 = "403_quota"
    DAILY_403 = "403_daily"
    EXHAUSTED_403 = "403_resource_exhausted"
    SCOPE_403 = "403_scope"
    DISABLED_403 = "403_disabled"
    DOMAIN_403 = "403_domain"
    NULL_403 = "403_null"
    PRECONDITION_400 = "400_precondition"
    BAD_400 = "400"
    AUTH_401 = "401"
    MISSING_404 = "404"
    CONFLICT_409 = "409"
    SERVER_500 = "500"
    SERVER_502 = "502"
    SERVER_503 = "503"
    SERVER_500_AFTER = "500_after"
    SERVER_503_AFTER = "503_after"
    DROP_BEFORE = "drop_before"
    DROP_AFTER = "drop_after"
    TIMEOUT_BEFORE = "timeout_before"
    TIMEOUT_AFTER = "timeout_after"
    HTML_200 = "html_200"
    EMPTY_200 = "empty_200"
    TRUNCATED_200 = "truncated_200"
    HISTORY_EXPIRED = "history_expired"
    SYNC_EXPIRED = "sync_expired"
    TOKEN_REVOKED = "token_revoked"  # noqa: S105  # a fault's name
    MISSING_PART = "missing_part"


AFTER_THE_EFFECT = frozenset(
    {
        Kind.SERVER_500_AFTER, Kind.SERVER_503_AFTER, Kind.DROP_AFTER, Kind.TIMEOUT_AFTER, Kind.HTML_200,
        Kind.EMPTY_200, Kind.TRUNCATED_200, Kind.MISSING_PART,
    }
)  # fmt: skip

# status, message, reason, status name
SHAPES: dict[Kind, tuple[int, str, str, str]] = {
    Kind.USER_RATE_403: (403, "User Rate Limit Exceeded", "userRateLimitExceeded", "PERMISSION_DENIED"),
    Kind.QUOTA_403: (403, "Quota exceeded for quota metric 'Queries'.", "quotaExceeded", "RESOURCE_EXHAUSTED"),
    Kind.DAILY_403: (403, "Daily Limit Exceeded.", "dailyLimitExceeded", "PERMISSION_DENIED"),
    Kind.SCOPE_403: (403, "Request had insufficient authentication scopes.", "insufficientPermissions", ""),
    Kind.DISABLED_403: (
        403,
        "Gmail API has not been used in project 1 before or it is disabled.",
        "accessNotConfigured",
        "",
    ),
    Kind.DOMAIN_403: (403, "The domain administrators have disabled this application.", "domainPolicy", ""),
    Kind.PRECONDITION_400: (400, "Precondition check failed.", "failedPrecondition", "FAILED_PRECONDITION"),
    Kind.BAD_400: (400, "Bad Request", "badRequest", ""),
    Kind.AUTH_401: (401, "Request had invalid authentication credentials.", "authError", ""),
    Kind.MISSING_404: (404, "Requested entity was not found.", "notFound", ""),
    Kind.CONFLICT_409: (409, "The operation was aborted.", "aborted", ""),
    Kind.SERVER_500: (500, "Internal error encountered.", "backendError", ""),
    Kind.SERVER_502: (502, "Bad Gateway", "backendError", "UNAVAILABLE"),
    Kind.SERVER_503: (503, "The service is currently unavailable.", "backendError", ""),
    Kind.SERVER_500_AFTER: (500, "Internal error encountered.", "backendError", ""),
    Kind.SERVER_503_AFTER: (503, "The service is currently unavailable.", "backendError", ""),
    Kind.HISTORY_EXPIRED: (404, "Requested entity was not found.", "notFound", ""),
    Kind.SYNC_EXPIRED: (410, "Sync token is no longer valid, a full sync is required.", "fullSyncRequired", ""),
    Kind.TOKEN_REVOKED: (401, "Request had invalid authentication credentials.", "authError", ""),
}

# Where a kind strikes unless the fault names another place.
PLACES = {
    Kind.HISTORY_EXPIRED: r"^GET /gmail/v1/users/[^/]+/history$",
    Kind.SYNC_EXPIRED: r"^GET /calendar/v3/calendars/[^/]+/events$",
}


class DroppedError(Exception):
    """The connection is to be closed without an answer."""


@dataclass(slots=True)
class Fault:
    """What goes wrong, and with which calls.

    ``match`` is searched in ``METHOD /path``; the nth matching call is hit, and so are the ``times - 1`` after it, or
    all of them if ``times`` is ``None``. ``delay`` is a time-out's length in seconds; ``tell`` and ``wait`` are those
    of ``Quota``.
    """

    kind: Kind | str
    match: str = ""
    nth: int = 1
    times: int | None = 1
    delay: float = 0.5
    tell: str = ""
    wait: float = 900.0
    seen: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.kind = Kind(self.kind)
        self.match = self.match or PLACES.get(self.kind, "")

    def strikes(self, line: str) -> bool:
        """Whether this call, which is counted, is hit."""
        if not re.search(self.match, line):
            return False
        self.seen += 1
        return self.seen >= self.nth and (self.times is None or self.seen < self.nth + self.times)


@dataclass(slots=True)
class Faults:
    """The faults in force, in order; the first that strikes wins, all of them count the call."""

    _faults: list[Fault] = field(default_factory=list, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def add(self, fault: Fault) -> Fault:
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def take(self, line: str) -> Fault | None:
        with self._lock:
            striking = [one for one in self._faults if one.strikes(line)]
        return striking[0] if striking else None


def strike(fault: Fault, work: Callable[[], Reply], pause: Callable[[float], None], now: datetime) -> Reply | None:
    """The faulty answer; ``work`` is done first where the kind says so. ``None`` is a missing batch part."""
    done = work() if fault.kind in AFTER_THE_EFFECT else None
    if fault.kind in (Kind.TIMEOUT_BEFORE, Kind.TIMEOUT_AFTER):
        pause(fault.delay)
    if fault.kind in (Kind.TIMEOUT_BEFORE, Kind.TIMEOUT_AFTER, Kind.DROP_BEFORE, Kind.DROP_AFTER):
        raise DroppedError
    if fault.kind is Kind.MISSING_PART:
        return None
    return _garbled(fault, done) or _refusal(fault, now)


def _garbled(fault: Fault, done: Reply | None) -> Reply | None:
    if fault.kind is Kind.HTML_200:
        return Reply(200, HTML_PAGE, "text/html; charset=UTF-8")
    if fault.kind is Kind.EMPTY_200:
        return Reply(200, b"")
    if fault.kind is Kind.TRUNCATED_200 and done is not None:
        return Reply(200, done.body[: len(done.body) // 2])
    if fault.kind is Kind.NULL_403:
        return Reply(403, b'{"error":null}')
    return None


def _refusal(fault: Fault, now: datetime) -> Reply:
    if fault.kind in (Kind.RATE_429, Kind.RATE_403):
        return rate_refusal(429 if fault.kind is Kind.RATE_429 else 403, fault.wait, fault.tell, now).reply()
    if fault.kind is Kind.CONCURRENT_429:
        return too_many().reply()
    if fault.kind is Kind.EXHAUSTED_403:
        body = b'{"error":{"code":403,"message":"Quota exceeded.","status":"RESOURCE_EXHAUSTED"}}'
        return Reply(403, body)
    status, message, reason, name = SHAPES[Kind(fault.kind)]
    return ApiError(status, message, reason, status_name=name).reply()
