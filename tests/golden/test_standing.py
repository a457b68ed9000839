"""Until a standing ends, the clock alone changes no decision: asked of every worked situation."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from situations import situations, world

from susul.drafting import Library
from susul.plan import make_plan
from susul.standing import holds_until

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from situations import World

    from susul.model import Decision
    from susul.plan import Plan

SECOND = timedelta(seconds=1)


def plan_of(world: World, now: datetime) -> Plan:
    return make_plan(
        world.messages, world.readings, world.events, world.owner, world.policy, world.record, Library(None), now
    )


def decisions(plan: Plan) -> dict[str, Decision]:
    return {planned.case.id: planned.decision for planned in plan.planned}


def test_no_decision_changes_before_the_standing_ends(tmp_path: Path) -> None:
    changed = []
    for number, situation in enumerate(situations()):
        if number % 8:
            continue
        there = world(situation, tmp_path)
        for hours in (0, 20, 65):
            plan = plan_of(there, there.now + timedelta(hours=hours))
            until = holds_until(plan, there.messages, there.events, there.owner, there.policy)
            assert plan.as_of < until <= plan.as_of + timedelta(days=1)
            if decisions(plan_of(there, until - SECOND)) != decisions(plan):
                changed.append((situation.get("name") or situation.get("id"), hours))

    assert changed == []
