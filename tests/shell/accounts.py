"""A small mailbox in the sandbox, and a home that points at it."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from susul.cli.sandbox import write_home
from susul.sandbox import Mailbox, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RINA = "rina@rinawijaya.example"


def ago(days: int, hour: int = 9) -> str:
    """``days`` before now at ``hour`` UTC, as the sandbox takes it."""
    day = datetime.now(UTC) - timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0).isoformat()


def proposal(thread: str = "proposal", to: str = "helen@mosaic.example", days: int = 14) -> dict[str, Any]:
    return {
        "id": f"{thread}-1",
        "thread": thread,
        "from": f"Rina Wijaya <{RINA}>",
        "to": f"Helen Park <{to}>",
        "date": ago(days),
        "subject": f"Proposal: {thread} programme",
        "text": f"Dear Helen,\n\nAttached is our proposal for the {thread} programme. "
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
