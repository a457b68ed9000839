"""The Gmail and Calendar resources of Google's client library, built from the descriptions it ships.

The option ``api_endpoint`` would leave batches going to Google, so the description itself is given another root.
Source: https://googleapis.github.io/google-api-python-client/docs/epy/googleapiclient.discovery-module.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from susul.errors import Failed

if TYPE_CHECKING:
    from googleapiclient._apis.calendar.v3 import CalendarResource
    from googleapiclient._apis.gmail.v1 import GmailResource

    from susul.sources.google.transport import Transport


def gmail(transport: Transport) -> GmailResource:
    """Gmail v1, at Google or wherever the transport's ``api_root`` points."""
    return cast("GmailResource", _resource("gmail", "v1", transport.endpoints.gmail, transport))


def calendar(transport: Transport) -> CalendarResource:
    """Calendar v3, at Google or wherever the transport's ``api_root`` points."""
    return cast("CalendarResource", _resource("calendar", "v3", transport.endpoints.calendar, transport))


def _resource(name: str, version: str, root: str, transport: Transport) -> object:
    from googleapiclient import discovery, discovery_cache

    library, descriptions = cast("Any", discovery), cast("Any", discovery_cache)  # the stubs know neither function
    document = descriptions.get_static_doc(name, version)
    if document is None:
        hint = "Reinstall google-api-python-client."
        raise Failed(f"Google's client library came without its description of {name}.", hint=hint)
    http = cast("Any", transport)  # stands in for an httplib2.Http, which the library only ever asks to request()
    return cast("object", library.build_from_document(_at(json.loads(document), root), http=http))


def _at(document: dict[str, Any], root: str) -> dict[str, Any]:
    """The description with everything, batches too, under another root."""
    moved = {key: value for key, value in document.items() if key != "mtlsRootUrl"}
    return moved | {"rootUrl": f"{root}/", "baseUrl": f"{root}/{document['servicePath']}"}
