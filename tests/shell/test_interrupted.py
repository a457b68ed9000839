"""Killed in the middle of a write: the next run finds out what became of it, and never at the owner's expense."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from accounts import (
    KilledAfterWrite,
    KilledBeforeWrite,
    answer,
    creates,
    ledger,
    mailbox,
    proposal,
    served,
    synced,
    text_of,
)

from susul.errors import TryLater
from susul.reconcile import Status

if TYPE_CHECKING:
    from pathlib import Path

    from susul.sources.google.drafts import DraftsFolder

KILLED = [KilledBeforeWrite, KilledAfterWrite]


def sign(home: Path, signature: str) -> None:
    """Another signature: every draft's text changes."""
    config = home / "config.toml"
    config.write_text(config.read_text() + f'[owner]\nsignature = "{signature}"\n')


@pytest.mark.parametrize("killed", KILLED)
def test_a_kill_at_a_create_leaves_one_draft_after_the_next_run(own_home: Path, killed: type[DraftsFolder]) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        assert synced(own_home, drafts=killed) is None

        synced(own_home)
        synced(own_home)

        assert len(sandbox.drafts()) == creates(sandbox) == 1
        assert [row.status for row in ledger(own_home)] == [Status.PLACED]


def test_a_draft_edited_after_a_kill_is_the_owners_even_when_they_answer(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home, drafts=KilledAfterWrite)
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.owner_edits_draft(draft_id, text="My own precious words")

        synced(own_home)
        sandbox.deliver(answer(days=0))
        synced(own_home)

        ((kept, _, _, message),) = sandbox.drafts()
        assert kept == draft_id
        assert "My own precious words" in text_of(message)
        assert [row.status for row in ledger(own_home)] == [Status.TOUCHED]


def test_a_draft_that_lies_as_it_was_laid_is_adopted_and_withdrawn_in_one_run(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home, drafts=KilledAfterWrite)
        sandbox.deliver(answer(days=0))

        synced(own_home)

        assert sandbox.drafts() == []
        assert [row.status for row in ledger(own_home)] == [Status.WITHDRAWN]


def test_the_owners_own_draft_after_a_create_that_failed_stays_alone(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home, drafts=KilledBeforeWrite)
        sandbox.owner_writes_draft({**proposal(), "id": "own", "text": "My own draft", "reply_to": "proposal-1"})

        synced(own_home)

        ((_, _, _, message),) = sandbox.drafts()
        assert "My own draft" in text_of(message)


@pytest.mark.parametrize("killed", KILLED)
def test_a_kill_at_a_withdrawal_is_not_taken_for_the_owners_no(own_home: Path, killed: type[DraftsFolder]) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home)
        sandbox.deliver(answer(days=0))
        assert synced(own_home, drafts=killed) is None

        synced(own_home)

        assert sandbox.drafts() == []
        assert [row.status for row in ledger(own_home)] == [Status.WITHDRAWN]


def test_a_draft_edited_after_a_kill_at_its_withdrawal_stays(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home)
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.deliver(answer(days=0))
        synced(own_home, drafts=KilledBeforeWrite)
        sandbox.owner_edits_draft(draft_id, text="Mine")

        synced(own_home)
        synced(own_home)

        assert [text_of(message).strip() for *_, message in sandbox.drafts()] == ["Mine"]


@pytest.mark.parametrize("killed", KILLED)
def test_a_kill_at_an_update_leaves_the_draft_ours_with_the_new_text(
    own_home: Path, killed: type[DraftsFolder]
) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home)
        sign(own_home, "Rina W., Bandung")
        assert synced(own_home, drafts=killed) is None

        synced(own_home)

        ((_, _, _, message),) = sandbox.drafts()
        assert "Rina W., Bandung" in text_of(message)
        assert [row.status for row in ledger(own_home)] == [Status.PLACED]

        sandbox.deliver(answer(days=0))
        synced(own_home)
        assert sandbox.drafts() == []


@pytest.mark.parametrize("killed", KILLED)
def test_a_draft_edited_after_a_kill_at_its_update_is_the_owners(own_home: Path, killed: type[DraftsFolder]) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home)
        ((draft_id, *_),) = sandbox.drafts()
        sign(own_home, "Rina W., Bandung")
        synced(own_home, drafts=killed)
        sandbox.owner_edits_draft(draft_id, text="Mine")

        synced(own_home)
        sandbox.deliver(answer(days=0))
        synced(own_home)

        assert [text_of(message).strip() for *_, message in sandbox.drafts()] == ["Mine"]
        assert [row.status for row in ledger(own_home)] == [Status.TOUCHED]


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "503", "503_after", "timeout_after"])
@pytest.mark.parametrize("method", ["POST .*/drafts$", "PUT .*/drafts/", "DELETE .*/drafts/"])
def test_a_write_without_a_clear_answer_ends_as_if_it_had_had_one(own_home: Path, method: str, fault: str) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        if method.startswith("POST"):
            sandbox.fail(fault, match=method, times=1)
            _tried(own_home)
        else:
            synced(own_home)
            if method.startswith("PUT"):
                sign(own_home, "Rina W., Bandung")
            else:
                sandbox.deliver(answer(days=0))
            sandbox.fail(fault, match=method, times=1)
            _tried(own_home)
        synced(own_home)

        made_again = method.startswith("POST") and fault in ("drop_before", "503")
        assert creates(sandbox) == (2 if made_again else 1)
        expected = Status.WITHDRAWN if method.startswith("DELETE") else Status.PLACED
        assert [row.status for row in ledger(own_home)] == [expected]
        assert len(sandbox.drafts()) == (0 if expected is Status.WITHDRAWN else 1)


def _tried(home: Path) -> None:
    with suppress(TryLater):  # the run ends with 5, and the next one goes on from here
        synced(home)


def test_a_draft_discarded_after_a_kill_is_not_made_again(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home, drafts=KilledAfterWrite)
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.owner_discards_draft(draft_id)

        synced(own_home)
        synced(own_home)

        assert sandbox.drafts() == []
        assert creates(sandbox) == 1
        assert [row.status for row in ledger(own_home)] == [Status.DISCARDED]
