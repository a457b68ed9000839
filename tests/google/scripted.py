"""A scripted loopback server, for what a well-behaved sandbox can't do, and a clock that sleeping moves."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from google.oauth2.credentials import Credentials

from susul.sandbox import Sandbox
from susul.sources.google import clients
from susul.sources.google.saved_sign_in import credentials_in
from susul.sources.google.transport import Transport

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Reply:
    """One scripted answer. ``drop`` ends the connection instead: nothing is answered."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False

    def payload(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return b"" if self.body is None else json.dumps(self.body).encode()


DROP = Reply(drop=True)


@dataclass(frozen=True)
class Seen:
    """One request that reached the server; ``connection`` tells connections apart."""

    verb: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: int


class Script:
    """Plays ``replies`` in order, the last one for ever, and keeps what it was asked."""

    def __init__(self) -> None:
        self.replies: list[Reply] = [Reply({})]
        self.token_reply = Reply({"access_token": "fresh", "expires_in": 3600, "token_type": "Bearer"})
        self.log: list[Seen] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _page(self))
        self.server.daemon_threads = True

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    @property
    def calls(self) -> list[Seen]:
        return [seen for seen in self.log if not seen.path.startswith(("/token", "/revoke"))]

    def next_reply(self, path: str) -> Reply:
        if path.startswith("/token"):
            return self.token_reply
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


def _page(script: Script) -> type[BaseHTTPRequestHandler]:
    class Page(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet, or each answer takes 40 ms

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            script.log.append(Seen(self.command, self.path, headers, body, self.client_address[1]))
            reply = script.next_reply(self.path)
            if reply.drop:
                self.close_connection = True
                return
            payload = reply.payload()
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *_: object) -> None: ...

    for verb in ("GET", "POST", "PUT", "DELETE"):
        setattr(Page, f"do_{verb}", Page.answer)
    return Page


class Clock:
    """Stands still but for what is slept."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)


def credentials_at(root: str) -> Credentials:
    make: Any = Credentials
    credentials: Credentials = make(
        "secret-access-token",
        refresh_token="secret-refresh-token",
        token_uri=f"{root}/token",
        client_id="client",
        client_secret="secret-of-the-client",
    )
    return credentials


Connect = Callable[..., Transport]
Serve = Callable[..., Sandbox]


def sandbox_credentials(sandbox: Sandbox) -> Credentials:
    """The sign-in that a sandbox gives away."""
    return credentials_in(sandbox.token(), api_root=sandbox.api_root)


def mail(name: str, thread: str, date: str, sender: str = "budi@acme.example", **more: Any) -> dict[str, Any]:
    """A record for the sandbox's mailbox."""
    to = "budi@acme.example" if sender.startswith("rina") else "rina@example.com"
    record = {"id": name, "thread": thread, "date": date, "from": sender, "to": to, "subject": f"About {thread}"}
    return record | {"text": f"Text of {name}."} | more


PROFILE = {"emailAddress": "rina@example.com", "historyId": "7"}
HTML = Reply(b"<html>Welcome to the hotel</html>", headers={"Content-Type": "text/html"})


def error(code: int, *, reason: str = "", status: str = "", message: str = "", detail: str = "") -> Reply:
    """A Google API's error answer, in any of the shapes it has."""
    content: dict[str, Any] = {"code": code, "message": message}
    if reason:
        content["errors"] = [{"reason": reason, "domain": "usageLimits", "message": message}]
    if status:
        content["status"] = status
    if detail:
        content["details"] = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": detail}]
    return Reply({"error": content}, code)


def read(transport: Transport) -> dict[str, Any]:
    return transport.call(clients.gmail(transport).users().getProfile(userId="me"))


def write(transport: Transport) -> dict[str, Any]:
    drafts = clients.gmail(transport).users().drafts()
    return transport.call(drafts.create(userId="me", body={"message": {"raw": "aGk=", "threadId": "t1"}}))


RATE_LIMITS = [
    error(429, reason="rateLimitExceeded", status="RESOURCE_EXHAUSTED"),
    error(429, message="Too many concurrent requests for user"),
    Reply(b"", 429),
    error(403, reason="userRateLimitExceeded"),
    error(403, reason="rateLimitExceeded", message="Quota exceeded for quota metric 'Queries'"),
    error(403, detail="RATE_LIMIT_EXCEEDED"),
    error(403, status="RESOURCE_EXHAUSTED"),
]
