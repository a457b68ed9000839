"""``susul login`` as a person meets it: a browser that is sent to the link, a refusal, a missing client."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from susul.sandbox import Mailbox, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from asking import Ask

BROWSER = """
import sys, urllib.request
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
opener.open(sys.argv[1], timeout=10).read()
"""


@pytest.fixture
def sandbox(own_home: Path) -> Iterator[Sandbox]:
    """A sandbox that the home points at; its client is there, nobody is signed in."""
    box = Mailbox.from_json({"address": "rina@example.com", "name": "Rina", "time_zone": "Asia/Jakarta"})
    with Sandbox.serve(box) as serving:
        own_home.mkdir(mode=0o700)
        (own_home / "config.toml").write_text(f'[google]\napi_root = "{serving.api_root}"\n')
        (own_home / "credentials.json").write_text(json.dumps(serving.credentials()))
        yield serving


def sign_in(tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """``susul login`` in a process of its own, with a browser that follows the link by itself."""
    browser = tmp_path / "browser.py"
    browser.write_text(BROWSER)
    environment = {**os.environ, "BROWSER": f"{sys.executable} {browser} %s &"}
    return subprocess.run(
        [sys.executable, "-m", "susul", "login"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
    )


def scopes_asked(sandbox: Sandbox) -> set[str]:
    (granted,) = set(sandbox.oauth.refresh.values())
    return {scope.rpartition("/")[2] for scope in granted}


def test_signing_in_names_the_account_and_asks_for_no_more_than_it_needs(
    sandbox: Sandbox, tmp_path: Path, own_home: Path
) -> None:
    done = sign_in(tmp_path)

    assert done.returncode == 0, done.stderr
    assert "Signed in as rina@example.com" in done.stdout
    assert scopes_asked(sandbox) == {"gmail.readonly", "gmail.compose", "calendar.events.readonly"}
    assert (own_home / "token.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX's")
def test_a_client_as_a_browser_saved_it_is_kept_to_the_owner_and_that_is_told_once(
    sandbox: Sandbox, tmp_path: Path, own_home: Path
) -> None:
    client = own_home / "credentials.json"
    client.chmod(0o644)

    done = sign_in(tmp_path)

    assert done.returncode == 0, done.stderr
    assert "Only you can read credentials.json now (0600)." in done.stdout
    assert client.stat().st_mode & 0o777 == 0o600
    assert "Only you can read" not in sign_in(tmp_path).stdout


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX's")
def test_what_a_link_leads_to_is_left_as_it_is_and_that_is_told(
    sandbox: Sandbox, tmp_path: Path, own_home: Path
) -> None:
    shared = (own_home / "credentials.json").rename(tmp_path / "shared.json")
    shared.chmod(0o644)
    (own_home / "credentials.json").symlink_to(shared)

    done = sign_in(tmp_path)

    assert done.returncode == 0, done.stderr
    assert "credentials.json is a link, so the file behind it is left as it is: others may read it." in done.stderr
    assert "Only you can read" not in done.stdout
    assert shared.stat().st_mode & 0o777 == 0o644

    shared.chmod(0o600)
    assert sign_in(tmp_path).stderr == ""


def test_labels_ask_for_the_wider_scope(sandbox: Sandbox, tmp_path: Path, own_home: Path) -> None:
    with (own_home / "config.toml").open("a") as file:
        file.write("[gmail]\nlabels = true\n")

    assert sign_in(tmp_path).returncode == 0
    assert scopes_asked(sandbox) == {"gmail.modify", "calendar.events.readonly"}


def test_a_service_that_is_not_enabled_is_told_right_away(sandbox: Sandbox, tmp_path: Path, own_home: Path) -> None:
    sandbox.fail("403_disabled", "^GET /calendar", times=None)

    done = sign_in(tmp_path)

    assert done.returncode == 2
    assert "The sign-in was saved" in done.stderr
    assert "Calendar API is not enabled" in done.stderr
    assert (own_home / "token.json").exists()


def test_without_a_client_every_line_of_the_walk_through_stands_by_itself(ask: Ask) -> None:
    code, _, err = ask("login")

    assert code == 2
    steps = [line.strip() for line in err.splitlines()[1:]]
    assert [step.partition(".")[0] for step in steps] == [str(number) for number in range(1, 9)]
    assert "Traceback" not in err


def test_logging_out_revokes_and_a_second_time_says_so(
    sandbox: Sandbox, tmp_path: Path, own_home: Path, ask: Ask
) -> None:
    sign_in(tmp_path)

    assert ask("logout")[1] == "Signed out.\n"

    assert not sandbox.oauth.refresh
    assert ask("logout")[1] == "You were not signed in.\n"
