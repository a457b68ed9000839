"""Waits for the browser to come back from Google's consent page to this machine.

The flow's own server takes exactly one request, so that a favicon or a port scan ends the sign-in. This one answers
everything, and waits for the one request that bears our state (RFC 8252, 7.3; RFC 6749, 10.12).
"""

from __future__ import annotations

import hmac
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Self
from urllib.parse import parse_qs, urlsplit

from susul.errors import SignInNeeded

_DONE = "Susul has Google's answer. You can close this window and go back to the terminal.\n"


class Receiver:
    """A server on a free port of 127.0.0.1 that gives the redirect address with the right ``state``, once."""

    def __init__(self) -> None:
        self._arrived: SimpleQueue[str] = SimpleQueue()
        self._state: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _page_for(self._state, self._arrived))
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def redirect_uri(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def expect(self, state: str) -> None:
        self._state[:] = [state]

    def wait(self, seconds: float) -> str:
        """The redirect address. Raises SignInNeeded where it doesn't come in time."""
        try:
            return self._arrived.get(timeout=seconds)
        except Empty:
            sentence = f"No answer came from Google's consent page in {seconds / 60:.0f} minutes."
            raise SignInNeeded(sentence, hint="Run susul login again; on another machine: --no-browser") from None


def belongs_to(address: str, state: str) -> bool:
    """Whether a redirect address is the answer to the sign-in with this ``state``."""
    return hmac.compare_digest(_query(address).get("state", "").encode(), state.encode())


def code_in(address: str, state: str) -> str:
    """The authorization code of a redirect address. Raises SignInNeeded where consent was refused or it isn't ours."""
    query = _query(address)
    if not belongs_to(address, state):
        hint = "Use the link of this run, and the address that the browser shows after it."
        raise SignInNeeded("That address doesn't belong to this sign-in.", hint=hint)
    if query.get("error") == "access_denied":
        hint = "Run susul login again and allow the access; nothing was changed."
        raise SignInNeeded("Access was refused on Google's consent page.", hint=hint)
    if "code" not in query:
        raise SignInNeeded("Google's consent page ended with an error.", hint="Run susul login again.")
    return query["code"]


def _query(address: str) -> dict[str, str]:
    try:
        values = parse_qs(urlsplit(address.strip()).query)
    except ValueError:
        return {}
    return {name: found[0] for name, found in values.items()}


def _page_for(state: list[str], arrived: SimpleQueue[str]) -> type[BaseHTTPRequestHandler]:
    class Page(BaseHTTPRequestHandler):
        """Answers the browser; every other caller learns nothing."""

        timeout = 10  # browsers open connections that they never use

        def do_GET(self) -> None:
            query = _query(self.path)
            given = query.get("state", "").encode()
            ours = (
                bool(state) and hmac.compare_digest(given, state[0].encode()) and bool({"code", "error"} & set(query))
            )
            self._answer(200 if ours else 404, _DONE if ours else "Not here.\n")
            if ours:
                arrived.put(self.path)

        def _answer(self, status: int, text: str) -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
            """Says nothing: the address holds the authorization code."""

    return Page
