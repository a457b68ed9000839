"""What must hold for every story, whoever wrote what and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from susul.cases.linking import link
from susul.cases.story import tell
from susul.days import BusinessDays
from susul.decide import decide, further_thank_yous
from susul.model import (
    Address,
    Answer,
    Attendee,
    Decision,
    Event,
    Fact,
    Kind,
    Message,
    Nature,
    Reading,
    Sense,
    Signal,
    Silent,
    State,
    Step,
    Wait,
    Window,
    Write,
)
from susul.owner import Owner
from susul.owners_word import About, OwnersWord, Word, by_target
from susul.policy import load_policy
from susul.record import Record

ZONE = ZoneInfo("Asia/Jakarta")
OWNER = Owner(("rina@rina.example",), name="Rina", zone=ZONE, days=BusinessDays("ID"))
POLICY = load_policy()
START = datetime(2026, 6, 1, 9, 0, tzinfo=ZONE)
ME, HELEN = Address("Rina", "rina@rina.example"), Address("Helen", "helen@mosaic.example")
OPENINGS = (Fact.PROPOSAL, Fact.APPLICATION, Fact.REQUEST, Fact.QUESTION)
THEIR_FACTS = (
    Fact.PROMISE,
    Fact.CHECK_BACK,
    Fact.HOLD_OFF,
    Fact.INTEREST,
    Fact.REJECTION,
    Fact.ON_HOLD,
    Fact.OFFER,
    Fact.QUESTION,
    Fact.THANKS,
)
NO_CHECK_INS = {Step.THANK_YOU, Step.RECAP, Step.REJECTION_REPLY}
CALENDAR_DAY_STEPS = {Step.THANK_YOU}


def signal(fact: Fact, day: date | None, sense: Sense = Sense.PLAIN) -> Signal:
    return Signal(fact, f"({fact.value})", f"test/{fact.value}", sense, Window(None, day) if day else None)


def mail(number: int, at: datetime, outgoing: bool) -> Message:
    sender, to = (ME, HELEN) if outgoing else (HELEN, ME)
    return Message(
        id=f"m{number:03d}",
        thread_id="t1",
        message_id=f"<m{number}@x.example>",
        sent_at=at,
        sender=sender,
        to=(to,),
        subject="Season poster",
        labels=frozenset({"SENT"} if outgoing else {"INBOX"}),
    )


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Message], dict[str, Reading], list[Event]]:
    """A thread that the owner opened, and perhaps a meeting with the same person."""
    hours = sorted(draw(st.lists(st.integers(0, 24 * 80), min_size=1, max_size=7, unique=True)))
    messages, readings = [], {}
    for number, hour in enumerate(hours):
        at = START + timedelta(hours=hour)
        outgoing = number == 0 or draw(st.booleans())
        natures = st.sampled_from([Nature.PERSON, Nature.PERSON, Nature.AUTO_REPLY, Nature.BOUNCE])
        nature = Nature.PERSON if outgoing else draw(natures)
        day = draw(st.one_of(st.none(), st.integers(1, 20)))
        named = (at + timedelta(days=day)).date() if day else None
        facts = draw(st.sets(st.sampled_from(OPENINGS if outgoing else THEIR_FACTS), max_size=2))
        if number == 0:
            facts = {draw(st.sampled_from(OPENINGS))}
        message = mail(number, at, outgoing)
        messages.append(message)
        readings[message.id] = Reading(
            message.id,
            "en",
            nature,
            "Some words.",
            tuple(signal(fact, named) for fact in sorted(facts)),
            returns_on=named if nature is Nature.AUTO_REPLY else None,
            failed=(HELEN.email,) if nature is Nature.BOUNCE else (),
        )
    return messages, readings, draw(st.lists(events(), max_size=2, unique_by=lambda event: event.id))


@st.composite
def events(draw: st.DrawFn) -> Event:
    starts_at = START + timedelta(hours=draw(st.integers(0, 24 * 80)))
    title = draw(st.sampled_from(["Season poster review", "Interview season poster"]))
    uid = f"e{draw(st.integers(0, 10**6))}@x.example"
    guests = (Attendee(ME.email, "", Answer.ACCEPTED), Attendee(HELEN.email, "Helen", draw(st.sampled_from(Answer))))
    length = timedelta(minutes=draw(st.integers(15, 240)))
    return Event(uid, title, starts_at, starts_at + length, organizer=HELEN.email, attendees=guests, id=uid)


NOWS = st.integers(0, 24 * 200).map(lambda hours: START + timedelta(hours=hours))
World = tuple[list[Message], dict[str, Reading], list[Event]]


def decisions(world: World, now: datetime, record: Record = Record()) -> list[Decision]:  # noqa: B008 - a frozen value
    messages, readings, found = world
    current = [m for m in messages if m.sent_at <= now]
    stories = [tell(matter, OWNER, POLICY, now) for matter in link(current, readings, found, OWNER)]
    return [decide(story, OWNER, POLICY, record, now) for story in stories if story.is_case]


@given(worlds(), NOWS)
def test_deciding_twice_or_in_another_order_gives_the_same(world: World, now: datetime) -> None:
    messages, readings, found = world

    assert decisions(world, now) == decisions((messages[::-1], readings, found[::-1]), now)


@given(worlds(), NOWS)
def test_a_draft_is_due_between_its_due_time_and_its_lapse_and_has_evidence(world: World, now: datetime) -> None:
    for decision in decisions(world, now):
        assert decision.reason
        if isinstance(decision, Write):
            assert decision.follow_up.due_at <= now
            assert decision.follow_up.lapses_at is None or now < decision.follow_up.lapses_at
            assert decision.evidence
            assert decision.follow_up.to
            assert all(not OWNER.is_me(a.email) for a in (*decision.follow_up.to, *decision.follow_up.cc))
        elif isinstance(decision, Wait):
            assert decision.follow_up.due_at > now


@given(worlds(), NOWS)
def test_nothing_but_a_thank_you_is_due_on_a_day_off(world: World, now: datetime) -> None:
    for decision in decisions(world, now):
        if isinstance(decision, Write | Wait) and decision.follow_up.step not in CALENDAR_DAY_STEPS:
            assert OWNER.days.is_business_day(decision.follow_up.due_at.astimezone(ZONE).date())


@given(worlds(), NOWS)
def test_nothing_about_an_event_is_due_before_it_ends(world: World, now: datetime) -> None:
    ends = {event.id: event.ends_at for event in world[2]}
    for decision in decisions(world, now):
        if isinstance(decision, Write | Wait) and decision.follow_up.event in ends:
            assert decision.follow_up.due_at > ends[decision.follow_up.event]


@given(worlds(), NOWS, st.integers(1, 24 * 60))
def test_more_silence_never_turns_a_settled_case_into_a_draft(world: World, now: datetime, later: int) -> None:
    messages, readings, _ = world
    quiet = [m for m in messages if m.sent_at <= now]
    before = decisions((quiet, readings, []), now)
    after = decisions((quiet, readings, []), now + timedelta(hours=later))
    for one, other in zip(before, after, strict=True):
        if isinstance(one, Silent) and one.state in (State.ANSWERED, State.WON, State.DECLINED, State.NO_ANSWER):
            assert isinstance(other, Silent)


@given(worlds(), NOWS, st.integers(1, 24 * 60))
def test_time_alone_moves_a_wait_to_its_draft_and_a_draft_to_its_lapse(world: World, now: datetime, later: int) -> None:
    messages, readings, _ = world
    quiet = [m for m in messages if m.sent_at <= now]
    then = now + timedelta(hours=later)
    for one, other in zip(decisions((quiet, readings, []), now), decisions((quiet, readings, []), then), strict=True):
        if isinstance(one, Write):
            assert not isinstance(other, Wait)
        if isinstance(one, Wait) and isinstance(other, Write | Wait):
            assert other.follow_up.trigger == one.follow_up.trigger


@given(worlds(), NOWS)
def test_a_step_that_the_owner_declined_is_never_drafted(world: World, now: datetime) -> None:
    wanted = [d.follow_up for d in decisions(world, now) if isinstance(d, Write)]
    declined = Record(declined=frozenset((f.trigger, f.step) for f in wanted))

    again = [d.follow_up for d in decisions(world, now, declined) if isinstance(d, Write)]

    assert not {(f.trigger, f.step) for f in again} & declined.declined


@given(worlds(), NOWS, st.sampled_from([kind for kind in Kind if kind is not Kind.TASK]))
def test_a_kind_that_is_turned_off_is_never_drafted_and_others_stay_as_they_are(
    world: World, now: datetime, kind: Kind
) -> None:
    messages, readings, found = world
    policy = load_policy({kind.value: {"follow_up": False}})
    current = [m for m in messages if m.sent_at <= now]
    stories = [tell(matter, OWNER, POLICY, now) for matter in link(current, readings, found, OWNER)]
    for story in stories:
        without = decide(story, OWNER, policy, Record(), now)
        if story.case.kind is kind:
            assert isinstance(without, Silent)
            assert not further_thank_yous(story, OWNER, policy, Record(), now)
        else:
            assert without == decide(story, OWNER, POLICY, Record(), now)


def said(word: Word, target: str, said_at: datetime, until_on: date | None = None) -> Record:
    return Record(words=by_target([OwnersWord(word, About.ADDRESS, target, said_at, until_on)]))


@given(worlds(), NOWS)
def test_an_ignored_person_gets_nothing(world: World, now: datetime) -> None:
    for decision in decisions(world, now, said(Word.IGNORE, HELEN.email, START)):
        assert isinstance(decision, Silent)


@given(worlds(), NOWS)
def test_what_is_closed_now_has_nothing_to_come(world: World, now: datetime) -> None:
    for decision in decisions(world, now, said(Word.CLOSE, HELEN.email, now)):
        assert isinstance(decision, Silent)


@given(worlds(), NOWS, st.integers(1, 60))
def test_nothing_is_due_before_a_snooze_ends_and_the_rest_stays(world: World, now: datetime, days: int) -> None:
    until_on = (now + timedelta(days=days)).date()
    snoozed = decisions(world, now, said(Word.SNOOZE, HELEN.email, START, until_on))
    for one, other in zip(decisions(world, now), snoozed, strict=True):
        assert not isinstance(other, Write)
        if isinstance(other, Wait):
            assert isinstance(one, Wait | Write)
            assert other.follow_up.due_at.date() >= until_on
            assert replace(other.follow_up, due_at=one.follow_up.due_at) == one.follow_up
        if isinstance(one, Silent):
            assert one == other


@given(worlds(), NOWS, st.sampled_from(Word))
def test_a_word_about_somebody_else_changes_nothing(world: World, now: datetime, word: Word) -> None:
    record = said(word, "omar@mosaic.example", START, date(2030, 1, 1))

    assert decisions(world, now, record) == decisions(world, now)


@given(worlds(), NOWS)
def test_no_case_gets_more_check_ins_than_its_maximum(world: World, now: datetime) -> None:
    messages, readings, found = world
    for matter in link([m for m in messages if m.sent_at <= now], readings, found, OWNER):
        story = tell(matter, OWNER, POLICY, now)
        decision = decide(story, OWNER, POLICY, Record(), now)
        if isinstance(decision, Write | Wait) and decision.follow_up.step not in NO_CHECK_INS:
            assert len(story.check_ins) < POLICY.max_check_ins(story.case.kind)


def test_the_clock_may_be_in_any_zone() -> None:
    message = mail(0, START, outgoing=True)
    reading = Reading(message.id, "en", Nature.PERSON, "Words.", (signal(Fact.PROPOSAL, None),))
    world: World = ([message], {message.id: reading}, [])
    now = START + timedelta(days=9)

    assert decisions(world, now) == decisions(world, now.astimezone(UTC))
    assert replace(decisions(world, now)[0], reason="") == replace(decisions(world, now.astimezone(UTC))[0], reason="")
