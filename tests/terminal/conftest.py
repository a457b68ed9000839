"""A terminal to watch commands: standard output and error that say they are one, as wide as a test likes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from screens import Screen, Shown

from susul.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from screens import Watch


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Runs one command on a terminal."""

    def run(*arguments: str, columns: int = 80, term: str = "xterm-256color") -> Shown:
        out, err = Screen(), Screen()
        with monkeypatch.context() as patch:
            patch.setattr("sys.stdout", out)
            patch.setattr("sys.stderr", err)
            patch.setenv("COLUMNS", str(columns))
            patch.setenv("TERM", term)
            with pytest.raises(SystemExit) as ended:
                main(list(arguments))
        return Shown(int(ended.value.code or 0), out.getvalue(), err.getvalue())

    return run


PROPOSAL = b"""From 1 Mon Jul 06 02:00:00 +0000 2026
From: Rina Wijaya <rina@rinawijaya.example>
To: Helen Park <helen@mosaic.example>
Date: Mon, 06 Jul 2026 09:00:00 +0700
Subject: Proposal: teacher training for the Mosaic programme, with all the schools of the whole district and beyond
Message-ID: <p1@rinawijaya.example>
X-GM-THRID: 1670341738338456798
X-Gmail-Labels: Sent
Content-Type: text/plain; charset=utf-8

Dear Helen,

Attached is our proposal for the teacher training. I would be glad to hear what you think.

Best regards,
Rina Wijaya

"""


@pytest.fixture
def mbox(tmp_path: Path) -> Path:
    """A proposal without an answer, as Takeout exports it."""
    path = tmp_path / "mail.mbox"
    path.write_bytes(PROPOSAL)
    return path


@pytest.fixture
def files(mbox: Path) -> tuple[str, ...]:
    """The options that read ``mbox`` on a day when a follow-up is due."""
    whose = ("--me", "rina@rinawijaya.example", "--tz", "Asia/Jakarta", "--country", "ID")
    return ("--mbox", str(mbox), *whose, "--as-of", "2026-07-13T10:00")
