"""The chain without its ends: messages and events → cases → decisions → drafts. Pure; scan and sync share it."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from susul.cases.linking import Matter, link
from susul.cases.story import Story, tell
from susul.decide import decide, further_thank_yous
from susul.drafting import Library, compose
from susul.model import Case, Decision, Draft, Event, Message, Reading, Silent, Wait, Write
from susul.targets import case_id_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from susul.owner import Owner
    from susul.policy import Policy
    from susul.record import Record

HORIZON = timedelta(days=800)  # an event further off, back or ahead, is a slip of the pen


@dataclass(frozen=True, slots=True)
class Planned:
    """One case, what to do about it, and the draft where one is due now."""

    case: Case
    decision: Decision
    story: Story
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All cases, the most urgent first. ``failed`` counts matters that could not be understood, by what went wrong."""

    as_of: datetime
    planned: tuple[Planned, ...]
    failed: Mapping[str, int] = field(default_factory=dict)

    def due(self) -> tuple[Planned, ...]:
        return tuple(p for p in self.planned if isinstance(p.decision, Write))


def make_plan(
    messages: Sequence[Message],
    readings: Mapping[str, Reading],
    events: Sequence[Event],
    owner: Owner,
    policy: Policy,
    record: Record,
    library: Library,
    now: datetime,
) -> Plan:
    """What to do about everything that was read, as it stands at ``now``. Raises TemplateFaultError, LookupError."""
    return plan_of(tell_all(messages, readings, events, owner, policy, now), owner, policy, record, library)


@dataclass(frozen=True, slots=True)
class Told:
    """What happened in every matter so far; the same whatever lies in Drafts. ``failed`` as in ``Plan``."""

    as_of: datetime
    stories: tuple[Story, ...]
    failed: Mapping[str, int]


def tell_all(
    messages: Sequence[Message],
    readings: Mapping[str, Reading],
    events: Sequence[Event],
    owner: Owner,
    policy: Policy,
    now: datetime,
) -> Told:
    """Everything that was read as matters with their stories, as they stand at ``now``."""
    current = [message for message in messages if message.sent_at <= now]
    near = [event for event in events if abs(event.starts_at - now) < HORIZON and abs(event.ends_at - now) < HORIZON]
    stories: list[Story] = []
    failed: Counter[str] = Counter()
    for matter in link(current, readings, near, owner):
        with _understood(failed):
            stories += _stories(matter, owner, policy, now)
    return Told(now, tuple(stories), failed)


def plan_of(told: Told, owner: Owner, policy: Policy, record: Record, library: Library) -> Plan:
    """What to do about every matter. Raises TemplateFaultError, LookupError."""
    decided: list[Planned] = []
    failed = Counter(told.failed)
    for story in told.stories:
        with _understood(failed):
            decided += _decided(story, owner, policy, record, told.as_of)
    decided.sort(key=_urgency)

    def drafted(planned: Planned) -> Planned:
        if not isinstance(planned.decision, Write):
            return planned
        step = planned.decision.follow_up
        # Written as at its due time, so that the text stays the same from run to run.
        return replace(planned, draft=compose(whole_case(planned), step, owner, policy, library, step.due_at))

    return Plan(told.as_of, tuple(map(drafted, decided)), failed)


@contextmanager
def _understood(failed: Counter[str]) -> Iterator[None]:
    """One hostile matter must not silence all others; coverage tells it."""
    try:
        yield
    except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
        failed[type(error).__name__] += 1


def _stories(matter: Matter, owner: Owner, policy: Policy, now: datetime) -> list[Story]:
    """The matter's story; none where nothing of it is known yet, or where it is no case."""
    if not any(t.message.sent_at <= now for c in matter.conversations for t in c.told) and not matter.events:
        return []
    story = tell(matter, owner, policy, now)
    return [replace(story, case=replace(story.case, id=case_id(story.case)))] if story.is_case else []


def _decided(story: Story, owner: Owner, policy: Policy, record: Record, now: datetime) -> list[Planned]:
    further = further_thank_yous(story, owner, policy, record, now)
    elsewhere = [event for case, _ in further for event in case.events]
    events = tuple(event for event in story.case.events if event not in elsewhere)
    first = Planned(replace(story.case, events=events), decide(story, owner, policy, record, now), story)
    return [first, *(Planned(replace(case, id=case_id(case)), decision, story) for case, decision in further)]


def case_id(case: Case) -> str:
    """A short name for the case that stays as long as its first thread or event does."""
    first = case.told[0].message.thread_id if case.told else (case.events[0].id or case.events[0].uid)
    return case_id_of(first)


def whole_case(planned: Planned) -> Case:
    """The case with its mail: a further thank-you is decided on its event alone but written from the whole matter."""
    return replace(planned.story.case, id=planned.case.id, events=planned.case.events)


def _urgency(planned: Planned) -> tuple[int, float, str]:
    """Due now by what lapses first, then waiting by date, then the silent ones, newest first."""
    case, decision = planned.case, planned.decision
    if isinstance(decision, Write):
        lapses = decision.follow_up.lapses_at or decision.follow_up.due_at
        return (0, lapses.timestamp(), case.id)
    if isinstance(decision, Wait):
        return (1, decision.follow_up.due_at.timestamp(), case.id)
    assert isinstance(decision, Silent)
    newest = case.told[-1].message.sent_at if case.told else case.events[-1].starts_at
    return (2, -newest.timestamp(), case.id)
