"""A year of silence after some of the golden situations: each ends, and none gets more than is due to it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from situation_years import years

if TYPE_CHECKING:
    from pathlib import Path

EVERY = 8  # make year goes through all of them
A_WEEK = timedelta(days=7)

pytestmark = pytest.mark.timeout(600)  # half a minute, on a machine that has nothing else to do


@pytest.mark.parametrize("sends", [True, False], ids=["who sends each draft at once", "who never looks"])
def test_a_year_of_silence_ends_for_an_owner(sends: bool, tmp_path: Path) -> None:
    lived = list(years(tmp_path, EVERY, A_WEEK, sends=sends))

    assert [fault for year in lived for fault in year.watch.faults] == []
    assert sum(len(year.watch.made) for year in lived) >= 10
