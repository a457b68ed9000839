"""What a year must never show, whoever lives it: watched plan by plan, draft by draft. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from susul.model import Case, FollowUp, Kind, State, Step, Wait, WaitingOn, Write

if TYPE_CHECKING:
    from datetime import datetime

    from susul.owner import Owner
    from susul.plan import Plan, Planned
    from susul.policy import Policy

Key = tuple[str, Step]  # trigger and step: what names a draft for ever

# Protocol, section 5: these are no check-ins, and each is written once for what it answers.
ONCE = frozenset({Step.THANK_YOU, Step.RECAP, Step.REJECTION_REPLY})
# Row 1: thanks are given on the next calendar day, business day or not.
ON_ANY_DAY = frozenset({Step.THANK_YOU})
AT_ANOTHER_HOUR = frozenset({Step.THANK_YOU, Step.RECAP})
# Business days: the shortest wait between two check-ins of the protocol's table.
SHORTEST_WAIT = 5
NOT_OVER = frozenset({State.OPEN, State.ON_HOLD})
ANSWERS = frozenset({State.ANSWERED, State.REJECTED, State.WON})
OVER = frozenset({State.NO_ANSWER, State.CLOSED, State.DECLINED})


class Fate(StrEnum):
    """What became of a draft."""

    LIES = "lies in Drafts"
    EDITED = "edited"
    SENT = "sent"
    DISCARDED = "discarded"
    WITHDRAWN = "withdrawn"


LIVE = frozenset({Fate.LIES, Fate.EDITED})


@dataclass(slots=True)
class Made:
    """One draft that was written, and what became of it. ``words``: its own part of the text."""

    case: str
    kind: Kind
    follow_up: FollowUp
    words: str
    made_at: datetime
    stage: int
    fate: Fate = Fate.LIES
    sent_at: datetime | None = None

    @property
    def step(self) -> Step:
        return self.follow_up.step

    @property
    def key(self) -> Key:
        return self.follow_up.trigger, self.follow_up.step


@dataclass(slots=True)
class Watch:
    """One owner's year. ``faults`` grows by a sentence for each thing that may not be."""

    name: str
    owner: Owner
    policy: Policy
    faults: list[str] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)
    _due_seen: set[tuple[Key, datetime]] = field(default_factory=set)
    _before: dict[str, Planned] = field(default_factory=dict)

    def fault(self, case: str, words: str) -> None:
        sentence = f"{self.name}, case {case}: {words}"
        if sentence not in self.faults:
            self.faults.append(sentence)

    def live(self) -> list[Made]:
        return [made for made in self.made if made.fate in LIVE]

    # Plans

    def see(self, plan: Plan) -> None:
        """What is planned at some moment of the year."""
        if plan.failed:
            self.fault("-", f"not understood: {dict(plan.failed)}")
        ids = Counter(planned.case.id for planned in plan.planned)
        for case in (case for case, count in ids.items() if count > 1):
            self.fault(case, f"is {ids[case]} cases on {plan.as_of:%Y-%m-%d}")
        for planned in plan.planned:
            self._see_state(planned)
            self._see_closing(planned, plan.as_of)
            self._see_due(planned)
            self._before[planned.case.id] = planned

    def _see_state(self, planned: Planned) -> None:
        """In a year of silence nothing is answered, but a meeting takes place; and what is over is over."""
        decision, case = planned.decision, planned.case.id
        before = self._before.get(case, planned).decision
        told = f"{before.state} became {decision.state}: {decision.reason}"
        if not decision.reason:
            self.fault(case, "a decision without a reason")
        met = any(one.fact == "meeting_ended" for one in (*before.evidence, *decision.evidence))
        if before.state in NOT_OVER and decision.state in ANSWERS and not met:
            self.fault(case, told)
        was = self._before.get(case, planned).case.kind
        if was is not planned.case.kind and not met:
            self.fault(case, f"{was} became {planned.case.kind}: {decision.reason}")
        if before.state in OVER and decision.state not in OVER:
            self.fault(case, told)
        if decision.state in OVER and decision.waiting_on is not WaitingOn.NOBODY:
            self.fault(case, f"{decision.state}, but waiting on {decision.waiting_on}: {decision.reason}")

    def _see_closing(self, planned: Planned, now: datetime) -> None:
        """They have three weeks to answer the last check-in: until then the case stands."""
        before = self._before.get(planned.case.id, planned).decision
        if planned.decision.state not in OVER or before.state in OVER:
            return
        made = [m for m in self.made if m.case == planned.case.id and m.step not in ONCE]
        if not made or made[-1].sent_at is None:
            return  # one that the owner did not send lapses in its own time
        last, today = (at.astimezone(self.owner.zone).date() for at in (made[-1].sent_at, now))
        if self.owner.days.between(last, today) < self.policy.general.closes_after:
            told = f"{planned.decision.state} on {today}, the last check-in is of {last}"
            self.fault(planned.case.id, f"{told}: {planned.decision.reason}")

    def _see_due(self, planned: Planned) -> None:
        """A step is due when the protocol says that such a step may be."""
        if not isinstance(planned.decision, Wait | Write):
            return
        follow_up = planned.decision.follow_up
        due = follow_up.due_at.astimezone(self.owner.zone)
        seen = ((follow_up.trigger, follow_up.step), due)
        if seen in self._due_seen:
            return
        self._due_seen.add(seen)
        told = f"{follow_up.step} due {due:%a %Y-%m-%d %H:%M}"
        if follow_up.step not in ON_ANY_DAY and not self.owner.days.is_business_day(due.date()):
            self.fault(planned.case.id, f"{told}, no business day")
        if follow_up.step not in AT_ANOTHER_HOUR and due.time() != self.policy.general.due_time:
            self.fault(planned.case.id, f"{told}, not the hour for it")
        if follow_up.lapses_at is not None and follow_up.lapses_at <= follow_up.due_at:
            self.fault(planned.case.id, f"{told}, when it has lapsed")

    # Drafts

    def wrote(self, case: Case, follow_up: FollowUp, words: str, at: datetime) -> Made:
        """A draft was laid into Drafts."""
        made = Made(case.id, case.kind, follow_up, words, at, self._stage(case, at))
        told = f"{made.step} of {at:%a %Y-%m-%d}"
        before = [m for m in self.made if m.case == made.case]
        # A nudge that nobody sent before the proposed time is withdrawn; after it another one offers new times.
        if any(m.key == made.key and (m.fate is not Fate.WITHDRAWN or m.words == words) for m in self.made):
            self.fault(made.case, f"{told} made a second time")
        if any(m.fate in LIVE for m in before):
            self.fault(made.case, f"{told} made beside another live draft")
        if any(m.words == words for m in before if m.sent_at):
            self.fault(made.case, f"{told} says the same as an earlier one")
        if at < follow_up.due_at or (follow_up.lapses_at and at >= follow_up.lapses_at):
            self.fault(made.case, f"{told} made outside of its time")
        self.made.append(made)
        return made

    def _stage(self, case: Case, at: datetime) -> int:
        """An interview that ended is a new stage: the count of check-ins begins anew (protocol, section 5)."""
        return sum(event.ends_at <= at for event in case.events) if case.kind is Kind.INTERVIEW else 0

    def sent(self, made: Made, at: datetime) -> None:
        """The owner pressed Send."""
        made.fate, made.sent_at = Fate.SENT, at
        if made.step in ONCE:
            return
        stage = [m for m in self.made if m.case == made.case and m.sent_at and m.stage == made.stage]
        check_ins = [m for m in stage if m.step not in ONCE]
        # What they had sent by themselves before the first of ours counts too.
        count = check_ins[0].follow_up.ordinal + len(check_ins)
        most = self.policy.max_check_ins(made.kind)
        if count > most:
            self.fault(made.case, f"{count} check-ins of at most {most} ({made.kind})")
        if len(check_ins) > 1:
            self._see_wait(check_ins[-2], made)

    def _see_wait(self, earlier: Made, later: Made) -> None:
        assert earlier.sent_at
        asked_on, again_on = (m.astimezone(self.owner.zone).date() for m in (earlier.sent_at, later.made_at))
        waited = self.owner.days.between(asked_on, again_on)
        if waited < SHORTEST_WAIT:
            self.fault(later.case, f"{later.step} {waited} business days after {earlier.step}")

    def see_lapses(self, now: datetime) -> None:
        """After a run: what lapsed and was not touched has left Drafts."""
        for made in self.made:
            lapses_at = made.follow_up.lapses_at
            if made.fate is Fate.LIES and lapses_at and lapses_at <= now:
                self.fault(made.case, f"{made.step} lies in Drafts after it lapsed on {lapses_at:%Y-%m-%d}")

    # The end

    def see_end(self, plan: Plan) -> None:
        """After a year of silence every case is answered, closed or lapsed."""
        for planned in plan.planned:
            decision, case = planned.decision, planned.case
            if isinstance(decision, Wait | Write):
                what = "due" if isinstance(decision, Write) else "waiting"
                self.fault(case.id, f"{_step(decision)} still {what} at the end: {decision.reason}")
            elif decision.state in NOT_OVER:
                self.fault(case.id, f"{case.kind} still {decision.state} at the end: {decision.reason}")


def _step(decision: object) -> Step | None:
    return decision.follow_up.step if isinstance(decision, Wait | Write) else None
