"""A thank-you is made once for an interview, whatever mail turns up about it later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from accounts import RINA, creates, ledger, mailbox, served, synced

from susul.model import Silent
from susul.reconcile import Status

if TYPE_CHECKING:
    from pathlib import Path

    from susul.sandbox import Sandbox

HELEN = "Helen Park <helen@mosaic.example>"


def interview(days: int = 1) -> dict[str, Any]:
    """An interview yesterday, or so many days ago, at nine in the morning, in the calendar only."""
    start = (datetime.now(UTC) - timedelta(days=days)).replace(hour=2, minute=0, second=0, microsecond=0)
    return {
        "uid": f"interview{days}@mosaic.example",
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


def test_while_an_edited_status_check_lies_there_a_second_interview_brings_no_other_and_the_plan_says_why(
    own_home: Path,
) -> None:
    with served(mailbox(events=(interview(45),)), own_home) as sandbox:
        synced(own_home, now=ago(32))
        ((draft_id, *_),) = sandbox.drafts()
        edit(sandbox, draft_id)
        sandbox.add_event(interview(22))

        found = synced(own_home, now=ago(12))

        assert found is not None
        assert creates(sandbox) == 1
        (decision,) = [planned.decision for planned in found.scanned.plan.planned]
        assert isinstance(decision, Silent)
        assert "that you made your own" in decision.reason

        sandbox.owner_discards_draft(draft_id)
        synced(own_home, now=ago(11))

        assert creates(sandbox) == 2


def ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)
