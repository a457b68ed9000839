"""Two runs at once, a full disk, lost rights, a wrong clock, another zone: a clear word or the right result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fault_states import clock_set_back, files_grow_to, read_only_folder, two_at_once, zone_changed

if TYPE_CHECKING:
    from fault_cells import Bench

pytestmark = pytest.mark.timeout(600)  # processes, on a machine that may be busy

KB = 1024


def test_of_two_syncs_at_once_one_does_it_all_and_the_other_ends_with_4(bench: Bench) -> None:
    assert [two_at_once(bench).bad for _ in range(5)] == [()] * 5


def test_a_full_disk_is_told_and_makes_no_second_draft(bench: Bench) -> None:
    stories = [files_grow_to(bench, size * KB) for size in (16, 64, 160, 280, 320)]

    assert [story.bad for story in stories] == [()] * 5
    assert [story.run.code for story in stories] == [1] * 5
    assert (stories[0].wrote, stories[-1].wrote) == (False, True)  # full before the first draft, full after it


def test_a_read_only_state_folder_is_told_and_nothing_is_written(bench: Bench) -> None:
    story = read_only_folder(bench)

    assert story.bad == ()
    assert (story.run.code, story.wrote) == (1, False)


def test_a_clock_set_back_by_a_day_lays_nothing_twice(bench: Bench) -> None:
    story = clock_set_back(bench)

    assert story.bad == ()
    assert story.run.code == 0
    assert "Drafted" not in story.run.out


def test_another_zone_moves_what_depends_on_the_hour_and_nothing_twice(bench: Bench) -> None:
    story = zone_changed(bench)

    assert story.bad == ()
    assert story.run.code == 0
    assert "Drafted" not in story.run.out
