"""The report's page: its structure, what stands where, and that nothing of a mail ever becomes markup."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_scenes import ASK, HELEN, LATER, NOW, OFFER, RINA, YES, Parsed, mail, page_of, scan

from susul import languages
from susul.gmail_links import thread_link
from susul.model import Address, Attendee, Event, Step
from susul.report.gallery import page as gallery_page

RLO, NUL = "\u202e", "\x00"
HOSTILE = (
    "<script>document.title='ran'</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style></q></details><h1>yours</h1>",
    "javascript:alert(1) https://evil.example/?q=1",
    "{{ 7 * 7 }}{% raw %}<!-- ]]> &lt;b&gt; &#60;",
    f"invoice{RLO}fdp.exe {NUL}\x1b[31m \u2066\u200b",
    "\ud800 lone",
    "A" * 10_000,
)
CODES = [code for code in languages.codes() if languages.table(code, "report")]
INTERVIEW = Event(
    uid="event-1@calendar.example",
    id="event-1",
    summary="Interview: Data Analyst",
    starts_at=NOW - timedelta(hours=20),
    ends_at=NOW - timedelta(hours=19),
    organizer=HELEN.email,
    attendees=(Attendee(HELEN.email), Attendee(RINA.email)),
    created_at=NOW - timedelta(days=5),
)


def hostile_scan(text: str) -> str:
    sender = Address(text, "helen@mosaic.example")
    return page_of(
        scan(
            mail(9, OFFER + text, subject=f"Proposal: {text}"),
            mail(8, f"Dear Rina,\n\nWe will let you know by 31 July {text}.\n\n{text}", sender=sender, subject=text),
            mail(7, f"{text}\n{OFFER}", thread_id=text, subject=f"Proposal {text}", id="x"),
            warnings=(f"An answer lies in spam: “{text}” from {text}.", text),
            skipped={text: 3},
        )
    )


def tags_and_attributes(page: str) -> set[tuple[str, str]]:
    return {(e.tag, name) for e in Parsed(page).elements for name in (*e.attrs, "")}


PLAIN = hostile_scan("plain words")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_words_of_mail_add_no_tag_and_no_attribute(text: str) -> None:
    page = hostile_scan(text)

    allowed = tags_and_attributes(PLAIN) | {("span", "lang"), ("q", "lang"), ("h3", "lang"), ("li", "lang")}
    assert tags_and_attributes(page) <= allowed
    assert Parsed(page).all("h1")[0].text == Parsed(PLAIN).all("h1")[0].text
    assert len(Parsed(page).all("h1")) == 1


@settings(max_examples=25)
@given(st.text(alphabet=st.sampled_from("<>&\"'/=`{}%#;:!-\u202e\u2067\x00\x0b\ud800 abonerrscipt"), max_size=60))
def test_any_text_stays_text(text: str) -> None:
    page = hostile_scan(text)

    assert {e.tag for e in Parsed(page).elements}.isdisjoint({"script", "img", "iframe", "object", "form", "base"})
    assert not any(name.startswith("on") for _, name in tags_and_attributes(page))
    page.encode()


def test_marks_that_turn_the_direction_and_control_characters_are_gone() -> None:
    page = hostile_scan(f"a{RLO}b\u2066c\u200fd{NUL}\x1be\x85")

    assert set(page).isdisjoint(
        {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)), "\u200f", "\u200e"}
    )
    assert all(char.isprintable() or char == "\n" for char in page)


def test_endless_words_are_cut() -> None:
    assert len(hostile_scan("A" * 10_000)) < len(PLAIN) + 12_000
    assert "A" * 1_000 not in hostile_scan("A" * 10_000)


@pytest.mark.parametrize("page", [PLAIN, hostile_scan(HOSTILE[4]), gallery_page([])], ids=["plain", "links", "gallery"])
def test_nothing_is_loaded_from_anywhere(page: str) -> None:
    parsed = Parsed(page)

    (policy,) = (e.attrs["content"] for e in parsed.all("meta") if e.attrs.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    loading = {"src", "srcset", "background", "action", "data", "poster", "style", "ping"}
    assert not loading & {name for e in parsed.elements for name in e.attrs}
    assert not parsed.all("script") + parsed.all("link")
    assert "url(" not in parsed.all("style")[0].text
    assert "@import" not in parsed.all("style")[0].text


def test_every_link_leads_into_the_page_or_to_a_thread_in_gmail() -> None:
    parsed = Parsed(hostile_scan("javascript:alert(1) https://evil.example"))
    ids = {e.attrs.get("id") for e in parsed.elements}

    for link in parsed.all("a"):
        href = link.attrs["href"] or ""
        if href.startswith("#"):
            assert href[1:] in ids
        else:
            assert re.fullmatch(
                r"https://mail\.google\.com/mail/u/0/\?authuser=rina@rinawijaya\.example#all/[0-9a-f]+", href
            )
            assert link.attrs["rel"] == "noreferrer"


def test_a_thread_has_a_link_only_where_its_id_is_gmails() -> None:
    assert thread_link("18f0aa11bb22cc33", "a+b@x.example").endswith("?authuser=a%2Bb@x.example#all/18f0aa11bb22cc33")
    assert thread_link("1670341738338456798", "a@x.example").endswith("#all/172e3ef60f2c14de")
    for other in ("", "x", "18f0aa11bb22cc33/../", "<a@b>", "javascript:1", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨", "9" * 400):
        assert thread_link(other, "a@x.example") == ""


@pytest.mark.parametrize("code", CODES)
def test_the_outline_has_one_title_headings_in_order_and_named_landmarks(code: str) -> None:
    parsed = Parsed(page_of(scan(mail(9, OFFER), mail(8, LATER, sender=HELEN)), code))
    levels = [int(e.tag[1]) for e in parsed.elements if re.fullmatch(r"h[1-6]", e.tag)]
    ids = [e.attrs["id"] for e in parsed.elements if "id" in e.attrs]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(ids) == len(set(ids))
    assert {len(parsed.all(tag)) for tag in ("main", "nav", "footer", "title")} == {1}
    assert parsed.all("html")[0].attrs["lang"] == code
    labelled = [e.attrs["aria-labelledby"] for e in parsed.elements if "aria-labelledby" in e.attrs]
    assert set(labelled) <= set(ids)
    assert len(parsed.all("details")) == len(parsed.all("summary")) > 0


def test_words_in_another_language_say_so() -> None:
    page = page_of(
        scan(
            mail(9, "Yth. Ibu Dewi,\n\nTerlampir penawaran kami untuk pelatihan guru. Mohon kabarnya.\n\nSalam,\nRina"),
            mail(8, "Terima kasih, penawarannya akan kami kabari paling lambat 31 Juli ya.", sender=HELEN),
        )
    )

    assert any(q.attrs.get("lang") == "id" and "31 Juli" in q.text for q in Parsed(page).all("q"))
    assert all(q.attrs.get("lang") != "en" for q in Parsed(page).all("q"))


def test_a_case_that_waits_says_what_was_promised_what_comes_and_when() -> None:
    parsed = Parsed(page_of(scan(mail(9, OFFER), mail(8, LATER, sender=HELEN))))
    waiting = parsed.section("waiting")
    times = [e.attrs["datetime"] for e in parsed.all("time")]

    assert "Proposal: teacher training" in waiting.text
    assert "We will let you know by 31 July." in waiting.text
    assert "names a time to answer (Fri 31 Jul)" in waiting.text
    assert "a draft (status check) on " in waiting.text
    assert "They named a date for their answer." in waiting.text
    assert times == sorted(times, key=str)


def test_what_is_due_shows_its_draft_and_what_lies_in_drafts_says_so() -> None:
    due = scan(events=[INTERVIEW])
    (planned,) = due.plan.due()
    follow_up = planned.decision.follow_up  # type: ignore[attr-defined]  # due() holds Write only
    lying = scan(events=[INTERVIEW], in_drafts=frozenset({(follow_up.trigger, Step.THANK_YOU)}))

    section = Parsed(page_of(due)).section("due")
    assert planned.draft is not None
    assert planned.draft.text.partition("\n")[0] in section.text
    assert HELEN.email in section.text
    assert "no thanks have been sent" in section.text
    assert "lies in your Drafts folder" in Parsed(page_of(lying)).section("drafts").text
    assert "Nothing is due." in Parsed(page_of(lying)).section("due").text


def test_an_answered_case_is_your_turn_and_a_rejected_one_closed() -> None:
    won = scan(mail(9, OFFER), mail(2, YES, sender=HELEN))
    lost = scan(mail(90, OFFER), now=NOW + timedelta(days=60))

    assert "Proposal: teacher training" in Parsed(page_of(won)).section("yours").text
    assert "Proposal: teacher training" in Parsed(page_of(lost)).section("closed").text


def test_the_page_says_what_was_not_read() -> None:
    whole = Parsed(page_of(scan(mail(9, OFFER))))
    partial = Parsed(page_of(scan(mail(9, OFFER), skipped={"threads not read yet": 4}), "id"))

    assert not [e for e in whole.all("p") if e.attrs.get("class") == "alert"]
    assert [e for e in partial.all("p") if e.attrs.get("class") == "alert"]
    assert "4 percakapan belum dibaca" in partial.section("coverage").text


def test_follow_ups_are_told_in_a_table_with_headers() -> None:
    parsed = Parsed(page_of(scan(mail(19, OFFER), mail(12, ASK), mail(9, LATER, sender=HELEN))))
    section = parsed.section("outcomes")
    cells = [e.text for e in parsed.all("td")]

    assert parsed.all("caption")
    assert all(e.attrs.get("scope") in ("col", "row") for e in parsed.all("th"))
    assert "Proposal: without a draft" in section.text
    assert cells[:5] == ["1", "1", "0", "0", "3"]


@pytest.mark.parametrize("code", CODES)
def test_an_empty_mailbox_has_a_page_too(code: str) -> None:
    parsed = Parsed(page_of(scan(), code))

    assert not parsed.all("article")
    assert languages.table(code, "report")["page"]["nothing_found"] in parsed.all("main")[0].text


@pytest.mark.parametrize("code", CODES)
def test_the_same_scan_gives_the_same_bytes(code: str) -> None:
    mails = (mail(19, OFFER), mail(12, ASK), mail(9, LATER, sender=HELEN))

    assert page_of(scan(*mails), code) == page_of(scan(*mails), code)


def test_a_draft_is_shown_without_the_mail_that_it_quotes() -> None:
    (planned,) = scan(mail(6, OFFER)).plan.due()
    assert planned.draft is not None
    assert "\n> " in planned.draft.text

    (shown,) = [pre.text for pre in Parsed(page_of(scan(mail(6, OFFER)))).all("pre")]

    assert planned.draft.text.startswith(shown.strip())
    assert "wrote:" not in shown
    assert ">" not in shown
    assert shown.strip().endswith("Rina Wijaya")


def test_two_things_said_in_the_same_words_are_told_with_one_quote() -> None:
    asked = mail(8, "Dear Rina,\n\nCan we meet to discuss it on Thursday 23 July at 10:00?", sender=HELEN)
    parsed = Parsed(page_of(scan(mail(9, OFFER), asked)))
    quotes = [q.text for q in parsed.all("q") if any(e.tag == "ol" for e in q.inside)]

    assert len(quotes) == len(set(quotes))
