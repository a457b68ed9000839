"""The reply as Gmail itself would make it, and nothing that a stranger writes can change that."""

from __future__ import annotations

import re
import statistics
import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from draft_cases import (
    DEWI,
    INTERVIEW_ID,
    LIAM,
    ME,
    OWNER,
    PROPOSAL_EN,
    RINA,
    START,
    STUDIO,
    ZONE,
    case_of,
    follow_up,
    later,
    written,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from susul.drafting import Library, compose, to_mime
from susul.model import (
    Address,
    Case,
    Draft,
    Event,
    Fact,
    FollowUp,
    Kind,
    Nature,
    Sense,
    Signal,
    Step,
    Topic,
    Window,
)
from susul.policy import load_policy

POLICY = load_policy()
LIBRARY = Library()
NOW = START + timedelta(days=10)
SENT_AT = datetime(2026, 7, 16, 9, 30, tzinfo=ZONE)


def drafted(case: Case, step: FollowUp) -> Draft:
    return compose(case, step, OWNER, POLICY, LIBRARY, NOW)


def parsed(draft: Draft) -> EmailMessage:
    message = message_from_bytes(to_mime(draft, "<own@susul.example>", SENT_AT), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def own_text(draft: Draft) -> str:
    """What stands before the quote's attribution line."""
    return re.split(r"\n\n(?:On|Pada) [^\n]*:\n>", draft.text)[0]


def test_a_reply_stands_in_its_thread() -> None:
    draft = drafted(PROPOSAL_EN, follow_up(PROPOSAL_EN, Step.STATUS_CHECK, LIAM))

    assert draft.thread == "t1"
    assert draft.subject == "Re: Proposal: brand refresh for Grey Oak"
    assert draft.in_reply_to == "<m1@mail.example>"
    assert draft.references == ("<m1@mail.example>",)
    assert draft.sender == Address("Rina Wijaya", RINA)
    assert draft.to == (LIAM,)
    assert draft.text.startswith("Hi Liam,\n\n")
    assert "\n\nKind regards,\nRina\n\nOn Tue, 7 Jul 2026 at 09:00, Rina Wijaya <rina@" in draft.text
    assert draft.text.endswith("\n>\n> Kind regards,\n> Rina\n")
    assert '<div class="gmail_quote">' in draft.html


def test_an_indonesian_reply_is_indonesian_throughout() -> None:
    draft = drafted(INTERVIEW_ID, follow_up(INTERVIEW_ID, Step.THANK_YOU, DEWI, event="wawancara"))

    assert draft.text.startswith("Yth. Ibu Dewi,\n\n")
    assert "Jumat, 10 Juli" in draft.text
    assert "Staf Pengadaan" in draft.text
    assert "PT Sinar Pangan" in draft.text
    assert "\n\nSalam,\nRina Wijaya\n\nPada Rab, 8 Jul 2026 pukul 09.00 Rina Wijaya <rina@" in draft.text
    assert "menulis:\n> Yth. Ibu Dewi," in draft.text


def test_text_and_html_say_the_same() -> None:
    for case, to in ((PROPOSAL_EN, LIAM), (INTERVIEW_ID, DEWI)):
        for step in Step:
            draft = drafted(case, follow_up(case, step, to))
            seen = re.sub(r"<[^>]+>", " ", draft.html).replace("&lt;", "<").replace("&gt;", ">")
            seen = seen.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")
            text = re.sub(r"^[>-] ?", "", draft.text, flags=re.MULTILINE)
            assert seen.split() == text.split()


@pytest.mark.parametrize(
    ("subject", "replied"),
    [
        ("Hello", "Re: Hello"),
        ("Re: Hello", "Re: Hello"),
        ("RE: Hello", "RE: Hello"),
        ("Re[2]: Hello", "Re[2]: Hello"),
        ("Bls: Halo", "Bls: Halo"),
        ("Balas: Halo", "Balas: Halo"),
        ("AW: Hallo", "AW: Hallo"),
        ("Fwd: Hello", "Fwd: Hello"),
        ("Reminder: Hello", "Re: Reminder: Hello"),
        ("Proposal: app", "Re: Proposal: app"),
        ("", "Re: "),
        ("=?utf-8?q?X=0D=0ABcc=3A_y@z.example?=", "Re: X Bcc: y@z.example"),
        ("=?utf-8?q?=3D=3Futf-8=3Fq=3FX=3D0ABcc=3A_y=3F=3D?=", "Re: X Bcc: y"),
        ("Line\r\nBcc: y@z.example", "Re: Line Bcc: y@z.example"),
        ("=?nocode?q?x?=", "Re: = ?nocode?q?x?="),
        ("\u202eevil", "Re: evil"),
    ],
)
def test_the_subject_has_one_mark_and_no_line_break(subject: str, replied: str) -> None:
    case = case_of(written(1, LIAM, (ME,), subject, "Hi Rina,\n\nThanks.\n\nLiam", sign_off="Liam"))
    draft = drafted(case, follow_up(case, Step.STATUS_CHECK, LIAM))

    assert draft.subject == replied
    assert parsed(draft)["Bcc"] is None
    assert parsed(draft)["Subject"].strip() == replied.strip()


def test_the_subject_of_a_machine_is_not_taken_over() -> None:
    told = PROPOSAL_EN.told
    away = written(2, LIAM, (ME,), "Automatic reply: Proposal", "I am away.", nature=Nature.AUTO_REPLY)
    case = replace(PROPOSAL_EN, told=(*told, away))
    assert drafted(case, follow_up(case, Step.STATUS_CHECK, LIAM)).subject == "Re: Proposal: brand refresh for Grey Oak"


def test_a_new_thread_has_a_subject_of_its_own() -> None:
    event = replace(INTERVIEW_ID.events[0])
    case = replace(INTERVIEW_ID, told=())
    step = replace(follow_up(case, Step.THANK_YOU, DEWI, event=event.id), reply_to=None)
    draft = drafted(case, step)

    assert draft.thread is None
    assert draft.subject == "Terima kasih: Staf Pengadaan"
    assert not draft.in_reply_to
    assert not draft.references
    assert "gmail_quote" not in draft.html
    assert "Jumat, 10 Juli" in draft.text


def test_nobody_is_written_to_twice_and_the_owner_never() -> None:
    nora = Address("Nora", "nora@greyoak.example")
    step = follow_up(
        PROPOSAL_EN,
        Step.STATUS_CHECK,
        LIAM,
        Address("", "LIAM.foster@greyoak.example"),
        ME,
        cc=(LIAM, nora, Address("", "rina+tag@rinawijaya.example"), nora, Address("Studio", STUDIO)),
    )
    draft = drafted(PROPOSAL_EN, step)
    assert draft.to == (LIAM,)
    assert draft.cc == (nora,)


def test_the_alias_of_the_conversation_writes() -> None:
    studio = Address("Studio Rina", STUDIO)
    asked = written(1, LIAM, (studio,), "Quote?", "Hi,\n\nPlease quote.\n\nLiam", sign_off="Liam")
    case = case_of(asked)
    assert drafted(case, follow_up(case, Step.STATUS_CHECK, LIAM)).sender == Address("Rina Wijaya", STUDIO)

    case = case_of(
        asked,
        written(
            2, studio, (LIAM,), "Re: Quote?", "Hi Liam,\n\nHere it is.\n\nRina Wijaya\nStudio", sign_off="Rina Wijaya"
        ),
    )
    draft = drafted(case, follow_up(case, Step.STATUS_CHECK, LIAM))
    assert draft.sender == studio
    assert own_text(draft).endswith("\nRina Wijaya")


def test_an_address_that_is_not_verified_is_never_the_sender() -> None:
    case = case_of(written(1, LIAM, (Address("", "rina@elsewhere.example"),), "Hello", "Hi,\n\nThanks."))
    assert drafted(case, follow_up(case, Step.STATUS_CHECK, LIAM)).sender.email == RINA


def test_the_signature_is_the_owners() -> None:
    step = follow_up(PROPOSAL_EN, Step.STATUS_CHECK, LIAM)
    signed = replace(OWNER, signature="Rina Wijaya\nStudio Rina · +62 812 0000 1122")
    closing = replace(OWNER, signature="Warm regards,\nRina")

    assert own_text(compose(PROPOSAL_EN, step, signed, POLICY, LIBRARY, NOW)).endswith(
        "\n\nKind regards,\nRina Wijaya\nStudio Rina · +62 812 0000 1122"
    )
    text = own_text(compose(PROPOSAL_EN, step, closing, POLICY, LIBRARY, NOW))
    assert text.endswith("\n\nWarm regards,\nRina")
    assert "Kind regards" not in text


def test_of_very_many_references_the_first_and_last_stay() -> None:
    last = PROPOSAL_EN.told[0]
    many = tuple(f"<{n}@mail.example>" for n in range(100))
    case = replace(PROPOSAL_EN, told=(replace(last, message=replace(last.message, references=many)),))
    draft = drafted(case, follow_up(case, Step.STATUS_CHECK, LIAM))

    assert len(draft.references) == 40
    assert draft.references[0] == "<0@mail.example>"
    assert draft.references[-1] == "<m1@mail.example>"
    assert parsed(draft)["References"].split() == list(draft.references)


def test_long_ids_come_back_as_they_were() -> None:
    identity = f"<{'A' * 150}@mail.example>"
    last = PROPOSAL_EN.told[0]
    case = replace(PROPOSAL_EN, told=(replace(last, message=replace(last.message, message_id=identity)),))
    raw = to_mime(drafted(case, follow_up(case, Step.STATUS_CHECK, LIAM)), "<own@susul.example>", SENT_AT)
    assert f"In-Reply-To: {identity}\r\n".encode() in raw


def test_the_same_case_three_times_gives_three_texts() -> None:
    for case, to in ((PROPOSAL_EN, LIAM), (INTERVIEW_ID, DEWI)):
        texts = []
        growing = case
        for number, step in enumerate(
            (Step.STATUS_CHECK, Step.STATUS_CHECK, Step.STATUS_CHECK, Step.KEEP_IN_TOUCH, Step.LAST_CALL)
        ):
            text = own_text(drafted(growing, follow_up(growing, step, to, ordinal=number)))
            texts.append(text.partition("\n\n")[2])
            growing = later(growing, text)
        assert len(set(texts)) == len(texts)
        sentences = [set(re.findall(r"[^.?!\n]{40,}[.?!]", text)) for text in texts]
        assert not sentences[0] & sentences[1]
        assert not sentences[1] & sentences[2]


def test_a_second_stage_does_not_repeat_the_first_ones_text() -> None:
    first = own_text(drafted(INTERVIEW_ID, follow_up(INTERVIEW_ID, Step.STATUS_CHECK, DEWI)))
    grown = later(INTERVIEW_ID, first)
    second = own_text(drafted(grown, follow_up(grown, Step.STATUS_CHECK, DEWI, ordinal=0)))
    assert second != first


def test_two_interviewers_with_their_own_events_get_two_texts() -> None:
    one = INTERVIEW_ID.events[0]
    two = replace(
        one, uid="second@cal.example", id="second", starts_at=one.ends_at, ends_at=one.ends_at + timedelta(hours=1)
    )
    case = replace(INTERVIEW_ID, events=(one, two))
    texts = {
        drafted(case, follow_up(case, Step.THANK_YOU, DEWI, event=event)).text for event in ("wawancara", "second")
    }
    assert len(texts) == 2


def test_a_draft_is_the_same_every_time() -> None:
    step = follow_up(PROPOSAL_EN, Step.STATUS_CHECK, LIAM)
    assert drafted(PROPOSAL_EN, step) == drafted(PROPOSAL_EN, step)
    assert compose(PROPOSAL_EN, step, OWNER, POLICY, Library(), NOW) == drafted(PROPOSAL_EN, step)


def promising(window: Window, *, theirs: bool) -> Case:
    signal = Signal(Fact.PROMISE if theirs else Fact.REQUEST, "by Friday", "en/x", window=window)
    last = written(2, LIAM, (ME,), "Re: Proposal", "Hi Rina,\n\nBy Friday.\n\nLiam", signals=(signal,), sign_off="Liam")
    own = written(
        2, ME, (LIAM,), "Re: Proposal", "Hi Liam,\n\nPlease send the final photos by Friday.", signals=(signal,)
    )
    return replace(PROPOSAL_EN, told=(*PROPOSAL_EN.told, last if theirs else own))


def test_a_status_check_names_the_day_that_they_promised() -> None:
    window = Window(None, date(2026, 7, 10))
    case = promising(window, theirs=True)
    draft = drafted(case, replace(follow_up(case, Step.STATUS_CHECK, LIAM), promised=window))
    assert "Friday 10 July" in own_text(draft)


def test_the_owners_own_deadline_is_not_called_their_promise() -> None:
    case = replace(
        promising(Window(None, date(2026, 7, 10)), theirs=False),
        kind=Kind.PROJECT,
        topic=Topic(asked="the final photos"),
    )
    text = own_text(drafted(case, follow_up(case, Step.STATUS_CHECK, LIAM)))
    assert "Friday 10 July" in text
    assert "the final photos" in text
    assert not re.search("you (mentioned|expected|had named)", text)


def test_a_nudge_names_the_proposed_time_and_offers_new_ones_after_it() -> None:
    at = datetime(2026, 7, 23, 10, 0, tzinfo=ZONE)
    proposal = Signal(Fact.SCHEDULE, "Thursday at 10", "en/x", sense=Sense.PROPOSED, starts_at=at)
    second = replace(proposal, starts_at=at.replace(hour=14))
    one = case_of(
        written(1, ME, (LIAM,), "Meeting about the survey", "Hi Liam,\n\nThursday?", signals=(proposal,)),
        kind=Kind.MEETING,
    )
    two = case_of(
        written(1, ME, (LIAM,), "Meeting", "Hi Liam,\n\nThursday?", signals=(proposal, second)), kind=Kind.MEETING
    )

    assert re.search(r"Thursday 23 July(?! at)", own_text(drafted(one, follow_up(one, Step.NUDGE, LIAM))))
    assert "Thursday 23 July at 10:00 or 14:00" in own_text(drafted(two, follow_up(two, Step.NUDGE, LIAM)))
    late = replace(follow_up(two, Step.NUDGE, LIAM), time_passed=True, due_at=at + timedelta(days=1))
    assert "Tuesday 28 July or Wednesday 29 July" in own_text(drafted(two, late))


def test_a_recap_has_the_agenda_of_the_invitation() -> None:
    described = {
        "Agenda\n1. Migration timeline\n2. Hosting budget": ["Migration timeline", "Hosting budget"],
        "Agenda: menu acara, harga per porsi": ["Menu acara", "Harga per porsi"],
        "<b>Agenda</b><ul><li>Migration &amp; tests</li><li>Budget</li></ul>Join: https://x.example": [
            "Migration & tests",
            "Budget",
        ],
        "- One thing\n- Another thing\n\nJoin Zoom Meeting": ["One thing", "Another thing"],
    }
    for description, items in described.items():
        event = Event("e", "Kick-off", START, START + timedelta(hours=1), description=description, id="e")
        case = replace(PROPOSAL_EN, kind=Kind.MEETING, events=(event,))
        draft = drafted(case, follow_up(case, Step.RECAP, LIAM, event="e"))
        assert re.findall(r"^- ([^\[].*)$", own_text(draft), re.MULTILINE) == items


def test_the_placeholder_is_gone_where_it_is_turned_off() -> None:
    plain = load_policy({"general": {"placeholders": False}})
    for case, to in ((PROPOSAL_EN, LIAM), (INTERVIEW_ID, DEWI)):
        for step in Step:
            assert "[" not in own_text(compose(case, follow_up(case, step, to), OWNER, plain, LIBRARY, NOW))
            assert own_text(drafted(case, follow_up(case, step, to))).count("[…") <= 1


def test_who_cannot_be_written_to_is_refused() -> None:
    draft = drafted(PROPOSAL_EN, follow_up(PROPOSAL_EN, Step.STATUS_CHECK, LIAM))
    for email in ("jösé@acme.example", "nobody", "a@", "@b.example", "a\nBcc: x@y.example", "a b@c.example\r\n", ""):
        with pytest.raises(ValueError, match="can't be written to"):
            to_mime(replace(draft, to=(Address("X", email),)), "<own@susul.example>", SENT_AT)
    for identity in ("own@susul.example", "<a b@c.example>", "<a@b.example>\r\nBcc: x@y.example", "<ö@b.example>"):
        with pytest.raises(ValueError, match="no message id"):
            to_mime(draft, identity, SENT_AT)


def test_names_of_all_scripts_arrive() -> None:
    draft = drafted(PROPOSAL_EN, follow_up(PROPOSAL_EN, Step.STATUS_CHECK, replace(LIAM, name="Łukasz „Wół” Żak, Dr.")))
    mail = parsed(replace(draft, sender=Address("Siti Nurhaliza Ñandú 李", RINA)))
    assert mail["To"].addresses[0].display_name == "Łukasz „Wół” Żak, Dr."
    assert mail["From"].addresses[0].display_name == "Siti Nurhaliza Ñandú 李"
    assert mail["Date"].datetime == SENT_AT
    assert mail["Message-ID"] == "<own@susul.example>"


hostile = st.one_of(
    st.text(max_size=120),
    st.sampled_from(
        [
            "{{ 7 * 7 }}",
            "{% include 'x' %}",
            "<script>alert(1)</script>",
            "=?utf-8?q?X=0D=0ABcc=3A_y@z.example?=",
            "=?utf-8?b?DQpCY2M6IHlAei5leGFtcGxl?=",
            "a\r\nBcc: y@z.example",
            "\u2028Bcc: y",
            "None",
            "\x00\x1b[31m",
            "\ud800",
            "é" * 60,
        ]
    ),
)


@settings(max_examples=150)
@given(
    name=hostile,
    subject=hostile,
    text=hostile,
    topic=st.tuples(hostile, hostile, hostile, hostile),
    references=st.lists(hostile, max_size=5),
    step=st.sampled_from(Step),
    kind=st.sampled_from(Kind),
    language=st.sampled_from(["en", "id", "und"]),
    ordinal=st.integers(0, 4),
    placeholders=st.booleans(),
)
def test_whatever_strangers_write_the_draft_is_whole(
    name: str,
    subject: str,
    text: str,
    topic: tuple[str, str, str, str],
    references: list[str],
    step: Step,
    kind: Kind,
    language: str,
    ordinal: int,
    placeholders: bool,
) -> None:
    them = Address(name, "liam@greyoak.example")
    told = written(2, them, (ME, them), subject, text, sign_off=name[:30], cc=(them,))
    told = replace(told, message=replace(told.message, references=tuple(references)))
    event = Event("e", subject, START, START + timedelta(hours=1), description=text, id="e")
    case = case_of(*PROPOSAL_EN.told, told, kind=kind, language=language, topic=Topic(*topic), events=(event,))
    step_due = follow_up(case, step, them, ME, them, cc=(them, ME), ordinal=ordinal, event="e")
    rules = load_policy({"general": {"placeholders": placeholders}})

    draft = compose(case, step_due, OWNER, rules, LIBRARY, NOW)
    mail = parsed(draft)

    assert [key.lower() for key in mail.keys() if key.lower() == "bcc"] == []  # noqa: SIM118 - keys() names a repeated header twice
    assert {key.lower() for key in mail} <= {
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "in-reply-to",
        "references",
        "mime-version",
        "content-type",
    }
    assert not re.search(r"[\r\n]", "".join(str(value) for value in mail.values()))
    written_to = [email for _, email in getaddresses([str(mail["To"])])]
    assert written_to[-1:] == ["liam@greyoak.example"]
    assert [a.addr_spec for a in mail["To"].addresses] == ["liam@greyoak.example"]
    assert mail["In-Reply-To"] == "<m2@mail.example>"
    assert mail["References"].split()[-1] == "<m2@mail.example>"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    body = own_text(draft)
    assert 60 <= len(body.split()) <= 134  # the bound counts what stands before the signature
    assert not re.search(r"\{\{|\{%|None\b|Undefined|<script", body.replace(draft.sender.name, ""))
    assert re.match(r"\S[^\n]+,\n\n", body)
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().split() == draft.text.split()
    assert "<script" not in draft.html


def test_a_draft_takes_milliseconds() -> None:
    steps = [
        (case, follow_up(case, step, to)) for case, to in ((PROPOSAL_EN, LIAM), (INTERVIEW_ID, DEWI)) for step in Step
    ]
    for case, step in steps:
        drafted(case, step)
    spent = []
    for case, step in steps * 5:
        begun = time.process_time()
        to_mime(drafted(case, step), "<own@susul.example>", SENT_AT)
        spent.append(time.process_time() - begun)
    assert statistics.median(spent) < 0.05  # ten times what it takes: a guard, not a measurement
