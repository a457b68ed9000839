"""How the mail is copied: in which order, at which cost, and what an interruption loses. Told by the sandbox's log."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from accounts import RINA, KilledError, ago, answer, as_json, creates, mailbox, proposal, served, synced

from susul.account import open_account
from susul.config import load_config
from susul.places import find_places
from susul.progressing import no_progress
from susul.run import Run
from susul.sources.google.gmail import BATCH_SIZE, CONNECTIONS
from susul.store import open_store
from susul.syncing import scan_account

if TYPE_CHECKING:
    from pathlib import Path

    from accounts import Ask

    from susul.sandbox import Sandbox

NOTE = "Would Thursday suit you for a walk?"


def note(name: str, thread: str = "", **more: Any) -> dict[str, Any]:
    """A mail with none of the words that mail about our matters holds."""
    return {
        "id": name,
        "thread": thread or name,
        "from": f"{name.capitalize()} Lee <{name}@{name}.example>",
        "to": RINA,
        "date": ago(5),
        "subject": f"A walk with {name}",
        "text": NOTE,
        **more,
    }


def advert(name: str, **more: Any) -> dict[str, Any]:
    return note(name, labels=["INBOX", "CATEGORY_PROMOTIONS"], **more)


def read(sandbox: Sandbox) -> list[str]:
    """The ids of the conversations and messages that were read, in order."""
    found = [entry.path.split("/me/")[-1].split("/") for entry in sandbox.log if entry.method == "GET"]
    return [parts[1] for parts in found if len(parts) == 2 and parts[0] in ("threads", "messages")]


def ids(sandbox: Sandbox, *names: str) -> list[str]:
    return [message.id for name in names if (message := sandbox.mailbox.find_message(name))]


def scanned_until(home: Path, batches: int) -> bool:
    """One ``susul scan`` that is killed after so many batches; whether it came to its end."""
    places = find_places(home)
    config = load_config(places.config_file)
    told = 0

    def killing(what: str, done: int, total: int, outlook: str = "") -> None:
        nonlocal told
        told += done > 0
        if told > batches:
            raise KilledError

    with closing(open_store(places.database)) as store, closing(open_account(places, config)) as account:
        ends = replace(account)
        try:
            scan_account(Run(ends, store, places, config, datetime.now(UTC), killing if batches >= 0 else no_progress))
        except KilledError:
            return False
    return True


def test_the_owners_part_and_our_words_are_read_first_and_advertising_last(own_home: Path, ask: Ask) -> None:
    own_word = note("b1", "b", **{"from": RINA, "to": "bo@bo.example"})
    box = mailbox(advert("ad"), note("rest"), note("words", text="The interview is on Monday."), own_word, proposal())
    with served(box, own_home) as sandbox:
        assert ask("scan")[0] == 0

        assert read(sandbox) == ids(sandbox, "proposal-1", "b1", "words", "rest", "ad")


def test_a_quick_scan_answers_from_the_promising_part_and_says_what_is_missing(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(), note("rest"), advert("ad")), own_home) as sandbox:
        code, out, _ = ask("scan", "--quick", "--json")

        coverage = as_json(out)["coverage"]
        assert (code, coverage["complete"], coverage["skipped"]) == (0, False, {"threads not read yet": 2})
        assert [case["decision"] for case in as_json(out)["cases"]] == ["draft"]
        assert read(sandbox) == ids(sandbox, "proposal-1")

        assert as_json(ask("scan", "--json")[1])["coverage"]["complete"]
        assert len(read(sandbox)) == len(set(read(sandbox))) == 3


def test_a_conversation_that_began_before_the_window_is_read_whole(own_home: Path, ask: Ask) -> None:
    begun = {**proposal(days=120), "id": "old"}
    with served(mailbox(begun, {**answer(days=3), "reply_to": "old"}), own_home) as sandbox:
        _, out, _ = ask("scan", "--json")

        assert as_json(out)["coverage"]["messages"] == 2
        assert sum(entry.path.endswith(f"/threads/{ids(sandbox, 'old')[0]}") for entry in sandbox.log) == 1


def test_a_reply_that_opens_its_thread_sends_for_the_rest_of_it(own_home: Path, ask: Ask) -> None:
    reply = note("reply", subject="Re: Lunch", headers={"In-Reply-To": "<gone@pals.example>"})
    with served(mailbox(reply), own_home) as sandbox:
        ask("scan")

        assert Counter(read(sandbox)) == Counter(ids(sandbox, "reply") * 2)


@pytest.mark.parametrize("batches", [0, 1, 2, 3])
def test_a_first_scan_that_is_killed_goes_on_where_it_was(own_home: Path, batches: int) -> None:
    many = [note(f"n{number}") for number in range(50)]
    with served(mailbox(*many), own_home) as sandbox:
        assert not scanned_until(own_home, batches)
        assert scanned_until(own_home, -1)

        reads = Counter(read(sandbox))
        assert len(reads) == 50
        assert max(reads.values()) <= 2
        assert sum(reads.values()) - 50 <= BATCH_SIZE * CONNECTIONS


def test_a_spent_quota_keeps_what_was_read(own_home: Path, ask: Ask) -> None:
    many = [note(f"n{number}") for number in range(30)]
    with served(mailbox(*many), own_home) as sandbox:
        sandbox.fail("403_quota", match=r"POST /batch", nth=4, times=None)
        code, out, _ = ask("scan", "--json")
        had = as_json(out)["coverage"]["messages"]
        assert code == 5
        assert 0 < had < 30

        sandbox.faults.clear()
        sandbox.forget()
        assert ask("scan")[0] == 0

        assert len(read(sandbox)) == 30 - had


def test_new_mail_costs_one_message_each(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(), note("rest")), own_home) as sandbox:
        ask("scan")
        sandbox.forget()
        for number in range(20):
            sandbox.deliver(note(f"new{number}", date=ago(0)))

        assert ask("scan")[0] == 0

        assert len(read(sandbox)) == 20
        assert sandbox.units <= 450


def test_labels_and_deletions_are_taken_from_the_history_alone(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(), note("rest")), own_home) as sandbox:
        ask("scan")
        sandbox.forget()
        sandbox.label(ids(sandbox, "proposal-1")[0], add=("Susul/Ignore",))
        sandbox.delete_message(ids(sandbox, "rest")[0])

        _, out, _ = ask("scan", "--json")

        assert read(sandbox) == []
        assert as_json(out)["coverage"]["messages"] == 1
        assert [case["state"] for case in as_json(out)["cases"]] == ["ignored"]


def test_after_expired_history_only_what_is_new_is_read_and_labels_are_right(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(), proposal("ok", "ann@b.example"), note("rest")), own_home) as sandbox:
        ask("scan")
        sandbox.label(ids(sandbox, "proposal-1")[0], add=("Susul/Ignore",))
        sandbox.delete_message(ids(sandbox, "rest")[0])
        sandbox.deliver(note("new", date=ago(0)))
        sandbox.expire_history()
        sandbox.forget()

        _, out, _ = ask("scan", "--json")

        assert read(sandbox) == ids(sandbox, "new")
        assert as_json(out)["coverage"]["messages"] == 3
        assert sorted(case["state"] for case in as_json(out)["cases"]) == ["ignored", "open"]


def test_mail_that_a_search_does_not_know_yet_is_read_all_the_same(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(), note("rest")), own_home) as sandbox:
        sandbox.habits.search_lag = 600
        sandbox.deliver({**answer(days=0), "date": datetime.now(UTC).isoformat()})

        _, out, _ = ask("scan", "--json")

        assert [case["decision"] for case in as_json(out)["cases"]] == ["silent"]


def test_a_draft_is_written_before_the_advertising_is_read(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(), *(advert(f"n{number}") for number in range(5))), own_home) as sandbox:
        assert ask("sync")[0] == 0

        written = next(n for n, entry in enumerate(sandbox.log) if entry.method == "POST" and "/drafts" in entry.path)
        rest = ids(sandbox, "n0")[0]
        assert written < next(n for n, entry in enumerate(sandbox.log) if entry.path.endswith(rest))
        assert creates(sandbox) == 1


@pytest.mark.parametrize(
    "elsewhere",
    [
        note("helen2", **{"from": "Helen Park <helen@mosaic.example>", "text": "This looks right, go ahead."}),
        note("helen3", **{"from": "Helen Park <hp@private.example>", "subject": "Re: Proposal: proposal programme"}),
        note("bounce", **{"from": "Mail Delivery <mailer-daemon@relay.example>", "text": "helen@mosaic.example"}),
        note("stranger", reply_to="proposal-1"),  # nobody's search would find that this is an answer
    ],
)
def test_what_their_people_wrote_elsewhere_is_read_before_a_draft(
    own_home: Path, ask: Ask, elsewhere: dict[str, Any]
) -> None:
    with served(mailbox(proposal(), {**elsewhere, "date": ago(1)}, note("rest")), own_home) as sandbox:
        assert ask("sync")[0] == 0

        log = [entry.path for entry in sandbox.log if "/drafts" not in entry.path or entry.method == "POST"]
        written = next((n for n, path in enumerate(log) if path.endswith("/drafts")), len(log))
        assert next(n for n, path in enumerate(log) if path.endswith(ids(sandbox, elsewhere["id"])[0])) < written


def test_a_label_that_is_made_during_a_run_has_its_name(own_home: Path, ask: Ask) -> None:
    work = note("work", labels=["INBOX", "Family"])
    with served(mailbox(proposal(), work), own_home) as sandbox:
        ask("scan")
        sandbox.label(ids(sandbox, "work")[0], add=("Colleagues",))  # the run asks for the names
        done: list[str] = []

        def meanwhile() -> None:
            if not done:
                done.extend(ids(sandbox, "proposal-1"))
                sandbox.label(done[0], add=("Susul/Ignore",))

        synced(own_home, meanwhile=meanwhile)

        assert creates(sandbox) == 0


# --- a run without news ---


def test_a_sync_without_news_asks_two_questions(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        ask("sync")  # the first after a write hears of that write
        sandbox.forget()

        assert ask("sync") == (0, "", "")

        assert [entry.path.rpartition("/")[2] for entry in sandbox.log] == ["history", "events"]
        assert sandbox.units == 2


@pytest.mark.parametrize("happens", ["answer", "event", "ignore", "config", "scan"])
def test_whatever_may_change_a_decision_ends_the_quiet(own_home: Path, ask: Ask, happens: str) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")
        ask("sync")
        if happens == "event":
            start = datetime.fromisoformat(ago(-3))
            guests = [["helen@mosaic.example", "accepted"]]
            times = {"start": start.isoformat(), "end": start.replace(hour=10).isoformat()}
            sandbox.add_event({"uid": "e", "summary": "Talk", "organizer": RINA, "attendees": guests, **times})
        elif happens == "ignore":
            ask("ignore", "helen@mosaic.example")
        elif happens == "config":
            config = own_home / "config.toml"
            config.write_text(config.read_text() + "[policy.proposal]\nstatus_check_after = [60, 6, 10]\n")
        else:
            sandbox.deliver(answer(days=0))
            if happens == "scan":
                ask("scan")  # hears of the answer, and may not keep it to itself

        assert ask("sync")[0] == 0

        assert sandbox.drafts() == []


def test_the_quiet_ends_when_a_step_is_due(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home):
        synced(own_home)
        synced(own_home)  # the run after one that wrote looks at all of it once more
        with closing(open_store(find_places(own_home).database)) as store:
            standing = json.loads(store.fact("standing") or "{}")

        assert standing["planned_at"] < standing["holds_until"]
        assert (datetime.fromisoformat(standing["holds_until"]) - datetime.now(UTC)).days == 0


HEAVY = ("googleapiclient", "google.auth", "bs4", "holidays", "jinja2", "msgspec", "susul.plan", "susul.reading")
REPORT = """
import json, sys
from susul.cli import main
try:
    main(sys.argv[1:])
finally:
    print(json.dumps(list(sys.modules)))
"""


def modules_of(*arguments: str, home: Path) -> set[str]:
    """The modules that one command loads, in a process of its own."""
    run = [sys.executable, "-c", REPORT, *arguments]
    done = subprocess.run(run, capture_output=True, text=True, check=False, env={**os.environ, "SUSUL_HOME": str(home)})
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_a_sync_without_news_loads_no_rule_and_no_client_library(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home):
        ask("sync")
        ask("sync")

        assert modules_of("sync", home=own_home).isdisjoint(HEAVY)


def test_help_loads_nothing_of_google(own_home: Path) -> None:
    loaded = modules_of("--help", home=own_home)

    assert loaded.isdisjoint({*HEAVY, "httplib2", "susul.sources", "susul.model"})
