"""Reads as plain requests, addressed from the table of methods.

Google's client library builds the writes. For a read it needs 0.2 s and 30 MB just to be imported, which is more than
all else that a run without news does; and a GET is only an address.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from susul.sources.google.units import method_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from susul.sources.google.endpoints import Endpoints

# Google packs its answers only for clients that say so in both headers; httplib2 adds the other one.
_HEADERS = {"accept": "application/json", "user-agent": "susul (gzip)"}


@dataclass(frozen=True, slots=True)
class Read:
    """A GET, in the form that ``Transport.call`` carries out."""

    uri: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=lambda: dict(_HEADERS))
    body: None = None


def read(
    endpoints: Endpoints,
    name: str,
    *,
    id: str = "",  # noqa: A002 - as in the path
    calendar: str = "",
    **options: str | int | bool | Sequence[str],
) -> Read:
    """The read that the API calls ``name``. ``options`` are its query; a sequence is repeated, empty ones left out.

    Raises KeyError where Susul has no such call.
    """
    method = method_named(name)
    root = endpoints.calendar if method.service == "Calendar" else endpoints.gmail
    path = method.template.format(id=quote(id, safe=""), calendar=quote(calendar, safe=""))
    query = {key: _spelt(value) for key, value in options.items() if value != "" and value != ()}
    return Read(f"{root}{path}?{urlencode(query, doseq=True)}")


def _spelt(value: str | int | bool | Sequence[str]) -> str | list[str]:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int) else list(value)
