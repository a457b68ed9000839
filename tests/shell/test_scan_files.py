"""``susul scan`` on files: the contract's JSON, honest coverage, and one sentence for every bad input."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from accounts import as_json

from susul.cli import main

if TYPE_CHECKING:
    from pathlib import Path

PROPOSAL = b"""From 1 Mon Jul 06 02:00:00 +0000 2026
From: Rina Wijaya <rina@rinawijaya.example>
To: Helen Park <helen@mosaic.example>
Date: Mon, 06 Jul 2026 09:00:00 +0700
Subject: Proposal: teacher training
Message-ID: <p1@rinawijaya.example>
X-GM-THRID: 77
X-Gmail-Labels: Sent
Content-Type: text/plain; charset=utf-8

Dear Helen,

Attached is our proposal for the teacher training. I would be glad to hear what you think.

Best regards,
Rina Wijaya

"""
ME = ("--me", "rina@rinawijaya.example", "--tz", "Asia/Jakarta", "--country", "ID")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


@pytest.fixture
def mbox(tmp_path: Path) -> Path:
    path = tmp_path / "mail.mbox"
    path.write_bytes(PROPOSAL)
    return path


def test_the_json_is_as_the_contract_says(mbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("scan", "--json", "--as-of", "2026-07-10T10:00", "--mbox", str(mbox), *ME) == 0

    result = as_json(capsys.readouterr().out)

    assert result["version"] == 1
    assert result["account"] == "rina@rinawijaya.example"
    assert result["as_of"] == "2026-07-10T10:00:00+07:00"
    assert result["coverage"] | {"since": None} == {
        "since": None,
        "threads": 1,
        "messages": 1,
        "events": 0,
        "complete": True,
        "unread": 0,
        "skipped": {},
    }
    (case,) = result["cases"]
    assert (case["kind"], case["state"], case["waiting_on"]) == ("proposal", "open", "them")
    assert (case["decision"], case["step"], case["due_at"]) == ("draft", "status_check", "2026-07-10T09:00:00+07:00")
    assert case["threads"] == ["77"]
    assert case["people"][0] == {"name": "Helen Park", "address": "helen@mosaic.example"}
    assert case["organisation"] == "mosaic.example"
    assert case["evidence"][0]["quote"]
    assert set(case["draft"]) == {"thread", "from", "to", "cc", "subject", "in_reply_to", "text", "html"}
    assert case["draft"]["to"] == ["helen@mosaic.example"]


def test_the_same_without_json_names_the_case_and_the_words(mbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("scan", "--as-of", "2026-07-10T10:00", "--mbox", str(mbox), *ME) == 0

    said = " ".join(capsys.readouterr().out.split())

    assert "status check" in said
    assert "Helen Park" in said
    assert "“Attached is our proposal for the teacher training.”" in said


@pytest.mark.parametrize(
    ("as_of", "sent", "due", "until"),
    [
        ("2026-12-23T10:00", "Mon 21 Dec: ", "Tue 29 Dec 09:00 status", ""),
        ("2026-12-30T10:00", "Mon 21 Dec: ", "status check", "Good until Mon 29 Mar 2027."),
        ("2027-01-05T10:00", "Mon 21 Dec 2026: ", "status check", "Good until Mon 29 Mar."),
    ],
)
def test_a_day_of_another_year_is_told_with_its_year(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], as_of: str, sent: str, due: str, until: str
) -> None:
    path = tmp_path / "december.mbox"
    path.write_bytes(PROPOSAL.replace(b"06 Jul 2026", b"21 Dec 2026"))
    files = ("--as-of", as_of, "--mbox", str(path), *ME)

    assert run("scan", *files) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert run("explain", "proposal", *files) == 0
    explained = " ".join(capsys.readouterr().out.split())

    assert sent in shown
    assert due in shown
    assert until in shown
    assert f"{sent.removesuffix(': ')}, proposal" in explained


def test_drafts_are_written_as_eml(mbox: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"

    assert run("scan", "--as-of", "2026-07-10T10:00", "--mbox", str(mbox), *ME, "--out", str(folder)) == 0

    (file,) = folder.iterdir()
    assert b"In-Reply-To: <p1@rinawijaya.example>" in file.read_bytes()


def test_an_empty_mbox_is_an_empty_mailbox(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.mbox"
    path.write_bytes(b"")

    assert run("scan", "--json", "--mbox", str(path), *ME) == 0
    assert as_json(capsys.readouterr().out)["cases"] == []


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"{}", b"Dear Sir,\n\nhello\n"],
)
def test_a_file_that_is_no_mbox_is_one_sentence_and_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "not.mbox"
    path.write_bytes(content)

    assert run("scan", "--mbox", str(path), *ME) == 2

    said = capsys.readouterr().err
    assert "not.mbox" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("--mbox", "nowhere.mbox", *ME),
        ("--mbox", "nowhere.mbox"),
        ("--mbox", "nowhere.mbox", "--me", "rina"),
        ("--tz", "Asia/Jakarta"),
        ("--write", "--mbox", "x.mbox", *ME),
        ("--as-of", "yesterday", "--mbox", "x.mbox", *ME),
        ("--since", "long", "--mbox", "x.mbox", *ME),
        ("--mbox", "x.mbox", "--me", "rina@x.example", "--tz", "Mars/Olympus"),
        ("--no-such-option",),
    ],
)
def test_a_wrong_command_line_ends_with_2_and_a_sentence(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("scan", *arguments) == 2

    said = capsys.readouterr().err
    assert said.strip()
    assert "Traceback" not in said


def test_a_truncated_mbox_is_read_as_far_as_it_goes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cut.mbox"
    path.write_bytes(PROPOSAL + PROPOSAL.replace(b"<p1@", b"<p2@")[:120])

    assert run("scan", "--json", "--as-of", "2026-07-10T10:00", "--mbox", str(path), *ME) == 0
    assert any("77" in case["threads"] for case in as_json(capsys.readouterr().out)["cases"])
