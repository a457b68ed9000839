"""One story as it stands at one moment → the whole decision: state, who acts next, reason, evidence and step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from susul.cases.appointment import Appointment, Standing
from susul.cases.story import Story
from susul.cases.waits import Basis, OpenWait
from susul.decide import decide, further_thank_yous
from susul.model import (
    Address,
    Answer,
    Attendee,
    Case,
    Decision,
    Event,
    Evidence,
    Fact,
    FollowUp,
    Kind,
    Message,
    Nature,
    Reading,
    Signal,
    Silent,
    State,
    Step,
    Told,
    Wait,
    WaitingOn,
    Window,
    Write,
)
from susul.owner import Owner
from susul.owners_word import About, OwnersWord, Word, by_target
from susul.policy import load_policy
from susul.record import Record

ZONE = ZoneInfo("Asia/Jakarta")
OWNER = Owner(("rina@rina.example",), name="Rina", zone=ZONE)
POLICY = load_policy()
ME, HELEN, OMAR = (
    Address("Rina", "rina@rina.example"),
    Address("Helen", "helen@mosaic.example"),
    Address("Omar", "omar@mosaic.example"),
)
COLLEAGUES = "Check-ins with colleagues are turned off (policy.general.internal)."


def day(number: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of June 2026; the 1st is a Monday, and numbers above 30 run on."""
    return datetime(2026, 6, 1, hour, minute, tzinfo=ZONE) + timedelta(days=number - 1)


def told(number: int, at: datetime, *, outgoing: bool = True, nature: Nature = Nature.PERSON) -> Told:
    sender, to = (ME, HELEN) if outgoing else (HELEN, ME)
    message = Message(f"m{number}", "t1", f"<m{number}@x.example>", at, sender, "Season poster", to=(to,))
    return Told(message, Reading(message.id, "en", nature, "Our offer."), outgoing)


SENT = told(1, day(1, 10))
LAST = Evidence("proposal_sent", "our offer", day(1, 10), message="m1")
CASE = Case("c1", Kind.PROPOSAL, (SENT,), (), (HELEN,), "mosaic.example", "en", "Season poster")
WAIT = OpenWait(Basis.PROPOSAL, date(2026, 6, 1), LAST, told=SENT)
STORY = Story(
    CASE, State.OPEN, WaitingOn.THEM, WAIT, (), None, (), (), frozenset(), None, None, None, False, False,
    frozenset(), LAST, date(2026, 6, 1), True,
)  # fmt: skip
QUIET = replace(STORY, wait=None)
CHECK = FollowUp(Step.STATUS_CHECK, day(5), day(95), "m1", (HELEN,), reply_to="m1")
WHY = "You sent a proposal, and nobody has answered."


def of_kind(kind: Kind, story: Story = STORY) -> Story:
    return replace(story, case=replace(story.case, kind=kind))


def checked_in(times: int, story: Story = STORY) -> Story:
    return replace(story, check_ins=tuple(told(n + 2, day(n + 2)) for n in range(times)))


def decided(story: Story, now: datetime, record: Record = Record()) -> Decision:  # noqa: B008 - a frozen value
    return decide(story, OWNER, POLICY, record, now)


# Check-ins


def test_a_check_in_waits_for_its_hour_and_is_written_from_then_on() -> None:
    waits = Wait(State.OPEN, WaitingOn.THEM, WHY, (LAST,), CHECK)

    assert decided(STORY, day(5, 8, 59)) == waits
    assert decided(STORY, day(5)) == Write(State.OPEN, WaitingOn.THEM, WHY, (LAST,), CHECK)


def test_a_check_in_says_how_many_went_before() -> None:
    decision = decided(checked_in(1), day(1))

    assert decision.reason == WHY + " You have checked in 1 of 3 times."
    assert isinstance(decision, Wait)
    assert decision.follow_up.ordinal == 1


def test_a_check_in_that_lapsed_leaves_the_case_without_an_answer() -> None:
    over = Silent(State.NO_ANSWER, WaitingOn.NOBODY, "It is too late for this step.", (LAST,))

    assert isinstance(decided(STORY, day(95, 8, 59)), Write)
    assert decided(STORY, day(95)) == over


def test_where_the_next_check_in_lapsed_the_one_before_still_has_its_time() -> None:
    wait = replace(WAIT, basis=Basis.MEETING_REQUEST, day_0=date(2026, 6, 2), starts_at=day(3))
    asked_again = checked_in(1, of_kind(Kind.MEETING, replace(STORY, wait=wait)))

    assert decided(asked_again, day(12)).state is State.OPEN
    assert decided(asked_again, day(30)).state is State.NO_ANSWER


@pytest.mark.parametrize("state", [State.ON_HOLD, State.OPEN, State.ANSWERED])
def test_what_is_on_hold_stays_so_while_its_step_waits_and_anything_else_is_open(state: State) -> None:
    assert decided(replace(STORY, state=state), day(2)).state is (state if state is State.ON_HOLD else State.OPEN)


def test_a_draft_that_the_owner_deleted_is_not_wanted_for_any_name_of_what_it_answers() -> None:
    wait = replace(WAIT, appointment=("e1", "e1-before"))
    declined = Record(declined=frozenset({("e1-before", Step.STATUS_CHECK)}))
    story = replace(STORY, wait=replace(wait, event=interview()))

    assert decided(story, day(9), declined) == Silent(
        State.OPEN, WaitingOn.THEM, "You deleted this draft before.", (LAST,)
    )
    assert isinstance(decided(story, day(9), Record(declined=frozenset({("e1", Step.NUDGE)}))), Write)


def test_a_draft_that_the_owner_undid_is_told_apart_from_one_that_they_deleted() -> None:
    mine = frozenset({("e1", Step.STATUS_CHECK)})
    story = replace(STORY, wait=replace(WAIT, appointment=("e1",), event=interview()))

    undone = decided(story, day(9), Record(declined=mine, undone=mine))

    assert undone == Silent(State.OPEN, WaitingOn.THEM, "You took this draft back with susul undo.", (LAST,))


def test_a_follow_up_keeps_the_name_under_which_the_ledger_knows_it() -> None:
    story = replace(STORY, wait=replace(WAIT, appointment=("e1", "e1-before"), event=interview()))

    for recorded, trigger in ((set(), "e1"), ({"e1-before"}, "e1-before"), ({"e1", "e1-before"}, "e1")):
        decision = decided(story, day(9), Record(recorded=frozenset(recorded)))
        assert isinstance(decision, Write)
        assert decision.follow_up.trigger == trigger


@pytest.mark.parametrize("thread", ["t1", "t9"])
def test_a_draft_of_the_owners_own_stops_only_what_is_due_in_its_thread(thread: str) -> None:
    own = Record(own_drafts=frozenset({thread}))
    silent = Silent(State.OPEN, WaitingOn.THEM, "You have a draft of your own in this thread.", (LAST,))

    assert decided(STORY, day(5), own) == (silent if thread == "t1" else decided(STORY, day(5)))
    assert isinstance(decided(STORY, day(4), own), Wait)


def test_whom_mail_does_not_reach_is_written_to_no_more() -> None:
    nobody = "There is nobody to write to: a list, a no-reply address, or mail that bounced."
    story = replace(STORY, undelivered=frozenset({HELEN.email}))

    assert decided(story, day(5)) == Silent(State.OPEN, WaitingOn.THEM, nobody, (LAST,))


@pytest.mark.parametrize("basis", Basis)
def test_only_days_that_they_named_are_given_to_the_draft_as_promised(basis: Basis) -> None:
    window = Window(None, date(2026, 6, 3))
    decision = decided(replace(STORY, wait=replace(WAIT, basis=basis, window=window)), day(2))

    assert isinstance(decision, Wait)
    promised = decision.follow_up.promised
    assert promised == (window if basis in (Basis.PROMISE, Basis.CHECK_BACK) else None)


def test_a_passed_meeting_time_is_told_to_the_draft() -> None:
    wait = replace(WAIT, basis=Basis.MEETING_REQUEST, starts_at=day(4, 15))

    for now, passed in ((day(2), False), (day(5), True)):
        decision = decided(of_kind(Kind.MEETING, replace(STORY, wait=wait)), now)
        assert isinstance(decision, Wait | Write)
        assert decision.follow_up.time_passed is passed


@pytest.mark.parametrize(
    ("kind", "made", "reason"),
    [
        (Kind.PROPOSAL, 3, "You have checked in 3 times; that is enough."),
        (Kind.APPLICATION, 2, "You have checked in 2 times; that is enough."),
        (Kind.INTERVIEW, 1, "You have checked in, and they showed no interest."),
        (Kind.PROJECT, 1, "You have checked in once; that is enough here."),
    ],
)
def test_a_case_whose_check_ins_are_spent_closes_after_fifteen_business_days(
    kind: Kind, made: int, reason: str
) -> None:
    story = replace(checked_in(made, of_kind(kind)), spent=made == 1)
    closed = Silent(State.NO_ANSWER, WaitingOn.NOBODY, f"{reason} The case closed itself.", (LAST,))

    assert decided(story, day(21, 23)) == Silent(State.OPEN, WaitingOn.THEM, reason, (LAST,))
    assert decided(story, day(22, 0)) == closed  # Monday, three weeks after day 0


@pytest.mark.parametrize("window", [None, Window(None, date(2026, 6, 11))])
def test_a_wait_without_anything_to_ask_ends_when_a_check_in_would_have_lapsed(window: Window | None) -> None:
    story = replace(STORY, spent=True, wait=replace(WAIT, window=window))
    began, reason = (11 if window else 1), "No date was named to ask about."
    closed = Silent(State.NO_ANSWER, WaitingOn.NOBODY, f"{reason} The case closed itself.", (LAST,))

    assert decided(story, day(began + 90, 23)) == Silent(State.OPEN, WaitingOn.THEM, reason, (LAST,))
    assert decided(story, day(began + 91, 0)) == closed


def test_a_window_that_ended_before_the_wait_began_does_not_shorten_it() -> None:
    story = replace(STORY, spent=True, wait=replace(WAIT, window=Window(None, date(2026, 5, 20))))

    assert decided(story, day(91, 23)).state is State.OPEN


def test_colleagues_are_reminded_only_where_the_owner_wants_it() -> None:
    owner = replace(OWNER, addresses=("rina@mosaic.example", *OWNER.addresses))
    silent = Silent(State.OPEN, WaitingOn.THEM, COLLEAGUES, (LAST,))
    task = of_kind(Kind.TASK, replace(STORY, spent=True))

    assert decide(STORY, owner, POLICY, Record(), day(5)) == silent
    assert decided(task, day(5)) == silent
    internal = load_policy({"general": {"internal": True}})
    assert isinstance(decide(STORY, owner, internal, Record(), day(5)), Write)
    assert decide(task, OWNER, internal, Record(), day(5)).reason == "No date was named to ask about."


def test_who_is_asked_together_with_colleagues_is_asked() -> None:
    owner = replace(OWNER, addresses=("rina@studio.example",))
    both = replace(SENT, message=replace(SENT.message, to=(HELEN, Address("Ari", "ari@studio.example"))))
    story = replace(STORY, case=replace(CASE, told=(both,)), wait=replace(WAIT, told=both))

    assert isinstance(decide(story, owner, POLICY, Record(), day(5)), Write)


# What speaks first


@pytest.mark.parametrize(
    ("label", "state", "waiting_on"),
    [("Susul/Ignore", State.IGNORED, WaitingOn.NOBODY), ("Susul/Snooze", State.OPEN, WaitingOn.THEM)],
)
def test_a_label_of_the_owners_silences_the_case(label: str, state: State, waiting_on: WaitingOn) -> None:
    labelled = replace(SENT, message=replace(SENT.message, labels=frozenset({label})))
    story = replace(STORY, case=replace(CASE, told=(labelled, told(2, day(2)))))

    assert decided(story, day(5)) == Silent(state, waiting_on, f"The thread carries your label {label}.", (LAST,))
    assert decided(replace(story, last=None), day(5)).evidence == ()


def test_a_kind_that_is_turned_off_says_where_that_was_done() -> None:
    policy = load_policy({"proposal": {"follow_up": False}})
    reason = "You have turned follow-ups of this kind off (policy.proposal.follow_up)."

    assert decide(STORY, OWNER, policy, Record(), day(5)) == Silent(State.OPEN, WaitingOn.THEM, reason, (LAST,))


def heard(number: int, *, to: Address, cc: Address) -> Told:
    theirs = told(number, day(2), outgoing=False)
    return replace(theirs, message=replace(theirs.message, to=(to,), cc=(cc,)))


def test_who_was_only_ever_in_copy_follows_nothing_up() -> None:
    copied, addressed = heard(2, to=OMAR, cc=ME), heard(3, to=ME, cc=OMAR)
    only_copied = Silent(State.OPEN, WaitingOn.THEM, "You were only in copy.", (LAST,))

    def among(*mail: Told, events: tuple[Event, ...] = ()) -> Decision:
        return decided(replace(STORY, case=replace(CASE, told=mail, events=events)), day(5))

    assert among(copied) == only_copied
    assert among(copied, told(4, day(3), outgoing=False, nature=Nature.AUTO_REPLY)) == only_copied
    for mail in ((copied, addressed), (heard(2, to=ME, cc=ME),), (heard(2, to=OMAR, cc=OMAR),), (copied, SENT), ()):
        assert among(*mail).reason != only_copied.reason
    assert among(copied, events=(meeting(),)).reason != only_copied.reason


@pytest.mark.parametrize(
    ("state", "waiting_on", "reason"),
    [
        (State.DECLINED, WaitingOn.NOBODY, "You withdrew."),
        (State.UNDELIVERED, WaitingOn.ME, "Your mail did not arrive: it bounced."),
        (State.WON, WaitingOn.ME, "They said yes; the next word is yours."),
    ],
)
def test_what_is_settled_stays_silent_whatever_waits(state: State, waiting_on: WaitingOn, reason: str) -> None:
    story = replace(STORY, state=state, waiting_on=WaitingOn.ME)

    assert decided(story, day(5)) == Silent(state, waiting_on, reason, (LAST,))


def test_a_request_not_to_follow_up_ends_with_the_day_they_named_or_with_the_kind() -> None:
    stop = Evidence("hold_off", "please do not follow up", day(2, 1), message="m2")
    story, reason = replace(STORY, stop=stop), "They asked not to be followed up."
    during = Silent(State.OPEN, WaitingOn.THEM, reason, (stop,))
    after = Silent(State.NO_ANSWER, WaitingOn.NOBODY, reason, (stop,))

    assert decided(story, day(92, 23)) == during
    assert decided(story, day(93, 0)) == after
    named = replace(story, stop_until=date(2026, 6, 16))
    assert decided(named, day(16, 23)) == during
    assert decided(named, day(17, 0)) == after


# After a rejection

NO = replace(told(2, day(3, 20), outgoing=False), reading=Reading("m2", "en", Nature.PERSON, "We decided otherwise."))
REJECTED = replace(
    STORY, case=replace(CASE, told=(SENT, NO)), state=State.REJECTED, waiting_on=WaitingOn.NOBODY, rejection=NO
)


def test_a_rejection_is_answered_on_the_next_business_day_in_their_words_thread() -> None:
    evidence = (Evidence("rejection", "Season poster", day(3, 20), message="m2"),)
    reply = FollowUp(Step.REJECTION_REPLY, day(4), day(18, 0), "m2", (HELEN,), reply_to="m2")
    reason = "They said no; a graceful reply keeps the door open."

    assert decided(REJECTED, day(4, 8)) == Wait(State.REJECTED, WaitingOn.NOBODY, reason, evidence, reply)
    assert decided(REJECTED, day(4)) == Write(State.REJECTED, WaitingOn.NOBODY, reason, evidence, reply)
    late = Silent(State.REJECTED, WaitingOn.NOBODY, "It is too late for this step.", evidence)
    assert decided(REJECTED, day(18, 0)) == late


def test_the_evidence_of_a_rejection_is_its_own_sentence_where_one_was_found() -> None:
    found = (
        Signal(Fact.THANKS, "thank you for your time", "en/thanks"),
        Signal(Fact.REJECTION, "we decided otherwise", "en/rejection"),
    )
    no = replace(NO, reading=replace(NO.reading, signals=found))

    assert decided(replace(REJECTED, rejection=no), day(4)).evidence[0].quote == "we decided otherwise"


def test_a_rejection_that_was_answered_or_cannot_be_is_left() -> None:
    evidence = (Evidence("rejection", "Season poster", day(3, 20), message="m2"),)
    answered = replace(REJECTED, thanked=frozenset({"m2"}))
    unheard = replace(REJECTED, undelivered=frozenset({HELEN.email}))

    assert decided(answered, day(4)) == Silent(
        State.REJECTED, WaitingOn.NOBODY, "They said no, and you have answered.", evidence
    )
    assert decided(unheard, day(4)) == Silent(
        State.REJECTED, WaitingOn.NOBODY, "They said no from an address that nobody reads.", evidence
    )


# Appointments


def appointment_on(number: int, title: str, guests: tuple[Attendee, ...] = (), *, name: str = "e1") -> Event:
    people = guests or (Attendee(ME.email, "", Answer.ACCEPTED), Attendee(HELEN.email, "Helen", Answer.ACCEPTED))
    return Event(
        f"{name}@x.example", title, day(number, 10), day(number, 11), attendees=people, organizer=ME.email, id=name
    )


def meeting(number: int = 2) -> Event:
    return appointment_on(number, "Poster review")


def interview(number: int = 2) -> Event:
    return appointment_on(number, "Interview poster design")


def fixed(event: Event, *, is_interview: bool = False, told: Told | None = None) -> Appointment:
    return Appointment(event, is_interview, Standing.FIXED, told, names=(event.id,))


def after(*appointments: Appointment, thanked: frozenset[str] = frozenset()) -> Story:
    return replace(QUIET, appointments=appointments, thanked=thanked)


def test_an_interview_is_thanked_for_between_its_hour_and_its_lapse() -> None:
    evidence = (Evidence("interview_ended", "Interview poster design", day(2, 11), event="e1@x.example"),)
    step = FollowUp(Step.THANK_YOU, day(2, 15), day(6, 0), "e1", (HELEN,), reply_to="m1", event="e1")
    reason = "The interview “Interview poster design” ended on Tue 02 Jun, and no thanks have been sent."
    story = after(fixed(interview(), is_interview=True))

    assert decided(story, day(2, 11)) == Wait(State.OPEN, WaitingOn.ME, reason, evidence, step)
    assert decided(story, day(2, 15)) == Write(State.OPEN, WaitingOn.ME, reason, evidence, step)
    assert decided(story, day(5, 23)) == Write(State.OPEN, WaitingOn.ME, reason, evidence, step)
    assert isinstance(decided(story, day(6, 0)), Silent)


def test_a_meeting_gets_its_recap_and_the_mail_that_fixed_it_is_evidence() -> None:
    evidence = (Evidence("meeting_ended", "Poster review", day(2, 11), message="m1", event="e1@x.example"),)
    step = FollowUp(Step.RECAP, day(2, 17), day(6, 0), "e1", (HELEN,), reply_to="m1", event="e1")
    reason = "The meeting “Poster review” ended on Tue 02 Jun, and no recap has been sent."
    decision = decided(after(fixed(meeting(), told=SENT)), day(2, 17))

    assert decision == Write(State.OPEN, WaitingOn.ME, reason, evidence, step)


def test_an_event_without_an_id_of_its_own_is_named_by_its_uid() -> None:
    decision = decided(after(fixed(replace(meeting(), id=""))), day(2, 17))

    assert isinstance(decision, Write)
    assert decision.follow_up.event == "e1@x.example"


def test_the_oldest_appointment_that_still_wants_words_comes_first() -> None:
    older, newer = fixed(interview(2), is_interview=True), fixed(appointment_on(3, "Poster review", name="e2"))

    def event_of(decision: Decision) -> str | None:
        return decision.follow_up.event if isinstance(decision, Write | Wait) else None

    both = after(older, newer)
    assert event_of(decided(both, day(3, 20))) == "e1"
    assert event_of(decided(replace(both, thanked=frozenset({"e1"})), day(3, 20))) == "e2"
    declined = Record(declined=frozenset({("e1", Step.THANK_YOU)}))
    assert event_of(decided(both, day(3, 20), declined)) == "e2"
    off = replace(older, standing=Standing.OFF)
    assert event_of(decided(after(off, newer), day(3, 20))) == "e2"


def test_a_reason_names_the_year_of_a_day_in_another_one() -> None:
    event = meeting(9)
    next_year = replace(event, starts_at=event.starts_at.replace(year=2027), ends_at=event.ends_at.replace(year=2027))
    story = replace(STORY, appointments=(fixed(next_year),), ahead=(next_year,))

    assert decided(story, day(5)).reason == "“Poster review” lies ahead, on Wed 09 Jun 2027."


def test_what_lies_ahead_is_waited_for_with_its_own_step() -> None:
    event = meeting(9)
    evidence = (Evidence("event_ahead", "Poster review", day(9, 10), event="e1@x.example"),)
    step = FollowUp(Step.RECAP, day(9, 17), day(13, 0), "e1", (HELEN,), reply_to="m1", event="e1")
    reason = "“Poster review” lies ahead, on Tue 09 Jun."
    story = replace(STORY, appointments=(fixed(event),), ahead=(event,))

    assert decided(story, day(5)) == Wait(State.OPEN, WaitingOn.NOBODY, reason, evidence, step)
    silent = Silent(State.OPEN, WaitingOn.NOBODY, reason, evidence)
    assert decided(replace(story, appointments=()), day(5)) == silent
    assert decided(of_kind(Kind.MEETING, replace(story, appointments=(fixed(replace(event)),))), day(5)) == silent
    all_day = replace(event, all_day=True)
    assert decided(replace(story, appointments=(fixed(all_day),), ahead=(all_day,)), day(5)) == silent


def test_of_several_appointments_ahead_the_next_one_counts() -> None:
    near, far = meeting(9), appointment_on(12, "Final review", name="e2")

    assert decided(replace(STORY, ahead=(far, near)), day(5)).evidence[0].quote == "Poster review"


def crowd(size: int) -> tuple[Attendee, ...]:
    return tuple(Attendee(f"guest{n}@mosaic.example") for n in range(size))


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (replace(meeting(), all_day=True), "it is an all-day entry"),
        (appointment_on(2, "Poster review", (Attendee("ari@rina.example"),)), "nobody from outside takes part"),
        (appointment_on(2, "Poster review", crowd(11)), "it is a large meeting"),
        (replace(meeting(), recurring=True), "it is a recurring meeting"),
        (replace(meeting(), transparent=True), "it is marked as free time"),
    ],
)
def test_a_meeting_that_needs_no_recap_says_why(event: Event, why: str) -> None:
    decision = decided(after(fixed(event)), day(2, 17))

    assert decision == Silent(State.OPEN, WaitingOn.THEM, f"“Poster review” needs no recap: {why}.", (LAST,))
    if not event.all_day:
        assert isinstance(decided(after(fixed(event, is_interview=True)), day(2, 15)), Write | Silent)


def test_a_meeting_of_ten_outside_people_gets_a_recap_and_a_series_where_the_owner_wants_it() -> None:
    recurring = load_policy({"meeting": {"recap_recurring": True}})

    assert isinstance(decided(after(fixed(appointment_on(2, "Poster review", crowd(10)))), day(2, 17)), Write)
    series = after(fixed(replace(meeting(), recurring=True)))
    assert isinstance(decide(series, OWNER, recurring, Record(), day(2, 17)), Write)


def test_an_interview_in_a_series_or_in_free_time_is_thanked_for_all_the_same() -> None:
    odd = replace(interview(), recurring=True, transparent=True)

    assert isinstance(decided(after(fixed(odd, is_interview=True)), day(2, 15)), Write)


def test_each_interviewer_with_an_event_of_their_own_gets_a_thank_you_beside_the_first() -> None:
    first, second = interview(2), appointment_on(3, "Interview with Omar", name="e2")
    recap = appointment_on(3, "Poster review", name="e3")
    story = after(fixed(first, is_interview=True), fixed(recap), fixed(second, is_interview=True))
    now = day(3, 20)

    ((case, decision),) = further_thank_yous(story, OWNER, POLICY, Record(), now)

    assert case == replace(CASE, told=(), events=(second,), people=())
    assert isinstance(decision, Write)
    assert decision.follow_up.trigger == "e2"
    assert further_thank_yous(replace(story, state=State.REJECTED), OWNER, POLICY, Record(), now) == ()
    ignored = Record(words=by_target([OwnersWord(Word.IGNORE, About.EVENT, "e2", day(1))]))
    ((_, silent),) = further_thank_yous(story, OWNER, POLICY, ignored, now)
    assert silent.state is State.IGNORED


# Nothing open


def test_an_answer_found_elsewhere_is_pointed_at() -> None:
    spam = Evidence("answered_in_spam", "Thanks, let us talk", day(3), message="m9")

    assert decided(replace(QUIET, last=spam, waiting_on=WaitingOn.ME), day(5)) == Silent(
        State.ANSWERED, WaitingOn.ME, "They answered; their mail lies in spam.", (spam,)
    )


@pytest.mark.parametrize("state", [State.OPEN, State.ANSWERED, State.ON_HOLD])
def test_an_appointment_that_is_off_closes_what_was_open_or_answered(state: State) -> None:
    off = replace(fixed(meeting()), standing=Standing.OFF, off_because="it was cancelled")
    earlier = replace(off, event=appointment_on(1, "First review"), off_because="you declined it")
    evidence = (Evidence("appointment_off", "Poster review", day(2, 10), event="e1@x.example"),)
    decision = decided(replace(after(earlier, off), state=state), day(5))

    if state is State.ON_HOLD:
        assert decision == Silent(state, WaitingOn.THEM, "Nothing is open.", (LAST,))
    else:
        reason = "“Poster review”: it was cancelled."
        assert decision == Silent(State.CLOSED, WaitingOn.NOBODY, reason, evidence)


@pytest.mark.parametrize(
    ("state", "waiting_on", "stands", "reason"),
    [
        (State.ANSWERED, WaitingOn.ME, State.ANSWERED, "They answered; the next word is yours."),
        (State.ANSWERED, WaitingOn.THEM, State.ANSWERED, "They answered."),
        (State.OPEN, WaitingOn.ME, State.OPEN, "Nothing is open."),
        (State.OPEN, WaitingOn.NOBODY, State.CLOSED, "Nothing is open."),
        (State.ON_HOLD, WaitingOn.THEM, State.ON_HOLD, "Nothing is open."),
    ],
)
def test_where_nothing_waits_the_reason_says_how_it_stands(
    state: State, waiting_on: WaitingOn, stands: State, reason: str
) -> None:
    story = replace(QUIET, state=state, waiting_on=waiting_on)

    assert decided(story, day(5)) == Silent(stands, waiting_on, reason, (LAST,))


@pytest.mark.parametrize("state", [State.OPEN, State.ANSWERED])
def test_after_the_last_appointment_the_reason_is_what_became_of_its_thanks(state: State) -> None:
    story = replace(after(fixed(meeting())), state=state)

    assert decided(replace(story, thanked=frozenset({"e1"})), day(2, 17)).reason == "You have said thanks."
    assert decided(story, day(6, 0)).reason == "It is too late for thanks or a recap."
    later = replace(story, appointments=(fixed(meeting()), fixed(appointment_on(3, "Final", crowd(11), name="e2"))))
    assert decided(later, day(8)).reason == "“Final” needs no recap: it is a large meeting."


def test_the_moment_an_appointment_ends_it_has_ended() -> None:
    all_day = after(fixed(replace(meeting(), all_day=True)))

    assert decided(all_day, day(2, 10, 59)).reason == "Nothing is open."
    assert decided(all_day, day(2, 11)).reason == "“Poster review” needs no recap: it is an all-day entry."


def test_days_are_told_on_the_owners_calendar_whatever_zone_the_mail_came_from() -> None:
    utc = ZoneInfo("UTC")
    late = replace(meeting(), starts_at=day(2, 1).astimezone(utc), ends_at=day(2, 2).astimezone(utc))
    no = replace(NO, message=replace(NO.message, sent_at=day(3, 2).astimezone(utc)))

    assert " ended on Tue 02 Jun, " in decided(after(fixed(late)), day(2, 17)).reason
    assert isinstance(decided(replace(REJECTED, rejection=no), day(3, 9)), Wait)


def test_who_was_in_copy_stays_in_copy() -> None:
    sent = replace(SENT, message=replace(SENT.message, cc=(OMAR,)))
    decision = decided(replace(STORY, case=replace(CASE, told=(sent,)), wait=replace(WAIT, told=sent)), day(5))

    assert isinstance(decision, Write)
    assert decision.follow_up.cc == (OMAR,)


def test_a_label_silences_the_second_interviewers_thank_you_too() -> None:
    labelled = replace(SENT, message=replace(SENT.message, labels=frozenset({"Susul/Ignore"})))
    both = (
        fixed(interview(2), is_interview=True),
        fixed(appointment_on(3, "Interview with Omar", name="e2"), is_interview=True),
    )
    story = after(*both)

    assert len(further_thank_yous(story, OWNER, POLICY, Record(), day(3, 20))) == 1
    silenced = replace(story, case=replace(CASE, told=(labelled,)))
    assert further_thank_yous(silenced, OWNER, POLICY, Record(), day(3, 20)) == ()
