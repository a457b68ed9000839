"""What Susul calls at Google, and what each call costs: the one table behind both the quota and the allow-list.

Units are Gmail's quota units per user and minute, for projects made since 1 May 2026 (6,000 a minute). Where the two
published tables differ the dearer figure stands. A batch costs the sum of its parts. Calendar has a quota of its own
(600 requests a minute) and costs no Gmail units.
Source: https://developers.google.com/workspace/gmail/api/reference/quota
"""

from __future__ import annotations

import re
from dataclasses import dataclass

UNITS_PER_MINUTE = 6000

# An id as Gmail makes them, and none of the words that stand for an action in the same place of a path: a server that
# overlooks a method override must not take a refused word for one.
_ID = r"(?!(?:send|import|insert|stop|watch|batchModify|batchDelete)(?:/|$))[A-Za-z0-9_-]{1,1024}"
_ME = "/gmail/v1/users/me"


@dataclass(frozen=True, slots=True)
class Method:
    """One API method: its name in the discovery document, HTTP verb, path pattern and price."""

    name: str
    verb: str
    path: re.Pattern[str]
    units: int
    template: str

    @property
    def reads(self) -> bool:
        return self.verb == "GET"

    @property
    def service(self) -> str:
        return "Calendar" if self.name.startswith("calendar.") else "Gmail"


def _method(name: str, verb: str, path: str, units: int) -> Method:
    pattern = re.escape(path).replace(r"\{id\}", _ID).replace(r"\{calendar\}", r"[A-Za-z0-9_.@%-]{1,512}")
    return Method(name, verb, re.compile(pattern), units, path)


METHODS: tuple[Method, ...] = (
    _method("gmail.users.getProfile", "GET", f"{_ME}/profile", 1),
    _method("gmail.users.settings.sendAs.list", "GET", f"{_ME}/settings/sendAs", 1),
    _method("gmail.users.labels.list", "GET", f"{_ME}/labels", 1),
    _method("gmail.users.labels.create", "POST", f"{_ME}/labels", 5),
    _method("gmail.users.history.list", "GET", f"{_ME}/history", 2),
    _method("gmail.users.messages.list", "GET", f"{_ME}/messages", 5),
    _method("gmail.users.messages.get", "GET", f"{_ME}/messages/{{id}}", 20),
    _method("gmail.users.messages.attachments.get", "GET", f"{_ME}/messages/{{id}}/attachments/{{id}}", 20),
    _method("gmail.users.threads.list", "GET", f"{_ME}/threads", 10),
    _method("gmail.users.threads.get", "GET", f"{_ME}/threads/{{id}}", 40),
    _method("gmail.users.threads.modify", "POST", f"{_ME}/threads/{{id}}/modify", 10),
    _method("gmail.users.drafts.list", "GET", f"{_ME}/drafts", 5),
    _method("gmail.users.drafts.get", "GET", f"{_ME}/drafts/{{id}}", 20),
    _method("gmail.users.drafts.create", "POST", f"{_ME}/drafts", 10),
    _method("gmail.users.drafts.update", "PUT", f"{_ME}/drafts/{{id}}", 15),
    _method("gmail.users.drafts.delete", "DELETE", f"{_ME}/drafts/{{id}}", 10),
    _method("calendar.events.list", "GET", "/calendar/v3/calendars/{calendar}/events", 0),
)


_NAMED = {method.name: method for method in METHODS}


def method_named(name: str) -> Method:
    """A method by its name in the discovery document. Raises KeyError where Susul has no such call."""
    return _NAMED[name]


def price(name: str) -> int:
    """The units of a method, by its name in the discovery document. Raises KeyError where Susul has no such call."""
    return _NAMED[name].units


def method_of(verb: str, path: str) -> Method | None:
    """The method that an HTTP verb and a raw (still percent-encoded) path mean; None where Susul has no such call."""
    return next((method for method in METHODS if method.verb == verb and method.path.fullmatch(path)), None)
