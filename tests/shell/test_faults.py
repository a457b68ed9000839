"""Parts of the fault table (``make faults`` makes all of it): a sync that is killed or misled, and the run after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fault_cells import KILLED

if TYPE_CHECKING:
    from fault_cells import Bench, Cell

pytestmark = pytest.mark.timeout(600)  # some sixty processes, on a machine that may be busy

WRITES = ("POST drafts", "PUT drafts/ID", "DELETE drafts/ID")


def ills(bench: Bench, cells: list[Cell]) -> list[str]:
    assert cells
    outcomes = [bench.outcome(cell) for cell in cells]
    return [f"{one.cell.point} {one.cell.fault}: {one.bad}" for one in outcomes if one.bad]


def test_a_sync_killed_after_any_call_is_made_good_by_the_next_one(bench: Bench) -> None:
    cells = [cell for cell in bench.cells() if cell.point.event == "request" and cell.fault == "kill after"]

    assert ills(bench, cells) == []


def test_a_sync_killed_before_any_commit_is_made_good_by_the_next_one(bench: Bench) -> None:
    cells = [cell for cell in bench.cells() if cell.point.event == "commit" and cell.fault == "kill before"]

    assert ills(bench, cells) == []


@pytest.mark.parametrize("fault", ["drop done", "503", "cut short"])
def test_a_write_that_ends_badly_is_made_good_by_the_next_sync(bench: Bench, fault: str) -> None:
    cells = [cell for cell in bench.cells() if cell.point.name in WRITES and cell.fault == fault]

    assert ills(bench, cells) == []


def test_a_thread_that_gmail_denies_once_is_not_lost(bench: Bench) -> None:
    cells = [cell for cell in bench.cells() if cell.point.event == "part" and cell.fault == "404"]

    assert ills(bench, cells) == []


def test_the_kill_is_real(bench: Bench) -> None:
    cell = next(cell for cell in bench.cells() if cell.point.name == "POST drafts" and cell.fault == "kill after")

    assert bench.outcome(cell).code == KILLED
