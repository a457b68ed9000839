"""A thank-you is made once for an interview, whatever mail turns up about it later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from accounts import RINA, creates, ledger, mailbox, served, synced

from susul.reconcile import Status

if TYPE_CHECKING:
    from pathlib import Path

    from susul.sandbox import Sandbox

HELEN = "Helen Park <helen@mosaic.example>"


def interview() -> dict[str, Any]:
    """An interview yesterday at nine in the morning, in the calendar only."""
    start = (datetime.now(UTC) - timedelta(days=1)).replace(hour=2, minute=0, second=0, microsecond=0)
    return {
        "uid": "interview@mosaic.example",
        "summary": "Interview - Data Analyst",
        "start": start.isoformat(),
        "end": (start + timedelta(hours=1)).isoformat(),
        "organizer": "helen@mosaic.example",
        "attendees": [["helen@mosaic.example", "accepted"], [RINA, "accepted"]],
        "created": (start - timedelta(days=3)).isoformat(),
    }


def mail_about_it() -> dict[str, Any]:
    return {
        "id": "expenses-1",
        "thread": "expenses",
        "from": HELEN,
        "to": f"Rina Wijaya <{RINA}>",
        "date": (datetime.now(UTC) - timedelta(seconds=20)).isoformat(),
        "subject": "Your interview - Data Analyst",
        "text": "Dear Rina,\n\nHere is the travel expense form for your interview as Data Analyst.\n\nHelen\n",
    }


def discard(sandbox: Sandbox, draft_id: str) -> None:
    sandbox.owner_discards_draft(draft_id)


def edit(sandbox: Sandbox, draft_id: str) -> None:
    sandbox.owner_edits_draft(draft_id, text="My own words")


@pytest.mark.parametrize(("done", "status", "left"), [(discard, Status.DISCARDED, 0), (edit, Status.TOUCHED, 1)])
def test_mail_that_joins_the_matter_later_brings_no_second_thank_you(
    own_home: Path, done: Any, status: Status, left: int
) -> None:
    with served(mailbox(events=(interview(),)), own_home) as sandbox:
        synced(own_home)
        ((draft_id, *_),) = sandbox.drafts()
        done(sandbox, draft_id)
        synced(own_home)
        sandbox.deliver(mail_about_it())

        synced(own_home, now=datetime.now(UTC) + timedelta(seconds=5))

        assert len(sandbox.drafts()) == left
        assert creates(sandbox) == 1
        assert [row.status for row in ledger(own_home)] == [status]
