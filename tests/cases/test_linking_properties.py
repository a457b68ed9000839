"""What always holds for linking, and that it stays quick."""

from __future__ import annotations

import time
from dataclasses import replace
from random import Random  # noqa: TC003 # Hypothesis reads the annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linking_scene import ME, OWNER, Scene, event, mail, members, on_day

from susul.cases.linking import Matter, link
from susul.cases.people import event_addresses
from susul.model import Event, Message, Nature, Reading
from susul.reading import read

PEOPLE = [
    "Helen Park <helen@mosaic.example>",
    "Mark Lee <mark@mosaic.example>",
    "Sari Utami <sari@cakradigital.example>",
    "Ayu Lestari <ayu@gmail.com>",
    "Joko Susilo <joko@gmail.com>",
]
INSIDERS = ["Dewi Kartika <dewi@rinawijaya.example>", "Agus <agus@rinawijaya.example>"]
SUBJECTS = [
    "Brand refresh",
    "Proposal: brand refresh",
    "Lamaran Data Analyst",
    "Katering",
    "Halo",
    "Interview – Data Analyst",
    "Re: Katering acara",
]
BODIES = [
    "Hi, when could you start? Helen",
    "Mohon kabarnya soal katering.",
    "I am applying for the Data Analyst position.",
    "Thank you!",
]
LABELS = [("INBOX",), ("INBOX",), ("SPAM",), ("TRASH",)]


@st.composite
def mails(draw: st.DrawFn, people: list[str]) -> list[Message]:
    found = []
    for number in range(draw(st.integers(1, 12))):
        mine = draw(st.booleans())
        person = draw(st.sampled_from(people))
        found.append(
            mail(
                f"t{draw(st.integers(0, 6))}",
                ME if mine else person,
                draw(st.sampled_from(SUBJECTS)),
                draw(st.sampled_from(BODIES)),
                draw(st.integers(0, 40)),
                to=person if mine else ME,
                cc=draw(st.lists(st.sampled_from(people), max_size=2)),
                answers=draw(st.sampled_from([None, None, f"m{number - 1}"])),
                labels=("SENT",) if mine else draw(st.sampled_from(LABELS)),
                id=f"m{number}",
            )
        )
    return found


@st.composite
def events(draw: st.DrawFn, people: list[str]) -> list[Event]:
    return [
        event(
            f"e{number}",
            draw(st.sampled_from(SUBJECTS)),
            draw(st.integers(0, 60)),
            draw(st.lists(st.sampled_from(people), max_size=2)),
        )
        for number in range(draw(st.integers(0, 4)))
    ]


def told_of(matters: tuple[Matter, ...]) -> list[object]:
    return [
        (members(m), m.links, [t.message.id for t in m.elsewhere], m.naming, m.ahead_of(on_day(20)), sorted(m.people))
        for m in matters
    ]


@given(mails(PEOPLE + INSIDERS), events(PEOPLE + INSIDERS), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_the_input_does_not_matter(messages: list[Message], calendar: list[Event], random: Random) -> None:
    expected = told_of(Scene(messages, calendar).matters())
    random.shuffle(messages)
    random.shuffle(calendar)
    assert told_of(Scene(messages, calendar).matters()) == expected


@given(mails(PEOPLE + INSIDERS), events(PEOPLE + INSIDERS))
@settings(max_examples=40)
def test_linking_twice_gives_the_same(messages: list[Message], calendar: list[Event]) -> None:
    scene = Scene(messages, calendar)
    assert told_of(scene.matters()) == told_of(scene.matters())


@given(mails(PEOPLE), events(PEOPLE))
@settings(max_examples=60)
def test_every_thread_and_event_is_in_one_matter_and_spam_and_trash_in_none(
    messages: list[Message], calendar: list[Event]
) -> None:
    matters = Scene(messages, calendar).matters()
    placed = [t.message.id for m in matters for c in m.conversations for t in c.told]
    assert sorted(placed) == sorted(m.id for m in messages if not m.labels & {"SPAM", "TRASH"})
    assert sorted(e.uid for m in matters for e in m.events) == sorted(e.uid for e in calendar)


@given(mails(INSIDERS), events(INSIDERS))
@settings(max_examples=60)
def test_nobody_of_the_owners_own_organisation_makes_a_link(messages: list[Message], calendar: list[Event]) -> None:
    apart = [replace(m, in_reply_to="", references=()) for m in messages]
    with_guests = [e for e in calendar if event_addresses(e, OWNER)]
    for matter in Scene(apart, with_guests).matters():
        assert len(matter.conversations) + len({e.uid for e in matter.events}) == 1
        assert not matter.ahead_of(on_day(0))


@given(mails(PEOPLE + INSIDERS))
@settings(max_examples=60)
def test_mail_elsewhere_is_never_the_matters_own_and_lies_after_its_beginning(messages: list[Message]) -> None:
    for matter in Scene(messages).matters():
        own = {t.message.id for c in matter.conversations for t in c.told}
        begins_at = min(c.starts_at for c in matter.conversations)
        assert own.isdisjoint(t.message.id for t in matter.elsewhere)
        assert all(t.message.sent_at > begins_at for t in matter.elsewhere)


# Speed: the time for four times the mail grows about fourfold; a quadratic search would take sixteen times as long.


def mailbox(mode: str, count: int) -> list[Message]:
    found = []
    for number in range(count):
        sender, to, subject = f"P <p{number}@firm{number}.example>", ME, f"Topic{number} alpha{number}"
        if mode == "newsletter":
            sender, subject = f"News <news{number % 50}@shop{number % 50}.example>", f"Weekly offers number {number}"
        elif mode == "one person":
            sender, to, subject = ME, "Helen Park <helen@mosaic.example>", f"Alpha{number} beta{number}"
        elif mode == "one subject":
            subject = "Invoice payment update"
        elif mode == "one company":
            sender, subject = f"P{number} Q <p{number % 200}@mosaic.example>", f"Ticket{number} deployment{number}"
        found.append(mail(f"t{number}", sender, subject, "Please find the details below.", number / 1000, to=to))
    return found


def seconds_for(messages: list[Message]) -> float:
    one = read(messages[0], OWNER)
    readings = {m.id: Reading(m.id, one.language, Nature.PERSON, one.text) for m in messages}
    began = time.process_time()
    link(messages, readings, (), OWNER)
    return time.process_time() - began


@pytest.mark.parametrize("mode", ["newsletter", "one person", "one subject", "one company", "distinct"])
def test_linking_takes_time_in_proportion_to_the_mail(mode: str) -> None:
    small, large = mailbox(mode, 500), mailbox(mode, 2000)
    seconds_for(small)  # fills the caches
    # Four times the mail; quadratic work would take sixteen times as long. Processor time, with room to spare.
    assert min(seconds_for(large) for _ in range(3)) < max(12 * min(seconds_for(small) for _ in range(3)), 1.0)
