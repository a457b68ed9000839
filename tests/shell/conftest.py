"""What the tests of commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from susul.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts import Ask
    from fault_cells import Bench


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A mailbox on the eve of a sync, to be disturbed over and over (``fault_cells``)."""
    from fault_cells import Bench
    from fault_launcher import Launcher
    from fault_scene import prepared

    folder = tmp_path_factory.mktemp("faults")
    with Launcher() as launcher:
        yield Bench(launcher, prepared(launcher, folder / "home"), folder / "cell")


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
