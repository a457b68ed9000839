"""The pace: bursts go through, no minute holds more than allowed, and a run waits no longer than it may."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted import (
    NOON,
    PROFILE,
    Clock,
    Connect,
    Reply,
    Script,
    error,
    read,
)

from susul.errors import (
    TryLater,
)
from susul.sources.google import clients
from susul.sources.google.pace import Budget


def test_a_burst_goes_through_and_then_no_minute_holds_more_than_allowed(
    script: Script, connect: Connect, clock: Clock
) -> None:
    transport = connect(script.root, budget=Budget(120, patience=3600))
    thread = clients.gmail(transport).users().threads()

    for _ in range(7):
        transport.call(thread.get(userId="me", id="t1"))

    assert clock.slept == [61.0, 61.0]
    assert transport.budget.units == 280


@given(st.lists(st.tuples(st.integers(1, 100), st.floats(0, 90)), max_size=60))
def test_no_minute_ever_holds_more_units_than_allowed(calls: list[tuple[int, float]]) -> None:
    clock, budget = Clock(), Budget(100)
    spent: list[tuple[datetime, int]] = []
    for units, idle in calls:
        clock.sleep(idle)
        clock.sleep(budget.delay(units, clock.now()))
        with budget.spending(units, clock.now):
            spent.append((clock.now(), units))

    for since, _ in spent:
        minute = [units for at, units in spent if since <= at < since + timedelta(minutes=1)]
        assert sum(minute) <= 100


def test_a_pace_that_outlasts_the_runs_patience_ends_it_before_the_call(script: Script, connect: Connect) -> None:
    transport = connect(script.root, budget=Budget(60, patience=10))
    thread = clients.gmail(transport).users().threads()
    transport.call(thread.get(userId="me", id="t1"))

    with pytest.raises(TryLater, match="quota"):
        transport.call(thread.get(userId="me", id="t2"))
    assert len(script.calls) == 1


def test_a_clock_set_back_makes_nobody_wait_longer_than_the_minute() -> None:
    clock, budget = Clock(), Budget(60)
    with budget.spending(60, clock.now):
        pass

    assert budget.delay(30, NOON - timedelta(days=1)) == 61.0
    assert budget.delay(30, NOON + timedelta(days=1)) == 0.0


def test_being_told_to_slow_down_slows_the_rest_of_the_run(script: Script, connect: Connect) -> None:
    script.replies = [error(429), Reply(PROFILE)]
    transport = connect(script.root)
    read(transport)

    assert transport.budget.per_minute == 4500
