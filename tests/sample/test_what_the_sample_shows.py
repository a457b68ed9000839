"""Whenever the demo runs, the chain decides about each thread of the sample as the thread says it should."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from susul.app import record_of_files
from susul.days import BusinessDays
from susul.drafting import Library
from susul.model import Event, Message, Step, Wait, Write
from susul.owner import Owner
from susul.plan import Plan, Planned, make_plan
from susul.policy import load_policy
from susul.reading import mime, read
from susul.sample import sample_mailbox
from susul.sample.persona import ADDRESS, ALIAS, COUNTRY, NAME, TIME_ZONE
from susul.sample.records import load_threads
from susul.sandbox import Mailbox
from susul.sandbox.seed import event_from_record
from susul.sources.google.calendar import window_of

if TYPE_CHECKING:
    from collections.abc import Mapping

JAKARTA = ZoneInfo(TIME_ZONE)
OWNER = Owner((ADDRESS, ALIAS), name=NAME, zone=JAKARTA, days=BusinessDays(COUNTRY), language="id")
THREADS = {thread["name"]: thread for thread in load_threads()}
NOWS = {
    "a Wednesday morning": "2026-06-10T10:00",
    "a Monday before office hours": "2026-07-13T08:30",
    "a Friday afternoon": "2026-07-17T15:30",
    "a Saturday": "2026-07-18T11:00",
    "a Sunday evening": "2026-07-19T21:15",
    "half past midnight": "2026-09-02T00:30",
    "half an hour before midnight": "2026-09-02T23:30",
    "nine o'clock sharp": "2026-10-06T09:00",
    "Independence Day": "2026-08-17T13:00",
    "the middle of Lebaran": "2026-03-23T12:00",
    "the first day after Lebaran": "2026-03-25T07:45",
    "New Year's Eve": "2026-12-31T18:00",
    "New Year's Day": "2027-01-01T00:30",
    "the first business day of a year": "2027-01-04T16:30",
    "a Sunday in a leap year": "2028-02-27T17:05",
}


def messages_of(sample: Mapping[str, Any], mailbox: Mailbox) -> tuple[Message, ...]:
    """The sample's mail as the chain sees it, under the names that the data uses."""
    found = []
    for record in sample["messages"]:
        stored = mailbox.message(mailbox.message_id(record["id"]))
        labels = frozenset(mailbox.labels.get(label).name for label in stored.labels)
        found.append(mime.from_rfc5322(stored.raw, id=record["id"], thread_id=record["thread"], labels=labels))
    return tuple(found)


def events_of(sample: Mapping[str, Any], mailbox: Mailbox) -> tuple[Event, ...]:
    items = [{**event_from_record(record, mailbox), "id": record["uid"]} for record in sample["events"]]
    return window_of(items, TIME_ZONE).events


@cache
def plan_at(now: datetime) -> Plan:
    sample = sample_mailbox(now)
    mailbox = Mailbox.from_json(sample)
    messages = messages_of(sample, mailbox)
    readings = {message.id: read(message, OWNER) for message in messages}
    record = record_of_files(messages)
    return make_plan(messages, readings, events_of(sample, mailbox), OWNER, load_policy({}), record, Library(None), now)


def names_in(planned: Planned) -> set[str]:
    """The sample's threads that a case took mail or events from."""
    ids = [told.message.id for told in planned.case.told] + [
        event.uid.partition("@")[0] for event in planned.case.events
    ]
    return {one.rpartition("-")[0] for one in ids}


def decided(plan: Plan, name: str) -> list[tuple[str, Step | None]]:
    """What the plan decided about the thread: once for each case that it became."""
    return [_shown(planned) for planned in plan.planned if name in names_in(planned)]


def _shown(planned: Planned) -> tuple[str, Step | None]:
    decision = planned.decision
    if isinstance(decision, Write | Wait):
        return ("draft" if isinstance(decision, Write) else "wait", decision.follow_up.step)
    return ("silent", None)


def is_as_expected(found: list[tuple[str, Step | None]], expect: Mapping[str, Any]) -> bool:
    """One decision and one step, silence for every case of the thread, or no case at all."""
    wanted = [expect["decision"]] if isinstance(expect["decision"], str) else expect["decision"]
    if not found:
        return "none" in wanted
    if "silent" in wanted:
        return {decision for decision, _ in found} == {"silent"}
    return found == [(wanted[0], Step(expect["step"]))] if "step" in expect else False


@pytest.mark.parametrize("now", [pytest.param(text, id=name) for name, text in NOWS.items()])
def test_each_thread_shows_what_it_is_meant_to_show(now: str) -> None:
    plan = plan_at(datetime.fromisoformat(now).replace(tzinfo=JAKARTA))
    found = {name: decided(plan, name) for name in THREADS}
    wrong = {
        name: (thread["expect"], found[name])
        for name, thread in THREADS.items()
        if not is_as_expected(found[name], thread["expect"])
    }

    assert wrong == {}


@pytest.mark.parametrize("now", [pytest.param(text, id=name) for name, text in NOWS.items()])
def test_no_case_mixes_two_threads_of_the_sample(now: str) -> None:
    plan = plan_at(datetime.fromisoformat(now).replace(tzinfo=JAKARTA))

    assert [names_in(planned) for planned in plan.planned if len(names_in(planned)) > 1] == []


WEDNESDAY = datetime(2026, 6, 10, 10, 0, tzinfo=JAKARTA)


def draft_for(name: str) -> Planned:
    (planned,) = [one for one in plan_at(WEDNESDAY).planned if name in names_in(one)]
    assert planned.draft is not None
    return planned


def test_the_panel_is_thanked_with_one_draft_to_both() -> None:
    draft = draft_for("northfold").draft

    assert draft
    assert {a.email for a in draft.to} == {"m.oyelaran@northfold.example", "i.solheim@northfold.example"}


def test_the_rejection_from_a_machine_is_answered_to_the_person_in_her_thread() -> None:
    draft = draft_for("gema-pustaka").draft

    assert draft
    assert [a.email for a in draft.to] == ["fitri.handayani@gemapustaka.example"]
    assert draft.thread == "gema-pustaka"


def test_the_quotation_sent_from_the_alias_is_followed_up_from_the_alias() -> None:
    draft = draft_for("kayu-manis").draft

    assert draft
    assert draft.sender.email == ALIAS


def test_the_colleague_who_was_at_the_meeting_is_in_copy_of_its_recap() -> None:
    draft = draft_for("tepi-sawah").draft

    assert draft
    assert [a.email for a in draft.to] == ["andi@tepisawah.example"]
    assert [a.email for a in draft.cc] == ["bayu@studiorina.example"]


def test_both_languages_get_drafts_in_them() -> None:
    languages = Counter(one.case.language for one in plan_at(WEDNESDAY).due())

    assert languages["id"] >= 8
    assert languages["en"] >= 8


def test_each_draft_is_in_the_language_of_its_thread() -> None:
    for planned in plan_at(WEDNESDAY).due():
        (name,) = names_in(planned)
        assert planned.case.language == THREADS[name]["language"], name
