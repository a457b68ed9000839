"""The way of a call: faults, the guard against sending, sign-in, quota, the handler, the partial response, the log."""

from __future__ import annotations

import re
import threading
import traceback
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from susul.sandbox import batch, faults
from susul.sandbox.calendar_api import CalendarApi
from susul.sandbox.fields import parse, select
from susul.sandbox.gmail_api import GmailApi
from susul.sandbox.gmail_drafts import DraftsApi
from susul.sandbox.oauth import OAuth, allowed
from susul.sandbox.quota import Concurrency, Latency, Quota, too_many, units_of
from susul.sandbox.routing import ApiError, Call, Reply, Router, json_reply

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from susul.sandbox.mailbox import Mailbox

BATCH = frozenset({"/batch", "/batch/gmail/v1", "/batch/calendar/v3"})

# Whatever makes Gmail or Calendar send mail: now, at an auto-reply, or by forwarding.
SENDING = re.compile(
    r"^POST (/upload|/resumable/upload)?/gmail/v1/users/[^/]+/(messages|drafts)/send$"
    r"|^POST /gmail/v1/users/[^/]+/settings/(forwardingAddresses|sendAs|delegates)(/|$)"
    r"|^PUT /gmail/v1/users/[^/]+/settings/(autoForwarding|vacation)$"
    r"|^POST /calendar/v3/calendars/[^/]+/events/quickAdd$"
)


@dataclass(slots=True)
class Request:
    """One line of the log. ``query`` is in ``parse_qs`` form; ``status`` is 0 for a connection that was dropped."""

    at: datetime
    method: str
    path: str
    query: dict[str, list[str]] = field(default_factory=dict)
    units: int = 0
    status: int = 0
    in_batch: bool = False

    def to_json(self) -> dict[str, Any]:
        names = ("method", "path", "query", "units", "status", "in_batch")
        return {"at": self.at.isoformat(), **{name: getattr(self, name) for name in names}}


class Gateway:
    """Answers calls for one mailbox."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox
        self.oauth = OAuth()
        self.faults = faults.Faults()
        self.quota: Quota | None = None
        self.latency = Latency()
        self.concurrency = Concurrency()
        self.require_auth = True
        self.log: list[Request] = []
        self.violations: list[Request] = []
        self.errors: list[str] = []
        self.closing = threading.Event()
        gmail = GmailApi(mailbox)
        self._router = Router([*gmail.routes(), *DraftsApi(mailbox, gmail).routes(), *CalendarApi(mailbox).routes()])
        self._ends: dict[tuple[str, str], Callable[[Call], Reply]] = {
            ("GET", "/o/oauth2/auth"): self.oauth.authorise,
            ("GET", "/o/oauth2/v2/auth"): self.oauth.authorise,
            ("POST", "/token"): self.oauth.token,
            ("POST", "/revoke"): self.oauth.revoke,
        }

    def pause(self, seconds: float) -> None:
        """Sleep, but not beyond the sandbox's end."""
        if seconds > 0:
            self.closing.wait(seconds)

    def answer(self, call: Call) -> Reply:
        """The reply to an HTTP request; ``DroppedError`` if there is to be none."""
        if call.method == "POST" and call.path in BATCH:
            return self._logged(call, lambda _: self._batch(call)) or Reply(500)
        free = self.concurrency.enter(1)
        try:
            self.pause(self.latency.request)
            return self._logged(call, lambda entry: self._single(call, entry, free)) or Reply(200)
        finally:
            self.concurrency.leave(free)

    def _logged(self, call: Call, work: Callable[[Request], Reply]) -> Reply | None:
        """Log the call, let a fault strike if one waits for it, else do the work; ``None`` is a missing batch part."""
        query = {name: list(values) for name, values in call.query.items()}
        entry = Request(self.mailbox.now(), call.method, call.path, query, in_batch=call.in_batch)
        self.log.append(entry)
        fault = self.faults.take(f"{call.method} {call.path}")
        if fault is None:
            reply: Reply | None = self._safely(lambda: work(entry))
        else:
            if fault.kind is faults.Kind.TOKEN_REVOKED:
                self.oauth.revoke_all()
            reply = faults.strike(fault, lambda: self._safely(lambda: work(entry)), self.pause, self.mailbox.now())
        entry.status = reply.status if reply else 0
        return reply

    def _safely(self, work: Callable[[], Reply]) -> Reply:
        try:
            return work()
        except ApiError as error:
            return error.reply()
        except faults.DroppedError:
            raise
        except Exception:  # noqa: BLE001  # a server answers; the trace is kept for whoever asks
            self.errors.append(traceback.format_exc())
            return ApiError(500, "Internal error encountered.").reply()

    def _batch(self, outer: Call) -> Reply:
        parts = batch.read(outer)
        free = self.concurrency.enter(len(parts))
        try:
            self.pause(self.latency.request + self.latency.part * len(parts))
            answers = [(part, self._part(part, n < free)) for n, part in enumerate(parts)]
        finally:
            self.concurrency.leave(free)
        return batch.write([(part, reply) for part, reply in answers if reply is not None])

    def _part(self, part: batch.Part, free: bool) -> Reply | None:
        return self._logged(part.call, lambda entry: self._single(part.call, entry, int(free)))

    def _single(self, call: Call, entry: Request, free: int) -> Reply:
        end = self._ends.get((call.method, call.path))
        if end:
            return end(call)
        self._refuse_sending(call, entry)
        if not free:
            raise too_many()
        return self._api(call, entry)

    def _refuse_sending(self, call: Call, entry: Request) -> None:
        notifies = call.one("sendUpdates", "none") != "none" or call.one("sendNotifications").lower() == "true"
        if SENDING.search(f"{call.method} {call.path}") or (notifies and call.method != "GET"):
            self.violations.append(entry)
            raise ApiError(403, "This sandbox sends nothing, and neither may its clients.", "forbidden")

    def _api(self, call: Call, entry: Request) -> Reply:
        scopes = self.oauth.scopes_of(call.headers.get("authorization", ""))
        if self.require_auth and scopes is None:
            raise _unauthenticated()
        route, matched = self._router.find(call)
        if self.require_auth and scopes is not None and not allowed(route.name, scopes):
            raise ApiError(403, "Request had insufficient authentication scopes.", "insufficientPermissions")
        self._check_user(matched)
        if self.quota:
            self.quota.spend(route.name, self.mailbox.now())
        entry.units = units_of(route.name)
        route.check_parameters(call.query)
        with self.mailbox.lock:
            value = route.handler(matched)
        wanted = call.one("fields")
        return json_reply(select(value, parse(wanted)) if wanted and value is not None else value)

    def _check_user(self, call: Call) -> None:
        user = call.params.get("userId", "me").lower()
        if user not in {"me", self.mailbox.address.lower()}:
            raise ApiError(403, f"Delegation denied for {self.mailbox.address}", "forbidden")


def overridden(call: Call) -> Call:
    """A long GET comes as POST with X-HTTP-Method-Override and its query as the body."""
    method = call.headers.get("x-http-method-override", "").upper()
    if call.method != "POST" or not method:
        return call
    from urllib.parse import parse_qs

    form = "application/x-www-form-urlencoded" in call.headers.get("content-type", "")
    added = parse_qs(call.body.decode("utf-8", "replace"), keep_blank_values=True) if form else {}
    return replace(call, method=method, query={**call.query, **added}, body=b"" if form else call.body)


def _unauthenticated() -> ApiError:
    message = (
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
        "authentication credential."
    )
    headers = {"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"'}
    return ApiError(401, message, "authError", headers=headers)
