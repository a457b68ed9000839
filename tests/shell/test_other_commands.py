"""read, explain, demo, help: what a person meets first."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from accounts import mailbox, proposal, served

from susul.cli import COMMANDS, main

if TYPE_CHECKING:
    from pathlib import Path

MAIL = """From: Maya Pratiwi <maya@lintasmedika.example>
To: rina@rinawijaya.example
Date: Tue, 09 Jun 2026 09:50:00 +0700
Subject: Re: Wawancara
Message-ID: <m4@lintasmedika.example>
Content-Type: text/plain; charset=utf-8

Yth. Ibu Rina,

Hasil wawancara masih kami bahas, dan kami akan memberi kabar paling lambat hari Jumat.

Salam,
Maya Pratiwi
"""


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


def test_read_prints_one_object_a_file_and_goes_on_after_a_bad_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mail.eml"
    path.write_text(MAIL, "utf-8")

    assert run("read", "--json", "--tz", "Asia/Jakarta", str(tmp_path / "none.eml"), str(path)) == 0

    missing, found = map(json.loads, capsys.readouterr().out.splitlines())
    assert set(missing) == {"file", "error"}
    assert (found["language"], found["nature"], found["from"]) == ("id", "person", "maya@lintasmedika.example")
    promise = next(signal for signal in found["signals"] if signal["fact"] == "promise")
    assert promise["until"] == "2026-06-12"
    assert "paling lambat hari Jumat" in promise["quote"]


def test_explain_tells_the_story_of_a_case(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(mailbox(proposal()), own_home):
        assert run("explain", "proposal programme") == 0

    said = capsys.readouterr().out
    assert "Helen Park" in said
    assert "proposal: “Attached is our proposal" in said
    assert "Next: a draft, status check, now" in said


def test_explain_of_nothing_ends_with_2(own_home: Path) -> None:
    with served(mailbox(proposal()), own_home):
        assert run("explain", "no such thread") == 2


def test_the_demo_runs_end_to_end_and_nothing_is_sent(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("demo") == 0

    said = capsys.readouterr().out
    assert "Terima kasih" in said
    assert "A second sync wrote 0 drafts" in said
    assert "Sending calls that were tried: 0." in said


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, "--help") == 0
    assert len(capsys.readouterr().out.splitlines()) > 4


def test_help_loads_no_google_library() -> None:
    code = (
        "import sys; sys.argv = ['susul', '--help']\n"
        "from susul.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = [m for m in sys.modules if m.split('.')[0] in "
        "('google', 'googleapiclient', 'httplib2', 'bs4', 'holidays', 'jinja2', 'icalendar', 'msgspec')]\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_a_reader_that_goes_away_is_no_failure(own_home: Path) -> None:
    script = "import sys; sys.argv = ['susul', '--help']; from susul.cli import main; main()"
    shell = f'set -o pipefail; "{sys.executable}" -c "{script}" | true'

    assert subprocess.run(["bash", "-c", shell], check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b"From 1 Mon Jul\nFrom: a@b.example\n\nx", "scan --mbox"), (b"\x7fELF\0\0", "not a mail file")],
)
def test_read_says_what_is_no_mail_and_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)

    assert run("read", str(path)) == 1
    assert said in capsys.readouterr().err


def test_logout_removes_a_damaged_sign_in(own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "token.json").write_text("x")

    assert run("logout") == 0
    assert not (own_home / "token.json").exists()
