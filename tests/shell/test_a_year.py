"""A year of silence in the sample mailbox, with the real sync on some of its days: every case ends."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from mailbox_years import Habit, MailboxYear
from watched_year import Fate

if TYPE_CHECKING:
    from pathlib import Path

# Christmas, New Year and Lebaran come while cases are still open.
START = datetime(2026, 12, 2, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
# Daily at first, when most is due; make year runs on every day, and with an owner for each habit.
DAYS = (*range(8), *range(8, 367, 11))

pytestmark = pytest.mark.timeout(600)  # half a minute, on a machine that has nothing else to do


def test_a_year_of_silence_ends_for_an_owner_who_treats_each_draft_differently(tmp_path: Path) -> None:
    year = MailboxYear("an owner of many habits", tuple(Habit), START)

    year.live(tmp_path, DAYS)

    assert year.watch.faults == []
    assert {made.fate for made in year.watch.made} == set(Fate) - {Fate.LIES}
