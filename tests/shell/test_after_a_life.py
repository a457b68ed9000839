"""What the life of drafts (``test_life_of_drafts.py``) once found, each as short as it can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from accounts import KilledAfterWrite, answer, creates, ledger, mailbox, proposal, served, synced

from susul.reconcile import Status

if TYPE_CHECKING:
    from pathlib import Path

OWN = {
    "reply_to": "proposal-1",
    "to": "helen@mosaic.example",
    "subject": "Re: Proposal: proposal programme",
    "text": "My own draft",
}


def test_a_draft_that_went_to_trash_beside_one_of_the_owners_own_is_settled_in_one_run(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home)
        ((_, message_id, *_),) = sandbox.drafts()
        sandbox.label(message_id, add=("TRASH",))
        own = sandbox.owner_writes_draft(OWN)

        synced(own_home)
        rows = ledger(own_home)
        synced(own_home)

        assert [(row.status, row.draft_id) for row in rows] == [(Status.TOUCHED, own)]
        assert ledger(own_home) == rows
        assert creates(sandbox) == 1


def test_a_draft_that_is_sent_while_a_run_reads_was_not_discarded(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home)
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.deliver({**answer(), "from": "news@shop.example", "thread": "news", "reply_to": None})

        def send() -> None:
            if sandbox.drafts():
                sandbox.owner_sends_draft(draft_id)

        synced(own_home, meanwhile=send)

        assert [row.status for row in ledger(own_home)] == [Status.SENT]


@pytest.mark.parametrize("fault", ["drop_before", "503"])
def test_a_draft_that_is_sent_after_a_withdrawal_that_failed_was_not_withdrawn(own_home: Path, fault: str) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home)
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.deliver(answer(days=0))
        sandbox.fail(fault, match="DELETE .*/drafts/")
        synced(own_home)
        sandbox.owner_sends_draft(draft_id)

        synced(own_home)

        assert [row.status for row in ledger(own_home)] == [Status.SENT]


def test_a_draft_that_is_discarded_after_a_withdrawal_that_failed_is_not_made_again(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home)
        ((draft_id, *_),) = sandbox.drafts()
        sent = sandbox.mailbox.message_id("proposal-1")
        sandbox.label(sent, add=("Susul/Ignore",))
        sandbox.fail("drop_before", match="DELETE .*/drafts/")
        synced(own_home)
        sandbox.owner_discards_draft(draft_id)
        sandbox.label(sent, remove=("Susul/Ignore",))

        synced(own_home)

        assert creates(sandbox) == 1
        assert [row.status for row in ledger(own_home)] == [Status.DISCARDED]


def test_a_draft_that_went_to_trash_after_a_kill_is_discarded_and_not_written_to(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home, drafts=KilledAfterWrite)
        ((draft_id, message_id, *_),) = sandbox.drafts()
        sandbox.label(message_id, add=("TRASH",))
        config = own_home / "config.toml"
        config.write_text(config.read_text() + '[owner]\nsignature = "Rina W., Bandung"\n')

        synced(own_home)
        sandbox.label(message_id, remove=("TRASH",))
        synced(own_home)

        assert [row.status for row in ledger(own_home)] == [Status.DISCARDED]
        assert [held[:2] for held in sandbox.drafts()] == [(draft_id, message_id)]
