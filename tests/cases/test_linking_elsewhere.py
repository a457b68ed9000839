"""What they and the owner wrote outside a matter, and events with them that lie ahead."""

from __future__ import annotations

from dataclasses import replace

import pytest
from linking_scene import ME, Scene, address, event, mail

from susul.model import Answer, Attendee, Event, Message, Silent, State, Wait, Write

HELEN = "Helen Park <helen@mosaic.example>"
MARK = "Mark Lee <mark@mosaic.example>"
AYU = "Ayu Lestari <ayu@bumirasa.example>"
JOKO = "Joko Susilo <joko@bumirasa.example>"
SARI = "Sari Utami <sari@cakradigital.example>"
NOW = 17

PROPOSAL = mail(
    "a",
    ME,
    "Proposal: brand refresh",
    "Dear Helen,\n\nAttached is our proposal for the brand refresh. I would be glad to hear what you think.\n\nRina",
    0,
    to=HELEN,
    attachments=("proposal.pdf",),
)
PENAWARAN = mail(
    "a",
    ME,
    "Penawaran katering acara tahunan",
    "Yth. Ibu Ayu,\n\nTerlampir penawaran kami untuk katering acara tahunan. Mohon tanggapannya.\n\nSalam,\nRina",
    0,
    to=AYU,
    attachments=("penawaran.pdf",),
)
OTHER = mail(
    "o", ME, "Invoice for the photo shoot", "Dear Helen,\n\nCould you send me the order number?\n\nRina", 1, to=HELEN
)
TAGIHAN = mail("o", ME, "Tagihan sewa tenda", "Yth. Ibu Ayu,\n\nMohon kirim nomor pesanannya.\n\nRina", 1, to=AYU)


def theirs(sender: str, subject: str, body: str, **more: object) -> Message:
    return mail("n", sender, subject, body, 2, **more)


LESS = "Hi Rina,\n\nthanks for sending this over. Could you do it for ten percent less, and start in August?\n\nHelen"
KURANG = "Mbak Rina,\n\nterima kasih kirimannya. Apakah harganya bisa kurang sepuluh persen?\n\nAyu"

ANSWERED: dict[str, list[Message]] = {
    "in a new thread under another subject": [PROPOSAL, theirs(HELEN, "Budget and timing", LESS)],
    "di utas baru dengan judul lain": [PENAWARAN, theirs(AYU, "Anggaran dan waktu", KURANG)],
    "from a private address under the same name": [
        PROPOSAL,
        theirs("Helen Park <helen.park77@gmail.com>", "Re: Proposal: brand refresh", LESS),
    ],
    "dari alamat pribadi dengan nama yang sama": [
        PENAWARAN,
        theirs("Ayu Lestari <ayulestari88@gmail.com>", "Katering acara tahunan", KURANG),
    ],
    "by a colleague who names the topic in the mail only": [
        PROPOSAL,
        theirs(MARK, "Next quarter", "Hi Rina,\n\nfor the refresh, could you start in August?\n\nMark"),
    ],
    "oleh rekannya yang menyebut pokoknya di isi surat": [
        PENAWARAN,
        theirs(JOKO, "Titip pesan", "Mbak Rina,\n\nsoal katering, apakah bisa mulai Agustus?\n\nJoko"),
    ],
    "and the answer was put into the trash": [PROPOSAL, theirs(HELEN, "Budget and timing", LESS, labels=["TRASH"])],
    "dan jawabannya sudah dibuang ke sampah": [PENAWARAN, theirs(AYU, "Anggaran", KURANG, labels=["TRASH"])],
    "and Gmail took the answer for spam": [
        PROPOSAL,
        mail("a", HELEN, "Re: Proposal: brand refresh", LESS, 2, labels=["SPAM"], answers="a-0"),
    ],
    "dan Gmail menganggap jawabannya spam": [PENAWARAN, theirs(AYU, "Anggaran", KURANG, labels=["SPAM"])],
    "beside an answer in another matter, which names this one": [
        PROPOSAL,
        OTHER,
        mail(
            "o",
            HELEN,
            "Re: Invoice for the photo shoot",
            "Hi Rina,\n\nit is 4711. As for the refresh: can you start in May?",
            2,
        ),
    ],
    "sekaligus dengan jawaban urusan lain": [
        PENAWARAN,
        TAGIHAN,
        mail(
            "o", AYU, "Re: Tagihan sewa tenda", "Mbak,\n\nnomornya 4711. Soal katering, apakah bisa kurang?\n\nAyu", 2
        ),
    ],
}

NOT_ANSWERED: dict[str, list[Message]] = {
    "they answer another matter": [
        PROPOSAL,
        OTHER,
        mail(
            "o",
            HELEN,
            "Re: Invoice for the photo shoot",
            "Hi Rina,\n\nit is 4711, please send it to finance.\n\nHelen",
            2,
        ),
    ],
    "mereka menjawab urusan lain": [
        PENAWARAN,
        TAGIHAN,
        mail(
            "o",
            AYU,
            "Re: Tagihan sewa tenda",
            "Mbak Rina,\n\nnomornya 4711, silakan dikirim ke bagian keuangan.\n\nAyu",
            2,
        ),
    ],
    "a courtesy only": [PROPOSAL, theirs(HELEN, "Lunch yesterday", "Hi Rina,\n\nthank you!\n\nHelen")],
    "sekadar ucapan terima kasih": [PENAWARAN, theirs(AYU, "Kemarin", "Mbak Rina,\n\nsama-sama!\n\nAyu")],
    "an automatic reply in a thread of its own": [
        PROPOSAL,
        theirs(HELEN, "Automatic reply: parking", "I am away.", headers={"auto-submitted": "auto-replied"}),
    ],
    "before the proposal went out": [mail("n", HELEN, "Budget and timing", LESS, -2), PROPOSAL],
    "sebelum penawaran dikirim": [mail("n", AYU, "Anggaran dan waktu", KURANG, -2), PENAWARAN],
    "a namesake with other business": [
        PROPOSAL,
        theirs("Helen Park <helen.park77@gmail.com>", "School reunion", "Hi Rina,\n\nwill you come?\n\nHelen"),
    ],
    "orang senama dengan urusan lain": [
        PENAWARAN,
        theirs("Ayu Lestari <ayulestari88@gmail.com>", "Reuni sekolah", "Rina,\n\napakah kamu datang?\n\nAyu"),
    ],
    "a colleague of theirs with other business": [
        PROPOSAL,
        theirs(MARK, "Parking permit", "Hi Rina,\n\nyours has run out. Could you renew it?\n\nMark"),
    ],
    "a colleague of the owner's": [
        replace(PROPOSAL, cc=(address("Dewi <dewi@rinawijaya.example>"),)),
        theirs("Dewi <dewi@rinawijaya.example>", "Brand refresh", "Hi Rina,\n\ndid Helen answer?\n\nDewi"),
    ],
    "spam that poses as the owner": [
        PROPOSAL,
        mail("n", ME, "Brand refresh", "Dear Helen,\n\nplease pay at once.", 2, to=HELEN, labels=["SPAM"]),
    ],
}


@pytest.mark.parametrize("name", ANSWERED)
def test_they_answered_elsewhere(name: str) -> None:
    decision = Scene(ANSWERED[name]).decision("a", NOW)
    assert isinstance(decision, Silent)
    assert decision.state is State.ANSWERED
    assert decision.evidence[0].message in {message.id for message in ANSWERED[name][1:]}


@pytest.mark.parametrize("name", NOT_ANSWERED)
def test_mail_that_answers_nothing_leaves_the_check_in_due(name: str) -> None:
    assert isinstance(Scene(NOT_ANSWERED[name]).decision("a", NOW), Write)


def test_the_reason_points_at_the_other_thread_spam_or_trash() -> None:
    reasons = [
        Scene([PROPOSAL, theirs(HELEN, "Budget and timing", LESS, labels=[label])]).decision("a", NOW).reason
        for label in ("INBOX", "SPAM", "TRASH")
    ]
    assert reasons[0] == "They wrote to you in another thread."
    assert "spam" in reasons[1]
    assert "trash" in reasons[2]


def test_what_came_before_the_owners_next_mail_no_longer_counts() -> None:
    again = mail(
        "a", ME, "Re: Proposal: brand refresh", "Dear Helen,\n\nWhere do you stand with it?\n\nRina", 7, to=HELEN
    )
    decision = Scene([PROPOSAL, theirs(HELEN, "Budget and timing", LESS), again]).decision("a", 24)
    assert isinstance(decision, Write)


def test_the_other_role_at_the_company_stays_silent_only_for_itself() -> None:
    one = mail(
        "a", ME, "Application: Data Analyst", "Dear Sari,\n\nI am applying for the Data Analyst position.", 0, to=SARI
    )
    two = mail(
        "b", ME, "Application: Content Editor", "Dear Sari,\n\nI am applying for the Content Editor role.", 0, to=SARI
    )
    answer = mail("b", SARI, "Re: Application: Content Editor", "Dear Rina,\n\nwhat salary do you expect?\n\nSari", 2)
    scene = Scene([one, two, answer])
    assert isinstance(scene.decision("a", NOW), Write)
    assert isinstance(scene.decision("b", NOW), Silent)


# Spam and trash give nothing but an answer


@pytest.mark.parametrize("label", ["SPAM", "TRASH"])
@pytest.mark.parametrize("body", ["We will let you know by Friday 5 June.", "Kami kabari paling lambat Jumat 5 Juni."])
def test_a_promise_in_spam_or_trash_leads_to_no_draft_for_its_reply_to(label: str, body: str) -> None:
    promise = mail(
        "a", HELEN, "Re: Proposal: brand refresh", f"Hi Rina,\n\n{body}\n\nHelen", 2,
        labels=[label], answers="a-0", reply_to=(address("Helen <attacker@evil.example>"),),
    )  # fmt: skip
    scene = Scene([PROPOSAL, promise])
    assert all("evil" not in told.message.id for told in scene.story("a", NOW).case.told)
    for day in (3, 9, 17, 40):
        assert isinstance(scene.decision("a", day), Silent)


@pytest.mark.parametrize("label", ["SPAM", "TRASH"])
def test_a_thread_only_in_spam_or_trash_is_no_matter(label: str) -> None:
    assert Scene([mail("s", HELEN, "Interview – Data Analyst", LESS, 0, labels=[label])]).matters() == ()


def test_nobody_of_a_spam_mail_becomes_a_person_of_the_case() -> None:
    spam = mail("a", "Eve <eve@evil.example>", "Re: Proposal: brand refresh", LESS, 2, labels=["SPAM"], answers="a-0")
    story = Scene([PROPOSAL, spam]).story("a", NOW)
    assert {person.email for person in story.case.people} == {"helen@mosaic.example"}
    assert not any(told.heard_only for told in story.case.told)


# The owner's own mail elsewhere

WORKSHOP = event("e", "Brand workshop", 3, [HELEN, MARK])
LOKAKARYA = event("e", "Lokakarya merek", 3, [AYU, JOKO])


def test_a_meeting_without_thanks_calls_for_a_recap() -> None:
    assert isinstance(Scene([], [WORKSHOP]).decision("e", 4), Write)


@pytest.mark.parametrize(
    ("appointment", "sent"),
    [
        (
            WORKSHOP,
            mail("t", ME, "Lovely meeting you", "Dear Helen,\n\nThank you for your time today.\n\nRina", 3.2, to=HELEN),
        ),
        (
            LOKAKARYA,
            mail("t", ME, "Senang berjumpa", "Bu Ayu,\n\nTerima kasih atas waktunya tadi.\n\nRina", 3.2, to=AYU),
        ),
    ],
)
def test_thanks_in_a_new_thread_are_thanks(appointment: Event, sent: Message) -> None:
    assert isinstance(Scene([sent], [appointment]).decision("e", 4), Silent)


def test_thanks_to_somebody_who_was_not_there_are_none() -> None:
    sent = mail(
        "t", ME, "Lovely meeting you", "Dear Jo,\n\nThank you for your time.\n\nRina", 3.2, to="Jo <jo@else.example>"
    )
    assert isinstance(Scene([sent], [WORKSHOP]).decision("e", 4), Write)


def test_thanks_before_the_end_are_none() -> None:
    sent = mail("t", ME, "Lovely", "Dear Helen,\n\nThank you for the invitation.\n\nRina", 2, to=HELEN)
    assert isinstance(Scene([sent], [WORKSHOP]).decision("e", 4), Write)


@pytest.mark.parametrize(
    ("opening", "about_it", "about_other"),
    [
        (
            PROPOSAL,
            "Hi Helen,\n\nare there any news on the brand refresh?\n\nRina",
            "Hi Helen,\n\nwhere do I park?\n\nRina",
        ),
        (PENAWARAN, "Bu Ayu,\n\napakah ada kabar soal katering?\n\nRina", "Bu Ayu,\n\ndi mana saya parkir?\n\nRina"),
    ],
)
def test_the_owners_mail_in_another_matter_is_a_check_in_where_it_names_this_one(
    opening: Message, about_it: str, about_other: str
) -> None:
    other = OTHER if opening is PROPOSAL else TAGIHAN
    to = opening.to[0]
    person = f"{to.name} <{to.email}>"
    named = mail("o", ME, f"Re: {other.subject}", about_it, 4, to=person)
    unnamed = mail("o", ME, f"Re: {other.subject}", about_other, 4, to=person)
    assert len(Scene([opening, other, named]).story("a", 5).check_ins) == 1
    assert not Scene([opening, other, unnamed]).story("a", 5).check_ins


# Events ahead

AHEAD = 20


def with_guest(guest: str, **more: object) -> Event:
    return event("e", "Padel tournament", AHEAD, [guest], **more)


@pytest.mark.parametrize("opening", [PROPOSAL, PENAWARAN])
@pytest.mark.parametrize("by_colleague", [False, True])
def test_an_event_ahead_with_them_or_their_organisation_silences_every_matter(
    opening: Message, by_colleague: bool
) -> None:
    person, colleague = (HELEN, MARK) if opening is PROPOSAL else (AYU, JOKO)
    other = OTHER if opening is PROPOSAL else TAGIHAN
    scene = Scene([opening, other], [with_guest(colleague if by_colleague else person)])
    for thread in ("a", "o"):
        decision = scene.decision(thread, NOW)
        assert isinstance(decision, Silent)
        assert decision.evidence[0].fact == "event_ahead"
    assert isinstance(scene.decision("e", NOW), Wait)


@pytest.mark.parametrize(
    "no_appointment",
    [
        with_guest(HELEN, all_day=True),
        with_guest(HELEN, transparent=True),
        with_guest(HELEN, status="cancelled"),
        with_guest("Jo <jo@elsewhere.example>"),
        with_guest("Dewi <dewi@rinawijaya.example>"),
        with_guest(HELEN, attendees=(Attendee("helen@mosaic.example", answer=Answer.DECLINED),)),
        event("e", "Padel tournament", 10, [HELEN]),
        event("e", "Padel tournament", NOW + 9, [HELEN], recurring=True),
    ],
    ids=["all day", "free time", "cancelled", "others", "colleagues", "declined", "over", "a series, far off"],
)
def test_what_is_no_appointment_with_them_silences_nothing(no_appointment: Event) -> None:
    assert isinstance(Scene([PROPOSAL], [no_appointment]).decision("a", NOW), Write)


def test_a_series_counts_when_its_next_occurrence_is_near() -> None:
    series = [event("e", "Padel", day, [HELEN], id=f"e{day}", recurring=True) for day in (16, 23, 30)]
    assert isinstance(Scene([PROPOSAL], series).decision("a", NOW), Silent)
