"""A call, its reply, Google's error body, and the table that finds the handler of a path.

Error shapes: https://developers.google.com/workspace/gmail/api/guides/handle-errors and the Calendar page of the same
name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

Json = dict[str, Any]
Query = Mapping[str, list[str]]

# Accepted by every Google API; the discovery documents list them once, at their top level.
STANDARD_PARAMETERS = frozenset(
    {
        "$.xgafv", "access_token", "alt", "callback", "fields", "key", "oauth_token", "prettyPrint",
        "quotaUser", "upload_protocol", "uploadType", "userIp",
    }
)  # fmt: skip

STATUS_NAMES = {
    400: ("INVALID_ARGUMENT", "invalidArgument"),
    401: ("UNAUTHENTICATED", "authError"),
    403: ("PERMISSION_DENIED", "forbidden"),
    404: ("NOT_FOUND", "notFound"),
    409: ("ABORTED", "aborted"),
    410: ("FAILED_PRECONDITION", "fullSyncRequired"),
    429: ("RESOURCE_EXHAUSTED", "rateLimitExceeded"),
    500: ("INTERNAL", "backendError"),
    503: ("UNAVAILABLE", "backendError"),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP answer; ``headers`` beside Content-Type and Content-Length."""

    status: int
    body: bytes = b""
    content_type: str = "application/json; charset=UTF-8"
    headers: Mapping[str, str] = field(default_factory=dict)


def json_reply(value: Any, status: int = 200) -> Reply:
    """``value`` as compact JSON; ``None`` is 204 without a body."""
    if value is None:
        return Reply(204)
    return Reply(status, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))


class ApiError(Exception):
    """An answer other than success, to be written in Google's shape."""

    def __init__(
        self,
        status: int,
        message: str,
        reason: str = "",
        *,
        status_name: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        known_name, known_reason = STATUS_NAMES.get(status, ("UNKNOWN", "unknown"))
        self.reason = reason or known_reason
        self.status_name = status_name or known_name
        self.headers = dict(headers or {})

    def reply(self) -> Reply:
        detail = {"message": self.message, "domain": _domain(self.reason), "reason": self.reason}
        error = {"code": self.status, "message": self.message, "errors": [detail], "status": self.status_name}
        return replace(json_reply({"error": error}, self.status), headers=self.headers)


def _domain(reason: str) -> str:
    usage = ("rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded", "accessNotConfigured")
    return "usageLimits" if reason in usage else "global"


def not_found(message: str = "Requested entity was not found.") -> ApiError:
    return ApiError(404, message)


def invalid(message: str, reason: str = "") -> ApiError:
    return ApiError(400, message, reason)


@dataclass(frozen=True, slots=True)
class Call:
    """One request, outer or batch part. ``headers`` have lower-case names; ``params`` come from the path."""

    method: str
    path: str
    query: Query = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    in_batch: bool = False
    params: Mapping[str, str] = field(default_factory=dict)

    def one(self, name: str, default: str = "") -> str:
        values = self.query.get(name)
        return values[-1] if values else default

    def many(self, name: str) -> list[str]:
        return list(self.query.get(name, ()))

    def flag(self, name: str, *, default: bool = False) -> bool:
        text = self.one(name)
        if not text:
            return default
        if text.lower() not in {"true", "false"}:
            raise invalid(f"Invalid value at '{name}' (TYPE_BOOL), \"{text}\"")
        return text.lower() == "true"

    def number(self, name: str, default: int, most: int) -> int:
        """A positive count; larger than ``most`` counts as ``most``, as Google does."""
        text = self.one(name)
        if not text:
            return default
        if not text.isascii() or not text.isdigit() or int(text[:12]) < 1:
            raise invalid(f"Invalid value at '{name}' (TYPE_INT32), \"{text[:80]}\"")
        return min(int(text[:12]), most)

    def choice(self, name: str, allowed: Iterable[str], default: str) -> str:
        value = self.one(name, default)
        if value not in tuple(allowed):
            raise invalid(f"Invalid value at '{name}' (TYPE_ENUM), \"{value[:80]}\"")
        return value

    def json(self, known: Iterable[str] = ()) -> Json:
        """The body as an object; with ``known``, any other key is refused, as Google refuses it."""
        try:
            value = json.loads(self.body or b"{}")
        except (ValueError, RecursionError) as error:
            raise invalid("Invalid JSON payload received.", "parseError") from error
        if not isinstance(value, dict):
            raise invalid("Invalid JSON payload received. Root element must be a message.", "parseError")
        unknown = set(value) - set(known) if known else set()
        if unknown:
            raise invalid(f'Invalid JSON payload received. Unknown name "{min(unknown)}": Cannot find field.')
        return value


Handler = Callable[[Call], Any]


@dataclass(frozen=True, slots=True)
class Route:
    """One API method: ``name`` as in the discovery document (``gmail.messages.get``), and its quota units."""

    name: str
    method: str
    template: str
    handler: Handler
    parameters: frozenset[str] = frozenset()
    open: bool = False

    @property
    def segments(self) -> tuple[str, ...]:
        return tuple(self.template.strip("/").split("/"))

    def match(self, segments: tuple[str, ...]) -> dict[str, str] | None:
        params = {}
        for pattern, text in zip(self.segments, segments, strict=True):
            if pattern.startswith("{"):
                params[pattern[1:-1]] = unquote(text)
            elif pattern != text:
                return None
        return params

    def check_parameters(self, query: Query) -> None:
        unknown = set(query) - self.parameters - STANDARD_PARAMETERS
        if unknown and not self.open:
            name = min(unknown)
            message = f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter.'
            raise invalid(message, "badRequest")


def route(name: str, method: str, template: str, handler: Handler, parameters: str = "") -> Route:
    """``parameters`` are the query parameters, separated by spaces; ``...`` accepts any."""
    names = frozenset(parameters.split())
    return Route(name, method, template, handler, names, open="..." in names)


class Router:
    """Finds the route of a method and path. Fixed segments win over placeholders that come later in the table."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._routes: dict[tuple[str, int], list[Route]] = {}
        for one in routes:
            self._routes.setdefault((one.method, len(one.segments)), []).append(one)

    def find(self, call: Call) -> tuple[Route, Call]:
        segments = tuple(call.path.strip("/").split("/"))
        for one in self._routes.get((call.method, len(segments)), ()):
            params = one.match(segments)
            if params is not None:
                return one, replace(call, params=params)
        raise not_found(f"The requested URL {call.path[:200]} was not found on this server.")
