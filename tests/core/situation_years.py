"""A golden situation, gone through for a year in which nobody answers any more."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "golden"))

import situations
from watched_year import Fate, Made, Watch

from susul.model import Draft, Message, Reading, Wait, Write
from susul.plan import Plan, Planned, make_plan
from susul.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

A_YEAR = timedelta(days=366)
ROUNDS = 5  # of writing and sending at one moment: a situation has few cases, each with one draft at a time


@dataclass(slots=True)
class SituationYear:
    """The world of one situation, moving on. ``sends``: the owner sends each draft at once, else never looks."""

    world: situations.World
    watch: Watch
    sends: bool
    plan: Plan = field(init=False)
    steps: int = 0

    def live(self, longest: timedelta) -> None:
        """Goes from one moment at which something is due to the next one, at most ``longest`` ahead."""
        now, end = self.world.now, self.world.now + A_YEAR
        self.plan = self._at(now)
        while now < end:
            now = min(self._next(self.plan, now, longest), end)
            self.plan = self._at(now)
        self.watch.see_end(self.plan)

    def _next(self, plan: Plan, now: datetime, longest: timedelta) -> datetime:
        moments = [now + longest]
        for planned in plan.planned:
            if isinstance(planned.decision, Wait | Write):
                follow_up = planned.decision.follow_up
                moments += [m for m in (follow_up.due_at, follow_up.lapses_at) if m]
            moments += [event.ends_at for event in planned.case.events]
        return min(moment for moment in moments if moment > now)

    def _at(self, now: datetime) -> Plan:
        """The plan at ``now``, when everything that was due has been dealt with."""
        for _ in range(ROUNDS):
            plan = self._plan(now)
            self.watch.see(plan)
            made = [m for planned in plan.due() if (m := self._write(planned, now))]
            self._withdraw(plan)
            if not (made and self.sends):
                return plan
            for one, message in made:
                self._send(one, message, now)
        self.watch.fault("-", f"always something more due at {now:%Y-%m-%d %H:%M}")
        return plan

    def _plan(self, now: datetime) -> Plan:
        self.steps += 1
        w = self.world
        return make_plan(w.messages, w.readings, w.events, w.owner, w.policy, w.record, w.library, now)

    def _write(self, planned: Planned, now: datetime) -> tuple[Made, Message] | None:
        """The draft that is due, unless it lies in Drafts already."""
        assert isinstance(planned.decision, Write)
        assert planned.draft
        follow_up = planned.decision.follow_up
        if any(made.key == (follow_up.trigger, follow_up.step) for made in self.watch.live()):
            return None
        message = self._message(planned.draft, now)
        made = self.watch.wrote(planned.case, follow_up, read(message, self.world.owner).text, now)
        record = self.world.record
        self.world = replace(self.world, record=replace(record, recorded=record.recorded | {follow_up.trigger}))
        return made, message

    def _withdraw(self, plan: Plan) -> None:
        steps = [planned.decision.follow_up for planned in plan.due() if isinstance(planned.decision, Write)]
        due = {(step.trigger, step.step) for step in steps}
        for made in self.watch.live():
            if made.key not in due:
                made.fate = Fate.WITHDRAWN

    def _message(self, draft: Draft, now: datetime) -> Message:
        name = f"sent{len(self.watch.made):04d}"
        return Message(
            id=name,
            thread_id=draft.thread or f"new-{name}",
            message_id=f"<{name}@mail.invalid>",
            sent_at=now,
            sender=draft.sender,
            subject=draft.subject,
            to=draft.to,
            cc=draft.cc,
            in_reply_to=draft.in_reply_to,
            references=draft.references,
            labels=frozenset({"SENT"}),
            content_type="multipart/alternative",
            text=draft.text,
            html=draft.html,
        )

    def _send(self, made: Made, message: Message, now: datetime) -> None:
        readings: dict[str, Reading] = {**self.world.readings, message.id: read(message, self.world.owner)}
        self.world = replace(self.world, messages=(*self.world.messages, message), readings=readings)
        self.watch.sent(made, now)


def years(folder: Path, every: int, longest: timedelta, *, sends: bool) -> Iterator[SituationYear]:
    """The lived years of every ``every``-th situation, its mail and events as they were told. ``folder``: scratch."""
    for number, situation in enumerate(situations.situations()):
        if number % every == 0:
            world = situations.world(situation, folder)
            year = SituationYear(world, Watch(situation["id"], world.owner, world.policy), sends)
            year.live(longest)
            yield year
