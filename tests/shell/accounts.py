"""A small mailbox in the sandbox, and a home that points at it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from susul.account import open_account
from susul.cli.sandbox import write_home
from susul.config import load_config
from susul.places import find_places
from susul.progressing import no_progress
from susul.run import Run
from susul.sandbox import Mailbox, Sandbox
from susul.sources.google.calendar import CalendarReader, CalendarWindow
from susul.sources.google.drafts import DraftsFolder
from susul.store import open_store
from susul.syncing import Synced, sync_account

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from susul.model import Draft, Placed
    from susul.reconcile import LedgerRow
    from susul.sources.google.transport import Transport

# Runs one command: its exit code, and what it said on standard output and error.
Ask = Callable[..., tuple[int, str, str]]

RINA = "rina@rinawijaya.example"


def ago(days: int, hour: int = 9) -> str:
    """``days`` before now at ``hour`` UTC, as the sandbox takes it; never later than now."""
    now = datetime.now(UTC)
    day = (now - timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
    return min(day, now - timedelta(minutes=1)).isoformat()


def proposal(thread: str = "proposal", to: str = "helen@mosaic.example", days: int = 14) -> dict[str, Any]:
    first_name = to.partition("@")[0].capitalize()  # a namesake at another address could be the same person
    return {
        "id": f"{thread}-1",
        "thread": thread,
        "from": f"Rina Wijaya <{RINA}>",
        "to": f"{first_name} Park <{to}>",
        "date": ago(days),
        "subject": f"Proposal: {thread} programme",
        "text": f"Dear {first_name},\n\nAttached is our proposal for the {thread} programme. "
        "I would be glad to hear what you think.\n\n"
        "Best regards,\nRina Wijaya\n",
        "attachments": [f"proposal-{thread}.pdf"],
    }


def answer(thread: str = "proposal", days: int = 1) -> dict[str, Any]:
    return {
        "id": f"{thread}-2",
        "thread": thread,
        "from": "Helen Park <helen@mosaic.example>",
        "to": f"Rina Wijaya <{RINA}>",
        "date": ago(days),
        "subject": f"Re: Proposal: {thread} programme",
        "text": "Dear Rina,\n\nThis looks right. Could you add the price for two more rooms?\n\nHelen\n",
        "reply_to": f"{thread}-1",
    }


def mailbox(*messages: dict[str, Any], events: tuple[dict[str, Any], ...] = ()) -> Mailbox:
    return Mailbox.from_json(
        {
            "address": RINA,
            "name": "Rina Wijaya",
            "time_zone": "Asia/Jakarta",
            "messages": list(messages),
            "events": list(events),
        }
    )


@contextmanager
def served(box: Mailbox, home: Path) -> Iterator[Sandbox]:
    """The mailbox at work, with ``home`` signed in to it. Fails the test when anything tried to send."""
    with Sandbox.serve(box) as sandbox:
        write_home(home, sandbox.api_root, sandbox.token(), sandbox.credentials())
        yield sandbox
        assert sandbox.violations == []


def creates(sandbox: Sandbox) -> int:
    return sum(entry.method == "POST" and entry.path.endswith("/drafts") for entry in sandbox.log)


def as_json(text: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(text)
    return value


class KilledError(BaseException):
    """The process ends here, without a chance to tidy up."""


class KilledAfterWrite(DraftsFolder):
    """The write reaches Gmail; the run ends before it hears of it."""

    def create(self, draft: Draft, message_id: str) -> Placed:
        super().create(draft, message_id)
        raise KilledError

    def update(self, draft_id: str, draft: Draft, message_id: str) -> Placed:
        super().update(draft_id, draft, message_id)
        raise KilledError

    def delete(self, draft_id: str) -> None:
        super().delete(draft_id)
        raise KilledError


class KilledBeforeWrite(DraftsFolder):
    """The run ends right before the write leaves."""

    def create(self, draft: Draft, message_id: str) -> Placed:
        raise KilledError

    def update(self, draft_id: str, draft: Draft, message_id: str) -> Placed:
        raise KilledError

    def delete(self, draft_id: str) -> None:
        raise KilledError


class MeddledCalendar(CalendarReader):
    """Something happens in the mailbox while the calendar is read, and some events have no time."""

    def __init__(self, transport: Transport, happens: Callable[[], object], timeless: int) -> None:
        super().__init__(transport)
        self._happens = happens
        self._timeless = timeless

    def events(self, since: datetime, until: datetime) -> CalendarWindow:
        self._happens()
        return replace(super().events(since, until), unreadable=self._timeless)


def synced(
    home: Path,
    *,
    drafts: type[DraftsFolder] = DraftsFolder,
    meanwhile: Callable[[], object] = lambda: None,
    timeless: int = 0,
    now: datetime | None = None,
) -> Synced | None:
    """One ``susul sync`` in this process; None where it was killed."""
    places = find_places(home)
    config = load_config(places.config_file)
    with closing(open_store(places.database)) as store, closing(open_account(places, config)) as account:
        calendar = MeddledCalendar(account.transport, meanwhile, timeless)
        ends = replace(account, drafts=drafts(account.transport), calendar=calendar)
        try:
            return sync_account(Run(ends, store, places, config, now or datetime.now(UTC), no_progress))
        except KilledError:
            return None


def ledger(home: Path) -> tuple[LedgerRow, ...]:
    with closing(open_store(find_places(home).database)) as store:
        return store.ledger()


def text_of(message: Any) -> str:
    return str(message.get_body(("plain",)).get_content())
