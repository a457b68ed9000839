"""``susul report`` on an account: it writes nothing to Gmail and knows what lies in Drafts and what was sent."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from accounts import as_json, creates, ledger, mailbox, proposal, served, synced

from susul.places import find_places
from susul.reconcile import Status
from susul.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from accounts import Ask

OPENER = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text(sys.argv[2])"


def section(page: str, name: str) -> str:
    return page.partition(f'<section class="{name}"')[2].partition("</section>")[0]


def test_a_draft_that_is_due_lies_in_drafts_once_it_was_written(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        first, _, _ = ask("report", "--language", "en")
        before = (own_home / "report.html").read_text("utf-8")
        assert (first, creates(sandbox), ledger(own_home)) == (0, 0, ())
        synced(own_home)
        ask("report", "--language", "en")
    after = (own_home / "report.html").read_text("utf-8")

    assert "Proposal: proposal programme" in section(before, "due")
    assert "Proposal: proposal programme" not in section(after, "due")
    assert "lies in your Drafts folder" in section(after, "drafts")


def test_a_draft_that_was_sent_counts_with_its_step(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home)
        (row,) = ledger(own_home)
        sandbox.owner_sends_draft(row.draft_id)
        code, printed, _ = ask("report", "--json")

    assert code == 0
    (_, counted) = as_json(printed)["outcomes"]
    assert (counted["kind"], counted["step"], counted["sent"], counted["open"]) == ("proposal", "status_check", 1, 1)
    with closing(open_store(find_places(own_home).database)) as store:
        assert [row.status for row in store.ledger()] == [Status.PLACED]  # a report writes nothing down


def test_open_hands_the_file_to_the_browser(own_home: Path, tmp_path: Path) -> None:
    told, mail = tmp_path / "told", tmp_path / "none.mbox"
    mail.write_bytes(b"")
    opener = tmp_path / "opener.py"
    opener.write_text(OPENER, "utf-8")
    environment = {**os.environ, "BROWSER": f"{sys.executable} {opener} {told} %s", "SUSUL_HOME": str(own_home)}
    command = [
        sys.executable,
        "-m",
        "susul",
        "report",
        "--open",
        "--mbox",
        str(mail),
        "--me",
        "rina@rinawijaya.example",
    ]

    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)

    assert done.returncode == 0, done.stderr
    assert told.read_text("utf-8") == (own_home / "report.html").as_uri()
