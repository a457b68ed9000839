"""What the last sync left standing: until when its decisions hold if neither mail nor calendar changes. Pure.

A decision rests on the mail, the calendar, the owner's words, the settings, the rules and the clock. The clock counts
at few moments only: where a step is due or lapses, where an appointment or a day begins or ends, and at the policy's
times of day. Until the first of these nothing can change by itself, and a run without news has nothing to do.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from susul.cases.matter import SOON
from susul.days import at
from susul.model import Wait, Write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from susul.model import Event, Message
    from susul.owner import Owner
    from susul.plan import Plan, Planned
    from susul.policy import Policy


def holds_until(
    plan: Plan, messages: Iterable[Message], events: Iterable[Event], owner: Owner, policy: Policy
) -> datetime:
    """The first instant after ``plan.as_of`` at which any decision may differ; midnight (the owner's) at the latest."""
    now = plan.as_of
    today = now.astimezone(owner.zone).date()
    moments = [at(today, clock, owner.zone) for clock in _times_of_day(policy)]
    moments += [moment for planned in plan.planned for moment in _of_case(planned)]
    moments += [moment for event in events for moment in _of_event(event)]
    moments += [message.sent_at for message in messages if message.sent_at > now]
    return min(moment for moment in (*moments, at(today + timedelta(days=1), time(0), owner.zone)) if moment > now)


def _times_of_day(policy: Policy) -> Iterator[time]:
    for section in fields(policy):
        rules: Any = getattr(policy, section.name)
        yield from (clock for one in fields(rules) if isinstance(clock := getattr(rules, one.name), time))


def _of_case(planned: Planned) -> Iterator[datetime]:
    decision, story = planned.decision, planned.story
    if isinstance(decision, Wait | Write):
        yield decision.follow_up.due_at
        if decision.follow_up.lapses_at:
            yield decision.follow_up.lapses_at
    if story.wait and story.wait.starts_at:
        yield story.wait.starts_at
    for event in (*story.ahead, *(appointment.event for appointment in story.appointments)):
        yield from _of_event(event)
    for told in planned.case.told:
        for signal in told.reading.signals:
            yield from (moment for moment in (signal.starts_at, signal.ends_at) if moment)


def _of_event(event: Event) -> Iterator[datetime]:
    yield from (event.starts_at, event.ends_at, event.starts_at - SOON)
