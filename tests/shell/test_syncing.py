"""``susul sync`` against the sandbox: written once, withdrawn when wrong, never over the owner's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from accounts import answer, as_json, creates, mailbox, proposal, served

from susul.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


def test_a_due_draft_is_written_once_into_its_thread(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        assert run("sync") == 0
        ((_, _, thread, message),) = sandbox.drafts()
        assert "Drafted status check" in capsys.readouterr().out

        assert run("sync") == 0

        assert capsys.readouterr().out == ""
        assert creates(sandbox) == 1
        assert len(sandbox.drafts()) == 1
        assert message["To"] == "Helen Park <helen@mosaic.example>"
        assert message["Subject"] == "Re: Proposal: proposal programme"
        assert message["In-Reply-To"] == "<proposal-1@sandbox.example>"
        assert thread == next(iter(sandbox.drafts()))[2]


def test_scan_writes_nothing(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        assert run("scan") == 0

        assert sandbox.drafts() == []
        assert all(entry.method == "GET" or entry.path.startswith("/batch") for entry in sandbox.log)


def test_scan_with_write_is_sync(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        assert run("scan", "--write") == 0

        assert len(sandbox.drafts()) == 1


def test_an_untouched_draft_is_withdrawn_when_they_answer(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        run("sync")
        sandbox.deliver(answer(days=0))

        assert run("sync") == 0

        assert sandbox.drafts() == []


def test_an_edited_draft_stays_as_it_is_when_they_answer(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        run("sync")
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.owner_edits_draft(draft_id, text="My own words")
        sandbox.deliver(answer(days=0))

        assert run("sync") == 0
        assert run("sync") == 0

        ((kept, _, _, message),) = sandbox.drafts()
        assert kept == draft_id
        assert "My own words" in str(message.get_body(("plain",)))


def test_a_discarded_draft_is_never_made_again(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        run("sync")
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.owner_discards_draft(draft_id)

        assert run("sync") == 0
        assert run("sync") == 0

        assert sandbox.drafts() == []
        assert creates(sandbox) == 1


def test_a_sent_draft_counts_as_a_check_in_and_starts_the_next_wait(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        run("sync")
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.owner_sends_draft(draft_id)
        assert run("sync") == 0
        capsys.readouterr()

        assert run("scan", "--json") == 0

        (case,) = as_json(capsys.readouterr().out)["cases"]
        assert (case["decision"], case["step"]) == ("wait", "status_check")
        assert "1 of 3" in case["reason"]
        assert sandbox.drafts() == []


def test_no_draft_is_added_beside_the_owners_own(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        begun = {**proposal(), "id": "own", "text": "I wanted to ask", "reply_to": "proposal-1", "attachments": []}
        sandbox.owner_writes_draft(begun)

        assert run("sync") == 0

        assert len(sandbox.drafts()) == 1
        assert creates(sandbox) == 0


def test_a_create_that_was_carried_out_but_not_answered_is_not_repeated(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        sandbox.fail("drop_after", match=r"POST .*/drafts", times=1)

        run("sync")
        run("sync")

        assert len(sandbox.drafts()) == 1
        assert creates(sandbox) == 1


def test_at_most_so_many_new_drafts_a_run(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many = [proposal(f"topic{n}", f"head{n}@school{n}.example") for n in range(4)]
    with served(mailbox(*many), own_home) as sandbox:
        config = own_home / "config.toml"
        config.write_text(config.read_text() + "[policy.general]\nmax_drafts_per_run = 3\n")

        assert run("sync") == 0
        assert len(sandbox.drafts()) == 3
        assert "1 more draft" in capsys.readouterr().out

        assert run("sync") == 0
        assert len(sandbox.drafts()) == 4


def test_expired_history_is_read_anew_and_the_ledger_kept(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        run("sync")
        sandbox.expire_history()

        assert run("sync") == 0

        assert creates(sandbox) == 1


def test_a_revoked_sign_in_ends_with_3_and_a_next_step(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        sandbox.oauth.revoke_all()

        assert run("sync") == 3

        said = capsys.readouterr().err
        assert "susul login" in said
        assert "Traceback" not in said


def test_without_a_sign_in_it_ends_with_3(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sync") == 3
    assert "susul login" in capsys.readouterr().err


def test_an_api_root_that_is_not_loopback_ends_with_2(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(mailbox(), own_home):
        (own_home / "config.toml").write_text('[google]\napi_root = "http://192.0.2.7:80"\n')

        assert run("sync") == 2

    assert "loopback" in capsys.readouterr().err


def test_a_second_run_at_the_same_time_ends_with_4(own_home: Path) -> None:
    from susul.locking import held
    from susul.places import find_places

    with served(mailbox(proposal()), own_home) as sandbox, held(find_places().lock):
        assert run("sync") == 4
        assert sandbox.drafts() == []


def test_the_files_are_for_the_owner_only(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home):
        run("sync")

    assert (own_home.stat().st_mode & 0o777) == 0o700
    assert {f.name: f.stat().st_mode & 0o777 for f in own_home.iterdir() if f.name == "state.sqlite3"} == {
        "state.sqlite3": 0o600
    }


def test_a_renewed_access_token_is_kept_for_the_next_run(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        sandbox.oauth.expire_access()
        assert run("sync") == 0
        renewals = sum(entry.path == "/token" for entry in sandbox.log)

        assert run("sync") == 0

        assert renewals == 1
        assert sum(entry.path == "/token" for entry in sandbox.log) == 1
        assert ((own_home / "token.json").stat().st_mode & 0o777) == 0o600
