"""The journal of the runs, and taking back what one of them laid."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from accounts import (
    Ask,
    KilledAfterWrite,
    KilledBeforeWrite,
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
from susul.locking import held
from susul.places import find_places
from susul.progressing import no_progress
from susul.reconcile import Status
from susul.run import Run
from susul.store import open_store
from susul.undoing import undo

if TYPE_CHECKING:
    from pathlib import Path

    from susul.sources.google.drafts import DraftsFolder


def runs(ask: Ask, *arguments: str) -> list[dict[str, Any]]:
    code, out, _ = ask("log", "--json", *arguments)
    assert code == 0
    found: list[dict[str, Any]] = as_json(out)["runs"]
    return found


def deeds(run: dict[str, Any]) -> list[str]:
    return [entry["what"] for entry in run["entries"]]


def statuses(home: Path) -> list[Status]:
    return [row.status for row in ledger(home)]


def configure(home: Path, lines: str) -> None:
    config = home / "config.toml"
    config.write_text(config.read_text() + lines)


def second() -> dict[str, Any]:
    return proposal("budget", "omar@quarry.example")


# The journal


def test_a_run_tells_what_it_read_decided_and_wrote_and_why(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        (run,) = runs(ask)

        assert (run["command"], run["outcome"], run["exit_code"], run["times"]) == ("sync", "done", 0, 1)
        assert (run["read"]["threads"], run["read"]["messages"]) == (1, 1)
        assert run["read"]["units"] == sandbox.units
        assert run["read"]["requests"] > 0
        assert run["decided"] == {"draft": 1}
        assert deeds(run) == ["decided: draft", "created"]
        assert run["ended_at"] >= run["started_at"]
        for entry in run["entries"]:
            assert entry["case"]
            assert entry["step"] == "status_check"
            assert "proposal programme" in entry["subject"]
            assert entry["reason"]


def test_runs_that_change_nothing_share_one_row(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home):
        for _ in range(4):
            ask("sync")

        quiet, first = runs(ask)

        assert (quiet["times"], quiet["entries"]) == (3, [])
        assert deeds(first)[-1] == "created"


@pytest.mark.parametrize(
    ("fault", "calls", "code", "why"),
    [
        ("403_daily", "history", 5, "The quota of Gmail is spent for now."),
        ("403_disabled", "calendar", 2, "The Calendar API is not enabled in your Google Cloud project."),
    ],
)
def test_a_run_that_fails_while_it_asks_for_news_is_told_with_its_reason_and_doctor_tells_of_it(
    own_home: Path, ask: Ask, fault: str, calls: str, code: int, why: str
) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        ask("sync")
        sandbox.fail(fault, f"^GET .*{calls}", times=2)

        assert ask("sync")[0] == code
        assert ask("sync")[0] == code
        failed, *_ = runs(ask)
        last_run = next(one for one in as_json(ask("doctor", "--json")[1])["checks"] if one["check"] == "last run")
        ask("sync")

        assert (failed["outcome"], failed["exit_code"], failed["failure"], failed["times"]) == ("failed", code, why, 2)
        assert last_run["outcome"] == "failed"
        assert why in last_run["says"]
        assert [run["outcome"] for run in runs(ask)[:2]] == ["done", "failed"]


@pytest.mark.parametrize(
    ("file", "content", "code", "why"),
    [
        ("token.json", "{}", 3, "The saved sign-in belongs to another place"),
        ("config.toml", "[owner]\nnaem = 'Rina'\n", 2, "owner.naem is not a known setting"),
        ("config.toml", "[owner]\naliases = 'rina@studio.example'\n", 2, "owner.aliases must be a list of texts"),
    ],
)
def test_a_run_that_fails_before_it_begins_is_told_too(
    own_home: Path, ask: Ask, file: str, content: str, code: int, why: str
) -> None:
    with served(mailbox(proposal()), own_home):
        ask("sync")
        before = (own_home / file).read_text()
        (own_home / file).write_text(content)
        assert ask("sync")[0] == code
        (own_home / file).write_text(before)

        failed, first = runs(ask)

        assert (failed["outcome"], failed["exit_code"]) == ("failed", code)
        assert why in failed["failure"]
        assert first["outcome"] == "done"


def test_where_nothing_was_ever_read_a_failed_start_makes_no_state(own_home: Path, ask: Ask) -> None:
    own_home.mkdir()

    assert ask("sync")[0] == 3
    assert not (own_home / "state.sqlite3").exists()


def test_a_run_without_news_says_so_in_words(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home):
        ask("sync")
        ask("sync")
        ask("sync")
        ask("undo", "1")

        undone, quiet, first = ask("log")[1].split("sync")

        assert "Read 1 message in 1 thread" in first
        assert "Nothing new (" in quiet
        assert "No new mail was read (" in undone
        assert "Read 0" not in quiet + undone


def test_a_decision_that_became_another_one_is_told_once(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        sandbox.deliver(answer(days=0))
        ask("sync")
        ask("sync")

        quiet, changed, _ = runs(ask)

        assert deeds(changed) == ["decided: silent", "withdrawn"]
        assert quiet["entries"] == []


@pytest.mark.parametrize(
    ("does", "what"),
    [
        (lambda sandbox, draft: sandbox.owner_edits_draft(draft, text="Mine"), "touched"),
        (lambda sandbox, draft: sandbox.owner_sends_draft(draft), "sent"),
        (lambda sandbox, draft: sandbox.owner_discards_draft(draft), "discarded"),
    ],
)
def test_what_the_owner_did_is_told_with_its_reason(own_home: Path, ask: Ask, does: Any, what: str) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        ((draft_id, *_),) = sandbox.drafts()
        does(sandbox, draft_id)
        ask("sync")

        entry = next(entry for entry in runs(ask)[0]["entries"] if entry["what"] == what)

        assert entry["reason"].startswith("You ")
        assert "proposal programme" in entry["subject"]


@pytest.mark.parametrize("killed", [KilledBeforeWrite, KilledAfterWrite])
def test_a_killed_run_is_told_as_interrupted_with_what_it_was_about_to_do(
    own_home: Path, ask: Ask, killed: type[DraftsFolder]
) -> None:
    with served(mailbox(proposal()), own_home):
        synced(own_home, drafts=killed)
        ask("sync")

        after, before = runs(ask)

        assert (before["outcome"], before["exit_code"], before["ended_at"]) == ("interrupted", None, None)
        assert "creating" in deeds(before)
        assert after["outcome"] == "done"
        assert deeds(after) == [{"KilledBeforeWrite": "created", "KilledAfterWrite": "adopted"}[killed.__name__]]


def test_a_failure_is_told_with_its_sentence_and_exit_code(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        sandbox.fail("400", match="POST .*/drafts$", times=1)
        assert ask("sync")[0] == 1
        (run,) = runs(ask)

        assert (run["outcome"], run["exit_code"]) == ("failed", 1)
        failed = run["entries"][-1]
        assert (failed["what"], "refused" in failed["reason"]) == ("failed", True)

        sandbox.oauth.revoke_all()
        code, _, said = ask("sync")
        latest = runs(ask)[0]
        assert code == latest["exit_code"] == 3
        assert latest["failure"] in said


def test_the_log_is_read_while_another_run_is_at_work(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home):
        ask("sync")
        with held(find_places(own_home).lock), closing(open_store(find_places(own_home).database)) as store:
            with store.transaction():
                store.runs.begin("sync", datetime.now(UTC))
            assert [run["outcome"] for run in runs(ask)] == ["running", "done"]
        assert [run["outcome"] for run in runs(ask)] == ["interrupted", "done"]


def test_runs_are_kept_as_long_as_the_policy_says(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home):
        configure(own_home, "[policy.general]\njournal_days = 30\n")
        synced(own_home)
        synced(own_home, now=datetime.now(UTC) + timedelta(days=31))

        (run,) = runs(ask)

        assert run["run"] == 2
        with closing(sqlite3.connect(find_places(own_home).database)) as connection:
            assert connection.execute("SELECT count(*) FROM run_entries WHERE run = 1").fetchone() == (0,)


def test_the_log_holds_neither_text_nor_address_nor_token(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        sandbox.deliver(answer(days=0))
        ask("sync")
        with closing(sqlite3.connect(find_places(own_home).database)) as connection:
            told = str(connection.execute("SELECT * FROM runs").fetchall())
            told += str(connection.execute("SELECT what, subject, reason FROM run_entries").fetchall())

    for private in ("helen@mosaic.example", "glad to hear", "ya29", "two more rooms"):
        assert private not in told


def test_the_log_for_people_names_runs_and_reasons(own_home: Path, ask: Ask) -> None:
    assert ask("log")[1].startswith("No run yet")
    with served(mailbox(proposal()), own_home):
        ask("sync")
        ask("sync")
        _, out, _ = ask("log")
        _, one, _ = ask("log", "1")

    assert "created status check: Re: Proposal: proposal programme" in out
    assert "decided" not in out.replace("Decided", "")
    assert "decided: draft" in one
    assert ask("log", "99")[0] == 2


# Undo


def test_undo_withdraws_what_the_last_run_laid_and_it_is_not_made_again(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(), second()), own_home) as sandbox:
        ask("sync")
        assert len(sandbox.drafts()) == 2
        ask("sync")  # a quiet run in between is not what is meant

        code, out, _ = ask("undo")

        assert code == 0
        assert out.count("Withdrew status check") == 2
        assert sandbox.drafts() == []
        for _ in range(2):
            assert ask("sync")[:2] == (0, "")
        assert creates(sandbox) == 2
        assert statuses(own_home) == [Status.UNDONE, Status.UNDONE]


def test_why_an_undone_draft_is_not_made_again_is_told_as_it_was(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home):
        ask("sync")
        ask("undo")

        shown = ask("scan", "--all")[1]

    assert "You took this draft back with susul undo." in shown
    assert "deleted" not in shown


def test_what_was_undone_can_still_be_asked_for_by_name(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        ask("undo")

        assert ask("draft", "proposal programme", "--as", "status_check")[0] == 0
        ask("sync")

        assert len(sandbox.drafts()) == 1
        assert [(row.status, row.requested) for row in ledger(own_home)] == [(Status.PLACED, True)]


def test_a_second_undo_says_that_nothing_is_left(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        ask("undo")
        sandbox.forget()

        code, out, _ = ask("undo")

        assert (code, out) == (0, "Nothing is left to undo of run 1: 1 draft withdrawn before.\n")
        assert sandbox.units == 0


def test_undo_leaves_what_the_owner_changed_sent_or_deleted_and_says_so(own_home: Path, ask: Ask) -> None:
    people = {"helen": "proposal", "omar": "budget", "ines": "training", "paul": "website"}
    mails = [proposal(thread, f"{name}@{thread}.example") for name, thread in people.items()]
    with served(mailbox(*mails), own_home) as sandbox:
        ask("sync")
        changed, sent, deleted, lies = (draft for draft, *_ in sandbox.drafts())
        sandbox.owner_edits_draft(changed, text="Mine")
        sandbox.owner_sends_draft(sent)
        sandbox.owner_discards_draft(deleted)

        code, out, _ = ask("undo", "1", "--json")

        told = as_json(out)
        assert code == 0
        assert (len(told["withdrawn"]), len(told["left"])) == (1, 3)
        assert sorted(left["reason"][:8] for left in told["left"]) == ["It no lo", "It no lo", "You chan"]
        assert [draft for draft, *_ in sandbox.drafts()] == [changed]
        ask("sync")
        assert sorted(statuses(own_home)) == ["discarded", "sent", "touched", "undone"]
        reasons = [left["reason"] for left in as_json(ask("undo", "1", "--json")[1])["left"]]
        assert sorted(reasons) == [
            "You changed it in Gmail, so it is yours.", "You deleted it.", "You sent it."
        ]  # fmt: skip
        assert lies


def test_a_draft_that_the_owner_asked_for_is_left_alone(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("draft", "proposal programme", "--as", "decline")

        code, out, _ = ask("undo")

        assert code == 0
        assert "You asked for it by name" in out
        assert ask("undo", "1")[0] == 0
        assert len(sandbox.drafts()) == 1


def test_a_draft_whose_text_the_run_only_changed_stays(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        configure(own_home, '[owner]\nsignature = "Rina W., Bandung"\n')
        ask("sync")

        code, out, _ = ask("undo")

        assert code == 0
        assert "Run 2 only changed its text; susul undo 1 withdraws it." in out
        assert len(sandbox.drafts()) == 1
        ask("undo", "1")
        assert sandbox.drafts() == []


@pytest.mark.parametrize("killed", [KilledBeforeWrite, KilledAfterWrite])
def test_a_killed_undo_never_brings_the_draft_back(own_home: Path, ask: Ask, killed: type[DraftsFolder]) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        undone_by(own_home, killed)
        assert statuses(own_home) == [Status.UNDOING]

        ask("sync")
        ask("undo", "1")
        ask("sync")

        assert sandbox.drafts() == []
        assert creates(sandbox) == 1
        assert statuses(own_home) == [Status.UNDONE]


def test_a_draft_edited_after_a_kill_at_its_undo_is_the_owners(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        ((draft_id, *_),) = sandbox.drafts()
        undone_by(own_home, KilledBeforeWrite)
        sandbox.owner_edits_draft(draft_id, text="Mine")

        ask("undo", "1")
        ask("sync")

        assert [text_of(message).strip() for *_, message in sandbox.drafts()] == ["Mine"]
        assert statuses(own_home) == [Status.TOUCHED]


@pytest.mark.parametrize("killed", [KilledBeforeWrite, KilledAfterWrite])
def test_what_a_killed_run_laid_or_was_about_to_lay_can_be_undone(
    own_home: Path, ask: Ask, killed: type[DraftsFolder]
) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        synced(own_home, drafts=killed)

        assert ask("undo")[0] == 0
        ask("sync")

        assert sandbox.drafts() == []
        assert statuses(own_home) == [Status.UNDONE]


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "503", "503_after", "timeout_after"])
def test_an_undo_without_a_clear_answer_ends_as_if_it_had_had_one(own_home: Path, ask: Ask, fault: str) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        sandbox.fail(fault, match="DELETE .*/drafts/", times=1)

        ask("undo", "1")
        ask("sync")
        ask("undo", "1")

        assert sandbox.drafts() == []
        assert statuses(own_home) == [Status.UNDONE]


def test_an_undo_is_itself_in_the_journal(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home):
        ask("sync")
        ask("undo")

        run = runs(ask)[0]

        assert (run["command"], deeds(run)) == ("undo", ["undone"])
        assert ask("undo")[1].startswith("Nothing is left to undo of run 1")
        assert ask("undo", "77")[0] == 2


def undone_by(home: Path, drafts: type[DraftsFolder]) -> None:
    """An undo of the first run that is killed on its way."""
    places = find_places(home)
    config = load_config(places.config_file)
    with closing(open_store(places.database)) as store, closing(open_account(places, config)) as account:
        ends = replace(account, drafts=drafts(account.transport))
        with pytest.raises(KilledError):
            undo(Run(ends, store, places, config, datetime.now(UTC), no_progress), 1)


def test_the_journal_keeps_no_word_of_a_wrong_line_in_config(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home):
        ask("sync")
        before = (own_home / "config.toml").read_text()
        configure(own_home, "\n[owner]\nsignature = Rina Wijaya, Jl. Melati 5, tel 0812 555\n")

        code, _, err = ask("sync")

        assert (code, "Jl. Melati 5" in err) == (2, True)
        assert all(b"Melati" not in path.read_bytes() for path in own_home.glob("*.db*"))
        (own_home / "config.toml").write_text(before)
        line = before.count("\n") + 3
        assert runs(ask)[0]["failure"] == f"config.toml, line {line}, isn't valid TOML."
