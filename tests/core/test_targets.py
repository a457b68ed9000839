"""What the owner types or pastes: thread ids, links, Message-IDs, case ids, addresses and domains."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.cli.times import day_ahead
from susul.errors import UsageError
from susul.model import Address, Event, Message
from susul.owners_word import About
from susul.targets import LINK_LETTERS, case_id_of, find_target, has_words, pasted, said_by_words

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)  # a Wednesday
MAIL = Message("18c0ffee00000001", "18c0ffee00000000", "<CAF.1=x@mail.example>", NOON, Address("", "h@mosaic.example"))
MEETING = Event("abc@calendar.example", "Sync", NOON, NOON + timedelta(hours=1), id="abc_20260610")
OWN = ("rina@rina.example",)
THREAD = (About.THREAD, MAIL.thread_id)


def found(text: str) -> tuple[About, str]:
    return find_target(text, [MAIL], [MEETING], OWN)


def link_token(text: str) -> str:
    """``text`` as the last part of a link in Gmail: its Base64 digits as one number, written in base 40."""
    letters = ascii_uppercase + ascii_lowercase + digits + "+/"
    number = 0
    for letter in b64encode(text.encode()).decode().rstrip("="):
        number = number * 64 + letters.index(letter)
    token = ""
    while number:
        number, rest = divmod(number, len(LINK_LETTERS))
        token = LINK_LETTERS[rest] + token
    return token


IN_LINK = link_token(f"f:{int(MAIL.thread_id, 16)}")


@pytest.mark.parametrize(
    "text",
    [
        MAIL.thread_id,
        f"  {MAIL.thread_id}\n",
        MAIL.id,
        case_id_of(MAIL.thread_id),
        MAIL.message_id,
        MAIL.message_id.strip("<>"),
        f"https://mail.google.com/mail/u/0/#all/{MAIL.thread_id}",
        f"https://mail.google.com/mail/u/1/#inbox/{MAIL.thread_id}/",
        f"https://mail.google.com/mail/u/0/#inbox/{IN_LINK}",
        f"https://mail.google.com/mail/u/0/#search/from%3Ah%40mosaic.example/{IN_LINK}?compose=new",
        f"https://mail.google.com/mail/u/0/#label/Clients%2FMosaic/{IN_LINK}",
        f"https://mail.google.com/mail/u/0/?ik=1&view=om&permmsgid=msg-f:{int(MAIL.id, 16)}",
        f"https://mail.google.com/mail/u/0/popout?th=%23thread-f%3A{int(MAIL.thread_id, 16)}",
    ],
)
def test_a_thread_is_known_by_its_ids_its_links_and_its_mails(text: str) -> None:
    assert found(text) == THREAD


BUDGET = replace(MAIL, id="b1", thread_id="b", message_id="<b1@x.example>", subject="Budget for the   new hall")
HALL = replace(BUDGET, id="h1", thread_id="h", message_id="<h1@x.example>", subject="Re: Hall 7 [teacher training]")
ANSWER = replace(BUDGET, id="b2", message_id="<b2@x.example>", subject="Re: Budget for the new hall")
TALK = replace(MEETING, summary="Talk about the roof")
WEEKLY = tuple(
    replace(MEETING, id=f"w_{day}", uid="w@calendar.example", summary="Weekly hall round") for day in range(3)
)


def by_words(text: str) -> tuple[About, str]:
    return find_target(text, [MAIL, BUDGET, HALL, ANSWER], [TALK, *WEEKLY], OWN)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("budget FOR the new", (About.THREAD, "b")),
        ("teacher training", (About.THREAD, "h")),
        ("the roof", (About.EVENT, TALK.id)),
        ("Weekly hall", (About.EVENT, "w@calendar.example")),
    ],
)
def test_words_of_one_subject_name_its_conversation(text: str, meant: tuple[About, str]) -> None:
    assert by_words(text) == meant


@pytest.mark.parametrize("label", ["SPAM", "TRASH", "DRAFT"])
def test_what_lies_in_spam_or_trash_is_not_meant_by_its_subject(label: str) -> None:
    junk = replace(HALL, id="j1", thread_id="j", labels=frozenset({label}))

    assert find_target("teacher training", [HALL, junk], [], OWN) == (About.THREAD, "h")


def test_words_of_several_subjects_name_none_and_all_are_listed() -> None:
    with pytest.raises(UsageError, match=r"3 conversations or appointments match that\.") as refused:
        by_words("hall")

    for candidate in (
        "b (“Re: Budget for the new hall”)",
        "h (“Re: Hall 7",
        "w@calendar.example (“Weekly hall round”)",
    ):
        assert candidate in refused.value.hint


def test_of_very_many_the_newest_are_listed() -> None:
    many = [replace(BUDGET, thread_id=f"t{n}", sent_at=NOON + timedelta(days=n)) for n in range(40)]

    with pytest.raises(UsageError, match="40 conversations") as refused:
        find_target("budget", many, [], OWN)

    assert "t39 (" in refused.value.hint
    assert "t34 (" not in refused.value.hint
    assert refused.value.hint.endswith(", …")


@pytest.mark.parametrize("text", ["ha", "", "hall of mirrors"])
def test_too_few_words_or_unknown_ones_name_nothing(text: str) -> None:
    with pytest.raises(UsageError, match="No thread, case or person"):
        by_words(text)


@pytest.mark.parametrize(
    ("subject", "words", "there"),
    [
        ("Planning call", "ann", False),
        ("Planning call", "plan", False),
        ("Planning call", "all", False),
        ("Planning call", "PLANNING  call", True),
        ("Planning, Ann", "ann", True),
        ("Joanne and Ann: talk", "ann", True),
        ("[Ann] talk", "[ann]", True),
        ("Node.js role", "node.js", True),
        ("Tahap ke-2: kontrak", "ke-2", True),
        ("Hall 70", "hall 7", False),
        ("Über uns", "über", True),
    ],
)
def test_only_whole_words_of_a_subject_count(subject: str, words: str, there: bool) -> None:
    assert has_words(subject, words) is there


@given(st.text(max_size=20), st.text(max_size=20), st.text(min_size=3, max_size=20))
def test_what_stands_between_blanks_is_a_word(before: str, after: str, words: str) -> None:
    assert has_words(f"{before} {words} {after}", words) is (len(" ".join(words.split()).casefold()) >= 3)


def test_a_series_is_one_even_where_one_date_of_it_is_known() -> None:
    (one, *_) = (replace(date, recurring=True) for date in WEEKLY)

    assert find_target("weekly hall", [], [one], OWN) == (About.EVENT, "w@calendar.example")


@pytest.mark.parametrize("left", [WEEKLY, WEEKLY[:1], WEEKLY[2:]])
@pytest.mark.parametrize("target", ["w@calendar.example", "w_0", "w_2"])
def test_what_was_said_of_an_appointment_is_found_again_as_it_was_said(left: tuple[Event, ...], target: str) -> None:
    said = (About.EVENT, target)
    is_there = any(target in (event.id, event.uid) for event in left)

    assert said_by_words("weekly hall", [said, (About.DOMAIN, "x.example")], [], left) == (said if is_there else None)


def test_of_two_that_were_said_none_is_taken() -> None:
    with pytest.raises(UsageError, match="2 conversations"):
        said_by_words("hall", [(About.THREAD, "b"), (About.THREAD, "h")], [BUDGET, HALL], [])


ROLE = replace(BUDGET, thread_id="r", subject="Re: Node.js developer role")


@pytest.mark.parametrize("text", ["Node.js", "node.js developer"])
def test_words_with_a_dot_are_words_where_no_mail_knows_such_a_domain(text: str) -> None:
    assert find_target(text, [MAIL, ROLE], [], OWN) == (About.THREAD, "r")


@pytest.mark.parametrize("known", ["team@node.js", "team@mail.node.js"])
def test_a_domain_that_some_mail_is_from_or_to_is_a_domain_first(known: str) -> None:
    there = Address("", known)

    for mail in (replace(MAIL, sender=there), replace(MAIL, to=(there,)), replace(MAIL, cc=(there,))):
        assert find_target("Node.js", [mail, ROLE], [], OWN) == (About.DOMAIN, "node.js")


@pytest.mark.parametrize("text", ["@node.js", "acme.example"])
def test_with_an_at_sign_or_in_no_subject_it_is_a_domain(text: str) -> None:
    assert find_target(text, [MAIL, ROLE], [], OWN) == (About.DOMAIN, text.removeprefix("@"))


def test_a_link_as_gmail_shows_it_today_is_read() -> None:
    assert pasted("#inbox/FMfcgxwJWXStMbBqCHkfptGBbcvZttFB").ids == {f"{1670341738338456798:x}", "1670341738338456798"}
    assert IN_LINK.startswith("FMfcg")


def test_a_link_to_a_thread_that_the_owner_began_asks_for_the_message_id() -> None:
    with pytest.raises(UsageError) as refused:
        found("https://mail.google.com/mail/u/0/#sent/" + link_token("a:r-8917321234567890123"))

    assert "Message ID" in refused.value.hint


@pytest.mark.parametrize(
    ("text", "target"),
    [("abc@calendar.example", MEETING.uid), ("abc_20260610", MEETING.id), (case_id_of(MEETING.id), MEETING.id)],
)
def test_an_appointment_is_known_by_its_ids(text: str, target: str) -> None:
    assert found(text) == (About.EVENT, target)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("helen@mosaic.example", "helen@mosaic.example"),
        ("Helen Park <Helen+work@Mosaic.Example>", "helen@mosaic.example"),
        ("H.e.l.e.n@googlemail.com", "helen@gmail.com"),
        ("reply+4711@greenhouse.io", "reply+4711@greenhouse.io"),
    ],
)
def test_an_address_comes_out_in_the_one_form_of_its_mailbox(text: str, target: str) -> None:
    assert found(text) == (About.ADDRESS, target)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("mosaic.example", "mosaic.example"),
        ("@Mosaic.example", "mosaic.example"),
        ("studio.mosaic.co.id", "studio.mosaic.co.id"),
        ("rina.example", "rina.example"),
        ("häuser.example", "xn--huser-gra.example"),
    ],
)
def test_a_domain_may_have_an_at_sign(text: str, target: str) -> None:
    assert found(text) == (About.DOMAIN, target)


@pytest.mark.parametrize("text", ["gmail.com", "@yahoo.co.id", "mail.yahoo.com", "co.id", "co.uk"])
def test_a_domain_that_everybody_shares_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="Anybody can have an address"):
        found(text)


@pytest.mark.parametrize("text", ["rina@rina.example", "Rina+cv@RINA.example"])
def test_the_owners_own_address_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="your own address"):
        found(text)


@pytest.mark.parametrize(
    "text",
    [
        "18c0ffee00000009",
        "<nobody@knows.example>",
        "lobby mural",
        "a@b.example, c@d.example",
        "https://mosaic.example/",
        "example",
        "@",
        "..",
        " ",
    ],
)
def test_what_nobody_knows_is_one_sentence_and_a_next_step(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        found(text)

    assert refused.value.exit_code == 2
    assert refused.value.hint
    assert "\n" not in refused.value.sentence


def test_a_long_text_is_not_repeated_in_full() -> None:
    with pytest.raises(UsageError) as refused:
        found("x" * 1_000_000)

    assert len(refused.value.sentence) < 200


@given(st.text() | st.text(alphabet=LINK_LETTERS, max_size=80) | st.text(alphabet=ascii_letters + "<>@./#:%"))
def test_any_text_is_a_target_or_refused(text: str) -> None:
    try:
        about, target = found(text)
    except UsageError:
        return
    assert target
    assert about in About


# --until


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-07-01", date(2026, 7, 1)),
        ("3d", date(2026, 6, 13)),
        ("2w", date(2026, 6, 24)),
        ("1m", date(2026, 7, 10)),
        ("monday", date(2026, 6, 15)),
        ("Thu", date(2026, 6, 11)),
        ("wednesday", date(2026, 6, 17)),
        ("senin", date(2026, 6, 15)),
        (" Jumat ", date(2026, 6, 12)),
        ("tomorrow", date(2026, 6, 11)),
        ("besok", date(2026, 6, 11)),
    ],
)
def test_until_may_be_written_as_people_say_it(text: str, day: date) -> None:
    assert day_ahead(text, NOON.date()) == day


@pytest.mark.parametrize("text", ["2026-06-10", "today", "0d", "yesterday", "2025-01-01", "9999y", "9999-12-31"])
def test_until_must_lie_ahead_and_within_ten_years(text: str) -> None:
    with pytest.raises(UsageError):
        day_ahead(text, NOON.date())


@given(st.text())
def test_any_until_is_a_day_ahead_or_refused(text: str) -> None:
    try:
        day = day_ahead(text, NOON.date())
    except UsageError:
        return
    assert day > NOON.date()
