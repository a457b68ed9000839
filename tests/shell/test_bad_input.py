"""Wrong settings, options and places: one sentence with the path and what is allowed, and never a crash."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from accounts import as_json, mailbox, proposal, served

from susul.cli import main
from susul.places import system_zone

if TYPE_CHECKING:
    from pathlib import Path

MAIL = b"""From 1 Mon Jul 06 02:00:00 +0000 2026
From: Rina Wijaya <rina@rinawijaya.example>
To: Helen Park <helen@mosaic.example>
Date: Mon, 06 Jul 2026 09:00:00 +0700
Subject: Proposal: teacher training \xe2\x80\x93 Bandung
Message-ID: <p1@rinawijaya.example>
X-Gmail-Labels: Sent
Content-Type: text/plain; charset=utf-8

Dear Helen,

Attached is our proposal for the teacher training \xe2\x80\x93 I would be glad to hear what you think.

Rina Wijaya

"""


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


@pytest.fixture
def mbox(tmp_path: Path) -> Path:
    path = tmp_path / "mail.mbox"
    path.write_bytes(MAIL)
    return path


OUT_OF_RANGE = [
    (("--as-of", "0001-01-01"), "1990"),
    (("--as-of", "9999-12-31T23:59"), "1990"),
    (("--country", "Indonesia"), "Did you mean ID?"),
    (("--country", "ZZ"), "ZZ"),
    (("--me", "foo"), "--me you@example.com"),
]
ONLY_SCAN = [(("--since", "9999y"), "1 to 3650"), (("--since", "0d"), "1 to 3650")]


@pytest.mark.parametrize(
    ("command", "arguments", "said"),
    [
        *((("scan",), *row) for row in [*OUT_OF_RANGE, *ONLY_SCAN]),
        *((("explain", "teacher"), *row) for row in OUT_OF_RANGE),
    ],
)
def test_an_option_out_of_range_ends_with_2(
    mbox: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...], arguments: tuple[str, ...], said: str
) -> None:
    me = () if "--me" in arguments else ("--me", "rina@rinawijaya.example")

    assert run(*command, "--mbox", str(mbox), *me, *arguments) == 2

    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told


def test_out_under_a_file_ends_with_2(mbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in (mbox, mbox / "below"):
        assert run("scan", "--mbox", str(mbox), "--me", "rina@rinawijaya.example", "--out", str(folder)) == 2
        assert "--out" in capsys.readouterr().err


def test_out_that_can_not_be_written_ends_with_1(
    mbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    arguments = ("scan", "--mbox", str(mbox), "--me", "rina@rinawijaya.example", "--as-of", "2026-07-20")
    assert run(*arguments, "--out", str(out)) == 0
    (written,) = out.iterdir()
    written.unlink()
    written.mkdir()

    assert run(*arguments, "--out", str(out)) == 1

    assert "can't be written" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_can_not_show_a_name_never_ends_a_run(own_home: Path, encoding: str) -> None:
    dashed = {**proposal(), "subject": "Proposal \u2013 brand \u6771"}
    with served(mailbox(dashed), own_home) as sandbox:
        environment = {**os.environ, "PYTHONIOENCODING": encoding}
        for command in (["sync"], ["scan"], ["scan", "--json"]):
            ended = subprocess.run(
                [sys.executable, "-m", "susul", *command], env=environment, capture_output=True, check=False
            )
            assert (ended.returncode, ended.stderr) == (0, b"")
        (case,) = as_json(ended.stdout.decode(encoding))["cases"]
        assert case["subject"] == "Proposal \u2013 brand \u6771"
        assert len(sandbox.drafts()) == 1


def test_a_time_without_an_offset_is_in_the_zone_named_or_the_machines(
    mbox: Path, own_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    arguments = (
        *("scan", "--json", "--mbox", str(mbox), "--me", "rina@rinawijaya.example"),
        *("--as-of", "2026-07-10T10:00"),
    )
    run(*arguments, "--tz", "Asia/Jakarta")
    assert as_json(capsys.readouterr().out)["as_of"] == "2026-07-10T10:00:00+07:00"

    run(*arguments)
    assert as_json(capsys.readouterr().out)["as_of"] == "2026-07-10T10:00:00-04:00"

    own_home.mkdir()
    (own_home / "config.toml").write_text('[owner]\ntime_zone = "Asia/Tokyo"\n')
    run(*arguments)
    assert as_json(capsys.readouterr().out)["as_of"] == "2026-07-10T10:00:00+09:00"


@pytest.mark.parametrize(
    ("told", "linked", "expected"),
    [
        ("Asia/Jakarta", None, "Asia/Jakarta"),
        (":Asia/Jakarta", None, "Asia/Jakarta"),
        ("/usr/share/zoneinfo/Asia/Jakarta", None, "Asia/Jakarta"),
        ("", "zoneinfo/Europe/London", "Europe/London"),
        ("", "zoneinfo/posix/Europe/London", "Europe/London"),
        ("WIB-7", "zoneinfo/Europe/London", "Europe/London"),
        ("WIB-7", None, "UTC"),
        ("", "elsewhere/my-time", "UTC"),
    ],
)
def test_the_machines_zone_is_that_of_tz_or_of_the_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, linked: str | None, expected: str
) -> None:
    monkeypatch.setenv("TZ", told)
    link = tmp_path / "localtime"
    if linked:
        link.symlink_to(tmp_path / linked)

    assert system_zone(link) == expected


def test_a_state_folder_that_can_not_be_written_is_one_sentence(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(mailbox(), own_home):
        (own_home / "lock").mkdir()

        assert run("sync") == 1

    said = capsys.readouterr().err
    assert "lock can't be used" in said
    assert "inside susul" not in said


def test_a_damaged_state_file_names_what_can_be_done(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(mailbox(), own_home):
        (own_home / "state.sqlite3").write_bytes(b"not a database" * 100)

        assert run("sync") == 1

    assert "susul doctor --rebuild" in capsys.readouterr().err
