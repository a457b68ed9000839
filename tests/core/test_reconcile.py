"""Every transition of a draft's life, and what must hold whatever the ledger and Gmail say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from susul.model import Address, Draft, Placed, Step
from susul.reconcile import (
    Action,
    Adopt,
    Create,
    Folder,
    Forget,
    LedgerRow,
    Mark,
    Status,
    Update,
    Wanted,
    Withdraw,
    digest,
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

    assert actions([wanted()], [placed], restored) == (Mark(placed, Status.TOUCHED, "g9"),)


def test_an_interrupted_create_is_adopted_when_it_is_found() -> None:
    pending = row(Status.PENDING)
    placed = Placed("d1", "g1", "t1")

    assert actions([wanted()], [pending], Folder({"d1": placed}, {"<m1>": placed}, {})) == (Adopt(pending, placed),)


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


ROWS = st.lists(
    st.builds(row, st.sampled_from(Status), st.sampled_from(["m1", "m2", "m3"]), st.sampled_from(["Hello", "Old"])),
    max_size=3,
    unique_by=lambda r: r.trigger,
)
FOLDERS = st.builds(
    lambda held, moved, sent, found: Folder(
        {"d1": Placed("d1", "g2" if moved else "g1", "t1")} if held else {},
        {"<m1>": Placed("d1", "g1", "t1")} if found else {},
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
    found = actions([wanted(t) for t in sorted(triggers)], rows, folder)
    touched_or_settled = {r.trigger for r in rows if r.status in (Status.TOUCHED, Status.SENT, Status.DISCARDED)}
    named = [a.wanted.trigger if isinstance(a, Create) else a.row.trigger for a in found]

    assert len(named) == len(set(named))
    for action, trigger in zip(found, named, strict=True):
        assert isinstance(action, Mark) or trigger not in touched_or_settled
        if isinstance(action, Update | Withdraw):
            assert folder.drafts[action.row.draft_id].message_id == action.row.message_id
