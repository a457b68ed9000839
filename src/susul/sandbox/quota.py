"""What calls cost and how much of it a minute allows; how long they take.

Units are those of projects created since May 2026 (users read their own at
https://developers.google.com/workspace/gmail/api/reference/quota). Calendar counts requests: 600 a minute and user.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

from susul.sandbox.routing import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable

UNITS = {
    "users.getProfile": 1, "users.labels.list": 1, "users.labels.get": 1, "users.labels.create": 5,
    "users.labels.patch": 5, "users.labels.update": 5, "users.labels.delete": 5, "users.settings.sendAs.list": 1,
    "users.settings.sendAs.get": 1, "users.history.list": 2, "users.messages.list": 5, "users.messages.get": 20,
    "users.messages.attachments.get": 20, "users.messages.insert": 25, "users.messages.modify": 5,
    "users.messages.batchModify": 50, "users.messages.trash": 5, "users.messages.untrash": 5,
    "users.messages.delete": 10, "users.threads.list": 10, "users.threads.get": 40, "users.threads.modify": 10,
    "users.threads.trash": 10, "users.threads.untrash": 10, "users.drafts.list": 5, "users.drafts.get": 20,
    "users.drafts.create": 10, "users.drafts.update": 15, "users.drafts.delete": 10,
}  # fmt: skip
MINUTE = 60.0


def units_of(method: str) -> int:
    """The units of an API method by its name in the discovery document; Calendar's methods cost none."""
    api, _, name = method.partition(".")
    return UNITS.get(name, 5) if api == "gmail" else 0


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds that every HTTP request takes, and every part of a batch on top."""

    request: float = 0.0
    part: float = 0.0


@dataclass(slots=True)
class Quota:
    """A sliding window of one minute.

    ``shape`` of a refusal is ``429`` or ``403`` (rateLimitExceeded). ``tell`` says when to come back: ``text`` in the
    message, as Gmail does, ``header`` in seconds or ``date`` in Retry-After, or nothing. ``wait`` is how long it then
    asks for; by default until the window has room.
    """

    units_per_minute: int | None = 6000
    calendar_per_minute: int | None = 600
    shape: str = "429"
    tell: str = ""
    wait: float | None = None
    clock: Callable[[], float] = time.monotonic
    _spent: dict[str, deque[tuple[float, int]]] = field(default_factory=dict, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def spend(self, method: str, now: datetime) -> None:
        """Book a call, or raise the refusal. ``now`` is the sandbox's time, for what a refusal says."""
        gmail = method.startswith("gmail.")
        limit, cost = (self.units_per_minute, units_of(method)) if gmail else (self.calendar_per_minute, 1)
        if limit is None:
            return
        with self._lock:
            window = self._spent.setdefault("gmail" if gmail else "calendar", deque())
            at = self.clock()
            while window and window[0][0] <= at - MINUTE:
                window.popleft()
            if sum(units for _, units in window) + cost <= limit:
                window.append((at, cost))
                return
            pause = window[0][0] + MINUTE - at if window else MINUTE
        raise self._refusal(pause if self.wait is None else self.wait, now)

    def _refusal(self, pause: float, now: datetime) -> ApiError:
        return rate_refusal(int(self.shape), pause, self.tell, now)


def rate_refusal(status: int, pause: float, tell: str, now: datetime) -> ApiError:
    """429 or 403 for the same thing, as Google answers; ``tell`` as in ``Quota``."""
    message, headers = "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user'.", {}
    back = now + timedelta(seconds=pause)
    if tell == "text":
        text = back.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        message = f"User-rate limit exceeded.  Retry after {text}"
    elif tell == "header":
        headers = {"Retry-After": str(max(1, round(pause + 0.499)))}
    elif tell == "date":
        headers = {"Retry-After": format_datetime(back.astimezone(UTC), usegmt=True)}
    return ApiError(status, message, "rateLimitExceeded", status_name="RESOURCE_EXHAUSTED", headers=headers)


class Concurrency:
    """How many calls of the user are under way; more than ``limit`` at once answers 429."""

    def __init__(self) -> None:
        self.limit: int | None = None
        self._under_way = 0
        self._lock = threading.Lock()

    def enter(self, calls: int) -> int:
        """Begin ``calls`` calls; how many of them may be answered."""
        with self._lock:
            free = calls if self.limit is None else max(0, min(calls, self.limit - self._under_way))
            self._under_way += free
            return free

    def leave(self, calls: int) -> None:
        with self._lock:
            self._under_way -= calls


def too_many() -> ApiError:
    return ApiError(429, "Too many concurrent requests for user.", "rateLimitExceeded")
