"""``susul report``: where the page lies, who can read it, and in which language it is."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest

from susul.cli import main
from susul.places import system_language

if TYPE_CHECKING:
    from pathlib import Path

MAIL = b"""From 1 Mon Jul 06 02:00:00 +0000 2026
From: Rina Wijaya <rina@rinawijaya.example>
To: Helen Park <helen@mosaic.example>
Date: Mon, 06 Jul 2026 09:00:00 +0700
Subject: Proposal: teacher training
Message-ID: <p1@rinawijaya.example>
X-GM-THRID: 1670341738338456798
X-Gmail-Labels: Sent
Content-Type: text/plain; charset=utf-8

Dear Helen,

Attached is our proposal for the teacher training. I would be glad to hear what you think.

Best regards,
Rina Wijaya

"""
ME = ("--me", "rina@rinawijaya.example", "--tz", "Asia/Jakarta", "--as-of", "2026-07-10T10:00")


@pytest.fixture
def mbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "mail.mbox"
    path.write_bytes(MAIL)
    return str(path)


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["report", *arguments])
    return int(ended.value.code or 0)


def test_the_page_lies_in_the_own_folder_and_only_its_owner_reads_it(
    mbox: str, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--mbox", mbox, *ME) == 0

    page = own_home / "report.html"
    assert capsys.readouterr().out.strip() == str(page)
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert stat.S_IMODE(own_home.stat().st_mode) == 0o700
    assert "#all/172e3ef60f2c14de" in page.read_text("utf-8")
    assert [path.name for path in own_home.iterdir()] == ["report.html"]


def test_an_older_page_that_others_could_read_is_replaced_by_a_private_one(mbox: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("older", "utf-8")
    page.chmod(0o644)

    assert run("--mbox", mbox, *ME, "--out", str(page)) == 0

    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert page.read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "config", "lang", "expected"),
    [
        (("--language", "id"), "en", "en_GB.UTF-8", "id"),
        ((), "id", "en_GB.UTF-8", "id"),
        ((), "", "id_ID.UTF-8", "id"),
        (("--country", "ID"), "", "C.UTF-8", "id"),
        ((), "", "fr_FR.UTF-8", "id"),  # Jakarta's zone names the country
        (("--country", "GB"), "", "", "en"),
    ],
)
def test_the_language_is_as_asked_else_the_owners_else_the_systems(
    arguments: tuple[str, ...],
    config: str,
    lang: str,
    expected: str,
    mbox: str,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", lang)
    own_home.mkdir()
    (own_home / "config.toml").write_text(f'[owner]\nlanguage = "{config}"\n', "utf-8")

    assert run("--mbox", mbox, *ME, *arguments) == 0

    assert f'<html lang="{expected}">' in (own_home / "report.html").read_text("utf-8")


def test_as_json_it_prints_the_plan_with_the_outcomes_and_writes_nothing(
    mbox: str, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--mbox", mbox, *ME, "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert told["cases"][0]["kind"] == "proposal"
    assert told["outcomes"][0] == {
        "kind": None,
        "step": None,
        "sent": 0,
        "answered": 0,
        "open": 0,
        "unanswered": 0,
        "median_days": None,
    }
    assert not (own_home / "report.html").exists()


def test_a_language_that_is_not_spoken_and_a_folder_that_is_missing_get_a_sentence(
    mbox: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--mbox", mbox, *ME, "--language", "tlh") == 2
    assert "is not spoken here" in capsys.readouterr().err
    assert run("--mbox", mbox, *ME, "--out", str(tmp_path / "none" / "page.html")) == 1
    assert "can't be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("lc_all", "lang", "expected"),
    [
        ("id_ID.UTF-8", "en_GB", "id"),
        ("", "en_GB.UTF-8", "en"),
        ("", "C.UTF-8", ""),
        ("POSIX", "id_ID", ""),
        ("", "", ""),
    ],
)
def test_the_systems_language_is_told_by_its_locale(
    lc_all: str, lang: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", lc_all)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", lang)

    assert system_language() == expected
