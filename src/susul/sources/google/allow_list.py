"""What may leave the process. Every request passes here first, and whatever is not on the list raises.

No OAuth scope permits drafts and forbids sending (``gmail.compose`` authorises ``messages.send`` as well), so the
promise that Susul never sends is kept here, and tested by trying.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from susul.errors import CallRefused
from susul.sources.google import batch
from susul.sources.google.endpoints import Endpoints, origin, revoke_uri
from susul.sources.google.units import Method, method_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_OVERRIDE = "x-http-method-override"


class Nature(Enum):
    """What a call does, which decides how it may be repeated."""

    READ = auto()
    WRITE = auto()
    BATCH = auto()
    TOKEN = auto()


@dataclass(frozen=True, slots=True)
class Call:
    """A request that passed: its API name, the service that answers, what it does and its price in units."""

    name: str
    service: str
    nature: Nature
    units: int


class AllowList:
    """The calls that Susul makes: those of ``units.METHODS``, batches of reads, and the token's own end points."""

    def __init__(self, endpoints: Endpoints, token_uri: str | None) -> None:
        self._endpoints = endpoints
        self._token_uris = frozenset({token_uri, revoke_uri(token_uri)} if token_uri else ())

    def check(self, verb: str, url: str, headers: Mapping[str, str], body: str | bytes | None) -> Call:
        """What this request is. Raises CallRefused where it isn't on the list; nothing has been sent by then."""
        if verb == "POST" and url in self._token_uris:
            return Call("oauth2.token", "Google", Nature.TOKEN, 0)
        verb = _effective_verb(verb, headers)
        place = origin(url)
        if not place:
            raise _refused(verb)
        if verb == "POST" and urlsplit(url).path == "/batch" and place == self._endpoints.gmail:
            return self._batch(headers, body)
        method = self._method(verb, url)
        return Call(method.name, method.service, Nature.READ if method.reads else Nature.WRITE, method.units)

    def _method(self, verb: str, url: str) -> Method:
        method = method_of(verb, urlsplit(url).path)
        if method is None or origin(url) != self._home_of(method):
            raise _refused(verb)
        return method

    def _home_of(self, method: Method) -> str:
        return self._endpoints.calendar if method.service == "Calendar" else self._endpoints.gmail

    def _batch(self, headers: Mapping[str, str], body: str | bytes | None) -> Call:
        text = body.decode("latin-1") if isinstance(body, bytes) else body or ""
        kind = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
        requests = batch.requests_in(text) if kind == batch.CONTENT_TYPE else None
        if requests is None:
            raise _refused("batch")
        methods = [self._part(verb, target) for verb, target in requests]
        return Call("gmail.batch", "Gmail", Nature.BATCH, sum(method.units for method in methods))

    def _part(self, verb: str, target: str) -> Method:
        """A part names a path only; an absolute address could name another host."""
        if not target.startswith("/") or target.startswith("//"):
            raise _refused("batch")
        method = self._method(verb, self._endpoints.gmail + target)
        if not method.reads:
            raise _refused("batch")
        return method


def _effective_verb(verb: str, headers: Mapping[str, str]) -> str:
    """The verb that the server goes by. The one override known is the client library's, for reads with long URLs."""
    overrides = {name.lower(): value for name, value in headers.items() if "method" in name.lower()}
    if not overrides:
        return verb
    if verb != "POST" or overrides != {_OVERRIDE: "GET"}:
        raise _refused(verb)
    return "GET"


def _refused(what: str) -> CallRefused:
    return CallRefused(
        f"Susul refused a {what} call that is not on its allow-list; nothing was sent.",
        hint="This is a defect in Susul: please report it.",
    )
