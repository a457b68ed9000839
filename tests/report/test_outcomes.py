"""How follow-ups fared: counted from what was sent and what came back."""

from __future__ import annotations

from datetime import timedelta
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_scenes import ASK, HELEN, LATER, NOW, OFFER, YES, ZONE, mail, scan

from susul.model import Kind, Message, Placed, Step
from susul.outcomes import ASKING, Fate, FollowedUp, follow_ups, sent_drafts, tallies, tally
from susul.reconcile import Folder, LedgerRow, Status

THREAD = "18f0aa11bb22cc33"


def row(days: float, step: Step = Step.STATUS_CHECK, status: Status = Status.SENT) -> LedgerRow:
    """A draft of ours that was laid ``days`` before NOW."""
    return LedgerRow("m", step, f"<{days}@s>", THREAD, "", status, NOW - timedelta(days=days), f"r{days}", "g1")


def fates(*messages: Message, sent: tuple[LedgerRow, ...] = ()) -> list[tuple[Step | None, Fate, int | None]]:
    found = follow_ups(scan(*messages).plan, sent, ZONE)
    return [(one.step, one.fate, one.days) for one in found]


def test_a_check_in_is_answered_by_the_first_mail_after_it() -> None:
    assert fates(mail(30, OFFER), mail(20, ASK), mail(13, ASK), mail(10, YES, sender=HELEN)) == [
        (None, Fate.UNANSWERED, None),
        (None, Fate.ANSWERED, 3),
    ]


def test_the_last_check_in_is_open_while_the_case_waits() -> None:
    assert fates(mail(12, OFFER), mail(4, ASK)) == [(None, Fate.OPEN, None)]


def test_a_check_in_counts_too_when_they_have_named_a_date() -> None:
    assert fates(mail(40, OFFER), mail(30, ASK), mail(29, LATER, sender=HELEN)) == [(None, Fate.ANSWERED, 1)]


def test_a_check_in_of_an_earlier_stage_counts_too() -> None:
    again = mail(9, OFFER.replace("our proposal", "our new proposal"))
    mails = (mail(40, OFFER), mail(33, ASK), mail(30, YES, sender=HELEN), again)

    assert [p.story.check_ins for p in scan(*mails).plan.planned] == [()]
    assert fates(*mails) == [(None, Fate.ANSWERED, 3)]


def test_an_automatic_reply_answers_nothing() -> None:
    away = mail(
        3.9,
        "I am out of the office.",
        sender=HELEN,
        subject="Automatic reply",
        headers={"auto-submitted": "auto-replied"},
    )

    assert fates(mail(12, OFFER), mail(4, ASK), away) == [(None, Fate.OPEN, None)]


def test_a_sent_draft_gives_its_step() -> None:
    assert fates(mail(12, OFFER), mail(4, ASK), sent=(row(5), row(30, Step.THANK_YOU))) == [
        (Step.STATUS_CHECK, Fate.OPEN, None)
    ]


def test_two_sent_drafts_are_two_mails() -> None:
    found = fates(mail(30, OFFER), mail(20, ASK), mail(13, ASK), sent=(row(21), row(14, Step.LAST_CALL)))

    assert [step for step, _, _ in found] == [Step.STATUS_CHECK, Step.LAST_CALL]


@pytest.mark.parametrize(
    ("status", "lies", "sent_days_ago", "counts"),
    [
        (Status.SENT, False, (), True),
        (Status.PLACED, False, (1,), True),
        (Status.TOUCHED, False, (1,), True),
        (Status.PLACED, True, (1,), False),
        (Status.PLACED, False, (), False),
        (Status.PLACED, False, (9,), False),
        (Status.WITHDRAWN, False, (1,), False),
        (Status.DISCARDED, False, (1,), False),
    ],
)
def test_a_draft_that_is_gone_was_sent_where_a_mail_was(
    status: Status, lies: bool, sent_days_ago: tuple[int, ...], counts: bool
) -> None:
    ours = row(5, status=status)
    drafts = {ours.draft_id: Placed(ours.draft_id, "g1", THREAD)} if lies else {}
    folder = Folder(drafts, {}, {THREAD: tuple(NOW - timedelta(days=days) for days in sent_days_ago)})

    assert bool(sent_drafts([ours], folder)) is counts


TURNS = st.lists(st.tuples(st.sampled_from([ASK, LATER, YES]), st.integers(1, 12)), max_size=6)


@settings(max_examples=40)
@given(TURNS)
def test_every_follow_up_has_one_fate_and_an_answer_lies_between_it_and_the_next(turns: list[tuple[str, int]]) -> None:
    day, mails = 89.0, [mail(89, OFFER)]
    for text, days in turns:
        day -= days
        mails.append(mail(day, text) if text is ASK else mail(day, text, sender=HELEN))
    plan = scan(*mails).plan
    found = follow_ups(plan, (), ZONE)

    assert len(found) <= sum(text is ASK for text, _ in turns)
    assert {one.sent_at for one in found} <= {m.sent_at for m in mails if m.text == ASK}
    theirs = [m.sent_at for m in mails if m.sender == HELEN]
    for one, following in zip(found, [*found[1:], None], strict=False):
        until = following.sent_at if following else NOW
        between = [at for at in theirs if one.sent_at < at <= until]
        assert (one.fate is Fate.ANSWERED) == bool(between)
        if one.days is not None:
            assert one.days == (min(between).astimezone(ZONE).date() - one.sent_at.astimezone(ZONE).date()).days
        assert one.fate is not Fate.OPEN or following is None


@st.composite
def followed_up(draw: st.DrawFn) -> FollowedUp:
    fate = draw(st.sampled_from(Fate))
    days = draw(st.integers(0, 60)) if fate is Fate.ANSWERED else None
    step = draw(st.sampled_from([None, *sorted(ASKING)]))
    return FollowedUp("c", draw(st.sampled_from(Kind)), step, NOW, fate, days)


@given(st.lists(followed_up(), max_size=30))
def test_the_table_adds_up(found: list[FollowedUp]) -> None:
    groups, everything = tallies(found), tally(found)

    assert len({(one.kind, one.step) for one in groups}) == len(groups)
    for count in ("sent", "answered", "open", "unanswered"):
        assert sum(getattr(one, count) for one in groups) == getattr(everything, count)
    for one in (*groups, everything):
        assert one.sent == one.answered + one.open + one.unanswered
        assert (one.median_days is None) == (one.answered == 0)
    days = [one.days for one in found if one.days is not None]
    assert everything.sent == len(found)
    assert everything.median_days == (median(days) if days else None)
    assert tallies(reversed(found)) == groups
