"""What the owner and the others do between two runs, or while one is at work."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from accounts import KilledError, ago, answer, creates, ledger, mailbox, proposal, served, synced, text_of

from susul.reconcile import Status
from susul.sources.google.drafts import DraftsFolder

if TYPE_CHECKING:
    from pathlib import Path

    from susul.model import Draft, Placed
    from susul.sandbox import Sandbox

OWN = {
    "reply_to": "proposal-1",
    "to": "helen@mosaic.example",
    "subject": "Re: Proposal: proposal programme",
    "text": "My own draft",
}
ANSWER_ELSEWHERE: dict[str, Any] = {
    "thread": "elsewhere",
    "from": "Helen Park <helen@mosaic.example>",
    "to": "rina@rinawijaya.example",
    "subject": "Proposal programme",
    "text": "Dear Rina,\n\nThis looks right. Could you add the price for two more rooms?\n\nHelen\n",
}


def test_nothing_is_added_beside_a_draft_of_ours_that_the_owner_edited(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home)
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.owner_edits_draft(draft_id, text="My own words, not sent yet")
        promise = "Dear Rina,\n\nWe will let you know within 2 business days.\n\nHelen\n"
        sandbox.deliver({**answer(days=9), "text": promise})

        synced(own_home)
        synced(own_home)

        ((_, _, _, message),) = sandbox.drafts()
        assert text_of(message).strip() == "My own words, not sent yet"


def test_nothing_is_added_to_the_thread_that_an_edited_subject_has_left(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home)
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.owner_edits_draft(draft_id, subject="Quick question")
        promise = "Dear Rina,\n\nWe will let you know within 2 business days.\n\nHelen\n"
        sandbox.deliver({**answer(days=9), "text": promise})

        synced(own_home)

        assert [held for held, *_ in sandbox.drafts()] == [draft_id]


def test_a_draft_that_the_owner_begins_during_the_run_stays_alone(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:

        class Begins(DraftsFolder):
            """The owner begins a draft right after the drafts were listed."""

            def list(self) -> tuple[Placed, ...]:
                listed = super().list()
                if not sandbox.drafts():
                    sandbox.owner_writes_draft(OWN)
                return listed

        synced(own_home, drafts=Begins)

        assert [text_of(message).strip() for *_, message in sandbox.drafts()] == ["My own draft"]


def test_a_draft_that_history_does_not_tell_of_yet_stops_a_create(own_home: Path) -> None:
    with served(mailbox(proposal(), proposal("other", "ann@b.example")), own_home) as sandbox:

        class Begins(DraftsFolder):
            """The first create gives the owner time to begin a draft where the second is to go."""

            def create(self, draft: Draft, message_id: str) -> Placed:
                if len(sandbox.drafts()) == 0:
                    other = next(p for p in ("proposal-1", "other-1") if draft.thread != thread_of(sandbox, p))
                    sandbox.owner_writes_draft({**OWN, "reply_to": other})
                return super().create(draft, message_id)

        synced(own_home, drafts=Begins)

        assert creates(sandbox) == 1
        assert len(sandbox.drafts()) == 2


def thread_of(sandbox: Sandbox, name: str) -> str:
    found = sandbox.mailbox.find_message(name)
    assert found is not None
    return found.thread_id


def test_an_answer_in_another_thread_during_the_run_stops_the_draft(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        arrived: list[str] = []

        def arrive() -> None:
            if not arrived:
                arrived.append(sandbox.deliver({**ANSWER_ELSEWHERE, "id": "n1", "date": ago(0, 0)}))

        synced(own_home, meanwhile=arrive)

        assert sandbox.drafts() == []
        assert creates(sandbox) == 0


def test_while_mail_keeps_coming_in_nothing_new_is_written(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        count = iter(range(100))

        def newsletter() -> None:
            number = next(count)
            mail = {"from": "news@shop.example", "subject": f"Offer {number}", "text": "Buy", "date": ago(0, 0)}
            sandbox.deliver({**mail, "id": f"n{number}", "thread": f"n{number}", "to": "rina@rinawijaya.example"})

        synced(own_home, meanwhile=newsletter)
        assert creates(sandbox) == 0
        assert next(count) < 6

        synced(own_home)
        assert creates(sandbox) == 1


def test_a_run_without_news_costs_two_requests(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home)
        synced(own_home)  # the first after a write hears of that write
        sandbox.forget()

        synced(own_home)

        assert [entry.path.rpartition("/")[2] for entry in sandbox.log] == ["history", "events"]


def test_an_edit_is_seen_though_the_drafts_are_not_listed_each_time(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        for _ in range(3):
            synced(own_home)
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.owner_edits_draft(draft_id, text="Mine")

        synced(own_home)

        assert [row.status for row in ledger(own_home)] == [Status.TOUCHED]


def test_an_edit_is_seen_though_the_run_that_heard_of_it_was_killed(own_home: Path) -> None:
    def killed() -> None:
        raise KilledError

    with served(mailbox(proposal()), own_home) as sandbox:
        for _ in range(2):
            synced(own_home)
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.owner_edits_draft(draft_id, text="Mine")
        assert synced(own_home, meanwhile=killed) is None

        synced(own_home)

        assert [row.status for row in ledger(own_home)] == [Status.TOUCHED]


def test_an_answer_that_a_slow_clock_places_in_the_future_holds_the_draft_back(own_home: Path) -> None:
    answered_at = datetime.fromisoformat(ago(0))
    with served(mailbox(proposal(), {**answer(), "date": answered_at.isoformat()}), own_home) as sandbox:
        synced(own_home, now=answered_at - timedelta(minutes=2))

        assert creates(sandbox) == 0
