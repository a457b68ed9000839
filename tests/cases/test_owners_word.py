"""Ignore, close and snooze: which cases a word of the owner's holds for, and what becomes of their decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from linking_scene import ME, OWNER, POLICY, Scene, event, mail, on_day

from susul.decide import decide, further_thank_yous
from susul.model import Decision, Evidence, Silent, State, Step, Wait, WaitingOn, Write
from susul.owners_word import About, OwnersWord, Word, by_target
from susul.record import Record

HELEN, OMAR = "Helen Park <helen@mosaic.example>", "Omar Reed <omar@mosaic.example>"
JUNE = "June Ito <june@north.example>"
OFFER = mail("offer", ME, "Proposal: lobby mural", "Attached is our proposal for the lobby mural.", 0, to=HELEN)
ASKED = Scene([replace(OFFER, attachments=("proposal.pdf",))])
DUE = 9.0  # the status check is due on the fourth business day, Friday the 5th
ADDRESS, DOMAIN, THREAD, EVENT = About.ADDRESS, About.DOMAIN, About.THREAD, About.EVENT


def ignore(about: About, target: str, day: float = 1) -> OwnersWord:
    return OwnersWord(Word.IGNORE, about, target, on_day(day))


def close(about: About, target: str, day: float = 1) -> OwnersWord:
    return OwnersWord(Word.CLOSE, about, target, on_day(day))


def snooze(about: About, target: str, until: date, day: float = 1) -> OwnersWord:
    return OwnersWord(Word.SNOOZE, about, target, on_day(day), until)


def decided(scene: Scene, name: str, day: float, *said: OwnersWord) -> Decision:
    return decide(scene.story(name, day), OWNER, POLICY, Record(words=by_target(said)), on_day(day))


def state(decision: Decision) -> State | None:
    """The state of a silent decision; None where something is to come."""
    return decision.state if isinstance(decision, Silent) else None


def due_at(decision: Decision) -> datetime:
    assert isinstance(decision, Wait | Write)
    return decision.follow_up.due_at


# Whom a word holds for


@pytest.mark.parametrize(
    ("about", "target"),
    [(THREAD, "offer"), (ADDRESS, "helen@mosaic.example"), (DOMAIN, "mosaic.example"), (DOMAIN, "example")],
)
def test_a_case_is_found_by_its_thread_its_person_and_their_domain(about: About, target: str) -> None:
    assert isinstance(decided(ASKED, "offer", DUE), Write)
    assert state(decided(ASKED, "offer", DUE, ignore(about, target))) is State.IGNORED


@pytest.mark.parametrize(
    ("about", "target"),
    [(THREAD, "other"), (ADDRESS, "omar@mosaic.example"), (DOMAIN, "saic.example"), (DOMAIN, "x.mosaic.example")],
)
def test_a_word_about_others_changes_nothing(about: About, target: str) -> None:
    assert decided(ASKED, "offer", DUE, ignore(about, target)) == decided(ASKED, "offer", DUE)


def test_a_domain_holds_for_what_lies_below_it() -> None:
    scene = Scene([replace(ASKED.messages[0], to=mail("x", ME, "", "", 0, to="h@studio.mosaic.example").to)])

    assert state(decided(scene, "offer", DUE, ignore(DOMAIN, "mosaic.example"))) is State.IGNORED


def test_an_address_is_the_same_in_every_spelling_of_its_mailbox() -> None:
    scene = Scene([replace(ASKED.messages[0], to=mail("x", ME, "", "", 0, to="Hel.En+work@googlemail.com").to)])

    assert state(decided(scene, "offer", DUE, ignore(ADDRESS, "helen@gmail.com"))) is State.IGNORED


def test_a_vendors_mailbox_that_serves_thousands_is_told_by_its_tag() -> None:
    scene = Scene([replace(ASKED.messages[0], to=mail("x", ME, "", "", 0, to="reply+4711@greenhouse.io").to)])

    assert isinstance(decided(scene, "offer", DUE, ignore(ADDRESS, "reply@greenhouse.io")), Write)
    assert state(decided(scene, "offer", DUE, ignore(ADDRESS, "reply+4711@greenhouse.io"))) is State.IGNORED


def test_who_is_only_in_copy_silences_nothing() -> None:
    scene = Scene([replace(ASKED.messages[0], cc=mail("x", ME, "", "", 0, to=[OMAR, "ana@rinawijaya.example"]).to)])

    for address in ("omar@mosaic.example", "ana@rinawijaya.example"):
        assert isinstance(decided(scene, "offer", DUE, ignore(ADDRESS, address)), Write)


def test_one_of_several_who_are_addressed_is_enough() -> None:
    scene = Scene([replace(ASKED.messages[0], to=mail("x", ME, "", "", 0, to=[HELEN, JUNE]).to)])

    assert state(decided(scene, "offer", DUE, ignore(ADDRESS, "june@north.example"))) is State.IGNORED


def test_a_person_is_known_behind_the_address_at_which_they_want_their_answers() -> None:
    private = mail("x", ME, "", "", 0, to="helen@home.example").to
    promise = mail("offer", HELEN, "Re: Proposal: lobby mural", "We will let you know by Friday.", 1)
    scene = Scene([*ASKED.messages, replace(promise, reply_to=private)])

    plain = decided(scene, "offer", 9)
    assert isinstance(plain, Write)
    assert [a.email for a in plain.follow_up.to] == ["helen@home.example"]
    assert state(decided(scene, "offer", 9, ignore(ADDRESS, "helen@mosaic.example"))) is State.IGNORED


def test_a_silent_case_of_several_people_is_not_one_persons() -> None:
    answers = [
        mail("offer", HELEN, "Re: Proposal: lobby mural", "Could you add the price of the scaffolding?", 1),
        mail("offer", OMAR, "Re: Proposal: lobby mural", "Could you also name a date?", 2),
    ]
    scene = Scene([*ASKED.messages, *answers])

    assert state(decided(scene, "offer", DUE, ignore(ADDRESS, "omar@mosaic.example"))) is State.ANSWERED
    assert state(decided(scene, "offer", DUE, ignore(DOMAIN, "mosaic.example"))) is State.IGNORED


def test_a_thread_holds_for_the_whole_matter_that_it_is_part_of() -> None:
    reply = mail("reply", HELEN, "Lobby mural", "We will let you know by Friday.", 1, answers="offer-0")
    scene = Scene([*ASKED.messages, reply])
    assert scene.groups() == {frozenset({"offer", "reply"})}

    assert state(decided(scene, "offer", DUE, ignore(THREAD, "reply"))) is State.IGNORED


# Ignore


def test_ignore_lasts_whatever_comes() -> None:
    promise = mail("offer", HELEN, "Re: Proposal: lobby mural", "We will let you know by Friday.", 20)
    scene = Scene([*ASKED.messages, promise])

    assert isinstance(decided(scene, "offer", 40), Write)
    ignored = decided(scene, "offer", 40, ignore(THREAD, "offer"))
    assert (state(ignored), ignored.waiting_on) == (State.IGNORED, WaitingOn.NOBODY)


def test_the_reason_names_the_day_and_the_evidence_the_command() -> None:
    ignored = decided(ASKED, "offer", DUE, ignore(ADDRESS, "helen@mosaic.example"))

    assert ignored.reason == "You asked on Tue 02 Jun 2026 to ignore helen@mosaic.example."
    assert ignored.evidence[-1] == Evidence("owner_said", "susul ignore helen@mosaic.example", on_day(1))
    assert ignored.evidence[:-1] == decided(ASKED, "offer", DUE).evidence


def test_a_word_holds_although_the_clock_was_set_back_since() -> None:
    later = DUE + 1

    assert state(decided(ASKED, "offer", DUE, ignore(THREAD, "offer", day=later))) is State.IGNORED
    assert state(decided(ASKED, "offer", DUE, close(THREAD, "offer", day=later))) is State.CLOSED


def test_ignore_counts_for_more_than_the_other_words() -> None:
    said = [
        snooze(THREAD, "offer", date(2026, 7, 1), day=3),
        ignore(DOMAIN, "mosaic.example"),
        close(ADDRESS, "helen@mosaic.example", day=4),
    ]

    assert state(decided(ASKED, "offer", DUE, *said)) is State.IGNORED
    assert state(decided(ASKED, "offer", DUE, said[0], said[2])) is State.CLOSED


# Close


def test_close_ends_the_wait_of_then() -> None:
    closed = decided(ASKED, "offer", DUE, close(THREAD, "offer"))

    assert (state(closed), closed.waiting_on) == (State.CLOSED, WaitingOn.NOBODY)
    assert closed.reason == "You asked on Tue 02 Jun 2026 to close this thread."


@pytest.mark.parametrize("writer", [HELEN, ME])
def test_a_later_mail_that_starts_a_wait_is_heard_again(writer: str) -> None:
    body = "We will let you know by Friday." if writer == HELEN else "Could you send me the floor plan?"
    later = mail("offer", writer, "Re: Proposal: lobby mural", body, 10, to=ME if writer == HELEN else HELEN)
    scene = Scene([*ASKED.messages, later])

    assert decided(scene, "offer", 30, close(THREAD, "offer")) == decided(scene, "offer", 30)
    assert isinstance(decided(scene, "offer", 30), Write)
    assert state(decided(scene, "offer", 30, close(THREAD, "offer", day=11))) is State.CLOSED


def test_their_later_answer_is_shown_as_an_answer() -> None:
    answer = mail("offer", HELEN, "Re: Proposal: lobby mural", "Could you add the price of the scaffolding?", 5)

    assert state(decided(Scene([*ASKED.messages, answer]), "offer", DUE, close(THREAD, "offer"))) is State.ANSWERED


def test_a_machines_mail_and_a_courtesy_open_nothing() -> None:
    away = {"auto-submitted": "auto-replied"}
    later = [
        mail("offer", HELEN, "Automatic reply: Proposal", "I am out of office until 8 June.", 2, headers=away),
        mail("offer", HELEN, "Re: Proposal: lobby mural", "Thank you!", 3),
    ]
    scene = Scene([*ASKED.messages, *later])

    assert isinstance(decided(scene, "offer", 16), Write)
    assert state(decided(scene, "offer", 16, close(THREAD, "offer"))) is State.CLOSED


MEETING = "Meeting: lobby mural"


@pytest.mark.parametrize(("made_on", "heard"), [(2, True), (0.5, False), (None, False)])
def test_an_appointment_made_later_is_heard_again(made_on: float | None, heard: bool) -> None:
    created_at = None if made_on is None else on_day(made_on)
    met = event("meeting", MEETING, 3, [HELEN], created_at=created_at)
    scene = Scene(ASKED.messages, [met])

    plain = decided(scene, "offer", 3.3)
    assert isinstance(plain, Write)
    assert plain.follow_up.step is Step.RECAP
    closed = decided(scene, "offer", 3.3, close(ADDRESS, "helen@mosaic.example"))
    assert closed == plain if heard else state(closed) is State.CLOSED


# Snooze


def test_a_snoozed_case_waits_until_its_day_and_is_due_then() -> None:
    said = snooze(ADDRESS, "helen@mosaic.example", date(2026, 6, 20))

    waiting, woken = decided(ASKED, "offer", DUE, said), decided(ASKED, "offer", 20, said)

    assert isinstance(waiting, Wait)
    assert waiting.reason == "You asked to snooze helen@mosaic.example until Sat 20 Jun 2026."
    assert isinstance(woken, Write)
    assert due_at(waiting) == due_at(woken) == datetime(2026, 6, 20, 9, tzinfo=OWNER.zone)
    assert woken.reason == decided(ASKED, "offer", 20).reason


def test_what_is_due_later_than_the_snooze_stays_as_it_is() -> None:
    said = snooze(THREAD, "offer", date(2026, 6, 4))

    assert decided(ASKED, "offer", 2, said) == decided(ASKED, "offer", 2)


def test_the_longest_snooze_counts() -> None:
    said = [snooze(THREAD, "offer", date(2026, 6, day)) for day in (22, 24, 23)]

    assert due_at(decided(ASKED, "offer", DUE, *said)).day == 24


def test_a_step_that_would_come_too_late_is_left_out_and_the_reason_says_so() -> None:
    met = event("meeting", MEETING, 3, [HELEN])
    said = snooze(ADDRESS, "helen@mosaic.example", date(2026, 6, 30))
    scene = Scene((), [met])

    silent = decided(scene, "meeting", 3.3, said)

    assert isinstance(decided(scene, "meeting", 3.3), Write)
    assert isinstance(silent, Silent)
    assert silent.reason.endswith("until Tue 30 Jun 2026, when it is too late for a recap.")


def test_a_silent_case_stays_as_it_is_while_it_is_snoozed() -> None:
    answer = mail("offer", HELEN, "Re: Proposal: lobby mural", "Could you add the price of the scaffolding?", 2)
    scene = Scene([*ASKED.messages, answer])

    assert decided(scene, "offer", DUE, snooze(THREAD, "offer", date(2026, 6, 30))) == decided(scene, "offer", DUE)


# Appointments


def test_a_word_about_an_appointment_holds_for_its_own_step_only() -> None:
    scene = Scene(ASKED.messages, [event("meeting", MEETING, 3, [HELEN])])
    said = ignore(EVENT, "meeting")

    assert state(decided(scene, "offer", 3.3, said)) is State.IGNORED
    assert isinstance(decided(scene, "offer", 20, said), Silent)  # the meeting answered the proposal
    assert state(decided(Scene((), scene.events), "meeting", 3.3, said)) is State.IGNORED


def test_each_of_several_thank_yous_heeds_its_own_words() -> None:
    invited = mail("job", HELEN, "Interview for the curator role", "We invite you to an interview.", 0)
    interviews = [
        event("first", "Interview curator", 3, [HELEN]),
        event("second", "Interview curator", 3.2, ["Omar Reed <omar@mosaic.example>"]),
    ]
    scene = Scene([invited], interviews)

    def further(*said: OwnersWord) -> list[Decision]:
        record = Record(words=by_target(said))
        found = further_thank_yous(scene.story("job", 4.1), OWNER, POLICY, record, on_day(4.1))
        return [decision for _, decision in found]

    assert [type(d) for d in further()] == [Write]
    assert [state(d) for d in further(ignore(EVENT, "second"))] == [State.IGNORED]
    assert [state(d) for d in further(ignore(THREAD, "job"))] == [State.IGNORED]
    assert further(ignore(EVENT, "first")) == further(ignore(ADDRESS, "helen@mosaic.example")) == further()
    assert isinstance(decided(scene, "job", 4.1, ignore(EVENT, "second")), Write)


def test_a_label_in_gmail_is_heard_as_well() -> None:
    labelled = Scene([replace(ASKED.messages[0], labels=frozenset({"SENT", "Susul/Ignore"}))])
    put_off = Scene([replace(ASKED.messages[0], labels=frozenset({"SENT", "Susul/Snooze"}))])

    assert state(decided(labelled, "offer", DUE)) is State.IGNORED
    assert "Susul/Ignore" in decided(labelled, "offer", DUE).reason
    assert state(decided(put_off, "offer", DUE)) is State.OPEN
    assert state(decided(put_off, "offer", DUE, ignore(THREAD, "offer"))) is State.IGNORED
