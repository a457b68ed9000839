"""The one way any call to Google goes out: allowed, counted, paced, sent once, understood.

Reads are tried up to five times, with what Google says about waiting honoured. Writes are never repeated and always
use a new connection; one that left without a clear answer raises AmbiguousWrite. No URL, body, header or token ever
gets into a log or a message.
"""

from __future__ import annotations

import json
import random
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from susul.errors import SusulError, TryLater
from susul.sources.google import batch
from susul.sources.google.allow_list import AllowList, Call, Nature
from susul.sources.google.endpoints import Endpoints
from susul.sources.google.failures import (
    Broken,
    Refusal,
    ambiguous,
    broken_off,
    not_google,
    refresh_refused,
    refusal,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from google.oauth2.credentials import Credentials

    from susul.sources.google.bearer import Bearer
    from susul.sources.google.pace import Booking, Budget
    from susul.sources.google.saved_sign_in import SignIn
    from susul.sources.google.wire import Answer, Wire

TIMEOUT_SECONDS = 30.0
TRIES = 5
# Google refuses longer addresses; like the client library we then send the read as a POST with an override.
_LONGEST_URL = 2048
# Seconds. Where our pace was the reason, the tries must reach beyond the minute that Google counts.
_FIRST_BACK_OFF = 1.0
_FIRST_BACK_OFF_OF_RATE = 8.0
_LONGEST_BACK_OFF = 32.0


@dataclass(frozen=True, slots=True)
class _Outgoing:
    """A request that passed the allow-list."""

    call: Call
    verb: str
    url: str
    headers: Mapping[str, str]
    body: str | bytes | None


@dataclass(frozen=True, slots=True)
class _Got:
    """An answer that is what was asked for. ``value`` is its JSON object (empty for 204 and for batches)."""

    answer: Answer
    value: dict[str, Any] = field(default_factory=dict)


Outcome = dict[str, Any] | Refusal


class Request(Protocol):
    """What is carried out: a ``reads.Read``, or an ``HttpRequest`` that the client library built."""

    @property
    def uri(self) -> Any: ...
    @property
    def method(self) -> Any: ...
    @property
    def headers(self) -> Any: ...
    @property
    def body(self) -> Any: ...


class Transport:
    """What the API resources are built on, in place of an ``httplib2.Http``.

    ``api_root`` is None for Google or a loopback address (else ConfigError); ``clock`` gives the current instant,
    aware; ``sleep`` waits so many seconds; ``timeout`` bounds each wait for the network, in seconds. One transport
    belongs to one thread; a ``budget`` may be shared.
    """

    def __init__(
        self,
        api_root: str | None,
        credentials: Credentials | SignIn | Bearer,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], object],
        budget: Budget,
        timeout: float = TIMEOUT_SECONDS,
    ) -> None:
        self.endpoints = Endpoints.of(api_root)
        self.budget = budget
        self.now = clock
        self.answered_at = ""  # when the last answer was given, by the clock of who gave it (RFC 9110, 6.6.1)
        self._sleep = sleep
        self._timeout = timeout
        self._credentials: Any = credentials  # google-auth has no types for what is used of it
        self._signing = Lock()  # one token for all connections, so one of them renews it at a time
        self.endpoints.require_token_uri(str(credentials.token_uri))
        self._allowed = AllowList(self.endpoints, str(credentials.token_uri))
        self._wire = self._new_wire()
        self._booked: Booking | None = None
        self._siblings: list[Transport] = []
        self._jitter = random.Random()  # noqa: S311 - spreads retries; nothing secret depends on it

    def sibling(self, number: int) -> Transport:
        """Another connection for another thread, with the same sign-in and budget; this one closes it."""
        while len(self._siblings) < number:
            self._siblings.append(self._connected())
        return self._siblings[number - 1]

    def book(self, units: int) -> bool:
        """Takes room in this minute for the next call; False where there is none, and the call would wait for it."""
        self._booked = self.budget.book(units, self.now())
        return self._booked is not None

    def call(self, request: Request) -> dict[str, Any]:
        """Carries out a request and gives its JSON object. Raises ``susul.errors``."""
        headers = {str(name): str(value) for name, value in (request.headers or {}).items()}
        verb, url, body = str(request.method), str(request.uri), request.body
        if verb == "GET" and len(url) > _LONGEST_URL:
            headers |= {"x-http-method-override": "GET", "content-type": "application/x-www-form-urlencoded"}
            url, _, body = url.partition("?")
            verb = "POST"
        return self._carry_out(verb, url, headers, body).value

    def call_all(self, requests: Sequence[Request]) -> list[dict[str, Any] | SusulError]:
        """Carries out Gmail reads together; each gives its JSON object or its own error, in the order of ``requests``.

        Parts that Google put off are asked for again, a few times and as long as the run's patience lasts. Raises
        only where the first batch failed as a whole, so that what was had is never lost.
        """
        outcomes = self._call_together(requests) if requests else []
        if expired := _numbers_of(outcomes, lambda refused: refused.expired):
            self._refresh()
            self._call_again(requests, expired, outcomes)
        for attempt in range(TRIES - 1):
            put_off = _numbers_of(outcomes, lambda refused: refused.again)
            if not put_off or not self._rested(attempt, put_off.values()):
                break
            if not self._call_again(requests, put_off, outcomes):
                break
        return [one.error if isinstance(one, Refusal) else one for one in outcomes]

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> tuple[Any, bytes]:
        """The face that an ``httplib2.Http`` shows, for whatever executes a request by itself."""
        import httplib2

        answer = self._carry_out(method, uri, headers or {}, body).answer
        return httplib2.Response({**answer.headers, "status": str(answer.status)}), answer.body

    def close(self) -> None:
        self._wire.close()
        for connection in self._siblings:
            connection.close()

    def _connected(self) -> Transport:
        """Shares all but the connection and what was booked for it."""
        other = copy(self)
        vars(other).update(_wire=self._new_wire(), _booked=None, _siblings=[])
        return other

    def _new_wire(self) -> Wire:
        from susul.sources.google.wire import Wire

        return Wire(loopback=self.endpoints.loopback, timeout=self._timeout)

    def _carry_out(self, verb: str, url: str, headers: Mapping[str, str], body: str | bytes | None) -> _Got:
        call = self._allowed.check(verb, url, headers, body)
        outgoing = _Outgoing(call, verb, url, headers, body)
        return self._write(outgoing) if call.nature is Nature.WRITE else self._read(outgoing)

    def _read(self, outgoing: _Outgoing) -> _Got:
        attempt = 0
        while True:
            self._pace(outgoing.call)
            got = self._read_once(outgoing)
            if isinstance(got, _Got):
                return got
            if not got.again or attempt == TRIES - 1 or not self._rested(attempt, [got]):
                raise got.error
            attempt += 1

    def _read_once(self, outgoing: _Outgoing) -> _Got | Refusal:
        try:
            answer = self._send(outgoing)
        except Broken as broken:
            if not broken.reused:
                return broken_off(broken, outgoing.call.service)
            return self._read_once(outgoing)  # the server had closed an idle connection; the next one is new
        if answer.status == 401:
            self._refresh()
            try:
                answer = self._send(outgoing)
            except Broken as broken:
                return broken_off(broken, outgoing.call.service)
        return self._understood(outgoing.call, answer)

    def _write(self, outgoing: _Outgoing) -> _Got:
        self._pace(outgoing.call)
        service = outgoing.call.service
        try:
            answer = self._send(outgoing, fresh=True)
        except Broken as broken:
            if broken.sent:
                raise ambiguous(service) from broken
            raise broken_off(broken, service).error from broken
        if answer.status == 401:
            self._refresh()
            raise TryLater("Google asked for a new sign-in token in the middle of the run.", hint="Run it again.")
        got = self._understood(outgoing.call, answer)
        if isinstance(got, _Got):
            return got
        raise ambiguous(service) if got.effect else got.error

    def _send(self, outgoing: _Outgoing, *, fresh: bool = False) -> Answer:
        headers = dict(outgoing.headers)
        if outgoing.call.nature is not Nature.TOKEN:
            self._authorise(outgoing, headers)
        booked, self._booked = self._booked, None
        with self.budget.spending(outgoing.call.units, self.now, booked):
            return self._wire.send(outgoing.verb, outgoing.url, headers, outgoing.body, fresh=fresh)

    def _understood(self, call: Call, answer: Answer) -> _Got | Refusal:
        """The answer's JSON object, or what is wrong with it. Learns from refusals of our pace."""
        self.answered_at = answer.headers.get("date", "")
        if 200 <= answer.status < 300:
            return _got(call, answer)
        refused = refusal(answer.status, answer.headers, answer.body, service=call.service, now=self.now())
        if refused.rate:
            self.budget.slow_down()
        return refused

    def _call_together(self, requests: Sequence[Request]) -> list[Outcome]:
        """One batch, and what became of each of its parts."""
        targets = [urlsplit(str(request.uri)) for request in requests]
        body = batch.encode([f"{target.path}?{target.query}" for target in targets])
        headers = {"content-type": batch.CONTENT_TYPE, "user-agent": "susul (gzip)"}
        answer = self._carry_out("POST", self.endpoints.gmail + "/batch", headers, body).answer
        parts = batch.decode(answer.body, answer.headers.get("content-type", ""))
        outcomes = [self._part(parts.get(number)) for number in range(len(requests))]
        if _numbers_of(outcomes, lambda refused: refused.rate):
            self.budget.slow_down()
        return outcomes

    def _call_again(self, requests: Sequence[Request], numbers: Iterable[int], outcomes: list[Outcome]) -> bool:
        """Asks for some of the parts again and files what came. False where nothing came; they stay as they are."""
        chosen = list(numbers)
        try:
            tried = self._call_together([requests[number] for number in chosen])
        except SusulError:
            return False
        for number, outcome in zip(chosen, tried, strict=True):
            outcomes[number] = outcome
        return True

    def _part(self, part: batch.Part | None) -> Outcome:
        if part is None:
            return Refusal(TryLater("Gmail left a part out of its answer."), again=True)
        if part.status < 300:
            value = _json_object(part.body)
            return not_google("Gmail") if value is None else value
        return refusal(part.status, part.headers, part.body, service="Gmail", now=self.now())

    def _pace(self, call: Call) -> None:
        """Waits until the minute has room for the call's units. Raises TryLater where patience doesn't last so long."""
        if self._booked and self._booked.units != call.units:  # taken for a call that never left
            self.budget.give_back(self._booked)
            self._booked = None
        while self._booked is None and not self.book(call.units):
            delay = self.budget.delay(call.units, self.now())
            if not self.budget.allows_waiting(delay):
                raise TryLater("This minute's quota of Gmail is used up.", hint="The next run goes on from here.")
            self._sleep(delay)

    def _rested(self, attempt: int, refused: Collection[Refusal]) -> bool:
        """Waits before another try, as long as Google says or by full jitter. False where patience doesn't last."""
        asked = [one.wait for one in refused if one.wait is not None]
        first = _FIRST_BACK_OFF_OF_RATE if any(one.rate for one in refused) else _FIRST_BACK_OFF
        longest = min(_LONGEST_BACK_OFF, first * 2.0**attempt)
        seconds = max(asked) if asked else self._jitter.uniform(0, longest)
        if not self.budget.allows_waiting(seconds):
            return False
        self._sleep(seconds)
        return True

    def _authorise(self, outgoing: _Outgoing, headers: dict[str, str]) -> None:
        with self._signing, _google_refuses():
            self._credentials.before_request(self._token_call, outgoing.verb, outgoing.url, headers)

    def _refresh(self) -> None:
        with self._signing, _google_refuses():
            self._credentials.refresh(self._token_call)

    def _token_call(
        self,
        url: str,
        method: str = "GET",
        body: str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> _TokenAnswer:
        """What google-auth calls to refresh the token (``google.auth.transport.Request``)."""
        call = self._allowed.check(method, url, headers or {}, body)
        try:
            answer = self._wire.send(method, url, headers or {}, body)
        except Broken as broken:
            raise broken_off(broken, call.service).error from broken
        if answer.status < 400 and _json_object(answer.body) is None:
            raise not_google(call.service).error
        return _TokenAnswer(answer.status, answer.headers, answer.body)


@dataclass(frozen=True, slots=True)
class _TokenAnswer:
    """``google.auth.transport.Response``."""

    status: int
    headers: Mapping[str, str]
    data: bytes


def _got(call: Call, answer: Answer) -> _Got | Refusal:
    """A good answer of the right form: a JSON object, a multipart for a batch, nothing at all for 204."""
    if call.nature is Nature.BATCH:
        right = answer.headers.get("content-type", "").lower().startswith("multipart/")
        return _Got(answer) if right else not_google(call.service)
    if answer.status == 204 and not answer.body:
        return _Got(answer)
    value = _json_object(answer.body)
    return not_google(call.service) if value is None else _Got(answer, value)


def _numbers_of(outcomes: Sequence[Outcome], fits: Callable[[Refusal], bool]) -> dict[int, Refusal]:
    return {number: one for number, one in enumerate(outcomes) if isinstance(one, Refusal) and fits(one)}


def _json_object(body: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


@contextmanager
def _google_refuses() -> Iterator[None]:
    """Turns google-auth's errors into ours. Without google-auth there are none, and it isn't imported for that."""
    try:
        yield
    except Exception as error:
        from google.auth.exceptions import GoogleAuthError

        if isinstance(error, GoogleAuthError):
            raise _sign_in_error(error) from error
        raise


def _sign_in_error(error: Exception) -> SusulError:
    details = next((detail for detail in error.args if isinstance(detail, dict)), None)
    if "reauthentication" in str(error).lower():  # google-auth drops Google's own answer here
        details = {"error": "invalid_grant", "error_subtype": "invalid_rapt"}
    return refresh_refused(details, retryable=bool(getattr(error, "retryable", False)))
