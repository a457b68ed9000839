"""A sandbox with a small bilingual mailbox, and Google's own client pointed at it.

Every answer to that client, and every request it makes, is checked against the discovery documents.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httplib2
import pytest
from google.oauth2.credentials import Credentials
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient import discovery
from sandbox_discovery import answer_problems, document_for, method_of, request_problems
from sandbox_mailbox import NOW, RECORDS

from susul.sandbox import Mailbox, Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class CheckedHttp(httplib2.Http):
    """Checks each request and each JSON answer against the discovery documents, and keeps what it finds."""

    def __init__(self) -> None:
        super().__init__(proxy_info=None, timeout=20)
        self.problems: list[str] = []

    def request(self, uri: str, method: str = "GET", *args: Any, **options: Any) -> Any:
        response, content = super().request(uri, method, *args, **options)
        place = urlsplit(uri)
        long_get = "x-http-method-override" in (args[1] if len(args) > 1 else options["headers"])
        found = method_of("GET" if long_get else method, place.path)
        partial = "fields=" in place.query
        if found and not partial and response.status == 200 and "json" in response.get("content-type", ""):
            api, spec = found
            self.problems += answer_problems(api, spec["response"], json.loads(content))
        return response, content


def credentials_for(token: dict[str, Any]) -> Credentials:
    """Built by hand: ``from_authorized_user_info`` refreshes at Google's own address whatever the file says."""
    return Credentials(  # type: ignore[no-untyped-call]
        token["token"],
        refresh_token=token["refresh_token"],
        token_uri=token["token_uri"],
        client_id=token["client_id"],
        client_secret=token["client_secret"],
        scopes=token["scopes"],
    )


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox.serve(Mailbox.from_json(RECORDS), now=lambda: NOW) as served:
        yield served
    assert served.errors == []


Service = Any


@pytest.fixture
def connect(sandbox: Sandbox) -> Iterator[Callable[..., Service]]:
    """Builds Google's client for an API; at the end its whole traffic must have been in order."""
    used: list[CheckedHttp] = []

    def build(api: str, scopes: tuple[str, ...] = ()) -> Service:
        credentials = credentials_for(sandbox.token(scopes) if scopes else sandbox.token())
        used.append(CheckedHttp())
        http = AuthorizedHttp(credentials, http=used[-1])
        return discovery.build_from_document(  # type: ignore[attr-defined]  # the stubs lack it
            document_for(api, sandbox.api_root), http=http
        )

    yield build
    for http in used:
        http.close()
    assert [problem for http in used for problem in http.problems] == []
    calls = [one for one in sandbox.log if one.path.startswith(("/gmail/", "/calendar/")) and one.status < 400]
    assert [problem for one in calls for problem in request_problems(one.method, one.path, one.query)] == []


@pytest.fixture
def gmail(connect: Callable[..., Service]) -> Service:
    return connect("gmail").users()


@pytest.fixture
def calendar(connect: Callable[..., Service]) -> Service:
    return connect("calendar")


@pytest.fixture
def reply() -> Callable[..., str]:
    """``raw`` of a reply to the interview thread, as a client would write it."""

    def write(
        subject: str = "Re: Undangan Wawancara", parent: str = "<accept@sandbox.example>", extra: str = ""
    ) -> str:
        head = f"To: budi@acme.example\r\nSubject: {subject}\r\nMessage-ID: <own-1@susul.example>\r\n{extra}"
        chain = f"In-Reply-To: {parent}\r\nReferences: <invite@sandbox.example> {parent}\r\n" if parent else ""
        return urlsafe_b64encode(f"{head}{chain}\r\nTerima kasih banyak.\r\n".encode()).decode()

    return write
