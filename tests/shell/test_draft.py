"""``susul draft``: one draft on request, laid as safely as any, and the owner's from then on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from accounts import (
    KilledAfterWrite,
    KilledError,
    answer,
    as_json,
    creates,
    ledger,
    mailbox,
    proposal,
    served,
    synced,
    text_of,
)

from susul.account import open_account
from susul.config import load_config
from susul.errors import Failed
from susul.locking import held
from susul.model import Step
from susul.places import find_places
from susul.progressing import no_progress
from susul.reconcile import Status
from susul.requesting import ask_for, lay
from susul.run import Run
from susul.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from accounts import Ask

    from susul.sandbox import Sandbox

NO_APPOINTMENT = "Look twice: No appointment is known that it could be about.\n"
DOUBTS = {
    Step.THANK_YOU: NO_APPOINTMENT,
    Step.RECAP: NO_APPOINTMENT,
    Step.REJECTION_REPLY: "Look twice: They have not said no here.\n",
}
NEW = 2  # days ago that a proposal was sent about which nothing is due yet


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """An editor that runs a shell script on the file ``$1``, and notes the file's rights in the file it returns."""

    def write(script: str) -> Path:
        notes = tmp_path / "notes"
        path = tmp_path / "editor.sh"
        path.write_text(f'#!/bin/sh\nstat -c "%a %n" "$1" "$(dirname "$1")" > {notes}\n{script}\n', "utf-8")
        path.chmod(0o700)
        monkeypatch.setenv("VISUAL", str(path))
        return notes

    return write


def talk() -> dict[str, Any]:
    begins = datetime.now(UTC) + timedelta(days=3)
    return {
        "id": "talk",
        "summary": "Interview: Lead Curator",
        "start": begins.isoformat(),
        "end": (begins + timedelta(hours=1)).isoformat(),
        "organizer": "helen@mosaic.example",
        "attendees": [{"email": "helen@mosaic.example", "responseStatus": "accepted"}],
    }


def rows(home: Path) -> list[tuple[Step, Status, bool]]:
    return [(row.step, row.status, row.requested) for row in ledger(home)]


def said(message: Any) -> str:
    return text_of(message).replace("\r\n", "\n")


def lying(sandbox: Sandbox) -> list[tuple[str, str, str]]:
    return [(draft_id, message_id, said(message)) for draft_id, message_id, _, message in sandbox.drafts()]


@pytest.mark.parametrize("step", Step)
def test_any_step_can_be_asked_for(own_home: Path, ask: Ask, step: Step) -> None:
    with served(mailbox(proposal(days=NEW)), own_home) as sandbox:
        code, out, err = ask("draft", "proposal programme", "--as", step.value.replace("_", "-"))

        assert (code, err) == (0, DOUBTS.get(step, ""))
        assert "helen@mosaic.example" in out
        ((_, _, _, message),) = sandbox.drafts()
        assert message["To"] == "Helen Park <helen@mosaic.example>"
        assert message["Subject"] == "Re: Proposal: proposal programme"
        assert said(message).startswith("Dear Helen,\n")
        assert "> Attached is our proposal" in said(message)
        assert rows(own_home) == [(step, Status.PLACED, True)]


@pytest.mark.parametrize("step", [Step.DECLINE, Step.STATUS_CHECK])
def test_later_runs_leave_it_alone_and_add_none(own_home: Path, ask: Ask, step: Step) -> None:
    with served(mailbox(proposal(days=NEW)), own_home) as sandbox:
        ask("draft", "proposal programme", "--as", step)
        before = lying(sandbox)
        now = datetime.now(UTC)

        for days in range(0, 40, 4):
            synced(own_home, now=now + timedelta(days=days))
        sandbox.deliver(answer(days=0))
        synced(own_home, now=now + timedelta(days=40))

        assert lying(sandbox) == before
        assert rows(own_home) == [(step, Status.PLACED, True)]


def test_one_that_the_owner_deletes_is_a_no_for_its_step(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(days=NEW)), own_home) as sandbox:
        ask("draft", "proposal programme", "--as", "status_check")
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.owner_discards_draft(draft_id)

        for days in range(0, 12, 3):
            synced(own_home, now=datetime.now(UTC) + timedelta(days=days))

        assert sandbox.drafts() == []
        assert rows(own_home) == [(Step.STATUS_CHECK, Status.DISCARDED, True)]


@pytest.mark.parametrize("edited", [True, False])
def test_a_decline_that_was_sent_is_followed_by_nothing(own_home: Path, ask: Ask, edited: bool) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("draft", "proposal programme", "--as", "decline")
        ((draft_id, *_),) = sandbox.drafts()
        if edited:
            sandbox.owner_edits_draft(draft_id, text="Could you please take this as a no?")
            synced(own_home)
        sandbox.owner_sends_draft(draft_id)

        for days in (8, 16, 30):
            synced(own_home, now=datetime.now(UTC) + timedelta(days=days))

        assert sandbox.drafts() == []
        ((step, status, requested),) = rows(own_home)
        assert (step, status, requested) == (Step.DECLINE, Status.SENT, True)


def test_a_decline_that_was_deleted_closes_nothing(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("draft", "proposal programme", "--as", "decline")
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.owner_discards_draft(draft_id)

        synced(own_home)
        synced(own_home)

        assert sorted(rows(own_home)) == [
            (Step.DECLINE, Status.DISCARDED, True),
            (Step.STATUS_CHECK, Status.PLACED, False),
        ]


def test_after_a_deletion_it_can_be_asked_for_again(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home)
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.owner_discards_draft(draft_id)
        synced(own_home)
        assert sandbox.drafts() == []

        assert ask("draft", "proposal programme", "--as", "status_check")[0] == 0

        assert len(sandbox.drafts()) == 1


def test_the_draft_of_a_run_becomes_the_owners_when_they_ask_for_it(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home)
        before = lying(sandbox)

        code, out, _ = ask("draft", "proposal programme", "--as", "status_check")
        sandbox.deliver(answer())
        synced(own_home)

        assert code == 0
        assert "already" in out
        assert lying(sandbox) == before
        assert creates(sandbox) == 1


def test_an_untouched_draft_of_a_run_makes_way_for_another_step(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home)

        code, out, _ = ask("draft", "proposal programme", "--as", "decline")
        synced(own_home)

        assert code == 0
        assert "Withdrew a status check draft" in out
        assert len(sandbox.drafts()) == 1
        assert sorted(rows(own_home)) == [
            (Step.DECLINE, Status.PLACED, True),
            (Step.STATUS_CHECK, Status.WITHDRAWN, False),
        ]


def test_asked_twice_it_is_written_once(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(days=NEW)), own_home) as sandbox:
        for _ in range(2):
            assert ask("draft", "proposal programme", "--as", "decline")[0] == 0

        assert creates(sandbox) == 1


@pytest.mark.parametrize("edited", [True, False])
def test_a_draft_of_the_owners_is_in_the_way(own_home: Path, ask: Ask, edited: bool) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        if edited:
            synced(own_home)
            ((draft_id, *_),) = sandbox.drafts()
            sandbox.owner_edits_draft(draft_id, text="Mine")
        else:
            own = {"reply_to": "proposal-1", "to": "helen@mosaic.example", "subject": "Re: Proposal", "text": "Mine"}
            sandbox.owner_writes_draft(own)

        code, out, err = ask("draft", "proposal programme", "--as", "decline")

        assert (code, out) == (1, "")
        assert "edited" in err if edited else "of your own" in err
        assert [said(message).strip() for *_, message in sandbox.drafts()] == ["Mine"]


def test_a_draft_that_was_asked_for_is_not_replaced_by_another_step(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(days=NEW)), own_home) as sandbox:
        ask("draft", "proposal programme", "--as", "decline")
        before = lying(sandbox)

        code, _, err = ask("draft", "proposal programme", "--as", "nudge")

        assert code == 1
        assert "The decline draft that you asked for" in err
        assert lying(sandbox) == before


def test_print_writes_nothing(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(days=NEW)), own_home) as sandbox:
        code, out, _ = ask("draft", "proposal programme", "--as", "decline", "--print")

        assert code == 0
        assert out.startswith("From: Rina Wijaya <rina@rinawijaya.example>\nTo: Helen Park <helen@mosaic.example>\n")
        assert "Subject: Re: Proposal: proposal programme\n\nDear Helen,\n" in out
        assert sandbox.drafts() == []
        assert rows(own_home) == []


def test_json_tells_what_was_written(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(days=NEW)), own_home):
        shown = as_json(ask("draft", "proposal programme", "--as", "decline", "--print", "--json")[1])
        written = as_json(ask("draft", "proposal programme", "--as", "decline", "--json")[1])

    assert (shown["written"], written["written"], written["step"]) == (False, True, "decline")
    assert written["draft"] == shown["draft"]
    assert written["draft"]["to"] == ["helen@mosaic.example"]


def test_what_the_owner_saves_in_the_editor_is_laid(
    own_home: Path, ask: Ask, editor: Callable[[str], Path], tmp_path: Path
) -> None:
    notes = editor("""sed -i '1s/.*/Helen, a word from me <b>:/' "$1" """)
    with served(mailbox(proposal(days=NEW)), own_home) as sandbox:
        code, _, err = ask("draft", "proposal programme", "--as", "decline", "--edit")

        assert code == 0
        assert "To: Helen Park" in err
        ((_, _, _, message),) = sandbox.drafts()
        assert said(message).startswith("Helen, a word from me <b>:\n\nThank you")
        assert "Best regards,\nRina Wijaya\n\nOn " in said(message)
        html = str(message)
        assert "Helen, a word from me &lt;b&gt;:" in html
        assert "gmail_quote" in html
    rights = [line.split(maxsplit=1) for line in notes.read_text("utf-8").splitlines()]
    assert [right for right, _ in rights] == ["600", "700"]
    assert not (tmp_path / rights[1][1]).exists()


def test_an_empty_text_cancels(own_home: Path, ask: Ask, editor: Callable[[str], Path]) -> None:
    editor(': > "$1"')
    with served(mailbox(proposal(days=NEW)), own_home) as sandbox:
        code, out, err = ask("draft", "proposal programme", "--as", "decline", "--edit")

        assert (code, out) == (0, "")
        assert "nothing was written" in err
        assert sandbox.drafts() == []


def test_an_editor_that_fails_writes_nothing(own_home: Path, ask: Ask, editor: Callable[[str], Path]) -> None:
    notes = editor("exit 3")
    with served(mailbox(proposal(days=NEW)), own_home) as sandbox:
        code, _, err = ask("draft", "proposal programme", "--as", "decline", "--edit")

        assert code == 1
        assert "editor" in err
        assert sandbox.drafts() == []
    assert not find_places().templates.parent.joinpath(notes.read_text("utf-8").split()[1]).exists()


def test_words_that_can_not_be_laid_are_kept(
    own_home: Path, ask: Ask, editor: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    editor("""echo 'My long thoughts' > "$1" """)
    with served(mailbox(proposal(days=NEW)), own_home) as sandbox:
        own = {"reply_to": "proposal-1", "to": "helen@mosaic.example", "subject": "Re: Proposal", "text": "Mine"}
        sandbox.owner_writes_draft(own)

        code, _, err = ask("draft", "proposal programme", "--as", "decline", "--edit")

        assert code == 1
        (kept,) = own_home.glob("unwritten-*.txt")
        assert str(kept) in err
        assert kept.read_text("utf-8") == "My long thoughts\n"
        assert kept.stat().st_mode & 0o777 == 0o600


def test_what_the_owner_changed_by_hand_stays_theirs_when_asked_again(
    own_home: Path, ask: Ask, editor: Callable[[str], Path]
) -> None:
    editor("""echo 'My words' > "$1" """)
    with served(mailbox(proposal(days=NEW)), own_home) as sandbox:
        ask("draft", "proposal programme", "--as", "decline", "--edit")
        before = lying(sandbox)

        code, _, err = ask("draft", "proposal programme", "--as", "decline")

        assert code == 1
        assert "already" in err
        assert lying(sandbox) == before


NO = {
    "text": "Dear Rina,\n\nThank you for the proposal. Unfortunately we have decided to go with another partner.\n\n"
    "Helen\n"
}


@pytest.mark.parametrize(
    ("later", "word", "step", "doubt"),
    [
        ({}, "ignore", "status_check", "You asked on"),
        (NO, "", "decline", "They have said no already."),
        (NO, "", "status_check", "Nothing is known that you wait for here."),
    ],
)
def test_a_step_that_may_not_fit_is_laid_with_a_doubt(
    own_home: Path, ask: Ask, later: dict[str, str], word: str, step: str, doubt: str
) -> None:
    with served(mailbox(proposal(), *([answer() | later] if later else [])), own_home) as sandbox:
        synced(own_home)
        if word:
            ask(word, "<proposal-1@sandbox.example>")
        code, out, err = ask("draft", "proposal programme", "--as", step, "--json")

        assert code == 0
        assert err.startswith(f"Look twice: {doubt}")
        assert as_json(out)["doubts"] == [err.removeprefix("Look twice: ").strip()]
        assert [text for _, _, text in lying(sandbox)] != []


def test_an_appointment_to_come_can_not_be_recapped_without_a_doubt(own_home: Path, ask: Ask) -> None:
    with served(mailbox(events=(talk(),)), own_home):
        _, _, err = ask("draft", "Lead Curator", "--as", "recap")

        assert err == "Look twice: The appointment is still to come.\n"


def test_a_conversation_without_a_case_is_told(own_home: Path, ask: Ask) -> None:
    chat = {**proposal("chat"), "subject": "Lunch", "text": "Nice to see you there, Helen.\n", "attachments": []}
    with served(mailbox(chat), own_home):
        chat_id = "<chat-1@sandbox.example>"
        for target, step, said in (
            (chat_id, "status-check", "nothing to follow up"),
            (chat_id, "decline", "nobody to answer"),
            ("no such thing", "decline", "unknown here"),
        ):
            code, _, err = ask("draft", target, "--as", step)
            assert code == 2
            assert said in err


def test_words_that_fit_two_cases_name_none(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(), proposal("other", "ann@b.example")), own_home) as sandbox:
        code, _, err = ask("draft", "programme", "--as", "decline")

        assert code == 2
        assert "2 cases match" in err
        assert sandbox.drafts() == []


@pytest.mark.parametrize(("step", "hint"), [("declin", "Did you mean decline?"), ("xyz", "Known: thank_you")])
def test_an_unknown_step_is_told(own_home: Path, ask: Ask, step: str, hint: str) -> None:
    code, _, err = ask("draft", "t", "--as", step)

    assert code == 2
    assert hint in err


def test_nobody_to_write_to_is_told(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(to="no-reply@mosaic.example", days=NEW)), own_home) as sandbox:
        code, _, err = ask("draft", "proposal programme", "--as", "decline")

        assert code == 1
        assert "nobody to write to" in err
        assert sandbox.drafts() == []


def test_while_another_run_is_at_work_nothing_is_written(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home), held(find_places().lock):
        assert ask("draft", "proposal programme", "--as", "decline")[0] == 4


def test_a_draft_for_an_event_that_has_no_mail(own_home: Path, ask: Ask) -> None:
    with served(mailbox(events=(talk(),)), own_home) as sandbox:
        code, _, _ = ask("draft", "Lead Curator", "--as", "decline")
        assert code == 0
        ((_, _, _, message),) = sandbox.drafts()
        assert message["To"] == "helen@mosaic.example"

        assert ask("draft", "Lead Curator", "--as", "decline")[0] == 0
        assert creates(sandbox) == 1


def test_a_draft_that_a_killed_run_laid_is_found_again(own_home: Path, ask: Ask) -> None:
    """The next run adopts it with the mark: it stays the owner's wish."""
    with served(mailbox(proposal(days=NEW)), own_home) as sandbox:
        places = find_places()
        config = load_config(places.config_file)
        with closing(open_store(places.database)) as store, closing(open_account(places, config)) as account:
            ends = replace(account, drafts=KilledAfterWrite(account.transport))
            run = Run(ends, store, places, config, datetime.now(UTC), no_progress)
            with pytest.raises(KilledError):
                lay(run, ask_for(run, "proposal programme", Step.DECLINE))
        assert rows(own_home) == [(Step.DECLINE, Status.PENDING, True)]

        for _ in range(2):
            synced(own_home)

        assert rows(own_home) == [(Step.DECLINE, Status.PLACED, True)]
        assert creates(sandbox) == 1


def test_mail_that_comes_in_right_before_the_write_stops_it(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(days=NEW)), own_home) as sandbox:
        places = find_places()
        config = load_config(places.config_file)
        with closing(open_store(places.database)) as store, closing(open_account(places, config)) as account:
            run = Run(account, store, places, config, datetime.now(UTC), no_progress)
            asked = ask_for(run, "proposal programme", Step.STATUS_CHECK)
            sandbox.deliver(answer(days=0))
            with pytest.raises(Failed, match="new mail came in"):
                lay(run, asked)

        assert sandbox.drafts() == []
        assert rows(own_home) == []


@pytest.mark.parametrize("schema", [1, 2, 3])
def test_in_a_state_of_an_earlier_schema_nothing_was_asked_for(own_home: Path, schema: int) -> None:
    path = find_places(own_home).database
    path.parent.mkdir(parents=True)
    folder = files("susul.store.migrations")
    scripts = [(folder / f"{number:04}.sql").read_text("utf-8") for number in range(1, schema + 1)]
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"{';'.join(scripts)}; PRAGMA user_version = {schema};")
        columns = (
            '"trigger", step, rfc822_id, thread, digest, status, created_at, draft_id, message_id, case_id, reason'
        )
        row = ("m1", "decline", "<x>", "t1", "d", "placed", "2026-06-10T09:00:00+00:00", "d1", "g1", "c1", "why")
        connection.execute(f"INSERT INTO ledger ({columns}) VALUES (?,?,?,?,?,?,?,?,?,?,?)", row)
        connection.commit()

    with closing(open_store(path)) as store:
        assert [(r.trigger, r.status.value, r.requested) for r in store.ledger()] == [("m1", "placed", False)]


# What was asked for is shown afterwards


@pytest.mark.parametrize("days", [NEW, 14])
def test_a_draft_that_was_asked_for_is_shown_with_its_case(own_home: Path, ask: Ask, days: int) -> None:
    with served(mailbox(proposal(days=days)), own_home) as sandbox:
        before = as_json(ask("scan", "--json")[1])["cases"][0]
        ask("draft", "proposal programme", "--as", "decline")

        shown, explained = ask("scan")[1], ask("explain", "proposal programme")[1]
        ask("report", "--language", "en")
        page = (own_home / "report.html").read_text("utf-8")
        (case,) = as_json(ask("scan", "--json")[1])["cases"]

        line = "The decline that you asked for lies in your Drafts folder."
        assert line in shown
        assert line in explained
        assert "the draft that you asked for (decline) lies in your Drafts folder" in page
        assert case.keys() == before.keys()

        ((draft_id, *_),) = sandbox.drafts()
        sandbox.owner_discards_draft(draft_id)
        assert "asked for" not in ask("scan", "--all")[1]


def test_a_draft_that_was_asked_for_before_its_day_is_told_once(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(days=14)), own_home):
        ask("draft", "proposal programme", "--as", "status-check")

        shown = ask("scan")[1]

        assert "IN YOUR DRAFTS (1)" in shown
        assert shown.count("asked for") == 1
