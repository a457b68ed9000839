"""Bytes out, bytes in: httplib2 with its habit of sending a request twice taken away.

httplib2 sends any request again, a POST too, when a connection drops before the answer; for ``drafts.create`` that is
a second draft. The connections here send each request once and raise instead. This module imports httplib2, so it is
itself imported late.
"""

from __future__ import annotations

import http.client
import logging
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar

from susul.lean_imports import left_out
from susul.sources.google.failures import Broken, proxy_unusable

with left_out("httplib2.auth"):  # for passwords over HTTP; it takes longer to load than all the rest
    import httplib2

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# These write addresses, queries, bodies or tokens at their lower levels.
_TALKATIVE = ("googleapiclient", "google.auth", "google.oauth2", "google_auth_httplib2", "google_auth_oauthlib")
_TALKATIVE_TOO = ("oauthlib", "requests_oauthlib", "urllib3")
_GOOGLE = ("gmail.googleapis.com", "www.googleapis.com", "oauth2.googleapis.com")


class SentOnceError(Exception):
    """httplib2 was about to send a request a second time by itself."""


@dataclass(slots=True)
class _Permit:
    """Leave to send one request. Held by the wire, since httplib2 forgets a connection that timed out."""

    used: bool = False


class _Once(http.client.HTTPConnection):
    """A connection that sends only with leave, and uses it up."""

    permit: ClassVar[_Permit]

    def request(self, *args: Any, **kwargs: Any) -> None:
        if self.permit.used:
            raise SentOnceError
        self.permit.used = True
        super().request(*args, **kwargs)


class _PlainOnce(_Once, httplib2.HTTPConnectionWithTimeout):
    """For the sandbox."""


class _TlsOnce(_Once, httplib2.HTTPSConnectionWithTimeout):
    """For Google."""


class _Http(httplib2.Http):
    """Answers no challenge (401) by itself: a new token is ``Transport``'s to ask for."""

    def _auth_from_challenge(self, *_: object) -> Iterator[Any]:
        return iter(())


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer: status, headers by lower-case name, the unpacked body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Wire:
    """One keep-alive connection to each host. Not for use by two threads at once."""

    def __init__(self, *, loopback: bool, timeout: float) -> None:
        quiet_libraries()
        # A loopback address is never behind a proxy, and httplib2 asks for PySocks wherever one is set.
        options: dict[str, Any] = {"proxy_info": None} if loopback else {"proxy_info": _proxy()}
        self._http = _Http(timeout=timeout, **options)
        # A redirect would carry the call, and perhaps the token, past the allow-list.
        self._http.follow_redirects = False
        self._permit = _Permit()
        permit = {"permit": self._permit}
        self._plain, self._tls = type("Plain", (_PlainOnce,), permit), type("Tls", (_TlsOnce,), permit)

    def send(
        self, verb: str, url: str, headers: Mapping[str, str], body: str | bytes | None, *, fresh: bool = False
    ) -> Answer:
        """Sends one request at most once. ``fresh`` opens a new connection. Raises Broken where no answer comes."""
        if fresh:
            self.close()
        reused = bool(self._http.connections)
        self._permit.used = False
        kind = self._tls if url.startswith("https:") else self._plain
        try:
            response, content = self._http.request(
                url, method=verb, body=body, headers=dict(headers), connection_type=kind
            )
        except Exception as error:
            # Whatever it was, all that counts is whether the request may have reached Google.
            self.close()
            raise Broken(_kind_of(error), sent=self._permit.used, reused=reused) from error
        return Answer(int(response.status), {str(key).lower(): str(value) for key, value in response.items()}, content)

    def close(self) -> None:
        self._http.close()
        self._http.connections.clear()


def quiet_libraries() -> None:
    """Keeps mail, addresses and tokens out of every log, whatever level the owner chose."""
    for name in (*_TALKATIVE, *_TALKATIVE_TOO):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _proxy() -> Any:
    """The environment's proxy for https, None where every address of Google's is exempt from it.

    Without PySocks httplib2 can use no proxy, and fails at hosts that are exempt, too.
    """
    proxy: Any = httplib2.proxy_info_from_environment("https")
    if proxy is None or not any(proxy.applies_to(host) for host in _GOOGLE):
        return None
    if find_spec("socks") is None:
        raise proxy_unusable()
    return proxy


def _kind_of(error: Exception) -> str:
    """A word for the owner. The exception's own text may hold the address with the query."""
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, httplib2.ServerNotFoundError):
        return "its name can't be resolved"
    if isinstance(error, ConnectionRefusedError):
        return "the connection was refused"
    return "the connection broke"
