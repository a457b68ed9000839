"""When each step is due: the rows of the protocol's table, computed from the policy. Pure arithmetic on days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from susul.cases.waits import Basis, OpenWait
from susul.days import at
from susul.model import Event, Kind, Step

if TYPE_CHECKING:
    from susul.cases.story import Story
    from susul.owner import Owner
    from susul.policy import Policy


@dataclass(frozen=True, slots=True)
class Due:
    """A step, when it is due and until when it makes sense."""

    step: Step
    due_at: datetime
    lapses_at: datetime
    time_passed: bool = False


@dataclass(frozen=True, slots=True)
class Cadence:
    """The policy applied to one owner's days and zone."""

    policy: Policy
    owner: Owner

    def _at(self, day: date, clock: time | None = None) -> datetime:
        return at(day, clock or self.policy.general.due_time, self.owner.zone)

    def _business(self, step: Step, start: date, count: int, lapses: int) -> Due:
        """``count`` business days after ``start``; void ``lapses`` calendar days later."""
        due = self._at(self.owner.days.after(start, count))
        return Due(step, due, due + timedelta(days=lapses))

    def thank_you(self, event: Event) -> Due:
        """Row 1: the same afternoon or the next morning, whatever day that is."""
        rules, ended = self.policy.interview, event.ends_at.astimezone(self.owner.zone)
        if ended.time() < rules.thank_you_noon:
            due = self._at(ended.date(), rules.thank_you_same_day)
        else:
            due = self._at(ended.date() + timedelta(days=1), rules.thank_you_next_day)
        return Due(Step.THANK_YOU, due, self._end_of(self.owner.days.after(ended.date(), rules.thank_you_lapses)))

    def recap(self, event: Event) -> Due:
        """Row 7: the same day, or the next business day."""
        rules, days = self.policy.meeting, self.owner.days
        ended = event.ends_at.astimezone(self.owner.zone)
        if ended.time() < rules.recap_cutoff and days.is_business_day(ended.date()):
            due = self._at(ended.date(), rules.recap_same_day)
        else:
            due = self._at(days.after(ended.date()), rules.recap_next_day)
        return Due(Step.RECAP, due, self._end_of(days.after(ended.date(), rules.recap_lapses)))

    def _end_of(self, day: date) -> datetime:
        return at(day + timedelta(days=1), time(0), self.owner.zone)

    def rejection_reply(self, rejected_on: date) -> Due:
        """Row 6."""
        rules, days = self.policy.rejection, self.owner.days
        due = self._at(days.after(rejected_on, rules.reply_after))
        return Due(Step.REJECTION_REPLY, due, self._end_of(days.after(rejected_on, rules.reply_lapses)))

    def check_in(self, story: Story, wait: OpenWait, now: datetime) -> Due | None:
        """The next check-in of a case that waits, None when none is left (sections 3 and 5)."""
        made = len(story.check_ins)
        if made >= self.policy.max_check_ins(story.case.kind):
            return None
        if wait.basis in (Basis.PROMISE, Basis.CHECK_BACK):
            return self._on_their_date(wait)
        if wait.basis is Basis.WE_CONTACT:
            return self._late(wait, Step.STATUS_CHECK, self.policy.hold_off.status_check_after, story.case.kind)
        if wait.basis is Basis.ON_HOLD:
            rules = self.policy.on_hold
            return self._business(Step.KEEP_IN_TOUCH, wait.day_0, rules.keep_in_touch_after, rules.keep_in_touch_lapses)
        if wait.basis in (Basis.MEETING_REQUEST, Basis.INVITATION):
            return self._nudge(wait, made, now)
        return self._by_kind(story, wait, made)

    def _on_their_date(self, wait: OpenWait) -> Due | None:
        """Rows 2 and 5: a date that they named wins over any fixed wait."""
        if wait.window is None:
            return None
        day, days = max(wait.window.ends_on, wait.day_0), self.owner.days
        if wait.basis is Basis.PROMISE:
            return self._business(Step.STATUS_CHECK, day, self.policy.promise.grace, self.policy.promise.lapses)
        due = self._at(days.on_or_after(day) if wait.on_day else days.after(day))
        return Due(Step.CHECK_BACK, due, due + timedelta(days=self.policy.check_back.lapses))

    def _late(self, wait: OpenWait, step: Step, count: int, kind: Kind) -> Due:
        return self._business(step, wait.day_0, count, self._lapses(kind))

    def _lapses(self, kind: Kind) -> int:
        policy = self.policy
        return {
            Kind.INTERVIEW: policy.interview.status_check_lapses,
            Kind.APPLICATION: policy.application.lapses,
            Kind.PROPOSAL: policy.proposal.lapses,
            Kind.PROJECT: policy.project.lapses,
            Kind.MEETING: policy.project.lapses,
            Kind.TASK: policy.task.lapses,
        }[kind]

    def _nudge(self, wait: OpenWait, made: int, now: datetime) -> Due | None:
        """Row 8: before the proposed time a reminder, after it new times; None where it would come too late."""
        rules, days = self.policy.meeting, self.owner.days
        proposed = self._proposed_time(wait)
        if proposed is None:
            count = rules.nudge_again if made else rules.nudge_after
            return self._business(Step.NUDGE, wait.day_0, self._patience(wait, count), self.policy.project.lapses)
        first = self._at(days.after(wait.day_0, self._patience(wait, rules.nudge_after)))
        proposed_on = proposed.astimezone(self.owner.zone).date()
        lapses = self._end_of(days.after(proposed_on, rules.nudge_lapses))
        if not made and first < proposed and now < proposed:
            return Due(Step.NUDGE, first, lapses)
        due = days.after(proposed_on)
        if made:
            due = max(due, days.after(wait.day_0, rules.nudge_again))
        due_at = self._at(due)
        return Due(Step.NUDGE, due_at, lapses, time_passed=True) if due_at < lapses else None

    def _proposed_time(self, wait: OpenWait) -> datetime | None:
        if wait.starts_at:
            return wait.starts_at
        return self._end_of(wait.window.ends_on) - timedelta(minutes=1) if wait.window else None

    def _by_kind(self, story: Story, wait: OpenWait, made: int) -> Due | None:
        kind = story.case.kind
        if kind is Kind.INTERVIEW:
            return self._interview(story, wait, made)
        if kind is Kind.APPLICATION:
            return self._stepped(wait, self.policy.application.status_check_after, made, kind)
        if kind is Kind.PROPOSAL:
            due = self._stepped(wait, self.policy.proposal.status_check_after, made, kind)
            last = made == self.policy.proposal.max_check_ins - 1
            return Due(Step.LAST_CALL, due.due_at, due.lapses_at) if last else due
        if kind is Kind.TASK and not self.policy.general.internal:
            return None
        return self._work(wait, made, kind)

    def _stepped(self, wait: OpenWait, intervals: tuple[int, ...], made: int, kind: Kind) -> Due:
        count = intervals[min(made, len(intervals) - 1)]
        return self._business(Step.STATUS_CHECK, wait.day_0, self._patience(wait, count), self._lapses(kind))

    def _patience(self, wait: OpenWait, count: int) -> int:
        return 2 * count if wait.doubled else count

    def _interview(self, story: Story, wait: OpenWait, made: int) -> Due | None:
        """Rows 3 and 4: a status check, with interest a second one, and one keep in touch."""
        rules = self.policy.interview
        if story.kept_in_touch:
            count = rules.status_check_again
            due = self._business(Step.STATUS_CHECK, wait.day_0, self._patience(wait, count), rules.status_check_lapses)
            return due if story.interest else None
        if wait.basis is Basis.SLOW:
            return self._business(Step.KEEP_IN_TOUCH, wait.day_0, rules.keep_in_touch_after, rules.keep_in_touch_lapses)
        if made == 0 or wait.basis is Basis.HOLDING:
            count = rules.status_check_again if made else rules.status_check_after
            return self._business(Step.STATUS_CHECK, wait.day_0, self._patience(wait, count), rules.status_check_lapses)
        if made == 1 and story.interest:
            return self._business(
                Step.STATUS_CHECK, wait.day_0, self._patience(wait, rules.status_check_again), rules.status_check_lapses
            )
        if made == 1 or story.interest:
            start = max(story.last_contact_on or wait.day_0, wait.day_0)
            return self._business(
                Step.KEEP_IN_TOUCH, start, self._patience(wait, rules.keep_in_touch_after), rules.keep_in_touch_lapses
            )
        return None

    def _work(self, wait: OpenWait, made: int, kind: Kind) -> Due | None:
        """Rows 11 and 12: after the deadline, or after some days where none was named."""
        rules = self.policy.task if kind is Kind.TASK else self.policy.project
        start, count = wait.day_0, self.policy.project.status_check_after
        if wait.window:
            start, count = max(wait.window.ends_on, wait.day_0), rules.after_deadline
        elif kind is Kind.TASK and not made:
            return None  # a task without a date is nothing to ask about
        due = self._business(Step.STATUS_CHECK, start, self._patience(wait, count), self._lapses(kind))
        if not made:
            return due
        # A new date named in a check-in ("in the next few days") does not make the next one come sooner.
        again = self._patience(wait, rules.status_check_again)
        next_one = self._business(Step.STATUS_CHECK, wait.day_0, again, self._lapses(kind))
        return max(due, next_one, key=lambda step: step.due_at)

    def lapses_on(self, wait_began_on: date, kind: Kind) -> date:
        """The day from which a wait is over in which no check-in is made."""
        return wait_began_on + timedelta(days=self._lapses(kind))

    def closes_on(self, last_check_in_on: date) -> date:
        """The day from which a case is over whose last check-in, on that date, stays unanswered."""
        return self.owner.days.after(last_check_in_on, self.policy.general.closes_after)
