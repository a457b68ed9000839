"""One run at a time, with real processes: no lock outlives its holder, and who holds it is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from accounts import Ask, mailbox, proposal, served

from susul.errors import AlreadyRunning
from susul.locking import held
from susul.places import find_places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLDER = """
import sys, subprocess
from datetime import UTC, datetime
from pathlib import Path
from susul.locking import held
with held(Path(sys.argv[1]), datetime(2026, 6, 10, 9, 14, tzinfo=UTC)):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) if sys.argv[2:] else None
    print(child.pid if child else 0, flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(path: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Another process that holds the lock, and the id of its child, if it was told to have one."""
    command = [sys.executable, "-c", HOLDER, str(path), *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        try:
            yield process, child
        finally:
            process.kill()
            if child:
                os.kill(child, signal.SIGKILL)


def test_a_run_beside_another_process_ends_with_4_and_says_who_holds_the_lock(own_home: Path, ask: Ask) -> None:
    with served(mailbox(proposal()), own_home) as sandbox:
        places = find_places(own_home)
        with holder(places.lock) as (process, _):
            code, out, said = ask("sync")

        began = datetime(2026, 6, 10, 9, 14, tzinfo=UTC).astimezone()
        assert (code, out) == (4, "")
        assert f"(process {process.pid}, since {began:%a %d %b %H:%M})" in said
        assert sandbox.units == 0
        assert ask("sync")[0] == 0


def test_a_killed_holder_leaves_no_lock_behind(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with holder(path) as (process, _):
        with pytest.raises(AlreadyRunning), held(path):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()

        assert path.read_text().startswith(f"{process.pid} ")
        with held(path):
            pass


def test_a_child_that_outlives_a_killed_holder_does_not_keep_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with holder(path, "with a child") as (process, child):
        process.send_signal(signal.SIGKILL)
        process.wait()

        os.kill(child, 0)  # it lives
        with held(path):
            pass


@pytest.mark.parametrize("left", ["{living} 2026-06-10T09:14:00+00:00", "1", "\x00\xff not a process", "9" * 5000])
def test_what_stands_in_the_file_never_locks_anybody_out(tmp_path: Path, left: str) -> None:
    path = tmp_path / "lock"
    path.write_text(left.replace("{living}", str(os.getppid())))

    with held(path, datetime.now(UTC)):
        assert path.read_text().startswith(f"{os.getpid()} ")

    assert path.read_text() == ""


@pytest.mark.parametrize("left", ["", "no process", "12 some day", "12 9999-12-31T23:59:59+00:00", "\xff" * 200])
def test_a_held_lock_with_any_text_in_it_is_told(tmp_path: Path, left: str) -> None:
    path = tmp_path / "lock"
    with holder(path):
        path.write_text(left, "latin-1")

        with pytest.raises(AlreadyRunning) as told, held(path):
            pass

    assert told.value.sentence.startswith("Another susul run")
    assert told.value.sentence.endswith("at work on this account.")
