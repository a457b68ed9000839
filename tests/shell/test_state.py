"""What the state file remembers: whose mail it is, since when, and with which schema."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from accounts import answer, as_json, creates, ledger, mailbox, proposal, served, synced

from susul.cli import main
from susul.places import find_places
from susul.sandbox import Mailbox
from susul.sandbox.mailbox import SendAs
from susul.store import open_store

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


def test_another_account_on_the_same_state_is_refused_and_nothing_changed(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(mailbox(proposal()), own_home):
        run("sync")
    before = ledger(own_home)
    other = Mailbox.from_json({"address": "other@other.example", "name": "Other", "messages": [], "events": []})
    with served(other, own_home) as sandbox:
        assert run("sync") == run("scan") == 2

        said = capsys.readouterr().err
        assert "other@other.example" in said
        assert "SUSUL_HOME" in said
        assert sandbox.drafts() == []
    assert ledger(own_home) == before


def test_the_same_account_after_a_new_sign_in_goes_on(own_home: Path) -> None:
    box = mailbox(proposal())
    with served(box, own_home) as first:
        run("sync")
        assert creates(first) == 1
    with served(box, own_home) as second:
        assert run("sync") == 0
        assert creates(second) == 0


def test_a_new_alias_is_known_a_day_later(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home)
        sandbox.mailbox.send_as.append(SendAs("rina@studio.example", "Rina"))
        soon, tomorrow = (datetime.now(UTC) + timedelta(hours=h) for h in (2, 25))

        first, second = synced(own_home, now=soon), synced(own_home, now=tomorrow)

        assert first is not None
        assert second is not None
        assert "rina@studio.example" not in first.scanned.owner.addresses
        assert "rina@studio.example" in second.scanned.owner.addresses


def test_a_short_window_does_not_narrow_what_sync_reads(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(mailbox(proposal(days=30)), own_home) as sandbox:
        run("scan", "--since", "7d", "--json")
        assert as_json(capsys.readouterr().out)["coverage"]["messages"] == 0

        assert run("sync") == 0

        assert len(sandbox.drafts()) == 1


def test_coverage_tells_since_when_the_mail_was_read(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(mailbox(proposal(days=30)), own_home):
        for option, days in (("30d", 30), ("60d", 60), ("7d", 60)):
            run("scan", "--json", "--since", option)
            since = datetime.fromisoformat(as_json(capsys.readouterr().out)["coverage"]["since"])
            assert timedelta(days=days - 1) < datetime.now(UTC) - since < timedelta(days=days + 1)


def test_a_state_of_the_first_schema_is_taken_over(own_home: Path) -> None:
    path = find_places(own_home).database
    path.parent.mkdir(parents=True)
    first = (files("susul.store.migrations") / "0001.sql").read_text("utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"{first}; PRAGMA user_version = 1;")
        row = ("m1", "status_check", "<x>", "t1", "d", "placed", "2026-06-10T09:00:00+00:00", "d1", "g1", "c1", "why")
        connection.execute("INSERT INTO ledger VALUES (?,?,?,?,?,?,?,?,?,?,?)", row)
        connection.execute("INSERT INTO owed_threads VALUES ('t9')")
        connection.commit()

    with closing(open_store(path)) as store:
        assert [(r.trigger, r.status.value, r.intended) for r in store.ledger()] == [("m1", "placed", "")]
        assert store.owed_threads() == ("t9",)


def test_a_write_as_of_another_time_is_refused(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(mailbox(proposal(), answer()), own_home) as sandbox:
        then = (datetime.now(UTC) - timedelta(days=3)).isoformat()

        assert run("scan", "--write", "--as-of", then) == 2

        assert "--as-of" in capsys.readouterr().err
        assert sandbox.drafts() == []


@pytest.mark.parametrize("read_before", [True, False])
def test_a_time_without_an_offset_is_in_the_zone_of_the_calendar(
    own_home: Path, capsys: pytest.CaptureFixture[str], read_before: bool
) -> None:
    with served(mailbox(proposal()), own_home):
        if read_before:
            run("scan")
            capsys.readouterr()

        assert run("scan", "--json", "--as-of", "2026-06-10T15:00") == 0

    assert as_json(capsys.readouterr().out)["as_of"] == "2026-06-10T15:00:00+07:00"
