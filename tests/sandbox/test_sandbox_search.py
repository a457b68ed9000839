"""The search language, against a small mailbox, and its promise never to fail."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sandbox_mailbox import NOW, RECORDS

from susul.sandbox import Mailbox
from susul.sandbox.fields import parse, select
from susul.sandbox.routing import ApiError
from susul.sandbox.search import compile_query


def build() -> Mailbox:
    box = Mailbox.from_json(RECORDS)
    box.clock = lambda: NOW
    return box


BOX = build()
NAMES = {BOX.message_id(one["id"]): one["id"] for one in RECORDS["messages"]}


def found(query: str) -> set[str]:
    node = compile_query(query, BOX)
    return {NAMES[one.id] for one in BOX.newest_first(node.after_ms, node.before_ms) if node.accepts(one)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "invite accept offer junk"),
        ("in:sent", "accept offer"),
        ("in:inbox", "invite"),
        ("in:spam", "junk"),
        ("in:anywhere", "invite accept offer junk"),
        ("is:unread", "invite"),
        ("label:lamaran-kerja", "invite"),
        ('label:"Lamaran kerja"', "invite"),
        ("from:me", "accept offer"),
        ("to:me", "invite junk"),
        ("from:budi", "invite"),
        ("from:budi@acme.example", "invite"),
        ("from:acme.example", "invite"),
        ("from:(budi OR anne)", "invite"),
        ("to:north.example", "offer"),
        ("cc:hrd@acme.example", "invite"),
        ("to:hrd@acme.example", "invite"),
        ("subject:wawancara", "invite accept"),
        ('subject:"undangan wawancara"', "invite accept"),
        ('subject:"wawancara undangan"', ""),
        ("subject:(undangan wawancara)", "invite accept"),
        ("subject:{wawancara proposal}", "invite accept offer"),
        ("WAWANCARA", "invite accept"),
        ("wawan", ""),
        ("mengundang anda", "invite"),
        ('"mengundang anda"', "invite"),
        ('"anda mengundang"', ""),
        ("has:attachment", "invite offer"),
        ("filename:pdf", "invite"),
        ("filename:proposal.docx", "offer"),
        ("rfc822msgid:offer@sandbox.example", "offer"),
        ("rfc822msgid:<offer@sandbox.example>", "offer"),
        ("after:2026/06/03", "junk"),
        ("after:2026/06/02", "offer junk"),
        ("before:2026/06/01", "invite"),
        ("after:1780451999 before:1780452001", "offer"),
        ("newer_than:8d", "offer junk"),
        ("older_than:8d", "invite accept"),
        ("newer_than:1y", "invite accept offer junk"),
        ("-in:sent", "invite junk"),
        ("-{in:sent in:spam}", "invite"),
        ("-(in:sent subject:proposal)", "invite accept junk"),
        ("in:sent -subject:proposal", "accept"),
        ("in:sent OR in:spam", "accept offer junk"),
        ("in:inbox subject:wawancara OR subject:proposal", "invite"),
        ("{in:inbox in:spam} subject:{prize undangan}", "invite junk"),
        ("in:sent after:2026/06/02 from:(me) {proposal wawancara}", "offer"),
        ("label:nowhere", ""),
        ("after:yesterday", ""),
        ("from:", "invite accept offer junk"),
    ],
)
def test_queries_find_what_gmail_would(query: str, expected: str) -> None:
    assert found(query) == set(expected.split())


def test_a_date_is_midnight_pacific_standard_time() -> None:
    # 2 June 10:00 in Jakarta is 1 June 19:00 in PST, so "before 2 June" takes it in.
    assert found("before:2026/06/02") == {"invite", "accept"}


def test_asking_for_spam_lifts_the_veil_but_excluding_it_does_not() -> None:
    assert compile_query("in:spam", BOX).hidden_too
    assert compile_query("in:anywhere x", BOX).hidden_too
    assert not compile_query("-in:spam", BOX).hidden_too


PIECES = st.sampled_from(
    ["(", ")", "{", "}", "-", "OR", "AND", '"', ":", "from:", "subject:", "after:", "in:sent", "x", " "]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES).map(" ".join)))
def test_no_query_makes_it_fail(query: str) -> None:
    assert found(query) <= set(NAMES.values())


@pytest.mark.parametrize(
    "query",
    ["(" * 100_000, "-" * 100_000, '"' * 99_999, "a OR " * 20_000, "- " * 50_000, "{(" * 50_000, "a" * 1_000_000],
)
def test_a_monstrous_query_is_answered_in_time(query: str) -> None:
    assert compile_query(query, BOX) is not None


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab(),/* ", max_size=40))
def test_a_field_selection_is_read_or_refused(text: str) -> None:
    try:
        tree = parse(text)
    except ApiError:
        tree = {}
    assert isinstance(select({"a": {"b": [1, {"a": 2}]}, "b": 3}, tree), dict)


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ("a", {"a": {"b": 1, "c": [{"d": 2, "e": 3}]}}),
        ("a/b", {"a": {"b": 1}}),
        ("a(b,c/d),f", {"a": {"b": 1, "c": [{"d": 2}]}, "f": 4}),
        ("a/c(e)", {"a": {"c": [{"e": 3}]}}),
        ("*", {"a": {"b": 1, "c": [{"d": 2, "e": 3}]}, "f": 4}),
        ("a/*/d", {"a": {"b": 1, "c": [{"d": 2}]}}),
        ("nothing", {}),
    ],
)
def test_fields_select_in_depth(fields: str, kept: dict[str, object]) -> None:
    assert select({"a": {"b": 1, "c": [{"d": 2, "e": 3}]}, "f": 4}, parse(fields)) == kept
