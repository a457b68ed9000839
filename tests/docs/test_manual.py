"""The manual page and docs/commands.md are made from the commands themselves, and say all of them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from susul import __version__
from susul.cli import COMMANDS
from susul.cli.command_tree import all_commands
from susul.cli.commands_page import commands_page
from susul.cli.manpage import manpage
from susul.settings import all_settings

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
MADE = {DOCS / "man" / "susul.1": manpage, DOCS / "commands.md": commands_page}
WRITTEN = [path for path in [ROOT / "README.md", *sorted(DOCS.glob("*.md"))] if path not in MADE]


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.name)
def test_a_page_is_made_from_the_code(path: Path) -> None:
    """``make docs`` (SUSUL_UPDATE_DOCS=1) writes it anew."""
    made = MADE[path]()
    if os.environ.get("SUSUL_UPDATE_DOCS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, "utf-8")

    assert path.read_text("utf-8") == made, f"{path.name} is out of date: run make docs"


def test_every_command_says_what_it_does_and_what_each_option_does() -> None:
    for told in all_commands():
        assert told.paragraphs, told.name
        assert [names for names, does in told.options if len(does) <= 5] == [], told.name


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_written_by_hand_tells_what_a_command_is_good_for(command: str) -> None:
    assert any(f"susul {command}" in page.read_text("utf-8") for page in WRITTEN)


def test_every_setting_is_on_its_page() -> None:
    page = (DOCS / "configuration.md").read_text("utf-8")
    sections = {part.partition("\n")[0]: part for part in page.split("\n## ")[1:]}

    for setting in all_settings():
        assert f"| `{setting.key}` |" in sections[setting.section], setting.path


def test_the_manual_names_version_commands_and_exit_codes() -> None:
    page = manpage()

    assert page.startswith(f'.TH SUSUL 1 "" "susul {__version__}"')
    assert page.isascii()
    for command in COMMANDS:
        assert f"\n.SS susul {command}" in page
    for code in range(6):
        assert f"\n.B {code}\n" in page


@pytest.mark.parametrize(
    ("program", "allowed"),
    [(("groff", "-man", "-ww", "-Tutf8", "-z"), ""), (("mandoc", "-Tlint", "-Wwarning"), "missing date")],
    ids=["groff", "mandoc"],
)
def test_the_manual_is_sound(program: tuple[str, ...], allowed: str) -> None:
    """The page has no date, because it changes with the program and not with the day that it was made on."""
    if not shutil.which(program[0]):
        pytest.skip(f"{program[0]} is not here")
    done = subprocess.run([*program, str(DOCS / "man" / "susul.1")], capture_output=True, text=True, check=False)

    complaints = (done.stdout + done.stderr).splitlines()
    assert [line for line in complaints if not allowed or allowed not in line] == []
