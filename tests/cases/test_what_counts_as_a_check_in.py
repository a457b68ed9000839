"""What the owner writes while they wait: which mail counts as a check-in, and when the next one comes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from linking_scene import ME, OWNER, Scene, event, mail

from susul.model import Answer, Attendee, Kind, Silent, State, Step, Wait, WaitingOn, Write

if TYPE_CHECKING:
    from susul.model import Decision, Event, FollowUp, Message

HELEN = "Helen Park <helen@mosaic.example>"
# Monday is day 0; 16 June is a holiday in Indonesia, and so is 1 June, the day 0 itself.
PROPOSAL = mail(
    "offer", ME, "Proposal: shop windows", "Dear Helen,\n\nAttached is our proposal for the shop windows.\n\nRina", 1,
    to=HELEN, attachments=("proposal.pdf",),
)  # fmt: skip
IN_HAND = mail("offer", HELEN, "Re: Proposal: shop windows", "Dear Rina,\n\nLet us look at it first.\n\nHelen", 2)
REQUEST = mail(
    "photos", ME, "Shop windows", "Dear Helen,\n\nCould you send me the photos of the hall?\n\nRina", 1, to=HELEN
)


def ours(thread: str, subject: str, words: str, day: float, **more: object) -> Message:
    return mail(thread, ME, f"Re: {subject}", f"Dear Helen,\n\n{words}\n\nBest regards,\nRina", day, to=HELEN, **more)


def invitation(day: float) -> Event:
    """The owner's own, made on the first Tuesday, for ``day``; Helen has not answered."""
    made = event("rooms", "Rooms for the workshops", day, organizer=OWNER.addresses[0])
    guests = (Attendee(OWNER.addresses[0], "Rina", Answer.ACCEPTED), Attendee("helen@mosaic.example", "Helen Park"))
    return replace(made, attendees=guests, created_at=PROPOSAL.sent_at)


def next_step(decision: Decision) -> FollowUp:
    assert isinstance(decision, Wait | Write), decision.reason
    return decision.follow_up


def test_a_second_mail_about_a_proposal_that_they_have_in_hand_is_a_check_in() -> None:
    words = "I sent you the proposal for the shop windows on Tuesday 2 June, and would like to ask whether it arrived."
    scene = Scene([PROPOSAL, IN_HAND, ours("offer", PROPOSAL.subject, words, 10)])

    assert len(scene.story("offer", 11).check_ins) == 1


def test_a_new_version_of_a_proposal_begins_anew() -> None:
    words = "Attached is our revised proposal for the shop windows."
    new = ours("offer", PROPOSAL.subject, words, 10, attachments=("proposal-2.pdf",))
    scene = Scene([PROPOSAL, IN_HAND, new])

    assert scene.story("offer", 11).check_ins == ()


def test_a_nudge_of_an_unanswered_invitation_is_counted() -> None:
    nudge = ours("rooms-mail", "Rooms for the workshops", "May I ask whether the time of my invitation suits you?", 4)
    first = ours("rooms-mail", "Rooms for the workshops", "I have sent you an invitation.", 1, id="first")
    scene = Scene([first, nudge], [invitation(11)])

    told = scene.story("rooms", 5)

    assert [t.message.id for t in told.check_ins] == [nudge.id]
    assert told.case.kind is Kind.MEETING


def test_a_word_on_the_day_of_an_invitation_is_no_nudge_of_it() -> None:
    first = ours("rooms-mail", "Rooms for the workshops", "Do you think that an hour is enough?", 1.1)
    scene = Scene([first], [invitation(11)])

    assert scene.story("rooms", 5).check_ins == ()


def test_a_second_nudge_that_would_come_too_late_is_not_announced() -> None:
    ask = mail(
        "meet", ME, "Meeting about the hall", "Dear Helen,\n\nCould we meet on Wednesday at 10:00?\n\nRina", 1, to=HELEN
    )
    nudge = ours("meet", "Meeting about the hall", "Our time has passed. Would Tuesday or Wednesday suit you?", 4)
    scene = Scene([ask, nudge])

    decision = scene.decision("meet", 9)

    assert isinstance(decision, Silent)
    assert decision.state is State.OPEN


def test_the_next_check_in_on_work_comes_no_sooner_whatever_day_the_last_one_named() -> None:
    again = ours("photos", "Shop windows", "Could you send me the photos of the hall by tomorrow?", 8)
    scene = Scene([REQUEST, again])

    # Five business days after Tuesday 9 June, with the holiday on the 16th.
    assert next_step(scene.decision("photos", 9)).due_at.date().isoformat() == "2026-06-17"


def test_the_offer_of_a_call_leaves_a_request_what_it_is() -> None:
    words = "Have you found the photos? I would also be glad to settle it in a short call at a time that suits you."
    scene = Scene([REQUEST, ours("photos", "Shop windows", words, 8)])

    told = scene.story("photos", 9)

    assert told.case.kind is Kind.PROJECT
    assert next_step(scene.decision("photos", 9)).step is Step.STATUS_CHECK


def interview() -> tuple[list[Message], list[Event]]:
    words = "We would like to invite you to an interview for Brand Designer on Wednesday 3 June, 10:00."
    invites = mail("job", HELEN, "Interview for Brand Designer", f"Dear Rina,\n\n{words}\n\nHelen", 1)
    return [invites], [event("talk", "Interview Brand Designer", 2, [HELEN])]


def test_thanks_within_a_status_check_long_after_the_interview_do_not_hide_it() -> None:
    messages, events = interview()
    asks = ours("job", "Interview", "Thank you again for the conversation. Is there a date by which you decide?", 9)
    scene = Scene([*messages, asks], events)

    assert [t.message.id for t in scene.story("job", 10).check_ins] == [asks.id]


def test_thanks_in_time_are_no_check_in() -> None:
    messages, events = interview()
    scene = Scene([*messages, ours("job", "Interview", "Thank you very much for the conversation.", 3)], events)

    assert scene.story("job", 4).check_ins == ()


def recap(words: str) -> Scene:
    thanks = "Thank you for the meeting on Wednesday about the shop windows."
    return Scene(
        [ours("talk", "Shop windows", f"{thanks} {words}", 2.2)], [event("talk-event", "Shop windows", 2, [HELEN])]
    )


def test_a_recap_that_asks_to_be_corrected_waits_for_nothing() -> None:
    decision = recap("Please correct me if I have misunderstood a point.").decision("talk-event", 9)

    assert isinstance(decision, Silent)
    assert decision.state is State.ANSWERED


def test_a_recap_that_asks_for_a_thing_waits_for_it() -> None:
    decision = recap("Could you send me the floor plan by Friday?").decision("talk-event", 4)

    assert next_step(decision).step is Step.STATUS_CHECK


def test_a_case_in_which_they_asked_not_to_be_followed_up_is_over_some_day() -> None:
    asked = mail("offer", HELEN, "Re: Proposal: shop windows", "Dear Rina,\n\nPlease do not follow up.\n\nHelen", 2)
    scene = Scene([PROPOSAL, asked])

    assert scene.decision("offer", 30).state is State.OPEN
    assert scene.decision("offer", 120).state is State.NO_ANSWER


def test_in_a_case_that_lapsed_nobody_is_waited_for() -> None:
    decision = Scene([REQUEST]).decision("photos", 90)

    assert (decision.state, decision.waiting_on) == (State.NO_ANSWER, WaitingOn.NOBODY)
