"""The program in a process of its own, on a terminal of the system's."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from screens import LINK, SEQUENCE

if TYPE_CHECKING:
    from pathlib import Path

pty = pytest.importorskip("pty")


def on_terminal(*arguments: str, **environment: str) -> str:
    """Everything that the terminal was given, output and errors as they came."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "susul", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "60", **environment},
    )
    os.close(theirs)
    given = b""
    while chunk := _read(ours):
        given += chunk
    os.close(ours)
    assert process.wait(timeout=60) == 0
    return given.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # EIO: so Linux says that nobody holds the other end any more
        return b""


def test_a_terminal_gets_links_progress_and_lines_that_fit(files: tuple[str, ...]) -> None:
    given = on_terminal("scan", *files)

    assert len(LINK.findall(given)) == 1
    assert "\rUnderstanding mail: 1 of 1" in given
    assert max(map(len, SEQUENCE.sub("", given).replace("\r", "\n").splitlines())) <= 60


def test_a_dumb_terminal_without_colour_gets_nothing_but_text(files: tuple[str, ...]) -> None:
    given = on_terminal("scan", *files, TERM="dumb", NO_COLOR="1")

    assert "\x1b" not in given
    assert "Understanding" not in given


def test_a_question_of_init_is_asked_on_a_terminal(own_home: Path) -> None:
    """Its prompt is shown whole: nothing stands between it and the terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "susul", "init"], stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ}
    )
    os.close(theirs)
    os.write(ours, b"\n" * 5)
    given = b""
    while chunk := _read(ours):
        given += chunk
    os.close(ours)

    assert process.wait(timeout=60) == 0
    assert b"Your name, as it stands under your mails" in given
    assert (own_home / "config.toml").is_file()
