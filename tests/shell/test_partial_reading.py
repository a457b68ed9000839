"""What can't be read holds back new drafts, says so, and never stops the rest for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from accounts import ago, answer, as_json, creates, ledger, mailbox, proposal, served, synced

from susul.cli import main
from susul.reconcile import Status

if TYPE_CHECKING:
    from pathlib import Path

    from susul.sandbox import Sandbox


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


def yes(thread: str = "ok") -> dict[str, Any]:
    return {
        **answer(thread, days=0),
        "from": "Ann <ann@b.example>",
        "text": "Could you add the price for two more rooms?\n",
    }


def break_thread(sandbox: Sandbox, name: str, fault: str = "400") -> None:
    found = sandbox.mailbox.find_message(name)
    assert found is not None
    ids = "|".join({found.thread_id, *(one.id for one in sandbox.mailbox.threads[found.thread_id])})
    sandbox.fail(fault, match=f"GET .*/(threads|messages)/({ids})", times=None)


def test_one_unreadable_thread_leaves_the_others_their_withdrawals(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(mailbox(proposal(), proposal("ok", "ann@b.example")), own_home) as sandbox:
        run("sync")
        sandbox.deliver(yes())
        sandbox.deliver(answer(days=0))
        break_thread(sandbox, "ok-1")
        capsys.readouterr()

        assert run("sync") == 1

        assert "1 thread could not be read" in capsys.readouterr().err
        assert len(sandbox.drafts()) == 1
        assert sorted(row.status for row in ledger(own_home)) == [Status.PLACED, Status.WITHDRAWN]


def test_nothing_new_is_written_while_a_thread_is_owed(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        sandbox.deliver({**proposal("ok", "ann@b.example"), "date": ago(13)})
        break_thread(sandbox, "ok-1")

        assert run("sync") == 1
        assert creates(sandbox) == 0

        sandbox.faults.clear()
        assert run("sync") == 0
        assert creates(sandbox) == 2


def test_a_thread_that_five_runs_could_not_read_no_longer_holds_up_the_others(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(mailbox(proposal(), proposal("ok", "ann@b.example")), own_home) as sandbox:
        break_thread(sandbox, "ok-1")

        assert [run("sync") for _ in range(4)] == [1, 1, 1, 1]
        assert creates(sandbox) == 0
        assert [run("sync") for _ in range(2)] == [0, 0]
        assert creates(sandbox) == 1
        capsys.readouterr()

        run("scan", "--json")
        coverage = as_json(capsys.readouterr().out)["coverage"]
        assert (coverage["complete"], coverage["unread"]) == (False, 1)
        assert coverage["skipped"] == {"threads that can't be read": 1}


def test_a_thread_that_was_given_up_is_tried_again_when_something_happens_in_it(own_home: Path) -> None:
    with served(mailbox(proposal(), proposal("ok", "ann@b.example")), own_home) as sandbox:
        break_thread(sandbox, "ok-1")
        for _ in range(5):
            run("sync")
        sandbox.faults.clear()
        sandbox.deliver(yes())

        assert run("sync") == 0

        assert len(sandbox.drafts()) == 1


def test_a_case_in_a_thread_that_was_given_up_gets_no_new_draft(own_home: Path) -> None:
    with served(mailbox(proposal(), proposal("ok", "ann@b.example")), own_home) as sandbox:
        config = own_home / "config.toml"
        usual = config.read_text()
        config.write_text(usual + "[policy.proposal]\nstatus_check_after = [60, 6, 10]\n")
        run("sync")
        sandbox.deliver({**answer(days=0), "text": "Let us look at it first.\n"})
        break_thread(sandbox, "proposal-1")
        for _ in range(5):
            run("sync")
        config.write_text(usual)

        assert run("sync") == 0

        ((_, _, _, message),) = sandbox.drafts()
        assert "ok programme" in message["Subject"]


def test_a_quota_that_ends_the_reading_ends_the_run_with_5(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        break_thread(sandbox, "proposal-1", "403_quota")

        assert run("sync") == 5

        assert "could not be read yet" in capsys.readouterr().err
        sandbox.faults.clear()
        assert run("sync") == 0
        assert creates(sandbox) == 1


def test_a_full_pass_that_stops_half_way_withdraws_nothing(own_home: Path) -> None:
    with served(mailbox(proposal(), proposal("ok", "ann@b.example")), own_home) as sandbox:
        run("sync")
        sandbox.expire_history()
        sandbox.deliver(yes())
        break_thread(sandbox, "ok-1")

        assert run("sync") == 1

        assert len(sandbox.drafts()) == 2


def test_scan_with_write_ends_like_sync(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        sandbox.fail("400", match=r"POST .*/drafts$", times=None)
        assert run("scan", "--write") == run("sync") == 1

        sandbox.faults.clear()
        sandbox.deliver({**proposal("ok", "ann@b.example"), "date": ago(13)})
        break_thread(sandbox, "ok-1")
        assert run("scan", "--write") == 1
        assert "could not be read yet" in capsys.readouterr().err


def test_an_event_without_a_time_is_told_and_holds_nothing_up(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        done = synced(own_home, timeless=1)

        assert done is not None
        assert done.exit_code == 0
        assert done.scanned.coverage.skipped == {"events without a time": 1}
        assert len(sandbox.drafts()) == 1


def test_an_encrypted_mail_is_counted_as_unread(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    encrypted = (
        b"From: Ann <ann@b.example>\r\nTo: rina@rinawijaya.example\r\nSubject: Secret\r\nMessage-ID: <s@b.example>\r\n"
        b'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="b"\r\n'
        b"\r\n--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
        b"--b\r\nContent-Type: application/octet-stream\r\n\r\nxxxx\r\n--b--\r\n"
    )
    with served(mailbox(proposal()), own_home) as sandbox:
        sandbox.deliver(encrypted)

        assert run("scan", "--json") == 0

    coverage = as_json(capsys.readouterr().out)["coverage"]
    assert (coverage["complete"], coverage["unread"]) == (False, 1)
    assert coverage["skipped"] == {"messages encrypted or broken": 1}
