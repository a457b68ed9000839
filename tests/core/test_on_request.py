"""A draft that the owner asked for: what makes way for it, what stops it, and that nothing changes it afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.errors import Failed
from susul.model import Address, Draft, Placed, Step
from susul.reconcile import (
    Adopt,
    Create,
    Folder,
    Found,
    LedgerRow,
    Mark,
    Status,
    Update,
    Wanted,
    Withdraw,
    digest,
    on_request,
    reconcile,
)

MADE_AT = datetime(2026, 6, 10, 9, tzinfo=UTC)
EMPTY = Folder({}, {}, {})


def wanted(trigger: str = "m1", step: Step = Step.DECLINE, text: str = "Hello", thread: str | None = "t1") -> Wanted:
    people = (Address("Rina", "rina@a.example"), (Address("", "budi@b.example"),))
    draft = Draft(thread, *people, (), "Re: x", "", (), text, "")
    return Wanted(trigger, step, draft, "c1", "why", requested=True)


def row(status: Status = Status.PLACED, step: Step = Step.DECLINE, *, requested: bool = False) -> LedgerRow:
    text = digest(wanted().draft)
    made = LedgerRow("m1", step, f"<{step}>", "t1", text, status, MADE_AT, "d1", "g1", "c1", requested=requested)
    return replace(made, draft_id="", message_id="") if status is Status.PENDING else made


def holding(message_id: str = "g1", thread: str = "t1") -> Folder:
    return Folder({"d1": Placed("d1", message_id, thread)}, {}, {})


def test_where_nothing_lies_it_is_created() -> None:
    assert on_request(wanted(), [], EMPTY) == (Create(wanted()),)


@pytest.mark.parametrize("status", [Status.SENT, Status.DISCARDED, Status.WITHDRAWN])
def test_what_is_over_does_not_stop_it(status: Status) -> None:
    assert on_request(wanted(), [row(status)], EMPTY) == (Create(wanted()),)


def test_an_intent_that_came_to_nothing_is_used_again() -> None:
    assert on_request(wanted(), [row(Status.PENDING)], EMPTY) == (Create(wanted(), row(Status.PENDING)),)


def test_the_same_draft_is_only_noted_as_asked_for() -> None:
    assert on_request(wanted(), [row()], holding()) == (Adopt(row(requested=True)),)
    assert on_request(wanted(), [row(requested=True)], holding()) == ()


def test_the_same_step_in_other_words_replaces_an_untouched_one_of_ours() -> None:
    new = wanted(text="Other words")

    assert on_request(new, [row()], holding()) == (Update(row(), new),)


def test_another_step_makes_an_untouched_one_of_ours_give_way() -> None:
    check = row(step=Step.STATUS_CHECK)

    first, second = on_request(wanted(), [check], holding())

    assert isinstance(first, Withdraw)
    assert first.row == check
    assert second == Create(wanted())


@pytest.mark.parametrize(
    ("lies", "folder", "said"),
    [
        (row(requested=True), holding(), "asked for"),
        (row(step=Step.NUDGE, requested=True), holding(), "asked for"),
        (row(step=Step.DECLINE, requested=True), holding(thread="t9"), "asked for"),
        (row(), holding("g2"), "edited"),
        (row(Status.TOUCHED, Step.NUDGE), holding("g2"), "edited"),
        (None, holding("x"), "of your own"),
    ],
)
def test_what_is_the_owners_stops_it(lies: LedgerRow | None, folder: Folder, said: str) -> None:
    with pytest.raises(Failed, match=said):
        on_request(wanted(text="Other words"), [lies] if lies else [], folder)


def test_what_a_killed_run_left_is_settled_first() -> None:
    pending = replace(row(Status.PENDING), requested=True)
    folder = Folder({}, {"<decline>": Found(Placed("d1", "g1", "t1"), pending.digest)}, {})

    assert on_request(wanted(), [pending], folder) == (Adopt(row(requested=True)),)


def test_the_refusal_names_the_step_as_people_do_and_says_what_to_do() -> None:
    lies = row(step=Step.STATUS_CHECK, requested=True)

    with pytest.raises(Failed, match=r"^The status check draft that you asked for lies") as refused:
        on_request(wanted(text="Other words"), [lies], holding())

    assert refused.value.hint == "Change it in Gmail, or delete it there and ask again."


def test_what_makes_way_for_another_step_is_told_which() -> None:
    asked = wanted(step=Step.REJECTION_REPLY)

    first, _ = on_request(asked, [row(step=Step.STATUS_CHECK)], holding())

    assert first == Withdraw(row(step=Step.STATUS_CHECK), "You asked for another one in its place: rejection reply.")


def test_a_draft_of_another_case_and_conversation_stays() -> None:
    elsewhere = replace(row(step=Step.STATUS_CHECK), trigger="m8", case="c8", thread="t8")

    assert on_request(wanted(), [elsewhere], holding(thread="t8")) == (Create(wanted()),)
    assert on_request(wanted(thread=None), [elsewhere], holding(thread="t8")) == (Create(wanted(thread=None)),)


@pytest.mark.parametrize(("trigger", "case"), [("m1", "c8"), ("m8", "c1")])
def test_the_same_step_for_the_same_mail_or_the_same_case_makes_way_wherever_it_lies(trigger: str, case: str) -> None:
    lies = replace(row(), trigger=trigger, case=case, thread="t8")
    new = wanted(text="Other words")

    found = on_request(new, [lies], holding(thread="t8"))

    assert [action.row for action in found if isinstance(action, Update | Withdraw)] == [lies]


def test_what_was_left_in_the_air_is_settled_before_another_step_makes_way() -> None:
    check = row(Status.UPDATING, Step.STATUS_CHECK)

    settled, withdrawn, created = on_request(wanted(), [check], holding())

    assert settled == Adopt(row(step=Step.STATUS_CHECK))
    assert isinstance(withdrawn, Withdraw)
    assert created == Create(wanted())


def test_a_draft_that_the_ledger_knows_as_over_does_not_make_way_again() -> None:
    over = row(Status.SENT, Step.STATUS_CHECK)

    assert on_request(wanted(), [over], holding()) == (Create(wanted()),)


@given(
    text=st.sampled_from(["Hello", "Other"]),
    is_wanted=st.booleans(),
    step=st.sampled_from([Step.DECLINE, Step.STATUS_CHECK]),
    trigger=st.sampled_from(["m1", "m2"]),
)
def test_no_run_changes_it_or_adds_one_of_its_step(text: str, is_wanted: bool, step: Step, trigger: str) -> None:
    new = replace(wanted(trigger, step, text), requested=False)

    actions, _ = reconcile([new] if is_wanted else [], [row(requested=True)], holding(), {}, 20)

    assert not any(isinstance(action, Update | Withdraw | Mark) for action in actions)
    assert [a for a in actions if isinstance(a, Create)] == (
        [Create(new)] if is_wanted and step != Step.DECLINE else []
    )


def test_once_the_owner_touches_it_it_is_marked() -> None:
    assert reconcile([], [row(requested=True)], holding("g2"), {}, 20)[0] == (
        Mark(row(requested=True), Status.TOUCHED, "g2"),
    )
