"""How long it takes to decide: 10,000 cases told and decided, made of the golden situations again and again.

Three figures: the decisions alone, decisions with the telling of the stories, and the whole plan with linking and the
drafts that are due.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "golden"))

import situations

from susul.cases.linking import link
from susul.cases.story import tell
from susul.decide import decide, further_thank_yous
from susul.plan import make_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = 10_000


def worlds() -> Iterator[situations.World]:
    """Every golden situation as a small mailbox."""
    with tempfile.TemporaryDirectory() as folder:
        for situation in situations.situations():
            yield situations.world(situation, Path(folder))


def main() -> None:
    known = list(worlds())
    told = []
    began = perf_counter()
    for world in known:
        for matter in link(world.messages, world.readings, world.events, world.owner):
            story = tell(matter, world.owner, world.policy, world.now)
            if story.is_case:
                told.append((world, matter, story))
    linked = perf_counter() - began
    wanted = [told[number % len(told)] for number in range(CASES)]
    began = perf_counter()
    for world, _, story in wanted:
        decide(story, world.owner, world.policy, world.record, world.now)
        further_thank_yous(story, world.owner, world.policy, world.record, world.now)
    decided = perf_counter() - began
    began = perf_counter()
    for world, matter, _ in wanted:
        tell(matter, world.owner, world.policy, world.now)
    telling = perf_counter() - began
    began = perf_counter()
    for world in known:
        make_plan(
            world.messages,
            world.readings,
            world.events,
            world.owner,
            world.policy,
            world.record,
            world.library,
            world.now,
        )
    planned = perf_counter() - began
    print(f"{len(told)} cases of {len(known)} situations, as {CASES} cases")
    print(f"{'decided':<52} {decided:8.2f} s")
    print(f"{'told and decided':<52} {telling + decided:8.2f} s")
    print(f"{'linked and told once':<52} {linked / len(told) * CASES:8.2f} s (from {len(told)} cases)")
    print(f"{'whole plans with drafts':<52} {planned / len(told) * CASES:8.2f} s (from {len(told)} cases)")


if __name__ == "__main__":
    main()
