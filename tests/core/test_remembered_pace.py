"""The pace that one run had to learn is where the runs of the next day begin."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from susul.errors import TryLater
from susul.remembered_pace import REMEMBERED, remembered_pace
from susul.sources.google.pace import Budget
from susul.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 6, 10, 9, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "state.sqlite3")) as opened:
        yield opened


def run(store: Store, now: datetime, *, refusals: int = 0, allowed: int = 6000) -> tuple[float, float]:
    """The pace at its beginning and at its end."""
    budget = Budget(allowed)
    with remembered_pace(budget, store, now):
        began = budget.per_minute
        for _ in range(refusals):
            budget.slow_down()
    return began, budget.per_minute


def refused_for_good(store: Store) -> None:
    budget = Budget(6000)
    with remembered_pace(budget, store, NOW):
        budget.slow_down()
        raise TryLater("Gmail is busy.")


def test_the_next_run_begins_where_the_last_one_had_to_slow_down_to(store: Store) -> None:
    assert run(store, NOW, refusals=2) == (6000, 3375)
    assert run(store, NOW + timedelta(minutes=15)) == (3375, 3375)


def test_it_is_forgotten_after_a_day(store: Store) -> None:
    run(store, NOW, refusals=1)

    assert run(store, NOW + REMEMBERED - MOMENT)[0] == 4500
    assert run(store, NOW + REMEMBERED)[0] == 6000


def test_a_run_that_was_not_refused_remembers_nothing(store: Store) -> None:
    run(store, NOW)

    assert store.fact("pace") is None


def test_what_a_clock_that_was_set_back_learnt_in_the_future_does_not_count(store: Store) -> None:
    run(store, NOW, refusals=1)

    assert run(store, NOW - timedelta(hours=1))[0] == 6000


def test_a_run_that_ends_by_the_quota_remembers_it_too(store: Store) -> None:
    with pytest.raises(TryLater):
        refused_for_good(store)

    assert run(store, NOW)[0] == 4500


def test_settings_may_ask_for_less_and_no_pace_falls_below_a_fifth_of_them(store: Store) -> None:
    run(store, NOW, refusals=9)

    assert run(store, NOW)[0] == 1200
    assert run(store, NOW, allowed=1000)[0] == 1000


@pytest.mark.parametrize(
    "kept", ["", "nonsense", "[]", "[1, 2, 3]", "{}", '["fast", "2026-06-10T09:00:00+00:00"]', "[9, 9]"]
)
def test_a_hint_that_cannot_be_read_is_none(store: Store, kept: str) -> None:
    with store.transaction():
        store.set_fact("pace", kept)

    assert run(store, NOW)[0] == 6000
