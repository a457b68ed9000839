"""What the tests of setting up share: asking a command, here or at a terminal of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from susul.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from asking import Ask, AtTerminal


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs one command: its exit code, and what it said on standard output and error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def at_terminal(own_home: Path) -> AtTerminal:
    """Runs one command with a terminal as its standard input, on which ``typed`` has been typed ahead."""

    def run(arguments: tuple[str, ...], typed: str) -> tuple[int, str]:
        leading, following = os.openpty()
        os.write(leading, typed.encode())
        environment = {**os.environ, "TZ": "Asia/Jakarta", "LANG": "id_ID.UTF-8", "LC_ALL": ""}
        try:
            done = subprocess.run(
                [sys.executable, "-m", "susul", *arguments],
                check=False,
                stdin=following,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=30,
                env=environment,
            )
        finally:
            os.close(leading)
            os.close(following)
        return done.returncode, done.stdout

    return run
