"""What the life of drafts (``test_life_of_drafts.py``) once found, each as short as it can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import creates, ledger, mailbox, proposal, served, synced

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
