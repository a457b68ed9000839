"""How follow-ups fared: which were sent, which were answered, and after how long. Pure.

A follow-up is a mail of the owner's that asked again: a check-in that the story counted, or a draft of ours that was
sent. It is answered where a person of the other side writes after it, and before the next follow-up of the case.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from statistics import median
from typing import TYPE_CHECKING

from susul.cases.people import wrote
from susul.model import State, Step
from susul.reconcile import Status, as_it_stands, is_there

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from susul.model import Kind, Told
    from susul.plan import Plan, Planned
    from susul.reconcile import Folder, LedgerRow

# The steps that ask for an answer; thanks, recaps, replies to a rejection and declines ask for none.
ASKING = frozenset({Step.STATUS_CHECK, Step.CHECK_BACK, Step.KEEP_IN_TOUCH, Step.LAST_CALL, Step.NUDGE})
NOT_OVER = (State.OPEN, State.ON_HOLD)


class Fate(StrEnum):
    """What became of a follow-up."""

    ANSWERED = "answered"
    OPEN = "open"  # the last one so far, and the case still waits
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """One follow-up that was sent. ``step`` is None where the owner wrote it without a draft of ours.

    ``days`` are calendar days of the owner's until the answer; None without one.
    """

    case: str
    kind: Kind
    step: Step | None
    sent_at: datetime
    fate: Fate
    days: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Follow-ups counted. ``kind`` and ``step`` are what they have in common; ``median_days`` needs an answer."""

    kind: Kind | None
    step: Step | None
    sent: int
    answered: int
    open: int
    unanswered: int
    median_days: float | None


def sent_drafts(rows: Iterable[LedgerRow], folder: Folder) -> tuple[LedgerRow, ...]:
    """The drafts of ours that the owner sent, those included that no run has written down as sent yet."""
    stand = (as_it_stands(row, folder) for row in rows)
    return tuple(row for row in stand if row.status is Status.SENT or _has_just_gone(row, folder))


def _has_just_gone(row: LedgerRow, folder: Folder) -> bool:
    laid = row.status in (Status.PLACED, Status.TOUCHED) and not is_there(row, folder)
    return laid and folder.sent_since(row.thread, row.created_at)


def follow_ups(plan: Plan, sent: Sequence[LedgerRow], zone: ZoneInfo) -> tuple[FollowedUp, ...]:
    """Every follow-up of the plan's cases, the oldest first. ``sent`` are the drafts of ours that were sent."""
    by_thread: defaultdict[str, list[LedgerRow]] = defaultdict(list)
    for row in sent:
        if row.thread and row.step in ASKING:
            by_thread[row.thread].append(row)
    stories = {planned.story.case.id: planned for planned in reversed(plan.planned)}
    found = [one for planned in stories.values() for one in _of_case(planned, by_thread, zone)]
    return tuple(sorted(found, key=lambda one: (one.sent_at, one.case)))


def _of_case(planned: Planned, by_thread: defaultdict[str, list[LedgerRow]], zone: ZoneInfo) -> Iterator[FollowedUp]:
    case = planned.story.case
    steps = _steps(planned, [row for thread in case.threads for row in by_thread.get(thread, ())])
    asked = sorted((t for t in case.told if t.message.id in steps), key=lambda t: t.message.sent_at)
    for told, following in zip_longest(asked, asked[1:]):
        answer = _answer(case.told, told, following)
        days = (_day(answer, zone) - _day(told, zone)).days if answer else None
        is_open = following is None and planned.decision.state in NOT_OVER
        fate = Fate.ANSWERED if answer else Fate.OPEN if is_open else Fate.UNANSWERED
        yield FollowedUp(case.id, case.kind, steps[told.message.id], told.message.sent_at, fate, days)


def _steps(planned: Planned, rows: Sequence[LedgerRow]) -> dict[str, Step | None]:
    """The follow-ups of a case by message id, each with its step where it was a draft of ours."""
    story = planned.story
    here = {t.message.id for t in story.case.told}
    steps: dict[str, Step | None] = {
        t.message.id: None for t in (*story.earlier_check_ins, *story.check_ins) if t.message.id in here
    }
    taken: set[str] = set()
    for row in sorted(rows, key=lambda row: row.created_at):
        told = next((t for t in story.case.told if t.message.id not in taken and _is_what_became_of(row, t)), None)
        if told:
            taken.add(told.message.id)
            steps[told.message.id] = row.step
    return steps


def _is_what_became_of(row: LedgerRow, told: Told) -> bool:
    """Gmail may give a draft another Message-ID when it is sent, so thread and time must do."""
    return told.outgoing and told.message.thread_id == row.thread and told.message.sent_at >= row.created_at


def _answer(all_told: Iterable[Told], asked: Told, following: Told | None) -> Told | None:
    """The first mail that a person of the other side wrote between two follow-ups."""
    since, until = asked.message.sent_at, following.message.sent_at if following else None
    theirs = (t for t in all_told if not t.outgoing and wrote(t) and t.message.sent_at > since)
    inside = (t for t in theirs if until is None or t.message.sent_at <= until)
    return min(inside, key=lambda t: t.message.sent_at, default=None)


def _day(told: Told, zone: ZoneInfo) -> date:
    return told.message.sent_at.astimezone(zone).date()


def tallies(found: Iterable[FollowedUp]) -> tuple[Tally, ...]:
    """The follow-ups by kind and step; the most frequent first."""
    groups: defaultdict[tuple[Kind, Step | None], list[FollowedUp]] = defaultdict(list)
    for one in found:
        groups[one.kind, one.step].append(one)
    counted = [tally(group, kind, step) for (kind, step), group in groups.items()]
    return tuple(sorted(counted, key=lambda t: (-t.sent, t.kind or "", t.step or "")))


def tally(found: Sequence[FollowedUp], kind: Kind | None = None, step: Step | None = None) -> Tally:
    fates = [one.fate for one in found]
    days = [one.days for one in found if one.days is not None]
    return Tally(
        kind=kind,
        step=step,
        sent=len(fates),
        answered=fates.count(Fate.ANSWERED),
        open=fates.count(Fate.OPEN),
        unanswered=fates.count(Fate.UNANSWERED),
        median_days=float(median(days)) if days else None,
    )
