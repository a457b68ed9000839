"""Which threads and events are one matter, situation by situation, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from linking_scene import ME, OWNER, Scene, event, mail

from susul.model import CalendarPart, Event, Message

HELEN = "Helen Park <helen@mosaic.example>"
MARK = "Mark Lee <mark@mosaic.example>"
SARI = "Sari Utami <sari@cakradigital.example>"
BUDI = "Budi Santoso <budi@cakradigital.example>"
AYU = "Ayu Lestari <ayu@bumirasa.example>"
DEWI = "Dewi Kartika <dewi@rinawijaya.example>"
ATS = "Cakra Digital <no-reply@greenhouse.io>"

PROPOSAL = mail("a", ME, "Proposal: brand refresh", "Dear Helen,\n\nAttached is our proposal.\n\nRina", 0, to=HELEN)
PENAWARAN = mail(
    "a", ME, "Penawaran katering acara tahunan", "Yth. Ibu Ayu,\n\nTerlampir penawaran kami.\n\nRina", 0, to=AYU
)
ROLE = mail(
    "a",
    ME,
    "Application: Data Analyst",
    "Dear Sari,\n\nI am applying for the Data Analyst position.\n\nRina",
    0,
    to=SARI,
)
LAMARAN = mail(
    "a", ME, "Lamaran Staf Pengadaan", "Yth. Ibu Sari,\n\nSaya melamar posisi Staf Pengadaan.\n\nRina", 0, to=SARI
)
AGENCY = "Tono Wibowo <tono@penghubung.example>"
BY_AGENCY = mail(
    "a",
    AGENCY,
    "Posisi Data Analyst",
    "Halo Rina,\n\nKlien kami Cakra Digital mencari Data Analyst. Berminat?\n\nTono",
    0,
)
HEADHUNTER = mail(
    "a",
    AGENCY,
    "Data Analyst at Cakra Digital",
    "Hi Rina,\n\nOur client Cakra Digital is hiring for the Data Analyst role.\n\nTono",
    0,
)

Group = tuple[str, ...]
Table = dict[str, tuple[list[Message], list[Event], list[Group]]]

PEOPLE: Table = {
    "an answer with headers, whatever its subject and sender": (
        [
            PROPOSAL,
            mail("b", "Jo <jo@elsewhere.example>", "Money", "Hi,\n\nthe price is fine.\n\nJo", 2, answers="a-0"),
        ],
        [],
        [("a", "b")],
    ),
    "jawaban dengan tajuk In-Reply-To di utas lain": (
        [PENAWARAN, mail("b", AYU, "Soal harga", "Mbak Rina,\n\nharganya cocok.\n\nAyu", 2, answers="a-0")],
        [],
        [("a", "b")],
    ),
    "the same person about the same thing": (
        [PROPOSAL, mail("b", HELEN, "Brand refresh: two questions", "Hi Rina,\n\nwhen could you start?\n\nHelen", 2)],
        [],
        [("a", "b")],
    ),
    "orang yang sama tentang hal yang sama": (
        [PENAWARAN, mail("b", AYU, "Katering acara tahunan", "Mbak Rina,\n\nbisa tambah 20 porsi?\n\nAyu", 2)],
        [],
        [("a", "b")],
    ),
    "the same person about something else": (
        [PROPOSAL, mail("b", HELEN, "Parking permit", "Hi Rina,\n\nyour permit ran out.\n\nHelen", 2)],
        [],
        [("a",), ("b",)],
    ),
    "orang yang sama tentang hal lain": (
        [PENAWARAN, mail("b", AYU, "Undian arisan kantor", "Mbak Rina,\n\nbulan ini giliran siapa?\n\nAyu", 2)],
        [],
        [("a",), ("b",)],
    ),
    "a subject without words joins the newest matter of the person": (
        [PROPOSAL, mail("b", HELEN, "Hello", "Hi Rina,\n\ngot it.\n\nHelen", 2)],
        [],
        [("a", "b")],
    ),
    "judul tanpa kata pembeda ikut urusan orang itu": (
        [PENAWARAN, mail("b", AYU, "Halo Mbak", "Mbak Rina,\n\nsudah saya terima.\n\nAyu", 2)],
        [],
        [("a", "b")],
    ),
    "two proposals to one client that share a word": (
        [
            mail("a", ME, "Proposal: website Grey Oak", "Hi Helen,\n\nattached.\n\nRina", 0, to=HELEN),
            mail("b", ME, "Proposal: website Blue Fin", "Hi Helen,\n\nattached too.\n\nRina", 1, to=HELEN),
        ],
        [],
        [("a",), ("b",)],
    ),
    "dua penawaran untuk satu klien": (
        [PENAWARAN, mail("b", ME, "Penawaran dekorasi panggung", "Yth. Ibu Ayu,\n\nterlampir.\n\nRina", 1, to=AYU)],
        [],
        [("a",), ("b",)],
    ),
    "a colleague of theirs names the topic": (
        [PROPOSAL, mail("b", MARK, "Brand refresh", "Hi Rina,\n\nI look after this now.\n\nMark", 2)],
        [],
        [("a", "b")],
    ),
    "a colleague of theirs speaks of the person who was asked": (
        [PROPOSAL, mail("b", MARK, "Next steps", "Hi Rina,\n\nHelen passed your document on to me.\n\nMark", 2)],
        [],
        [("a", "b")],
    ),
    "rekan kerja mereka menyebut pokoknya": (
        [
            PENAWARAN,
            mail("b", "Joko <joko@bumirasa.example>", "Katering acara tahunan", "Mbak,\n\nsaya yang urus.\n\nJoko", 2),
        ],
        [],
        [("a", "b")],
    ),
    "a colleague of theirs with other business": (
        [PROPOSAL, mail("b", MARK, "Invoice address", "Hi Rina,\n\nours has changed.\n\nMark", 2)],
        [],
        [("a",), ("b",)],
    ),
    "two strangers on the same free mail provider": (
        [
            mail("a", ME, "Proposal: garden wall", "Dear Ann,\n\nattached.\n\nRina", 0, to="Ann <ann@gmail.com>"),
            mail("b", "Bob <bob@gmail.com>", "Garden wall", "Hi Rina,\n\nI need one, too.\n\nBob", 2),
        ],
        [],
        [("a",), ("b",)],
    ),
    "dua orang asing di penyedia surel gratis yang sama": (
        [
            mail("a", ME, "Penawaran pagar rumah", "Pak Andi,\n\nterlampir.\n\nRina", 0, to="Andi <andi@yahoo.co.id>"),
            mail("b", "Bayu <bayu@yahoo.co.id>", "Pagar rumah", "Mbak,\n\nsaya juga mau.\n\nBayu", 2),
        ],
        [],
        [("a",), ("b",)],
    ),
    "Gmail's dots and plus-tags are one person": (
        [
            mail("a", ME, "Proposal: garden wall", "Dear Ann,\n\nattached.\n\nRina", 0, to="Ann <ann.lee@gmail.com>"),
            mail("b", "Ann <annlee+home@gmail.com>", "Garden wall", "Hi Rina,\n\nlooks fine.\n\nAnn", 2),
        ],
        [],
        [("a", "b")],
    ),
    "the same thing five months later": (
        [PROPOSAL, mail("b", HELEN, "Brand refresh", "Hi Rina,\n\nwe begin again.\n\nHelen", 150)],
        [],
        [("a",), ("b",)],
    ),
    "a colleague of the owner's makes no link": (
        [
            mail("a", ME, "Proposal: brand refresh", "Hi Helen,\n\nattached.\n\nRina", 0, to=HELEN, cc=DEWI),
            mail("b", DEWI, "Brand refresh", "Hi Rina,\n\nhow did it go?\n\nDewi", 2),
        ],
        [],
        [("a",), ("b",)],
    ),
    "rekan kerja pemilik kotak surat tidak menautkan apa pun": (
        [
            mail("a", ME, "Laporan bulanan gudang", "Dewi,\n\nmohon kirim laporannya.\n\nRina", 0, to=DEWI),
            mail("b", DEWI, "Laporan bulanan gudang", "Mbak,\n\nini pertanyaan lain.\n\nDewi", 2),
        ],
        [],
        [("a",), ("b",)],
    ),
}

JOBS: Table = {
    "a second interview with somebody else": (
        [ROLE, mail("b", BUDI, "Second interview – Data Analyst", "Dear Rina,\n\nwe invite you.\n\nBudi", 9)],
        [],
        [("a", "b")],
    ),
    "wawancara kedua dengan orang lain": (
        [
            LAMARAN,
            mail(
                "b", BUDI, "Undangan wawancara kedua Staf Pengadaan", "Yth. Rina,\n\nkami mengundang Anda.\n\nBudi", 9
            ),
        ],
        [],
        [("a", "b")],
    ),
    "two roles at one company": (
        [
            ROLE,
            mail(
                "b",
                ME,
                "Application: Content Editor",
                "Dear Sari,\n\nI am applying for the Content Editor role.",
                1,
                to=SARI,
            ),
        ],
        [],
        [("a",), ("b",)],
    ),
    "dua posisi di satu perusahaan": (
        [
            LAMARAN,
            mail("b", ME, "Lamaran Kepala Gudang", "Yth. Ibu Sari,\n\nSaya melamar posisi Kepala Gudang.", 1, to=SARI),
        ],
        [],
        [("a",), ("b",)],
    ),
    "two applications for roles that share a name": (
        [
            ROLE,
            mail(
                "b",
                ME,
                "Application: Senior Data Analyst",
                "Dear Sari,\n\nI am applying for the Senior Data Analyst position.",
                1,
                to=SARI,
            ),
        ],
        [],
        [("a",), ("b",)],
    ),
    "an answer goes to the role that it names": (
        [
            ROLE,
            mail(
                "b",
                ME,
                "Application: Content Editor",
                "Dear Sari,\n\nI am applying for the Content Editor role.",
                1,
                to=SARI,
            ),
            mail("c", SARI, "Interview invitation – Data Analyst", "Dear Rina,\n\nwhen would it suit you?\n\nSari", 3),
        ],
        [],
        [("a", "c"), ("b",)],
    ),
    "jawaban masuk ke posisi yang disebutnya": (
        [
            LAMARAN,
            mail("b", ME, "Lamaran Kepala Gudang", "Yth. Ibu Sari,\n\nSaya melamar posisi Kepala Gudang.", 1, to=SARI),
            mail("c", BUDI, "Undangan wawancara Kepala Gudang", "Yth. Rina,\n\nkapan bisa?\n\nBudi", 3),
        ],
        [],
        [("a",), ("b", "c")],
    ),
    "a hand-over inside the company": (
        [ROLE, mail("b", BUDI, "Data Analyst: your process", "Dear Rina,\n\nI take over from Sari.\n\nBudi", 5)],
        [],
        [("a", "b")],
    ),
    "serah terima rekruter di perusahaan yang sama": (
        [
            LAMARAN,
            mail("b", BUDI, "Proses seleksi", "Yth. Rina,\n\nsaya menggantikan Sari untuk proses ini.\n\nBudi", 5),
        ],
        [],
        [("a", "b")],
    ),
    "an agency introduces its client, who writes": (
        [
            HEADHUNTER,
            mail(
                "b", SARI, "Interview invitation – Data Analyst", "Dear Rina,\n\nwe would like to meet you.\n\nSari", 4
            ),
        ],
        [],
        [("a", "b")],
    ),
    "agen memperkenalkan kliennya": (
        [
            BY_AGENCY,
            mail("b", SARI, "Undangan wawancara Data Analyst", "Yth. Rina,\n\nkami mengundang Anda.\n\nSari", 4),
        ],
        [],
        [("a", "b")],
    ),
    "a stranger's company that the agency did not name": (
        [
            HEADHUNTER,
            mail("b", AYU, "Interview invitation – Data Analyst", "Dear Rina,\n\nwe would like to meet you.\n\nAyu", 4),
        ],
        [],
        [("a",), ("b",)],
    ),
    "applicant tracking names company and role": (
        [
            ROLE,
            mail(
                "b",
                ATS,
                "Your application for Data Analyst",
                "Thank you for applying to Cakra Digital. We received your application.",
                0.1,
            ),
        ],
        [],
        [("a", "b")],
    ),
    "sistem pelamar menyebut perusahaan dan posisi": (
        [
            LAMARAN,
            mail(
                "b",
                ATS,
                "Lamaran Staf Pengadaan",
                "Terima kasih, lamaran Anda di Cakra Digital telah kami terima.",
                0.1,
            ),
        ],
        [],
        [("a", "b")],
    ),
    "applicant tracking names another company": (
        [
            ROLE,
            mail(
                "b",
                "Bumi Rasa <no-reply@greenhouse.io>",
                "Your application for Data Analyst",
                "We received your application at Bumi Rasa.",
                0.1,
            ),
        ],
        [],
        [("a",), ("b",)],
    ),
    "applicant tracking names the company only, and one application is there": (
        [ROLE, mail("b", ATS, "Your application to Cakra Digital", "We have received your application.", 0.1)],
        [],
        [("a", "b")],
    ),
    "applicant tracking names the company only, and two applications are there": (
        [
            ROLE,
            mail(
                "b",
                ME,
                "Application: Content Editor",
                "Dear Sari,\n\nI am applying for the Content Editor role.",
                1,
                to=SARI,
            ),
            mail("c", ATS, "Your application to Cakra Digital", "We have received your application.", 2),
        ],
        [],
        [("a",), ("b",), ("c",)],
    ),
    "one vendor's mailbox for two companies": (
        [
            mail(
                "a",
                "Cakra <talent@greenhouse.io>",
                "Interview – Data Analyst",
                "Dear Rina,\n\nplease pick a time.\n\nSari",
                0,
            ),
            mail(
                "b",
                "Bumi Rasa <talent@greenhouse.io>",
                "Interview – Shop Manager",
                "Dear Rina,\n\nplease pick a time.\n\nAyu",
                1,
            ),
        ],
        [],
        [("a",), ("b",)],
    ),
}

EVENTS: Table = {
    "an event with the same people about it": (
        [PROPOSAL],
        [event("e", "Brand refresh kick-off", 7, [HELEN])],
        [("a", "e")],
    ),
    "acara dengan orang yang sama tentang hal itu": (
        [PENAWARAN],
        [event("e", "Rapat katering", 7, [AYU])],
        [("a", "e")],
    ),
    "an event with the same people about something else": (
        [PROPOSAL],
        [event("e", "Padel tournament", 7, [HELEN])],
        [("a",), ("e",)],
    ),
    "acara wawancara dari rekan perekrut": (
        [LAMARAN],
        [event("e", "Wawancara Staf Pengadaan", 7, [BUDI])],
        [("a", "e")],
    ),
    "an interview for another role at the company": (
        [ROLE],
        [event("e", "Interview Content Editor", 7, [SARI])],
        [("a",), ("e",)],
    ),
    "the owner's own entry that names the topic": ([ROLE], [event("e", "Data Analyst interview", 7)], [("a", "e")]),
    "catatan kalender sendiri pada jam yang disepakati": (
        [
            LAMARAN,
            mail(
                "a",
                SARI,
                "Re: Lamaran Staf Pengadaan",
                "Yth. Rina,\n\nwawancara pada hari Senin, 8 Juni 2026 pukul 10.00 WIB.\n\nSari",
                1,
            ),
        ],
        [event("e", "Wawancara", 7)],
        [("a", "e")],
    ),
    "an interview whose guest writes from elsewhere but whose title names company and role": (
        [ROLE],
        [event("e", "Interview Data Analyst – Cakra Digital", 7, ["Budi <budi.s@gmail.com>"])],
        [("a", "e")],
    ),
    "the invitation of the mail": (
        [replace(PROPOSAL, calendar=(CalendarPart("REQUEST", "e"),))],
        [event("e", "Coffee", 7, ["Jo <jo@elsewhere.example>"])],
        [("a", "e")],
    ),
    "an event with the owner's colleague only": (
        [mail("a", ME, "Proposal: brand refresh", "Hi Helen,\n\nattached.\n\nRina", 0, to=HELEN, cc=DEWI)],
        [event("e", "Brand refresh", 7, [DEWI])],
        [("a",), ("e",)],
    ),
    "rapat internal dengan rekan sendiri": (
        [mail("a", ME, "Penawaran katering", "Bu Ayu,\n\nterlampir.\n\nRina", 0, to=AYU, cc=DEWI)],
        [event("e", "Katering", 7, [DEWI])],
        [("a",), ("e",)],
    ),
    "the occurrences of a series": (
        [PROPOSAL],
        [event("e", "Padel", 7, [MARK], id="e1"), event("e", "Padel", 14, [MARK], id="e2")],
        [("a",), ("e",)],
    ),
}

LEFT_OUT: Table = {
    "a newsletter": (
        [
            PROPOSAL,
            mail(
                "b",
                "Shop <news@shop.example>",
                "Weekly offers",
                "Buy now.",
                1,
                headers={"list-unsubscribe": "<https://x.example>", "list-id": "<news.shop.example>"},
            ),
        ],
        [],
        [("a",)],
    ),
    "buletin mingguan": (
        [
            PENAWARAN,
            mail(
                "b",
                "Toko <kabar@toko.example>",
                "Promo minggu ini",
                "Beli sekarang.",
                1,
                headers={"list-unsubscribe": "<https://x.example>", "list-id": "<kabar.toko.example>"},
            ),
        ],
        [],
        [("a",)],
    ),
    "a thread that lies in the trash": (
        [PROPOSAL, mail("b", HELEN, "Brand refresh", "Hi Rina,\n\nno.\n\nHelen", 1, labels=["TRASH"])],
        [],
        [("a",)],
    ),
    "utas yang ada di spam": (
        [PENAWARAN, mail("b", AYU, "Katering", "Mbak,\n\nboleh.\n\nAyu", 1, labels=["SPAM"])],
        [],
        [("a",)],
    ),
    "a draft of the owner's": (
        [PROPOSAL, mail("b", ME, "Brand refresh", "Hi", 1, to=HELEN, labels=["DRAFT"])],
        [],
        [("a",)],
    ),
}

ALL = {**PEOPLE, **JOBS, **EVENTS, **LEFT_OUT}


@pytest.mark.parametrize("name", ALL)
def test_threads_and_events_fall_into_matters(name: str) -> None:
    messages, events, expected = ALL[name]
    assert Scene(messages, events).groups() == {frozenset(group) for group in expected}


def test_every_link_says_what_made_it() -> None:
    for messages, events, _ in ALL.values():
        for matter in Scene(messages, events).matters():
            assert len(matter.links) >= len({c.thread for c in matter.conversations}) - 1
            assert all(link.fact.startswith("linked_by_") and link.quote for link in matter.links)


def test_the_owners_own_colleagues_are_no_people_of_a_matter() -> None:
    assert OWNER.is_colleague("dewi@rinawijaya.example")
    matter = Scene([mail("a", DEWI, "Brand refresh", "Hi", 0)]).matter_of("a")
    assert (matter.people, matter.organisations) == (set(), set())


@pytest.mark.parametrize(
    ("second", "matters"),
    [
        (event("e2", "Wawancara Staf Pengadaan", 14, [BUDI]), 1),
        (event("e2", "Wawancara Staf Pengadaan", 200, [BUDI]), 2),
        (event("e2", "Wawancara Staf Keuangan", 14, [BUDI]), 2),
        (event("e2", "Wawancara Staf Pengadaan", 14, [SARI]), 2),
    ],
)
def test_two_interviews_without_mail_are_one_matter_with_the_same_people_and_title(second: Event, matters: int) -> None:
    first = event("e1", "Wawancara Staf Pengadaan", 7, [BUDI])
    assert len(Scene([], [first, second]).matters()) == matters
