"""The sample mailbox is sound at every moment: what it shows is tested in test_what_the_sample_shows.py."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from susul.sample import sample_mailbox
from susul.sample.records import load_threads
from susul.sandbox import Mailbox

JAKARTA = ZoneInfo("Asia/Jakarta")
WEDNESDAY = datetime(2026, 6, 10, 10, 0, tzinfo=JAKARTA)
ADDRESS = re.compile(r"[\w.+-]+@([\w.-]+)")
WEB_PAGE = re.compile(r"https?://([\w.-]+)")
STEPS = {"thank_you", "recap", "status_check", "check_back", "keep_in_touch", "last_call", "nudge", "rejection_reply"}

moments = st.datetimes(datetime(2024, 1, 1), datetime(2031, 1, 1), timezones=st.sampled_from([JAKARTA, UTC]))  # noqa: DTZ001 - the strategy adds the zone


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def everything_written(sample: dict[str, Any]) -> str:
    return repr(sample)


@settings(max_examples=60)
@given(moments)
def test_no_message_is_later_than_now_and_every_answer_later_than_its_question(now: datetime) -> None:
    messages = sample_mailbox(now)["messages"]
    sent_at = {message["id"]: at(message["date"]) for message in messages}

    assert max(sent_at.values()) <= now
    assert all(sent_at[one["reply_to"]] < sent_at[one["id"]] for one in messages if "reply_to" in one)


@settings(max_examples=60)
@given(moments)
def test_events_end_after_they_begin_and_were_made_before(now: datetime) -> None:
    for event in sample_mailbox(now)["events"]:
        assert at(event["created"]) < at(event["start"]) < at(event["end"])
        assert at(event["created"]) <= now


@settings(max_examples=30)
@given(moments)
def test_nothing_is_older_than_what_a_scan_reads(now: datetime) -> None:
    oldest = min(at(message["date"]) for message in sample_mailbox(now)["messages"])

    assert (now - oldest).days < 85


def test_ids_are_unique_and_each_thread_is_there() -> None:
    sample = sample_mailbox(WEDNESDAY)
    ids = [message["id"] for message in sample["messages"]]
    uids = [event["uid"] for event in sample["events"]]
    names = [thread["name"] for thread in load_threads()]

    assert len(set(ids)) == len(ids)
    assert len(set(uids)) == len(uids)
    assert len(set(names)) == len(names) >= 40


def test_every_body_says_something_and_holds_no_placeholder() -> None:
    for message in sample_mailbox(WEDNESDAY)["messages"]:
        body = message.get("text") or message["html"]
        assert len(body.split()) > 5
        assert not re.search(r"\{\w+:", body + message["subject"]), message["id"]


def test_every_address_and_page_is_an_example() -> None:
    written = everything_written(sample_mailbox(WEDNESDAY))
    domains = [*ADDRESS.findall(written), *WEB_PAGE.findall(written)]

    assert len(domains) > 200
    assert {domain for domain in domains if not domain.endswith(".example")} == set()


def test_each_thread_says_what_it_shows_and_what_is_expected() -> None:
    for thread in load_threads():
        decisions = thread["expect"]["decision"]
        decisions = {decisions} if isinstance(decisions, str) else set(decisions)
        assert thread["shows"].endswith(".")
        assert decisions <= {"draft", "wait", "silent", "none"}
        assert (thread["expect"].get("step") in STEPS) == bool(decisions & {"draft", "wait"}), thread["name"]


def test_every_step_is_due_in_some_thread_and_no_more_than_one_run_writes() -> None:
    due = [thread["expect"]["step"] for thread in load_threads() if thread["expect"]["decision"] == "draft"]

    assert set(due) == STEPS
    assert len(due) <= 20


def test_english_and_indonesian_are_equals() -> None:
    languages = [thread["language"] for thread in load_threads()]

    assert abs(languages.count("id") - languages.count("en")) <= 4


def test_the_sandbox_takes_it_threads_and_labels_as_meant() -> None:
    sample = sample_mailbox(WEDNESDAY)
    mailbox = Mailbox.from_json(sample)
    stored = {one["id"]: mailbox.message(mailbox.message_id(one["id"])) for one in sample["messages"]}

    assert len(mailbox.messages) == len(sample["messages"])
    assert len(mailbox.threads) == len({message["thread"] for message in sample["messages"]})
    assert stored["foxglove-tea-1"].labels == {"INBOX"}
    assert stored["kayu-manis-2"].labels == {"SENT"}
    assert stored["buku-lentera-2"].labels == {"SPAM"}
    assert len(mailbox.drafts.draft_of) == 1


def test_an_answer_quotes_what_it_answers_as_its_mail_program_does() -> None:
    bodies = {one["id"]: one.get("text") or one["html"] for one in sample_mailbox(WEDNESDAY)["messages"]}

    assert " pukul 15.12 Laras Anindita <laras@kopisenjaraya.example> menulis:\n> Halo" in bodies["kopi-senja-raya-2"]
    assert "Dari: Rina Wijaya <rina@rinawijaya.example>\nDikirim: " in bodies["arsip-nusantara-2"]
    assert '<blockquote class="gmail_quote"' in bodies["sentra-aksara-4"]
