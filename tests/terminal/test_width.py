"""What a terminal shows fits it: 80 columns, and 60."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from susul.cli import main
from susul.cli.sandbox import write_home
from susul.sample import sample_mailbox
from susul.sandbox import Mailbox, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from screens import Watch

WIDTHS = pytest.mark.parametrize("columns", [80, 60])
COMMANDS = [
    ("scan", "--all"),
    ("explain", "a"),
    ("explain", "interview"),
    ("log",),
    ("log", "1"),
    ("doctor",),
    ("config",),
    ("config", "owner.time_zone"),
    ("templates", "list"),
    ("templates", "check"),
    ("templates", "preview", "--language", "id"),
    ("ignore",),
    ("undo",),
    ("sync",),
]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home signed in to the sample mailbox, after one sync and with words of the owner's."""
    home = tmp_path_factory.mktemp("sample") / "home"
    with (
        Sandbox.serve(Mailbox.from_json(sample_mailbox(datetime.now(UTC)))) as sandbox,
        pytest.MonkeyPatch.context() as patch,
    ):
        write_home(home, sandbox.api_root, sandbox.token(), sandbox.credentials())
        patch.setenv("SUSUL_HOME", str(home))
        for command in (("sync",), ("ignore", "somebody.with.a.long.name@a-long-name-of-an-organisation.example")):
            with pytest.raises(SystemExit):
                main(list(command))
        yield home


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@WIDTHS
def test_it_fits(
    command: tuple[str, ...], columns: int, watch: Watch, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUSUL_HOME", str(sample))

    shown = watch(*command, columns=columns)

    assert shown.out or shown.err or command == ("sync",)  # which says nothing where nothing changed
    assert shown.too_wide(columns) == []


@pytest.mark.parametrize("style", ["--cron", "--systemd", "--launchd", "--windows"])
def test_what_schedule_says_fits_but_for_the_entry_itself(style: str, watch: Watch) -> None:
    """A line of a crontab or a unit can't be cut in two, and is whole on the narrowest terminal; a remark is short."""
    shown = watch("schedule", style)

    assert shown.out == watch("schedule", style, columns=40).out
    assert [line for line in shown.too_wide(80) if line.startswith("#") and "/" not in line] == []


@WIDTHS
def test_files_fit_too(columns: int, watch: Watch, files: tuple[str, ...]) -> None:
    assert watch("scan", *files, columns=columns).too_wide(columns) == []
    assert watch("explain", "training", *files, columns=columns).too_wide(columns) == []
