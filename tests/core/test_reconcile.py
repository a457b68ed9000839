"""Every transition of a draft's life, and what must hold whatever the ledger and Gmail say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.drafting.mime import to_mime
from susul.model import Address, Draft, Placed, Step
from susul.reading.mime import from_rfc5322
from susul.reconcile import (
    ANY_THREAD,
    Action,
    Adopt,
    Create,
    Folder,
    Forget,
    Found,
    LedgerRow,
    Mark,
    Status,
    Update,
    Wanted,
    Withdraw,
    as_it_stands,
    digest,
    digest_of,
    is_there,
    is_untouched,
    reconcile,
)

MADE_AT = datetime(2026, 6, 10, 9, tzinfo=UTC)
EMPTY = Folder({}, {}, {})


def draft(text: str = "Hello", thread: str | None = "t1") -> Draft:
    return Draft(
        thread, Address("Rina", "rina@a.example"), (Address("", "budi@b.example"),), (), "Re: x", "", (), text, ""
    )


def wanted(trigger: str = "m1", text: str = "Hello", thread: str = "t1") -> Wanted:
    return Wanted(trigger, Step.STATUS_CHECK, draft(text, thread), "c1", "why")


def row(status: Status, trigger: str = "m1", text: str = "Hello", thread: str = "t1") -> LedgerRow:
    return LedgerRow(
        trigger, Step.STATUS_CHECK, f"<{trigger}>", thread, digest(draft(text)), status, MADE_AT, "d1", "g1", "c1"
    )


def holding(message_id: str = "g1") -> Folder:
    return Folder({"d1": Placed("d1", message_id, "t1")}, {}, {})


def actions(wants: list[Wanted], rows: list[LedgerRow], folder: Folder, limit: int = 20) -> tuple[Action, ...]:
    return reconcile(wants, rows, folder, {}, limit)[0]


def test_a_wanted_draft_without_a_row_is_created() -> None:
    assert actions([wanted()], [], EMPTY) == (Create(wanted()),)


def test_a_draft_that_was_undone_is_never_made_again() -> None:
    assert actions([wanted()], [row(Status.UNDONE)], EMPTY) == ()


def test_an_undo_that_took_effect_is_told_from_a_withdrawal() -> None:
    assert as_it_stands(row(Status.UNDOING), EMPTY).status is Status.UNDONE
    assert as_it_stands(row(Status.WITHDRAWING), EMPTY).status is Status.WITHDRAWN


def test_an_undo_without_effect_leaves_the_draft_as_it_lies() -> None:
    assert as_it_stands(row(Status.UNDOING), holding()).status is Status.PLACED
    assert as_it_stands(row(Status.UNDOING), holding("g2")).status is Status.TOUCHED


def test_a_placed_draft_with_the_same_text_is_left() -> None:
    assert actions([wanted()], [row(Status.PLACED)], holding()) == ()


def test_a_placed_draft_with_another_text_is_updated() -> None:
    old = row(Status.PLACED, text="Old")

    assert actions([wanted()], [old], holding()) == (Update(old, wanted()),)


def test_a_placed_draft_that_is_no_longer_right_is_withdrawn() -> None:
    (action,) = actions([], [row(Status.PLACED)], holding())

    assert isinstance(action, Withdraw)


def test_a_draft_whose_message_moved_is_the_owners_for_ever() -> None:
    placed = row(Status.PLACED)

    assert actions([], [placed], holding("g2")) == (Mark(placed, Status.TOUCHED, "g2"),)
    assert actions([wanted(text="New")], [placed], holding("g2")) == (Mark(placed, Status.TOUCHED, "g2"),)


def test_a_touched_draft_is_neither_updated_nor_withdrawn_nor_made_again() -> None:
    assert actions([wanted(text="New")], [row(Status.TOUCHED)], holding("g2")) == ()
    assert actions([], [row(Status.TOUCHED)], holding("g2")) == ()


def test_a_draft_that_is_gone_with_a_sent_mail_since_was_sent() -> None:
    placed = row(Status.PLACED)
    sent = Folder({}, {}, {"t1": (MADE_AT + timedelta(hours=1),)})

    assert actions([wanted()], [placed], sent) == (Mark(placed, Status.SENT),)


def test_a_draft_that_is_gone_was_discarded_and_is_not_made_again() -> None:
    placed = row(Status.PLACED)

    assert actions([wanted()], [placed], EMPTY) == (Mark(placed, Status.DISCARDED),)
    assert actions([wanted()], [row(Status.DISCARDED)], EMPTY) == ()


def test_a_draft_that_came_back_under_a_new_id_counts_as_touched() -> None:
    placed = row(Status.PLACED)
    restored = Folder({"d9": Placed("d9", "g9", "t1")}, {}, {})

    assert actions([wanted()], [placed], restored) == (Mark(placed, Status.TOUCHED, "g9", "d9"),)


def test_an_interrupted_create_is_adopted_when_it_is_found_as_it_was_meant() -> None:
    pending = replace(row(Status.PENDING), draft_id="", message_id="")
    adopted = replace(pending, status=Status.PLACED, draft_id="d1", message_id="g1")
    folder = Folder({}, {"<m1>": Found(Placed("d1", "g1", "t1"), pending.digest)}, {})

    assert actions([wanted()], [pending], folder) == (Adopt(adopted),)
    assert actions([wanted(text="New")], [pending], folder) == (Adopt(adopted), Update(adopted, wanted(text="New")))
    assert [type(a) for a in actions([], [pending], folder)] == [Adopt, Withdraw]


@pytest.mark.parametrize("says", ["another text", ""])
def test_an_interrupted_create_that_says_something_else_now_is_the_owners(says: str) -> None:
    pending = replace(row(Status.PENDING), draft_id="", message_id="")
    folder = Folder({}, {"<m1>": Found(Placed("d1", "g2", "t1"), says)}, {})

    for wants in ([wanted()], []):
        (adopted,) = actions(wants, [pending], folder)
        assert isinstance(adopted, Adopt)
        assert adopted.row.status is Status.TOUCHED


@pytest.mark.parametrize(
    ("status", "holds", "says", "stands"),
    [
        (Status.UPDATING, None, "", Status.PLACED),
        (Status.UPDATING, "g1", "", Status.PLACED),
        (Status.UPDATING, "g2", "new", Status.PLACED),
        (Status.UPDATING, "g2", "old", Status.PLACED),
        (Status.UPDATING, "g2", "theirs", Status.TOUCHED),
        (Status.UPDATING, "g2", "", Status.TOUCHED),
        (Status.WITHDRAWING, None, "", Status.WITHDRAWN),
        (Status.WITHDRAWING, "g1", "", Status.PLACED),
        (Status.WITHDRAWING, "g2", "old", Status.TOUCHED),
    ],
)
def test_what_an_interrupted_run_left_is_settled_by_what_gmail_holds(
    status: Status, holds: str | None, says: str, stands: Status
) -> None:
    left = replace(row(status), digest="old", intended="new")
    lying = {"d1": Placed("d1", holds, "t1")} if holds else {}
    found = {"<m1>": Found(lying["d1"], says)} if holds and says else {}

    settled = as_it_stands(left, Folder(lying, found, {}))

    assert (settled.status, settled.intended) == (stands, "")
    assert settled.digest == (says if stands is Status.PLACED and says else "old")


def test_what_is_held_keeps_its_draft_and_gets_no_new_one() -> None:
    held = replace(wanted(), held=True)

    assert actions([held], [], EMPTY) == ()
    assert actions([held], [row(Status.PENDING)], EMPTY) == ()
    assert actions([held], [row(Status.PLACED)], holding()) == ()
    assert actions([held], [row(Status.PLACED, text="Old")], holding()) == ()


def test_the_digest_of_a_draft_is_that_of_the_message_it_becomes() -> None:
    written = replace(
        draft("Dear Budi,\n\n  – a long line  \n> quoted\n"),
        cc=(Address("", "b@b.example"), Address("", "a@b.example")),
    )
    raw = to_mime(written, "<m1@a.example>", MADE_AT)
    message = from_rfc5322(raw, id="g1", thread_id="t1", labels=frozenset({"DRAFT"}), received_at=MADE_AT)

    assert digest_of(message) == digest(written)
    for other in (
        replace(message, text=message.text + "x"),
        replace(message, cc=message.cc[:1]),
        replace(message, attachments=("cv.pdf",)),
        replace(message, bcc=(Address("", "x@x.example"),)),
    ):
        assert digest_of(other) != digest(written)


def test_an_interrupted_create_that_came_to_nothing_is_repeated_only_while_it_is_wanted() -> None:
    pending = row(Status.PENDING)

    assert actions([wanted()], [pending], EMPTY) == (Create(wanted(), pending),)
    assert actions([], [pending], EMPTY) == (Forget(pending),)


def test_a_withdrawn_draft_may_be_wanted_again() -> None:
    assert actions([wanted()], [row(Status.WITHDRAWN)], EMPTY) == (Create(wanted()),)


def test_more_than_the_limit_waits_for_the_next_run() -> None:
    wants = [wanted(f"m{n}", thread=f"t{n}") for n in range(5)]

    found, put_off = reconcile(wants, [], EMPTY, {}, 3)

    assert [a.wanted.trigger for a in found if isinstance(a, Create)] == ["m0", "m1", "m2"]
    assert put_off == 2


@pytest.mark.parametrize(
    ("drafted", "thread", "may_have_held"),
    [
        ({ANY_THREAD}, "t1", True),  # Gmail could not say where drafts were made
        ({ANY_THREAD}, None, True),
        ({"t1", "t2"}, "t1", True),
        ({"t2"}, "t1", False),
        ({"t2"}, None, True),  # a draft that begins a thread may be any new one
        (set(), "t1", False),
        (set(), None, False),
    ],
)
def test_an_intent_whose_draft_may_have_been_discarded_is_not_carried_out_again(
    drafted: set[str], thread: str | None, may_have_held: bool
) -> None:
    pending = replace(row(Status.PENDING), thread=thread)
    folder = Folder({}, {}, {}, frozenset(drafted))
    discarded: tuple[Action, ...] = (Mark(pending, Status.DISCARDED),)

    assert folder.may_have_held(pending) is may_have_held
    assert actions([wanted()], [pending], folder) == (discarded if may_have_held else (Create(wanted(), pending),))
    assert actions([], [pending], folder) == (discarded if may_have_held else (Forget(pending),))


def test_an_interrupted_create_that_lies_in_trash_was_discarded_where_it_lay() -> None:
    pending = replace(row(Status.PENDING), draft_id="", message_id="", thread=None)
    folder = Folder({}, {"<m1>": Found(Placed("d1", "g1", "t7"), pending.digest, in_trash=True)}, {})

    stands = as_it_stands(pending, folder)

    assert (stands.status, stands.draft_id, stands.message_id) == (Status.DISCARDED, "d1", "g1")
    assert stands.trigger == pending.trigger
    assert actions([wanted()], [pending], folder) == (Adopt(stands),)


def test_a_draft_that_began_a_thread_is_adopted_with_the_thread_that_gmail_gave_it() -> None:
    pending = replace(row(Status.PENDING), draft_id="", message_id="", thread=None)
    folder = Folder({}, {"<m1>": Found(Placed("d1", "g1", "t7"), pending.digest)}, {})

    assert as_it_stands(pending, folder).thread == "t7"


def test_a_mail_sent_in_the_moment_of_the_draft_counts_as_the_draft_sent_and_an_earlier_one_does_not() -> None:
    placed = row(Status.PLACED)

    assert actions([], [placed], Folder({}, {}, {"t1": (MADE_AT,)})) == (Mark(placed, Status.SENT),)
    earlier = Folder({}, {}, {"t1": (MADE_AT - timedelta(seconds=1),)})
    assert actions([], [placed], earlier) == (Mark(placed, Status.DISCARDED),)


def test_a_draft_without_a_thread_is_taken_for_sent_by_no_threads_mail() -> None:
    placed = replace(row(Status.PLACED), thread=None)

    assert not Folder({}, {}, {"t1": (MADE_AT,)}).sent_since(None, MADE_AT)
    assert actions([], [placed], Folder({}, {}, {"t1": (MADE_AT,)})) == (Mark(placed, Status.DISCARDED),)


def test_the_digest_sees_neither_white_space_nor_the_case_of_addresses() -> None:
    plain = draft("Dear Budi,\n\nthanks again.")
    folded = replace(plain, text="Dear  Budi,\nthanks\tagain.\n", to=(Address("Budi", "Budi@B.example"),))

    assert digest(folded) == digest(plain)
    assert digest(replace(plain, text="Dear Budi, thanksagain.")) != digest(plain)
    assert digest(replace(plain, to=(Address("", "budi@c.example"),))) != digest(plain)


def test_a_draft_is_there_only_while_both_the_ledger_and_gmail_say_so() -> None:
    for status in Status:
        assert is_there(row(status), holding()) is (status in (Status.PLACED, Status.TOUCHED))
        assert is_untouched(row(status), holding()) is (status is Status.PLACED)
        assert not is_there(row(status), EMPTY)
        assert not is_untouched(row(status), EMPTY)
        assert not is_untouched(row(status), holding("g2"))


def test_a_withdrawal_says_why_where_it_is_known_and_the_plain_truth_elsewhere() -> None:
    placed = row(Status.PLACED)
    known = {("m1", Step.STATUS_CHECK): "They answered.", ("m2", Step.STATUS_CHECK): "Not this one."}

    assert reconcile([], [placed], holding(), known, 20)[0] == (Withdraw(placed, "They answered."),)
    assert reconcile([], [placed], holding(), {}, 20)[0] == (Withdraw(placed, "It is no longer right."),)


def test_an_intent_that_is_used_again_counts_towards_the_limit() -> None:
    new, again = wanted("m2", thread="t2"), wanted()

    assert reconcile([again, new], [row(Status.PENDING)], EMPTY, {}, 1) == ((Create(again, row(Status.PENDING)),), 1)
    assert reconcile([new], [], EMPTY, {}, 0) == ((), 1)


def test_what_the_owner_asked_for_keeps_its_case_from_another_of_its_step() -> None:
    mine, other = row(Status.PLACED), wanted("m2", thread="t2")

    assert actions([wanted(), other], [mine], holding()) == (Create(other),)
    assert actions([other], [replace(mine, requested=True)], holding()) == ()
    assert actions([other], [replace(mine, requested=True)], EMPTY)[1:] == (Create(other),)


@pytest.mark.parametrize("theirs", [(Status.TOUCHED, "g1"), (Status.TOUCHED, "g2"), (Status.PLACED, "g2")])
def test_a_draft_that_the_owner_changed_keeps_its_case_from_another_of_its_step(theirs: tuple[Status, str]) -> None:
    status, message_id = theirs
    created = actions([wanted("m2", thread="t2")], [row(status)], holding(message_id))

    assert Create(wanted("m2", thread="t2")) not in created
    assert actions([wanted("m2", thread="t2")], [row(status)], EMPTY)[1:] == (Create(wanted("m2", thread="t2")),)


@pytest.mark.parametrize("step", [Step.THANK_YOU, Step.RECAP])
def test_each_appointment_of_a_case_is_thanked_for_beside_thanks_that_the_owner_changed(step: Step) -> None:
    other = replace(wanted("event:2", thread=""), step=step)

    assert actions([other], [replace(row(Status.TOUCHED, "event:1"), step=step)], holding("g2")) == (Create(other),)


def test_a_found_draft_that_an_edited_subject_has_moved_keeps_the_thread_that_it_was_meant_for() -> None:
    moved = Found(Placed("d1", "g2", "elsewhere"), "other words")
    settled = as_it_stands(row(Status.PENDING), Folder({}, {"<m1>": moved}, {}))

    assert (settled.status, settled.thread, settled.draft_id) == (Status.TOUCHED, "t1", "d1")


ROWS = st.lists(
    st.builds(row, st.sampled_from(Status), st.sampled_from(["m1", "m2", "m3"]), st.sampled_from(["Hello", "Old"])),
    max_size=3,
    unique_by=lambda r: r.trigger,
)
FOLDERS = st.builds(
    lambda held, moved, sent, found: Folder(
        {"d1": Placed("d1", "g2" if moved else "g1", "t1")} if held else {},
        {"<m1>": Found(Placed("d1", "g1", "t1"), digest(draft()))} if found else {},
        {"t1": (MADE_AT + timedelta(hours=1),)} if sent else {},
    ),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@given(ROWS, FOLDERS, st.sets(st.sampled_from(["m1", "m2", "m3"])))
def test_never_two_actions_for_one_draft_and_never_a_write_to_a_touched_or_settled_one(
    rows: list[LedgerRow], folder: Folder, triggers: set[str]
) -> None:
    everything = actions([wanted(t) for t in sorted(triggers)], rows, folder)
    found = [a for a in everything if not isinstance(a, Adopt)]
    adopted = [a.row.trigger for a in everything if isinstance(a, Adopt)]
    assert len(adopted) == len(set(adopted))
    touched_or_settled = {r.trigger for r in rows if r.status in (Status.TOUCHED, Status.SENT, Status.DISCARDED)}
    named = [a.wanted.trigger if isinstance(a, Create) else a.row.trigger for a in found]

    assert len(named) == len(set(named))
    for action, trigger in zip(found, named, strict=True):
        assert isinstance(action, Mark) or trigger not in touched_or_settled
        if isinstance(action, Update | Withdraw):
            lying = folder.lying(action.row.draft_id)
            assert lying is not None
            assert lying.message_id == action.row.message_id
