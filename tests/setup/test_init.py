"""``susul init``: the dialogue, what it writes, and what it never writes over."""

from __future__ import annotations

import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from susul.config import load_config
from susul.guesses import guess
from susul.model import Kind

if TYPE_CHECKING:
    from pathlib import Path

    from asking import Ask, AtTerminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses a pseudo-terminal")


def test_enter_takes_what_the_machine_tells(own_home: Path, at_terminal: AtTerminal) -> None:
    code, said = at_terminal(("init",), "\n" * 5)

    owner = load_config(own_home / "config.toml").owner
    assert code == 0, said
    assert (owner.name, owner.country, owner.time_zone, owner.language) == ("", "ID", "Asia/Jakarta", "id")
    assert stat.S_IMODE((own_home / "config.toml").stat().st_mode) == 0o600
    assert stat.S_IMODE(own_home.stat().st_mode) == 0o700


def test_the_answers_stand_in_the_file(own_home: Path, at_terminal: AtTerminal) -> None:
    typed = 'Rina "R" Wijaya\nGB\nEurope/London\nen\ninterview, task\n'

    code, said = at_terminal(("init",), typed)

    config = load_config(own_home / "config.toml")
    policy = config.effective_policy()
    assert code == 0, said
    assert (config.owner.name, config.owner.country) == ('Rina "R" Wijaya', "GB")
    assert [kind for kind in Kind if policy.follows_up(kind)] == [Kind.INTERVIEW, Kind.TASK]
    assert policy.general.internal


def test_an_answer_that_cannot_be_is_asked_for_again_with_the_nearest_right_one(
    own_home: Path, at_terminal: AtTerminal
) -> None:
    typed = "Rina\nIndonesia\nID\nAsia/Jkarta\nAsia/Jakarta\nxx\nid\nintervew\nproposal\n"

    code, said = at_terminal(("init",), typed)

    assert code == 0, said
    for hint in ("Did you mean ID?", "Asia/Jkarta", "Known: en", "Did you mean interview?"):
        assert hint in said
    assert load_config(own_home / "config.toml").owner.country == "ID"


def test_an_existing_file_is_never_written_over(own_home: Path, ask: Ask) -> None:
    own_home.mkdir()
    (own_home / "config.toml").write_text("# mine\n")

    code, _, said = ask("init", "--yes")

    assert code == 2
    assert "--force" in said
    assert (own_home / "config.toml").read_text() == "# mine\n"


def test_a_proposal_can_be_left_out(own_home: Path, at_terminal: AtTerminal) -> None:
    code, said = at_terminal(("init",), "-\n-\n-\n-\n-\n")

    config = load_config(own_home / "config.toml")
    assert code == 0, said
    assert (config.owner.country, config.owner.time_zone, config.owner.language) == ("", "", "")
    assert not any(config.effective_policy().follows_up(kind) for kind in Kind if kind is not Kind.TASK)


def test_a_server_in_utc_pins_neither_zone_nor_country(
    own_home: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    assert ask("init", "--yes")[0] == 0

    owner = load_config(own_home / "config.toml").owner
    assert (owner.country, owner.time_zone, owner.language) == ("", "", "en")


def test_force_keeps_every_old_file(own_home: Path, ask: Ask) -> None:
    own_home.mkdir()
    (own_home / "config.toml").write_text("# first\n")

    assert ask("init", "--yes", "--force")[0] == 0
    assert ask("init", "--yes", "--force")[0] == 0

    assert (own_home / "config.toml.1").read_text() == "# first\n"
    assert (own_home / "config.toml.2").read_text() == (own_home / "config.toml").read_text()


def test_without_a_terminal_it_asks_nothing_and_says_how(own_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "susul", "init"], check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )

    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert not (own_home / "config.toml").exists()


def test_giving_up_half_way_writes_nothing(own_home: Path, at_terminal: AtTerminal) -> None:
    code, said = at_terminal(("init",), "Rina\n\x04")

    assert code == 1, said
    assert not (own_home / "config.toml").exists()


@pytest.mark.parametrize(
    ("zone", "locale", "country", "time_zone", "language"),
    [
        ("Asia/Jakarta", "id_ID.UTF-8", "ID", "Asia/Jakarta", "id"),
        ("Asia/Jakarta", "en_US.UTF-8", "ID", "Asia/Jakarta", "en"),
        ("Asia/Makassar", "C.UTF-8", "ID", "Asia/Makassar", "id"),
        ("UTC", "en_GB.UTF-8", "GB", "", "en"),
        ("UTC", "de_DE@euro", "DE", "", "en"),
        ("UTC", "", "", "", ""),
        ("UTC", "POSIX", "", "", ""),
        ("Europe/Berlin", "_.@_", "DE", "Europe/Berlin", "en"),
    ],
)
def test_what_a_machine_tells(zone: str, locale: str, country: str, time_zone: str, language: str) -> None:
    assert guess(zone, locale) == {
        "owner.country": country,
        "owner.time_zone": time_zone,
        "owner.language": language,
    }
