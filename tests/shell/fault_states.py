"""What goes wrong on the owner's own machine: two runs at once, a full disk, lost rights, a wrong clock, another zone.

Each function plays one such story on the scene and tells what it saw: how the disturbed run ended, and what is bad.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from fault_cells import ill_ended
from fault_launcher import NOBODY
from fault_scene import SYNC, harm_done, left

from susul.places import find_places
from susul.sandbox import Latency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fault_cells import Bench
    from fault_launcher import Ended

    from susul.sandbox import Sandbox

A_DAY = timedelta(days=1)
FAR_WEST = "America/Los_Angeles"


@dataclass(frozen=True, slots=True)
class Seen:
    """How a story went: the disturbed run, whether a draft had been laid by then, and what should not be."""

    run: Ended
    wrote: bool
    bad: tuple[str, ...]


def two_at_once(bench: Bench) -> Seen:
    """Two syncs let go at the same moment; the story's run is the loser."""
    with bench.scene.played(bench.home) as sandbox:
        sandbox.latency = Latency(request=0.01)  # so that the winner is still at work when the loser comes
        loser, winner = sorted(
            bench.launcher.run_together(2, bench.home, SYNC, "sync"), key=lambda run: run.code, reverse=True
        )
        bad = [] if (winner.code, loser.code) == (0, 4) else [f"ended with {winner.code} and {loser.code}"]
        bad += [] if "Another susul run" in loser.err else [f"the loser said {loser.err!r}"]
        bad += harm_done(bench.scene, sandbox)
        bad += filter(None, [left(sandbox, bench.home).unlike(bench.wanted)])
        return Seen(loser, _wrote(sandbox), tuple(bad))


def files_grow_to(bench: Bench, size: int) -> Seen:
    """No file may grow beyond so many bytes, and then there is room again."""
    with bench.scene.played(bench.home) as sandbox:
        run = bench.launcher.run(bench.home, SYNC, "sync", file_size=size)
        return _made_good(bench, sandbox, run, said=("state file", "disk"))


def disk_of(bench: Bench, size: int, mount: Path) -> Seen:
    """The home lies on a disk of so many bytes, and then on one with room. Only for root; raises CalledProcessError."""
    with bench.scene.played(bench.home) as sandbox:
        mount.mkdir(exist_ok=True)
        _root(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(mount)])
        try:
            _root(["cp", "-r", f"{bench.home}/.", str(mount)])
            run = bench.launcher.run(mount, SYNC, "sync")
            _root(["mount", "-o", "remount,size=100m", str(mount)])
            return _made_good(bench, sandbox, run, said=("state file", "disk"), home=mount)
        finally:
            _root(["umount", str(mount)])


def read_only_folder(bench: Bench) -> Seen:
    """The state folder can't be written, and then it can. Root gives its rights up for it."""
    with TemporaryDirectory() as folder, bench.scene.played(home := Path(folder) / "home") as sandbox:
        Path(folder).chmod(0o711)
        _give_away(home)
        home.chmod(0o500)
        run = bench.launcher.run(home, SYNC, "sync", unprivileged=True)
        home.chmod(0o700)
        return _made_good(bench, sandbox, run, said=("can't be used", "rights"), home=home, unprivileged=True)


def clock_set_back(bench: Bench) -> Seen:
    """A run on a clock that is a day behind, and then one on the right clock."""
    with bench.scene.played(bench.home) as sandbox:
        bench.launcher.run(bench.home, SYNC, "sync")
        run = bench.launcher.run(bench.home, SYNC - A_DAY, "sync")
        return _made_good(bench, sandbox, run)


def zone_changed(bench: Bench) -> Seen:
    """A run in a zone fourteen hours behind, and then one in the old zone."""
    with bench.scene.played(bench.home) as sandbox:
        config = find_places(bench.home).config_file
        bench.launcher.run(bench.home, SYNC, "sync")
        before = config.read_text("utf-8")
        config.write_text(f'{before}time_zone = "{FAR_WEST}"\n', "utf-8")
        run = bench.launcher.run(bench.home, SYNC, "sync")
        config.write_text(before, "utf-8")
        return _made_good(bench, sandbox, run)


def _made_good(
    bench: Bench,
    sandbox: Sandbox,
    run: Ended,
    *,
    said: Sequence[str] = (),
    home: Path | None = None,
    unprivileged: bool = False,
) -> Seen:
    """What one undisturbed run makes of it. ``said``: the words that a run which failed must have said."""
    home, wrote = home or bench.home, _wrote(sandbox)
    bad = [*ill_ended(run, killed=False), *harm_done(bench.scene, sandbox)]
    bad += [f"didn't say {word!r}: {run.err!r}" for word in said if run.code and word not in run.err]
    again = bench.launcher.run(home, SYNC, "sync", unprivileged=unprivileged)
    bad += [f"the next run ended with {again.code}: {again.err}"] if again.code else []
    bad += harm_done(bench.scene, sandbox)
    bad += filter(None, [left(sandbox, home).unlike(bench.wanted)])
    return Seen(run, wrote, tuple(bad))


def _wrote(sandbox: Sandbox) -> bool:
    return any(entry.method == "POST" and entry.path.endswith("/drafts") for entry in sandbox.log)


def _give_away(home: Path) -> None:
    if os.getuid() == 0:
        for path in (home, *home.iterdir()):
            os.chown(path, NOBODY, NOBODY)


def _root(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)
