"""A state file that is lost or damaged: found out, begun anew, and never a second draft for anybody."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from accounts import (
    RINA,
    Ask,
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
from hypothesis import given, settings
from hypothesis import strategies as st

from susul.errors import Failed
from susul.places import find_places
from susul.reconcile import Status
from susul.store import open_store
from susul.store.database import newest_version
from susul.store.health import examine, rebuild, rescued

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from susul.sources.google.drafts import DraftsFolder

NOW = datetime(2026, 6, 10, 9, tzinfo=UTC)


def lose_state(home: Path) -> None:
    for path in home.glob("state.sqlite3*"):
        path.unlink()


def spoil(path: Path, table: str) -> None:
    """Overwrites the first page of a table."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    with path.open("r+b") as file:
        file.seek(size * (page - 1))
        file.write(b"\xff" * size)


# State loss


def test_after_the_state_is_lost_our_draft_is_ours_again_and_none_is_laid_beside_it(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(), proposal("budget", "omar@quarry.example")), own_home) as sandbox:
        ask("sync")
        before = {(row.trigger, row.step, row.rfc822_id, row.draft_id, row.status) for row in ledger(own_home)}
        lose_state(own_home)

        assert ask("sync")[0] == 0

        assert creates(sandbox) == 2
        assert {(row.trigger, row.step, row.rfc822_id, row.draft_id, row.status) for row in ledger(own_home)} == before
        sandbox.deliver(answer(days=0))
        ask("sync")
        assert len(sandbox.drafts()) == 1
        assert sorted(row.status for row in ledger(own_home)) == [Status.PLACED, Status.WITHDRAWN]


def test_a_scan_after_the_loss_knows_the_draft_and_writes_nothing_down(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        lose_state(own_home)

        _, out, _ = ask("scan")

        assert "IN YOUR DRAFTS (1)" in out
        assert ledger(own_home) == ()
        ask("sync")
        assert creates(sandbox) == 1
        assert [row.status for row in ledger(own_home)] == [Status.PLACED]


def test_a_draft_whose_text_differs_is_the_owners_after_a_loss(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.owner_edits_draft(draft_id, text="My own precious words")
        lose_state(own_home)

        for _ in range(2):
            ask("sync")
        sandbox.deliver(answer(days=0))
        ask("sync")

        ((_, _, _, message),) = sandbox.drafts()
        assert "My own precious words" in text_of(message)
        assert creates(sandbox) == 1
        assert ledger(own_home) == ()


def test_a_draft_of_the_owners_own_is_never_taken_for_ours(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        sandbox.owner_writes_draft({**proposal(), "id": "own", "text": "My own draft", "reply_to": "proposal-1"})
        lose_state(own_home)

        ask("sync")

        assert len(sandbox.drafts()) == 2
        assert creates(sandbox) == 1
        assert ledger(own_home) == ()


def test_a_draft_that_the_owner_asked_for_is_theirs_after_a_loss_too(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("draft", "proposal programme", "--as", "status_check")
        lose_state(own_home)

        ask("sync")
        sandbox.deliver(answer(days=0))
        ask("sync")

        assert len(sandbox.drafts()) == creates(sandbox) == 1
        assert ledger(own_home) == ()


@pytest.mark.parametrize("killed", [KilledBeforeWrite, KilledAfterWrite])
def test_a_state_lost_right_after_a_kill_leaves_one_draft(own_home: Path, ask: Ask, killed: type[DraftsFolder]) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home, drafts=killed)
        lose_state(own_home)

        ask("sync")
        ask("sync")

        assert len(sandbox.drafts()) == 1
        assert [row.status for row in ledger(own_home)] == [Status.PLACED]


def test_while_mail_is_owed_a_lost_draft_is_left_alone_and_found_later(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(), proposal("budget", "omar@quarry.example")), own_home) as sandbox:
        ask("sync")
        lose_state(own_home)
        sandbox.fail("503", match="GET .*/threads/budget", times=20)
        for thread in {m.thread_id for m in sandbox.mailbox.messages.values()}:
            sandbox.fail("503", match=f"GET .*/threads/{thread}", times=1)

        ask("sync")
        ask("sync")
        ask("sync")

        assert creates(sandbox) == 2
        assert [row.status for row in ledger(own_home)] == [Status.PLACED, Status.PLACED]


# Examining


def test_a_sound_state_is_told_with_its_schema_and_rows(own_home: Path, ask: Ask) -> None:
    path = find_places(own_home).database
    assert not examine(path).exists
    assert examine(path).sound
    with served(mailbox(proposal()), own_home):
        ask("sync")

    health = examine(path)

    assert health.sound
    assert health.private
    assert health.version == health.newest == newest_version()
    assert (health.rows["messages"], health.rows["drafts in the ledger"], health.rows["runs"]) == (1, 1, 1)


def damage_text(path: Path) -> None:
    path.write_bytes(b"This is no database at all. " * 400)


def damage_page(path: Path) -> None:
    spoil(path, "messages")


def damage_row(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE messages SET value = x'7b'")
        connection.commit()


def damage_status(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE ledger SET status = 'lost'")
        connection.commit()


def damage_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize("damage", [damage_text, damage_page, damage_row, damage_status, damage_version])
def test_each_damage_is_found_and_nothing_is_changed_by_looking(
    own_home: Path, ask: Ask, damage: Callable[[Path], None]
) -> None:
    path = find_places(own_home).database
    with served(mailbox(proposal()), own_home):
        ask("sync")
    damage(path)
    before = path.read_bytes()

    health = examine(path)

    assert not health.sound
    assert all(fault.endswith(".") for fault in health.faults)
    assert path.read_bytes() == before


@settings(max_examples=30)
@given(st.binary(max_size=300), st.integers(0, 20_000))
def test_any_bytes_in_the_file_are_examined_without_an_error(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    path = tmp_path_factory.mktemp("state") / "state.sqlite3"
    with closing(open_store(path)) as store, store.transaction():
        store.set_fact("since", "2026-06-10T09:00:00+00:00")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = bytearray(path.read_bytes())
    whole[at : at + len(noise)] = noise
    path.write_bytes(whole)

    assert examine(path).exists
    assert rescued(path) == ((), ())


@pytest.mark.parametrize("damage", [damage_text, damage_page, damage_row])
@pytest.mark.parametrize("command", [("sync",), ("scan",), ("ignore", "helen@mosaic.example")])
def test_a_damage_is_told_in_a_sentence_and_nothing_is_written(
    own_home: Path, ask: Ask, damage: Callable[[Path], None], command: tuple[str, ...]
) -> None:
    path = find_places(own_home).database
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        damage(path)

        code, _, said = ask(*command)

        assert code == 1
        assert "state.sqlite3 can't be used" in said
        assert "susul doctor --rebuild" in said
        assert creates(sandbox) == 1


# Rebuilding


@pytest.mark.parametrize("damage", [damage_text, damage_page, damage_row, damage_version])
def test_a_rebuilt_state_lays_no_second_draft(own_home: Path, ask: Ask, damage: Callable[[Path], None]) -> None:
    path = find_places(own_home).database
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        damage(path)

        rebuilt = rebuild(path, NOW)
        assert ask("sync")[0] == 0

        assert rebuilt.moved_to.name == "state.sqlite3.damaged-20260610-090000"
        assert rebuilt.moved_to.exists()
        assert examine(path).sound
        assert len(sandbox.drafts()) == creates(sandbox) == 1
        assert [row.status for row in ledger(own_home)] == [Status.PLACED]


def test_what_the_owner_said_outlasts_a_damage_of_the_mail(own_home: Path, ask: Ask) -> None:
    path = find_places(own_home).database
    with served(mailbox(proposal(), proposal("budget", "omar@quarry.example")), own_home) as sandbox:
        ask("sync")
        sandbox.owner_discards_draft(next(d for d, _, _, m in sandbox.drafts() if "budget" in str(m["subject"])))
        ask("sync")
        ask("ignore", "helen@mosaic.example")
        damage_page(path)

        rebuilt = rebuild(path, NOW)
        ask("sync")

        assert (rebuilt.drafts, rebuilt.words) == (2, 1)
        assert sandbox.drafts() == []
        assert creates(sandbox) == 2
        assert sorted(row.status for row in ledger(own_home)) == [Status.DISCARDED, Status.WITHDRAWN]


def test_without_a_state_there_is_nothing_to_rebuild(own_home: Path) -> None:
    with pytest.raises(Failed):
        rebuild(find_places(own_home).database, NOW)


def test_a_draft_without_a_thread_is_found_again_while_advertising_is_unread(own_home: Path, ask: Ask) -> None:
    begins = (datetime.now(UTC) - timedelta(days=1)).replace(hour=2, minute=0, second=0, microsecond=0)
    interview: dict[str, Any] = {
        "uid": "iv@cal.example",
        "summary": "Interview - Data Analyst",
        "organizer": "budi@acme.example",
        "attendees": [[who, "accepted"] for who in ("budi@acme.example", RINA)],
        "start": begins.isoformat(),
        "end": (begins + timedelta(hours=1)).isoformat(),
    }
    advert = {
        **proposal("ad", "shop@shop.example"),
        "from": "Shop <shop@shop.example>",
        "to": "rina@rinawijaya.example",
    }
    advert |= {"labels": ["INBOX", "CATEGORY_PROMOTIONS"], "subject": "A walk", "text": "Come in.", "attachments": []}
    with served(mailbox(advert, events=(interview,)), own_home) as sandbox:
        ask("sync")
        assert creates(sandbox) == 1
        lose_state(own_home)

        ask("sync")

        assert creates(sandbox) == 1
        assert len(sandbox.drafts()) == 1
