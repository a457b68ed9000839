"""``susul ignore``, ``snooze`` and ``close`` on a real state: what they say, what sync does then, and ``--undo``."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from accounts import ago, as_json, creates, ledger, mailbox, proposal, served

from susul.locking import held
from susul.owners_word import About, OwnersWord, Word
from susul.places import find_places
from susul.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from accounts import Ask

TARGETS = ("helen@mosaic.example", "mosaic.example", "<proposal-1@sandbox.example>")
DONE = {"ignore": "ignored", "close": "closed", "snooze": "snoozed"}


def cases(ask: Ask) -> list[dict[str, Any]]:
    code, out, _ = ask("scan", "--json")
    assert code == 0
    found: list[dict[str, Any]] = as_json(out)["cases"]
    return found


def words(home: Path) -> list[tuple[str, str, str]]:
    path = find_places(home).database
    if not path.exists():
        return []
    with closing(open_store(path)) as store:
        return [(said.word.value, said.about.value, said.target) for said in store.words()]


@pytest.mark.parametrize("target", [*TARGETS, "thread", "case", "link"])
@pytest.mark.parametrize("word", ["ignore", "close"])
def test_a_word_withdraws_the_untouched_draft_and_undo_brings_the_decision_back(
    own_home: Path, ask: Ask, word: str, target: str
) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        (before,) = cases(ask)
        (thread,) = before["threads"]
        named = {"thread": thread, "case": before["id"], "link": f"https://mail.google.com/mail/u/0/#all/{thread}"}
        target = named.get(target, target)

        code, out, _ = ask(word, target)
        assert (code, DONE[word] in out, "--undo" in out) == (0, True, True)
        (case,) = cases(ask)
        assert (case["decision"], case["state"], case["waiting_on"]) == ("silent", DONE[word], "nobody")
        assert f"{datetime.now(UTC):%Y}" in case["reason"]
        _, told, _ = ask("sync")
        assert "Withdrew" in told
        assert f"to {word}" in told
        assert sandbox.drafts() == []
        assert ask("sync")[1] == ""

        assert ask(word, target, "--undo")[0] == 0
        assert cases(ask) == [before]
        ask("sync")
        assert len(sandbox.drafts()) == 1
        assert words(own_home) == []


@pytest.mark.parametrize("word", ["ignore", "close", "snooze"])
def test_a_case_can_be_named_by_words_of_its_subject_and_nothing_is_guessed(
    own_home: Path, ask: Ask, word: str
) -> None:
    with served(mailbox(proposal(), proposal("budget", "omar@quarry.example")), own_home):
        ask("sync")
        (thread,) = next(case["threads"] for case in cases(ask) if "budget" in case["subject"])

        refused, _, why = ask(word, "programme")
        assert refused == 2
        assert "2 conversations or appointments match that." in why
        assert thread in why
        assert words(own_home) == []

        assert ask(word, "BUDGET programme")[0] == 0
        assert words(own_home) == [(word, "thread", thread)]

        assert ask(word, "programme", "--undo")[0] == 0  # of what was said only one has these words
        assert words(own_home) == []


def test_a_touched_draft_stays_when_its_case_is_ignored(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.owner_edits_draft(draft_id, text="My own words")
        ask("ignore", "helen@mosaic.example")

        ask("sync")

        assert [draft for draft, *_ in sandbox.drafts()] == [draft_id]


def test_a_thank_you_is_withdrawn_with_the_owners_reason(own_home: Path, ask: Ask) -> None:
    ended = datetime.now(UTC) - timedelta(hours=26)
    interview = {
        "id": "talk",
        "summary": "Interview: Lead Curator",
        "start": (ended - timedelta(hours=1)).isoformat(),
        "end": ended.isoformat(),
        "organizer": "helen@mosaic.example",
        "attendees": [{"email": "helen@mosaic.example", "responseStatus": "accepted"}],
    }
    with served(mailbox(events=(interview,)), own_home) as sandbox:
        ask("sync")
        assert len(sandbox.drafts()) == 1
        (case,) = cases(ask)

        assert ask("ignore", case["id"])[0] == 0
        _, told, _ = ask("sync")

        assert "to ignore this appointment" in told
        assert sandbox.drafts() == []
        assert [row.status.value for row in ledger(own_home)] == ["withdrawn"]
        assert "“Interview: Lead Curator” (appointment" in ask("ignore")[1]
        ask("ignore", case["id"], "--undo")
        ask("sync")
        assert len(sandbox.drafts()) == 1


def test_a_snoozed_draft_waits_for_its_day(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        (before,) = cases(ask)
        day = (datetime.now(UTC) + timedelta(days=30)).date()

        assert ask("snooze", "helen@mosaic.example", "--until", day.isoformat())[0] == 0
        (case,) = cases(ask)
        assert (case["decision"], case["state"], case["step"]) == ("wait", "open", before["step"])
        assert case["due_at"] == f"{day}T09:00:00+07:00"
        assert f"{day:%a %d %b %Y}" in case["reason"]
        ask("sync")
        assert sandbox.drafts() == []

        later = as_json(ask("scan", "--json", "--as-of", f"{day}T09:00")[1])["cases"][0]
        assert (later["decision"], later["reason"]) == ("draft", before["reason"])
        ask("snooze", "helen@mosaic.example", "--undo")
        assert cases(ask) == [before]


def test_a_snooze_lasts_a_week_unless_config_says_otherwise(own_home: Path, ask: Ask) -> None:
    def until() -> timedelta:
        said = as_json(ask("snooze", "mosaic.example", "--json")[1])["words"][0]
        today = datetime.now(UTC).astimezone(datetime.fromisoformat(said["said_at"]).tzinfo).date()
        return datetime.fromisoformat(said["until"]).date() - today

    assert until() == timedelta(days=7)
    (own_home / "config.toml").write_text("[policy.general]\nsnooze_days = 14\n")
    assert until() == timedelta(days=14)


def test_close_is_over_when_they_promise_something_new(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("scan")
        ask("close", "helen@mosaic.example")
        assert cases(ask)[0]["state"] == "closed"
        promise = {
            "thread": "proposal",
            "from": "Helen Park <helen@mosaic.example>",
            "to": "Rina Wijaya <rina@rinawijaya.example>",
            "date": (datetime.now(UTC) + timedelta(seconds=1)).isoformat(),
            "subject": "Re: Proposal: proposal programme",
            "text": "Dear Rina,\n\nWe will let you know our decision by Friday.\n\nHelen\n",
            "reply_to": "proposal-1",
        }
        sandbox.deliver(promise)

        later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
        (case,) = as_json(ask("scan", "--json", "--as-of", later)[1])["cases"]

        assert (case["decision"], case["step"]) == ("wait", "status_check")
        assert ask("close", "helen@mosaic.example")[0] == 0  # said again, it holds for the promise, too


def test_saying_it_twice_is_saying_it_once(own_home: Path, ask: Ask) -> None:
    ask("ignore", "helen@mosaic.example")
    first = as_json(ask("ignore", "--json")[1])
    code, out, _ = ask("ignore", "Helen+list@mosaic.example")

    assert (code, "already ignored" in out) == (0, True)
    assert as_json(ask("ignore", "--json")[1]) == first
    assert ask("ignore", "helen@mosaic.example", "--undo")[1] == "helen@mosaic.example is no longer ignored.\n"
    assert ask("ignore", "helen@mosaic.example", "--undo")[:2] == (
        0,
        "helen@mosaic.example was not ignored. susul ignore lists what is.\n",
    )


def test_each_word_is_taken_back_by_itself(own_home: Path, ask: Ask) -> None:
    ask("snooze", "mosaic.example", "--until", "2w")
    assert "counts for more" not in ask("ignore", "mosaic.example")[1]
    assert "ignored as well" in ask("close", "mosaic.example")[1]

    ask("ignore", "mosaic.example", "--undo")

    assert words(own_home) == [("snooze", "domain", "mosaic.example"), ("close", "domain", "mosaic.example")]


def test_the_list_tells_what_is_in_force_labels_too(own_home: Path, ask: Ask) -> None:
    assert ask("ignore") == (0, "Nothing is ignored.\n", "")
    with served(mailbox({**proposal(), "labels": ["SENT", "Susul/Ignore"]}), own_home):
        (case,) = cases(ask)
        assert case["state"] == "ignored"
        ask("ignore", "june@north.example")
        listed = ask("ignore", "--list")[1]
        (by_command, by_label) = as_json(ask("ignore", "--json")[1])["words"]

        assert listed.splitlines()[0].startswith("june@north.example, since ")
        assert listed.splitlines()[1].endswith("by the label Susul/Ignore in Gmail")
        assert (by_command["target"], by_command["by"], by_label["by"]) == ("june@north.example", "command", "label")
        assert by_label["subject"] == "Proposal: proposal programme"
        assert "take it off in Gmail" in ask("ignore", case["id"], "--undo")[1]


def test_a_snooze_that_is_over_is_not_listed(own_home: Path, ask: Ask) -> None:
    ask("snooze", "mosaic.example")
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with closing(open_store(find_places(own_home).database)) as store, store.transaction():
        store.keep_word(OwnersWord(Word.SNOOZE, About.DOMAIN, "mosaic.example", yesterday, yesterday.date()))

    assert ask("snooze")[1] == "Nothing is snoozed.\n"


def test_a_domain_is_named_where_it_silences_an_address(own_home: Path, ask: Ask) -> None:
    ask("ignore", "mosaic.example")

    assert "susul ignore mosaic.example --undo" in ask("ignore", "helen@studio.mosaic.example", "--undo")[1]


def test_a_domain_is_taken_back_before_any_words(own_home: Path, ask: Ask) -> None:
    website = {**proposal("website"), "subject": "Website mosaic.example"}
    with served(mailbox(website, proposal("budget")), own_home):
        (thread,) = next(case["threads"] for case in cases(ask) if "Website" in case["subject"])
    ask("ignore", "mosaic.example")
    ask("ignore", "website")

    assert ask("ignore", "MOSAIC.example", "--undo")[1] == "mosaic.example is no longer ignored.\n"
    assert words(own_home) == [("ignore", "thread", thread)]
    assert "was not ignored" in ask("ignore", "mosaic.example", "--undo")[1]
    assert words(own_home) == [("ignore", "thread", thread)]

    assert ask("ignore", "website mosaic.example", "--undo")[0] == 0
    assert words(own_home) == []


def test_words_that_look_like_a_domain_are_taken_back_as_they_were_said(own_home: Path, ask: Ask) -> None:
    ask("ignore", "node.js")
    assert words(own_home) == [("ignore", "domain", "node.js")]
    with served(mailbox({**proposal(), "subject": "Node.js workshop"}), own_home):
        (case,) = cases(ask)
    ask("close", "Node.js")
    assert words(own_home)[-1] == ("close", "thread", *case["threads"])

    for word in ("close", "ignore"):
        assert ask(word, "Node.js", "--undo")[0] == 0
    assert words(own_home) == []


def test_a_series_is_taken_back_by_the_words_that_silenced_it(own_home: Path, ask: Ask) -> None:
    begins = datetime.now(UTC) + timedelta(days=3)
    weekly = {
        "uid": "round@mosaic.example",
        "summary": "Hall round",
        "start": begins.isoformat(),
        "end": (begins + timedelta(hours=1)).isoformat(),
        "rrule": "FREQ=WEEKLY;COUNT=1",
        "organizer": "helen@mosaic.example",
        "attendees": [["helen@mosaic.example", "accepted"]],
    }
    with served(mailbox(events=(weekly,)), own_home):
        ask("scan")

    ask("ignore", "hall round")
    assert words(own_home) == [("ignore", "event", "round@mosaic.example")]

    ask("ignore", "hall round", "--undo")
    assert words(own_home) == []


def test_a_thread_that_left_the_mail_can_still_be_taken_back(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home):
        (case,) = cases(ask)
        ask("ignore", case["id"])
    with closing(open_store(find_places(own_home).database)) as store, store.transaction():
        store.replace_threads(case["threads"], [])

    assert ask("ignore", case["id"], "--undo")[0] == 0
    assert words(own_home) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ignore", "18c0ffee00000000"), "No thread, case or person is known here as “18c0ffee00000000”."),
        (("close", "<nobody@knows.example>"), "No thread"),
        (("ignore", "gmail.com"), "Anybody can have an address at gmail.com"),
        (("ignore", "--undo"), "--undo needs to know"),
        (("ignore", "--list", "a@b.example"), "--list takes no TARGET"),
        (("snooze", "a@b.example", "--until", "someday"), "'someday' is not a day"),
        (("snooze", "a@b.example", "--undo", "--until", "3d"), "--until goes with a new snooze"),
        (("snooze", "--until", "3d"), "--until goes with a new snooze"),
    ],
)
def test_what_makes_no_sense_ends_with_2_and_changes_nothing(
    own_home: Path, ask: Ask, arguments: tuple[str, ...], said: str
) -> None:
    code, out, error = ask(*arguments)

    assert (code, out) == (2, "")
    assert said in error
    assert len(error.splitlines()) == 2
    assert words(own_home) == []


def test_the_owners_own_address_is_refused_once_it_is_known(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home):
        ask("scan")

    code, _, error = ask("ignore", "rina@rinawijaya.example")

    assert (code, "your own address" in error) == (2, True)


def test_the_words_need_neither_network_nor_sign_in_but_the_lock(own_home: Path, ask: Ask) -> None:
    assert ask("ignore", "helen@mosaic.example")[0] == 0
    with held(find_places(own_home).lock):
        assert ask("ignore", "omar@mosaic.example")[0] == 4
        assert ask("close")[0] == 4

    assert words(own_home) == [("ignore", "address", "helen@mosaic.example")]


@pytest.mark.parametrize("form", ["<proposal-1@sandbox.example>", "proposal-1@sandbox.example", "link"])
def test_explain_takes_a_message_id_and_a_link_as_well(own_home: Path, ask: Ask, form: str) -> None:
    with served(mailbox(proposal(), proposal("mural", "omar@north.example")), own_home):
        thread = next(case["threads"][0] for case in cases(ask) if "proposal programme" in case["subject"])
        wanted = f"https://mail.google.com/mail/u/0/#inbox/{thread}" if form == "link" else form

        code, out, _ = ask("explain", wanted)

    assert code == 0
    assert "Proposal: proposal programme" in out
    assert "mural" not in out


def test_explain_shows_the_owners_word(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home):
        ask("ignore", "helen@mosaic.example")

        _, out, _ = ask("explain", "proposal programme")

    assert "to ignore helen@mosaic.example." in out
    assert "owner said: “susul ignore helen@mosaic.example”" in out


def test_a_word_said_while_nothing_was_read_holds_from_the_first_sync(own_home: Path, ask: Ask) -> None:
    ask("ignore", "mosaic.example")
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")

        assert creates(sandbox) == 0


@pytest.mark.parametrize("version", [1, 2])
def test_a_state_of_an_earlier_schema_learns_words_and_keeps_its_ledger(own_home: Path, ask: Ask, version: int) -> None:
    path = find_places(own_home).database
    path.parent.mkdir(parents=True)
    scripts = [files("susul.store.migrations") / f"{number:04}.sql" for number in range(1, version + 1)]
    row = ("m1", "status_check", "<x>", "t1", "d", "placed", ago(1), "d1", "g1", "c1", "why")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("".join(script.read_text("utf-8") for script in scripts))
        columns = (
            '"trigger", step, rfc822_id, thread, digest, status, created_at, draft_id, message_id, case_id, reason'
        )
        connection.execute(f"INSERT INTO ledger ({columns}) VALUES (?,?,?,?,?,?,?,?,?,?,?)", row)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()

    assert ask("snooze", "mosaic.example", "--until", "3d")[0] == 0

    assert words(own_home) == [("snooze", "domain", "mosaic.example")]
    assert [row.trigger for row in ledger(own_home)] == ["m1"]
