"""The label on threads that hold a draft of ours: put, taken, never in the way of a run."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

import pytest
from accounts import Ask, ago, answer, as_json, mailbox, proposal, served

from susul.places import find_places
from susul.sources.google import saved_sign_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from susul.sandbox import Sandbox

LABEL = "Susul/Draft"


def turn_on(home: Path) -> None:
    config = home / "config.toml"
    config.write_text(config.read_text() + "[gmail]\nlabels = true\n")


def labelled(sandbox: Sandbox) -> set[str]:
    """The ids of the messages that carry the label."""
    label = sandbox.mailbox.labels.named(LABEL)
    return {m.id for m in sandbox.mailbox.messages.values() if label and label.id in m.labels}


def modifies(sandbox: Sandbox) -> int:
    return sum(entry.path.endswith("/modify") for entry in sandbox.log)


def made(sandbox: Sandbox) -> int:
    return sum(entry.method == "POST" and entry.path.endswith("/labels") for entry in sandbox.log)


def thread_message(sandbox: Sandbox) -> str:
    """The one message that is no draft."""
    (found,) = (m.id for m in sandbox.mailbox.messages.values() if "DRAFT" not in m.labels)
    return found


def news() -> dict[str, Any]:
    return {
        "id": "news-1",
        "thread": "news",
        "from": "Ines Duarte <ines@library.example>",
        "to": "Rina Wijaya <rina@rinawijaya.example>",
        "date": ago(3),
        "subject": "Library news",
        "text": "The reading room is open again.\n",
    }


def test_without_the_setting_no_label_is_made(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        ask("sync")

        assert sandbox.mailbox.labels.named(LABEL) is None


def test_a_thread_with_a_draft_is_marked_once_and_then_costs_nothing(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(), proposal("budget", "omar@quarry.example")), own_home) as sandbox:
        turn_on(own_home)
        assert ask("sync")[0] == 0
        assert (made(sandbox), modifies(sandbox), len(labelled(sandbox))) == (1, 2, 2)
        ask("sync")
        sandbox.forget()

        assert ask("sync") == (0, "", "")

        assert (made(sandbox), modifies(sandbox)) == (0, 0)


def test_our_own_label_makes_no_thread_be_read_again(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as plain:
        ask("sync")
        plain.forget()
        ask("sync")
        units = plain.units
    for path in own_home.glob("state*"):
        path.unlink()
    with served(mailbox(proposal()), own_home) as sandbox:
        turn_on(own_home)
        ask("sync")
        sandbox.forget()
        ask("sync")

        assert sandbox.units == units


@pytest.mark.parametrize(
    "ends",
    [
        lambda sandbox, _: sandbox.owner_sends_draft(sandbox.drafts()[0][0]),
        lambda sandbox, _: sandbox.owner_discards_draft(sandbox.drafts()[0][0]),
        lambda sandbox, _: sandbox.deliver(answer(days=0)),
        lambda _, ask: ask("undo"),
    ],
    ids=["sent", "discarded", "withdrawn", "undone"],
)
def test_the_label_goes_with_the_draft(own_home: Path, ask: Ask, ends: Callable[[Sandbox, Ask], Any]) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        turn_on(own_home)
        ask("sync")
        assert labelled(sandbox)

        ends(sandbox, ask)
        ask("sync")

        assert labelled(sandbox) == set()


def test_an_edited_draft_keeps_its_label_as_long_as_it_lies_there(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        turn_on(own_home)
        ask("sync")
        ((draft_id, *_),) = sandbox.drafts()
        sandbox.owner_edits_draft(draft_id, text="Mine")
        ask("sync")
        assert labelled(sandbox) == {thread_message(sandbox)}

        sandbox.owner_discards_draft(draft_id)
        ask("sync")

        assert labelled(sandbox) == set()


def test_a_label_of_that_name_is_used_and_cleared_where_no_draft_lies(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal(), news()), own_home) as sandbox:
        sandbox.mailbox.labels.create({"name": "susul/draft"})
        other = next(m.id for m in sandbox.mailbox.messages.values() if b"Library news" in m.raw)
        sandbox.label(other, add=(LABEL,))
        turn_on(own_home)

        assert ask("sync")[0] == 0

        assert len(labelled(sandbox)) == 1
        assert other not in labelled(sandbox)
        assert [one.name for one in sandbox.mailbox.labels.all() if one.type == "user"] == ["susul/draft"]


def test_a_label_that_the_owner_deleted_is_made_again_for_the_next_draft(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        turn_on(own_home)
        ask("sync")
        label = sandbox.mailbox.labels.named(LABEL)
        assert label is not None
        sandbox.mailbox.labels.delete(label.id)
        sandbox.mailbox.labels.create({"name": "Something else"})  # the sandbox gives no id twice
        sandbox.deliver(answer(days=0))
        ask("sync")
        sandbox.owner_sends(proposal("budget", "omar@quarry.example"))

        code, _, said = ask("sync")

        assert (code, said) == (0, "")
        assert len(labelled(sandbox)) == 1


@pytest.mark.parametrize("fault", ["400", "404", "429", "503", "drop_after", "403_quota"])
def test_a_label_that_fails_never_fails_the_run_and_is_told(own_home: Path, ask: Ask, fault: str) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        turn_on(own_home)
        sandbox.fail(fault, match="POST .*/modify$", times=1)

        code, out, said = ask("sync")

        assert code == 0
        assert out.startswith("Drafted")
        assert "Susul/Draft" in said
        assert as_json(ask("log", "--json")[1])["runs"][0]["labels"] == {"failed": 1}
        sandbox.forget()
        ask("sync")
        assert (modifies(sandbox), len(labelled(sandbox))) == (1, 1)


def test_a_thread_that_goes_on_refusing_the_label_is_asked_in_three_runs_and_then_left_alone(
    own_home: Path, ask: Ask
) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        turn_on(own_home)
        sandbox.fail("400", match="POST .*/modify$", times=None)

        said = [bool(ask("sync")[2]) for _ in range(5)]

        assert said == [True, True, True, False, False]
        assert (modifies(sandbox), len(labelled(sandbox))) == (3, 0)


@pytest.mark.parametrize("fault", ["400", "404", "503"])
def test_a_label_that_could_not_be_taken_is_taken_by_the_next_run(own_home: Path, ask: Ask, fault: str) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        turn_on(own_home)
        ask("sync")
        sandbox.owner_discards_draft(sandbox.drafts()[0][0])
        sandbox.fail(fault, match="POST .*/modify$", times=1)
        ask("sync")

        ask("sync")

        assert labelled(sandbox) == set()


def test_a_label_that_never_can_be_taken_is_left_alone_after_three_runs(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        turn_on(own_home)
        ask("sync")
        sandbox.owner_discards_draft(sandbox.drafts()[0][0])
        sandbox.fail("400", match="POST .*/modify$", times=None)
        sandbox.forget()

        for _ in range(5):
            ask("sync")

        assert modifies(sandbox) == 3


def test_a_sign_in_that_does_not_cover_labels_is_told_once(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        token = sandbox.token(saved_sign_in.scopes_for())
        find_places(own_home).token_file.write_text(json.dumps(token))
        turn_on(own_home)

        first, second = ask("sync"), ask("sync")

        assert first[0] == second[0] == 0
        assert "susul login" in first[2]
        assert second[2] == ""
        assert modifies(sandbox) == made(sandbox) == 0
        assert len(sandbox.drafts()) == 1


def test_a_sign_in_asks_for_what_the_setting_needs(own_home: Path) -> None:
    assert saved_sign_in.MODIFY_MAIL in saved_sign_in.scopes_for(labels=True)
    assert saved_sign_in.MODIFY_MAIL not in saved_sign_in.scopes_for()


def test_labels_turned_off_are_taken_off(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        turn_on(own_home)
        ask("sync")
        config = own_home / "config.toml"
        config.write_text(config.read_text().replace("labels = true", "labels = false"))

        ask("sync")

        assert labelled(sandbox) == set()
        assert len(sandbox.drafts()) == 1


@pytest.mark.parametrize("granted", [True, False])
def test_a_login_asks_for_what_labels_need_and_says_where_that_was_not_granted(own_home: Path, granted: bool) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        turn_on(own_home)
        sandbox.oauth.drop_scopes = frozenset() if granted else frozenset({saved_sign_in.MODIFY_MAIL})
        command = [sys.executable, "-m", "susul", "login", "--no-browser"]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, text=True, stdin=pipe, stdout=pipe, stderr=pipe) as process:
            _, said = process.communicate(_consent(process, sandbox))

        assert process.returncode == (0 if granted else 3)
        assert ("labelled" in said) is not granted
        if granted:
            token = json.loads(find_places(own_home).token_file.read_text())
            assert set(token["scopes"]) == set(saved_sign_in.scopes_for(labels=True))


def _consent(process: subprocess.Popen[str], sandbox: Sandbox) -> str:
    """What the owner pastes: where the link of the sign-in leads."""
    assert process.stdout is not None
    link = next(line.strip() for line in process.stdout if line.startswith("http"))
    with closing(HTTPConnection(sandbox.api_root.removeprefix("http://"), timeout=10)) as browser:
        browser.request("GET", link.removeprefix(sandbox.api_root))
        return f"{browser.getresponse().headers['Location']}\n"
