"""An account whose calls go straight into a sandbox, and break off where a life wants them to.

Nothing is patched: the wire below the transport is another one, as is the connection to the state file.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from accounts import KilledError

from susul.account import Account
from susul.sandbox.faults import DroppedError
from susul.sandbox.routing import Call
from susul.sources.google.calendar import CalendarReader
from susul.sources.google.drafts import DraftsFolder
from susul.sources.google.failures import Broken
from susul.sources.google.gmail import GmailReader
from susul.sources.google.labels import ThreadLabels
from susul.sources.google.pace import Budget
from susul.sources.google.saved_sign_in import load_credentials
from susul.sources.google.transport import Transport
from susul.sources.google.wire import Answer
from susul.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from susul.sandbox import Sandbox

ROOT = "http://127.0.0.1:1"  # never connected to
WRITING = ("POST", "PUT", "DELETE")


@dataclass(slots=True)
class Trouble:
    """What happens during one run, counted by calls or by transactions from 1; 0 is never."""

    dies_before: int = 0
    dies_after: int = 0
    dies_before_commit: int = 0
    dies_after_commit: int = 0
    faulty: bool = False  # Google or the network is unwell
    meanwhile_at: int = 0
    meanwhile: Callable[[], object] = lambda: None
    calls: int = 0
    transactions: int = 0
    happened: bool = False

    def call_begins(self, verb: str, path: str) -> None:
        self.calls += 1
        if self.calls == self.dies_before:
            self.die()
        # Between the last look at a draft and a write nobody can be seen: Gmail has no conditional write.
        reads = verb == "GET" or path == "/batch"
        if self.meanwhile_at and self.calls >= self.meanwhile_at and reads and not self.happened:
            self.happened = True
            self.meanwhile()

    def call_ends(self) -> None:
        if self.calls == self.dies_after:
            self.die()

    def commits(self) -> None:
        self.transactions += 1
        if self.transactions == self.dies_before_commit:
            self.die()

    def committed(self) -> None:
        if self.transactions == self.dies_after_commit:
            self.die()

    def die(self) -> None:
        self.happened = True
        raise KilledError


@dataclass(slots=True)
class InProcessWire:
    """Hands each request to the sandbox itself; a connection that drops is Broken, as on the real wire."""

    sandbox: Sandbox
    trouble: Trouble = field(default_factory=Trouble)

    def send(
        self, verb: str, url: str, headers: Mapping[str, str], body: str | bytes | None, *, fresh: bool = False
    ) -> Answer:
        place = urlsplit(url)
        self.trouble.call_begins(verb, place.path)
        raw = body.encode() if isinstance(body, str) else body or b""
        lower = {name.lower(): value for name, value in headers.items()}
        call = Call(verb, place.path, parse_qs(place.query, keep_blank_values=True), lower, raw)
        try:
            reply = self.sandbox._answer(call)
        except DroppedError as error:
            raise Broken("the connection broke", sent=True) from error
        self.trouble.call_ends()
        return Answer(reply.status, {"content-type": reply.content_type, **_lower(reply.headers)}, reply.body)

    def close(self) -> None:
        """There is nothing to close."""


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


class MortalStore(Store):
    """The state of a process that may end at any transaction: before it commits, or right after."""

    def __init__(self, store: Store, trouble: Trouble) -> None:
        super().__init__(store._connection)
        self._trouble = trouble

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with super().transaction():
            yield
            self._trouble.commits()
        self._trouble.committed()


class Lines:
    """One transport for many lives: Google's description of its API is read only once."""

    def __init__(self) -> None:
        self.account: Account | None = None

    def account_of(self, sandbox: Sandbox, token_file: Path, clock: Callable[[], datetime]) -> Account:
        """The account of ``sandbox``; ``token_file`` must hold a token of it."""
        credentials = load_credentials(token_file, api_root=ROOT)
        if self.account is None:
            budget = Budget(1_000_000_000)
            transport = Transport(ROOT, credentials, clock=clock, sleep=lambda _: None, budget=budget)
            ends = (GmailReader(transport), CalendarReader(transport), DraftsFolder(transport))
            self.account = Account(*ends, budget, transport, lambda: None, ThreadLabels(transport), "life")
        transport = self.account.transport
        transport.now, transport._credentials = clock, credentials
        wire: Any = InProcessWire(sandbox)
        transport._wire = wire
        return self.account


def begin_run(account: Account, trouble: Trouble) -> Account:
    """The account as a new process has it: fresh patience, nothing asked yet, and what is to happen to it."""
    account.budget.waited, account.budget.per_minute = 0.0, 1e9
    account.budget._window.clear()
    transport: Any = account.transport
    transport._booked, transport._wire.trouble = None, trouble
    return replace(account, gmail=GmailReader(account.transport))


def calls_that_write(sandbox: Sandbox) -> Iterator[str]:
    for entry in sandbox.log:
        if entry.method in WRITING and "batch" not in entry.path and entry.path != "/token":
            yield f"{entry.method} {entry.path}"
