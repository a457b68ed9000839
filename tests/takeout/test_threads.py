from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.model import Address, Message
from susul.sources.takeout.threads import bare_subject, into_threads

OWNER = ("rina@example.com",)
RINA, BUDI, ANI = (Address("", f"{name}@example.com") for name in ("rina", "budi", "ani"))
START = datetime(2026, 6, 1, tzinfo=UTC)


def mail(
    number: int,
    *,
    sender: Address = RINA,
    to: Address = BUDI,
    subject: str = "",
    links: tuple[str, ...] = (),
    thread: str = "",
) -> Message:
    return Message(
        id=f"m{number}",
        thread_id=thread,
        message_id=f"<{number}@x>",
        sent_at=START + timedelta(hours=number),
        sender=sender,
        to=(to,),
        subject=subject,
        references=links,
    )


def threads(*messages: Message) -> list[set[str]]:
    found: dict[str, set[str]] = {}
    for message in into_threads(messages, OWNER):
        assert message.thread_id
        found.setdefault(message.thread_id, set()).add(message.id)
    return sorted(found.values(), key=min)


def test_replies_join_what_they_refer_to_even_over_a_mail_that_is_missing() -> None:
    assert threads(mail(1), mail(2, links=("<1@x>",)), mail(3, links=("<gone@x>",)), mail(4, links=("<gone@x>",))) == [
        {"m1", "m2"},
        {"m3", "m4"},
    ]


def test_gmails_own_number_is_kept_and_takes_in_what_refers_to_it() -> None:
    found = into_threads(
        [mail(1, thread="77"), mail(2, links=("<1@x>",)), mail(3, thread="78", links=("<1@x>",))], OWNER
    )

    assert [message.thread_id for message in found] == ["77", "77", "78"]


def test_a_reply_without_links_joins_by_subject_and_people() -> None:
    assert threads(
        mail(1, subject="Penawaran desain"),
        mail(2, subject="Penawaran desain", to=ANI),
        mail(3, subject="Bls: RE: Penawaran  desain", sender=BUDI, to=RINA),
    ) == [{"m1", "m3"}, {"m2"}]


def test_the_same_subject_alone_joins_nothing() -> None:
    assert threads(
        mail(1, subject="Laporan"), mail(2, subject="Laporan"), mail(3, subject="Re: Laporan", sender=ANI, to=RINA)
    ) == [{"m1"}, {"m2"}, {"m3"}]


def test_no_subject_joins_nothing() -> None:
    assert threads(mail(1, subject=""), mail(2, subject="Re:", sender=BUDI, to=RINA)) == [{"m1"}, {"m2"}]


@pytest.mark.parametrize(
    "subject", ["Re: Hal", "RE : hal", "Bls:Re: Hal", "Fwd: Aw: HAL", "Re[2]: Hal", "Re(3): hal", "hal"]
)
def test_prefixes_of_mail_programs_are_no_part_of_a_subject(subject: str) -> None:
    assert bare_subject(subject) == "hal"


def test_a_word_that_only_begins_like_a_prefix_stays() -> None:
    assert bare_subject("Rencana: rapat") == "rencana: rapat"


@given(st.permutations(range(6)), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=6))
def test_the_order_of_the_file_does_not_matter(order: list[int], links: list[tuple[int, int]]) -> None:
    messages = [mail(n, links=tuple(f"<{b}@x>" for a, b in links if a == n)) for n in range(6)]

    assert threads(*(messages[n] for n in order)) == threads(*messages)


def test_a_chain_of_ten_thousand_is_one_thread() -> None:
    assert len(threads(*(mail(n, links=(f"<{n - 1}@x>",)) for n in range(1, 10_000)))) == 1
