"""The fixtures of the Google tests: a scripted server, a clock, and transports that are closed in the end."""

from __future__ import annotations

from contextlib import ExitStack
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from scripted import NOON, Clock, Connect, Script, Serve, credentials_at, sandbox_credentials

from susul.sandbox import Mailbox, Sandbox
from susul.sources.google.pace import Budget
from susul.sources.google.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from google.oauth2.credentials import Credentials


@pytest.fixture
def script() -> Iterator[Script]:
    playing = Script()
    thread = Thread(target=playing.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield playing
    playing.server.shutdown()
    thread.join()
    playing.server.server_close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


OWNER = {"address": "rina@example.com", "name": "Rina Wijaya", "time_zone": "Asia/Jakarta"}


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts sandboxes with the given records, and checks in the end that nobody tried to send."""
    with ExitStack() as stack:
        started: list[Sandbox] = []

        def start(**records: Any) -> Sandbox:
            sandbox = stack.enter_context(Sandbox.serve(Mailbox.from_json(OWNER | records), now=lambda: NOON))
            started.append(sandbox)
            return sandbox

        yield start
        for sandbox in started:
            assert not sandbox.violations
            assert not sandbox.errors


@pytest.fixture
def connect(clock: Clock) -> Iterator[Connect]:
    """Makes transports to a loopback address or a sandbox, and closes them in the end."""
    made: list[Transport] = []

    def to(
        place: str | Sandbox,
        credentials: Credentials | None = None,
        budget: Budget | None = None,
        timeout: float = 10.0,
    ) -> Transport:
        root = place if isinstance(place, str) else place.api_root
        known = credentials_at(root) if isinstance(place, str) else sandbox_credentials(place)
        transport = Transport(
            root,
            credentials or known,
            clock=clock.now,
            sleep=clock.sleep,
            budget=budget or Budget(),
            timeout=timeout,
        )
        made.append(transport)
        return transport

    yield to
    for transport in made:
        transport.close()
