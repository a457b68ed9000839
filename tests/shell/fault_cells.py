"""The cells of the fault table: a sync disturbed at one point in one way, then undisturbed ones, and the judgement."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from fault_scene import SYNC, Left, harm_done, left

from susul.places import find_places
from susul.sandbox import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fault_launcher import Ended, Launcher
    from fault_scene import Scene

    from susul.sandbox import Request, Sandbox

TIMEOUT = 0.5  # seconds; the run's own is 30
EXIT_CODES = range(6)
KILLED = -9
RUNS = 2  # undisturbed runs after which all must be well

# Faults that strike one call; "for ever" those that strike each call from there on.
ONCE: dict[str, dict[str, Any]] = {
    "429": {"kind": "429"},
    "429 +5s": {"kind": "429", "tell": "header", "wait": 5},
    "429 +15min": {"kind": "429", "tell": "header", "wait": 900},
    "403 rate": {"kind": "403_rate"},
    "403 status": {"kind": "403_resource_exhausted"},
    "403 spent": {"kind": "403_daily"},
    "403 scope": {"kind": "403_scope"},
    "403 null": {"kind": "403_null"},
    "400": {"kind": "400"},
    "401": {"kind": "401"},
    "404": {"kind": "404"},
    "500": {"kind": "500"},
    "500 done": {"kind": "500_after"},
    "503": {"kind": "503"},
    "503 done": {"kind": "503_after"},
    "time-out": {"kind": "timeout_before", "delay": 3 * TIMEOUT},
    "time-out done": {"kind": "timeout_after", "delay": 3 * TIMEOUT},
    "drop": {"kind": "drop_before"},
    "drop done": {"kind": "drop_after"},
    "HTML": {"kind": "html_200"},
    "empty": {"kind": "empty_200"},
    "cut short": {"kind": "truncated_200"},
    "revoked": {"kind": "token_revoked"},
}
FOR_EVER = {f"{name} for ever": {**ONCE[name], "times": None} for name in ("429", "503", "drop", "drop done", "HTML")}
OF_HISTORY = {"expired": {"kind": "history_expired"}}
OF_PARTS = {"no part": {"kind": "missing_part"}}
NOT_OF_PARTS = {"time-out", "time-out done", "drop", "drop done", "revoked", "drop for ever", "drop done for ever"}
KILLS = {"kill before": False, "kill after": True}
OF_LONG_WAY = {
    "GET profile", "POST batch", "GET messages", "GET messages/ID", "POST labels", "POST threads/ID/modify",
}  # fmt: skip
COLUMNS = (*KILLS, *ONCE, *FOR_EVER, *OF_HISTORY, *OF_PARTS)


@dataclass(frozen=True, slots=True)
class Point:
    """Where a sync is disturbed.

    ``number`` counts all points of the event; ``line`` counts the lines of the sandbox's log, where it has one.
    ``expired``: the access token has died before the run, so that it begins with a renewal.
    """

    name: str
    event: str  # "request", "part", "commit" or "file"
    number: int = 0
    line: int = 0
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One point and one fault, in the scene or in the long way to it."""

    point: Point
    fault: str
    long_way: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. ``runs``: the undisturbed ones until all was as it must be. ``bad``: what should not be."""

    cell: Cell
    code: int
    runs: int
    bad: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        if self.bad:
            return "BAD"
        return "ok" if self.runs < 2 else f"ok after {self.runs}"


@dataclass(slots=True)
class Bench:
    """A scene with what an undisturbed run makes of it. Cells are run in ``home``, one after the other."""

    launcher: Launcher
    scene: Scene
    home: Path
    points: list[Point] = field(init=False)
    wanted: Left = field(init=False)

    def __post_init__(self) -> None:
        with self.scene.played(self.home) as sandbox:
            run = self.launcher.run(self.home, SYNC, "sync")
            did = [run.out.count(word) for word in ("Drafted", "Updated", "Withdrew")]
            assert (run.code, did) == (0, [3, 1, 1]), run
            points = [*_thinned(_lines(sandbox.log)), *_numbered("commit", run.commits)]
            self.wanted = left(sandbox, self.home)
            self.launcher.run(self.home, SYNC, "sync")
            assert left(sandbox, self.home) == self.wanted
        self.points = [*points, *self._renewal()]

    def _renewal(self) -> Iterator[Point]:
        with self.scene.played(self.home) as sandbox:
            sandbox.oauth.expire_access()
            run = self.launcher.run(self.home, SYNC, "sync")
            lines = [entry.path for entry in sandbox.log]
            number = lines.index("/token") + 1
            assert (run.code, run.files) == (0, 1), run
        yield Point("POST token", "request", number, number, expired=True)
        yield Point("token.json", "file", 1, expired=True)

    def cells(self) -> Iterator[Cell]:
        """On the long way all kills, but other faults only at what the short way hasn't."""
        for point in self.points:
            for fault in faults_at(point):
                if fault in KILLS or point.name in OF_LONG_WAY or not self.scene.long_way:
                    yield Cell(point, fault, self.scene.long_way)

    def outcome(self, cell: Cell) -> Outcome:
        with self.scene.played(self.home) as sandbox:
            run, struck = self._disturbed(cell, sandbox)
            bad = [] if struck else ["the fault never struck"]
            bad += [*ill_ended(run, killed=cell.fault in KILLS), *harm_done(self.scene, sandbox)]
            sandbox.faults.clear()
            if run.code == 3:
                self._sign_in(sandbox)
            runs, differs = 0, ""
            while not runs or (runs < RUNS and differs):
                runs += 1
                again = self.launcher.run(self.home, SYNC, "sync")
                if again.code == 3:  # a label that can't be put doesn't fail a run; the next one says it
                    self._sign_in(sandbox)
                bad += [*ill_ended(again, killed=False), *harm_done(self.scene, sandbox)]
                differs = left(sandbox, self.home).unlike(self.wanted)
            bad += [differs] if differs else []
            bad += [f"the last run ended with {again.code}: {again.err}"] if again.code else []
        return Outcome(cell, run.code, runs, tuple(dict.fromkeys(bad)))

    def _disturbed(self, cell: Cell, sandbox: Sandbox) -> tuple[Ended, bool]:
        """How the run ended, and whether the fault struck at all."""
        point, fault = cell.point, None
        if point.expired:
            sandbox.oauth.expire_access()
        order: dict[str, Any] = {}
        if cell.fault in KILLS:
            order["kill"] = {"event": point.event, "number": point.number, "after": KILLS[cell.fault]}
        elif point.expired and cell.fault == "revoked":
            sandbox.oauth.revoke_all()  # the renewal is refused as OAuth has it: invalid_grant
        else:
            told = {**ONCE, **FOR_EVER, **OF_HISTORY, **OF_PARTS}[cell.fault]
            fault = sandbox.faults.add(Fault(match=".", nth=point.line, **{"times": 1, **told}))
            if "time-out" in cell.fault:
                order["timeout"] = TIMEOUT
        run = self.launcher.run(self.home, SYNC, "sync", **order)
        return run, fault is None or fault.seen >= fault.nth

    def _sign_in(self, sandbox: Sandbox) -> None:
        """What the owner does where the run says ``susul login``."""
        find_places(self.home).token_file.write_text(json.dumps(sandbox.token()), "utf-8")


def faults_at(point: Point) -> Iterator[str]:
    if point.event != "part":
        yield from KILLS
    if point.event in ("commit", "file"):
        return
    for fault in (*ONCE, *FOR_EVER):
        if point.event != "part" or fault not in NOT_OF_PARTS:
            yield fault
    if point.name.endswith("history"):
        yield from OF_HISTORY
    if point.event == "part":
        yield from OF_PARTS


def _lines(log: list[Request]) -> Iterator[Point]:
    number = 0
    for line, entry in enumerate(log, start=1):
        path = entry.path.removeprefix("/gmail/v1/users/me/").removeprefix("/calendar/v3/calendars/primary/")
        name = re.sub(r"/r?-?[0-9a-f]{10,}(?=/|$)", "/ID", path.strip("/"))
        number += not entry.in_batch
        event, counted = ("part", 0) if entry.in_batch else ("request", number)
        yield Point(f"{entry.method} {name}", event, counted, line)


def _thinned(points: Iterable[Point]) -> Iterator[Point]:
    """Of parts and of labels put that follow each other, all alike, the first and the last."""
    for (event, name), group in groupby(points, key=lambda point: (point.event, point.name)):
        alike = list(group)
        few = event == "part" or name.endswith("modify")
        yield from (alike[0], *alike[1:][-1:]) if few else alike


def _numbered(event: str, count: int) -> Iterator[Point]:
    return (Point(event, event, number) for number in range(1, count + 1))


def ill_ended(run: Ended, *, killed: bool) -> list[str]:
    found = []
    if killed != (run.code == KILLED) or (not killed and run.code not in EXIT_CODES):
        found.append(f"ended with {run.code}")
    if "Traceback" in run.err or "went wrong inside" in run.err:
        found.append(f"no clear message: {run.err}")
    if run.code > 0 and not (run.err or run.out):
        found.append(f"ended with {run.code} without a word")
    return found
