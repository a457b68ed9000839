"""``susul draft`` in a conversation that is no case: an offer out of the blue can be turned down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from accounts import RINA, ago, answer, as_json, ledger, mailbox, proposal, served

from susul.model import Step
from susul.reconcile import Status

if TYPE_CHECKING:
    from pathlib import Path

    from accounts import Ask

ME = f"Rina Wijaya <{RINA}>"
SARI = "Sari Lestari <sari@talents.example>"
ENGLISH = (
    "Dear Rina,\n\nI found your portfolio and have an opening for a lead illustrator at one of our clients.\n"
    "It is a full-time position in Bandung.\n\nBest regards,\nSari\n"
)
INDONESIAN = (
    "Yth. Ibu Rina,\n\nSaya melihat portofolio Ibu dan ada lowongan ilustrator utama pada salah satu klien kami.\n"
    "Posisinya purnawaktu di Bandung.\n\nSalam,\nSari\n"
)


def mail(name: str = "offer", days: int = 3, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "thread": name,
        "from": SARI,
        "to": ME,
        "date": ago(days),
        "subject": "Lead illustrator in Bandung",
        "text": ENGLISH,
        **more,
    }


def laid(ask: Ask, target: str) -> dict[str, Any]:
    """The draft that was asked for, as JSON."""
    code, out, err = ask("draft", target, "--as", "decline", "--json")
    assert code == 0, err
    found: dict[str, Any] = as_json(out)["draft"]
    return found


def refused(ask: Ask, target: str) -> tuple[int, str]:
    code, out, err = ask("draft", target, "--as", "decline")
    assert out == ""
    return code, err.splitlines()[0].removeprefix("susul: ")


@pytest.mark.parametrize(
    ("text", "says"), [(ENGLISH, "I'm very sorry, but I have to bow out"), (INDONESIAN, "mohon maaf")]
)
def test_an_offer_out_of_the_blue_can_be_turned_down_in_its_language(
    own_home: Path, ask: Ask, text: str, says: str
) -> None:
    with served(mailbox(mail(text=text)), own_home) as sandbox:
        assert as_json(ask("scan", "--json")[1])["cases"] == []

        draft = laid(ask, "lead illustrator")

        assert ["sari@talents.example" in one for one in draft["to"]] == [True]
        assert draft["cc"] == []
        assert draft["subject"] == "Re: Lead illustrator in Bandung"
        assert says in draft["text"]
        ((_, _, thread, _),) = sandbox.drafts()
        assert thread == draft["thread"]


def test_who_never_applied_withdraws_no_application(own_home: Path, ask: Ask) -> None:
    found_you = mail(subject="Lowongan ilustrator utama", text=INDONESIAN)
    with served(mailbox(found_you), own_home):
        (case,) = as_json(ask("scan", "--json", "--all")[1])["cases"]
        assert case["kind"] == "application"

        text = laid(ask, case["id"])["text"].partition("Pada ")[0]

    assert "lamaran" not in text
    assert "Terima kasih" in text


def test_no_strangers_subject_is_the_owners_word_for_it(own_home: Path, ask: Ask) -> None:
    with served(mailbox(mail(subject="Exciting opportunity")), own_home):
        text = laid(ask, "exciting")["text"]

    assert "for thinking of me." in text


def test_it_is_the_owners_from_then_on_and_is_shown(own_home: Path, ask: Ask) -> None:
    with served(mailbox(mail()), own_home) as sandbox:
        laid(ask, "lead illustrator")
        before = sandbox.drafts()

        for _ in range(2):
            assert ask("sync")[0] == 0
        assert sandbox.drafts()[0][:2] == before[0][:2]
        told = "The decline that you asked for in “Lead illustrator in Bandung” lies in your Drafts folder."
        assert told in ask("scan")[1]
        assert ask("report", "--language", "id")[0] == 0
        assert "Draf yang Anda minta (pengunduran diri) dalam “Lead illustrator in Bandung”" in (
            own_home / "report.html"
        ).read_text("utf-8")

        sandbox.owner_sends_draft(before[0][0])
        assert ask("sync")[0] == 0
        assert "asked for" not in ask("scan")[1]
        assert ask("report")[0] == 0
        assert [row.status for row in ledger(own_home)] == [Status.SENT]


@pytest.mark.parametrize("target", ["<offer@sandbox.example>", "thread", "link", "case", "LEAD illustrator"])
@pytest.mark.parametrize(
    ("locale", "told"),
    [
        (
            "en_GB.UTF-8",
            "That conversation is no case. The decline that you asked for in “Lead illustrator in Bandung” lies in",
        ),
        ("id_ID.UTF-8", "Percakapan itu bukan kasus. Draf yang Anda minta"),
    ],
)
def test_explain_tells_that_it_lies_there(
    own_home: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch, target: str, locale: str, told: str
) -> None:
    with served(mailbox(mail(), mail("other", subject="A quite different thing")), own_home) as sandbox:
        asked = as_json(ask("draft", "lead illustrator", "--as", "decline", "--json")[1])
        thread = asked["draft"]["thread"]
        link = f"https://mail.google.com/mail/u/0/#all/{thread}"
        named = {"thread": thread, "case": asked["case"], "link": link}.get(target, target)
        monkeypatch.setenv("LC_MESSAGES", locale)

        code, out, _ = ask("explain", named)

        assert (code, " ".join(out.split()).startswith(told)) == (0, True)
        assert ask("explain", named, "--json")[0] == 2
        assert ask("explain", "different thing")[0] == 2
        sandbox.owner_sends_draft(sandbox.drafts()[0][0])
        assert ask("explain", named)[0] == 2


@pytest.mark.parametrize("target", ["<offer@sandbox.example>", "thread", "link", "LEAD illustrator in"])
def test_the_conversation_is_named_as_a_case_would_be(own_home: Path, ask: Ask, target: str) -> None:
    with served(mailbox(mail(), mail("other", subject="A quite different thing")), own_home):
        thread = laid(ask, "lead illustrator")["thread"]
        named = {"thread": thread, "link": f"https://mail.google.com/mail/u/0/#all/{thread}"}

        assert ask("draft", named.get(target, target), "--as", "decline")[0] == 0


def test_what_the_same_people_wrote_elsewhere_leads_nowhere(own_home: Path, ask: Ask) -> None:
    later = mail("later", days=1, **{"from": "Budi Santoso <budi@talents.example>"}, subject="Lead illustrator, again")
    with served(mailbox(mail(), later), own_home) as sandbox:
        code, why = refused(ask, "lead illustrator")
        assert (code, why) == (2, "2 conversations or appointments match that.")

        draft = laid(ask, "<offer@sandbox.example>")

        assert ["sari" in one for one in draft["to"]] == [True]
        assert "budi" not in str(draft)
        assert len(sandbox.drafts()) == 1


def test_the_others_of_the_conversation_are_in_copy_as_they_were(own_home: Path, ask: Ask) -> None:
    with served(mailbox(mail(cc="Budi Santoso <budi@talents.example>")), own_home):
        draft = laid(ask, "lead illustrator")

    assert "sari@talents.example" in draft["to"][0]
    assert "budi@talents.example" in draft["cc"][0]


def test_who_got_it_in_blind_copy_answers_its_writer_alone(own_home: Path, ask: Ask) -> None:
    hidden = mail(to="Budi Santoso <budi@talents.example>", cc="ann@talents.example")
    with served(mailbox(hidden), own_home):
        draft = laid(ask, "lead illustrator")

    assert ["sari@talents.example" in one for one in draft["to"]] == [True]
    assert draft["cc"] == []


TEAM = "all-staff@talents.example"
BUDI = "Budi Santoso <budi@talents.example>"


@pytest.mark.parametrize("text", [ENGLISH, INDONESIAN])
@pytest.mark.parametrize(
    ("answers_to", "goes_to"),
    [(f"sari@talents.example, {TEAM}", "sari@talents.example"), ("jobs@talents.example", "jobs@talents.example")],
    ids=["team", "one"],
)
def test_in_blind_copy_no_team_hears_of_it_even_where_it_is_a_case(
    own_home: Path, ask: Ask, text: str, answers_to: str, goes_to: str
) -> None:
    subject = "Lowongan lead illustrator" if text is INDONESIAN else "Lead illustrator in Bandung"
    hidden = mail(to=BUDI, headers={"Reply-To": answers_to}, text=text, subject=subject)
    with served(mailbox(hidden), own_home):
        assert bool(as_json(ask("scan", "--json", "--all")[1])["cases"]) is (text is INDONESIAN)

        draft = laid(ask, "lead illustrator")

    assert [goes_to in one for one in draft["to"]] == [True]
    assert draft["cc"] == []


def test_in_blind_copy_nothing_is_written_to_several_others(own_home: Path, ask: Ask) -> None:
    hidden = mail(to=BUDI, headers={"Reply-To": f"ann@talents.example, {TEAM}"})
    with served(mailbox(hidden), own_home) as sandbox:
        assert refused(ask, "lead illustrator") == (
            1,
            "You got that mail in blind copy, and an answer would go to others, who don't know of you.",
        )
        assert sandbox.drafts() == []


def test_named_beside_a_team_the_owner_answers_where_the_writer_wants_it(own_home: Path, ask: Ask) -> None:
    shown = mail(cc=BUDI, headers={"Reply-To": f"sari@talents.example, {TEAM}"})
    with served(mailbox(shown), own_home):
        draft = laid(ask, "lead illustrator")

    assert TEAM in str(draft["to"])
    assert "budi" in str(draft["cc"])


def reply(**more: Any) -> dict[str, Any]:
    """What the owner answered to ``mail()`` by hand."""
    text = "Dear Sari,\n\nThanks, I am not interested in this one.\n\nRina\n"
    own = {"from": ME, "to": SARI, "thread": "offer", "reply_to": "offer", "subject": "Re: Lead illustrator in Bandung"}
    return mail("answer", days=1, **own, text=text, **more)


def test_whom_the_owner_answered_since_knows_of_them_and_the_team_still_does_not(own_home: Path, ask: Ask) -> None:
    hidden = mail(to=BUDI, headers={"Reply-To": f"sari@talents.example, {TEAM}"})
    with served(mailbox(hidden, reply(cc="ann@talents.example")), own_home):
        draft = laid(ask, "lead illustrator")

    assert ["sari@talents.example" in one for one in draft["to"]] == [True]
    assert ["ann@talents.example" in one for one in draft["cc"]] == [True]


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("en_GB.UTF-8", "Look twice: You wrote last in that conversation: you may have said it already.\n"),
        (
            "id_ID.UTF-8",
            "Periksa lagi: Anda yang terakhir menulis dalam percakapan itu: mungkin sudah Anda sampaikan.\n",
        ),
    ],
)
def test_a_second_decline_is_told_as_a_doubt(
    own_home: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch, locale: str, told: str
) -> None:
    monkeypatch.setenv("LC_MESSAGES", locale)
    with served(mailbox(mail(), reply()), own_home):
        _, _, err = ask("draft", "lead illustrator", "--as", "decline", "--print")

    assert err.startswith(told)
    assert err.count("\n") == 1


def test_where_they_wrote_last_there_is_no_such_doubt(own_home: Path, ask: Ask) -> None:
    again = mail("again", days=0, thread="offer", reply_to="answer", subject="Re: Lead illustrator in Bandung")
    with served(mailbox(mail(), reply(), again), own_home):
        _, _, err = ask("draft", "lead illustrator", "--as", "decline", "--print")

    assert err == ""


@pytest.mark.parametrize(
    "strange",
    [
        {"from": "Talents <no-reply@talents.example>"},
        {"headers": {"List-Id": "Jobs <jobs.talents.example>", "List-Post": "<mailto:jobs@talents.example>"}},
        {"headers": {"List-Unsubscribe": "<mailto:off@talents.example>", "Precedence": "bulk"}},
        {"headers": {"Auto-Submitted": "auto-generated"}},
        {"headers": {"Reply-To": "noreply@talents.example"}},
        {"from": ME, "to": SARI},
    ],
    ids=["no-reply", "list", "bulk", "automatic", "reply-to", "own"],
)
def test_where_no_person_can_be_answered_nothing_is_written(own_home: Path, ask: Ask, strange: dict[str, Any]) -> None:
    with served(mailbox(mail(**strange)), own_home) as sandbox:
        code, why = refused(ask, "lead illustrator")

        assert code in (1, 2)
        assert why in (
            "There is nobody to write to: a list, a no-reply address, or mail that bounced.",
            "No person wrote to you in that conversation, so there is nobody to answer.",
        )
        assert sandbox.drafts() == []


@pytest.mark.parametrize("label", ["SPAM", "TRASH"])
def test_what_lies_in_spam_or_trash_is_not_answered(own_home: Path, ask: Ask, label: str) -> None:
    with served(mailbox(mail(labels=[label])), own_home) as sandbox:
        for target in ("<offer@sandbox.example>", "lead illustrator"):
            code, why = refused(ask, target)
            assert code == 2
            assert "spam" in why or "unknown here" in why
        assert sandbox.drafts() == []


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.DECLINE])
def test_what_speaks_of_a_matter_in_hand_needs_a_case(own_home: Path, ask: Ask, step: Step) -> None:
    with served(mailbox(mail()), own_home) as sandbox:
        code, out, err = ask("draft", "lead illustrator", "--as", step)

        assert (code, out) == (2, "")
        assert "so there is nothing to follow up." in err
        assert "What can be asked for all the same: decline." in err
        assert sandbox.drafts() == []


def test_a_draft_of_the_owners_own_stays_the_only_one(own_home: Path, ask: Ask) -> None:
    with served(mailbox(mail()), own_home) as sandbox:
        sandbox.owner_writes_draft({"reply_to": "offer", "to": SARI, "subject": "Re: Lead", "text": "Dear Sari,"})

        code, _ = refused(ask, "lead illustrator")

        assert code == 1
        assert len(sandbox.drafts()) == 1


def test_a_thread_of_a_case_is_drafted_for_as_the_case(own_home: Path, ask: Ask) -> None:
    later = {**answer(days=1), "id": "elsewhere", "thread": "elsewhere", "subject": "Two more rooms"}
    with served(mailbox(proposal(), later), own_home):
        (case,) = as_json(ask("scan", "--json")[1])["cases"]

        assert len(case["threads"]) == 2
        assert "Two more rooms" not in case["subject"]

        _, out, _ = ask("draft", "two more rooms", "--as", "status-check", "--json")

        assert as_json(out)["case"] == case["id"]


def test_what_the_owner_ignores_is_drafted_with_a_doubt(own_home: Path, ask: Ask) -> None:
    with served(mailbox(mail()), own_home):
        ask("scan")
        ask("ignore", "sari@talents.example")

        _, _, err = ask("draft", "lead illustrator", "--as", "decline", "--print")

        assert err.startswith("Look twice: You asked on ")
