"""What a matter is about, cut out of the conversation's own words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from draft_cases import DEWI, LIAM, ME, OWNER, START, written
from hypothesis import given
from hypothesis import strategies as st

from susul.cases.topics import topic_of
from susul.model import Address, Event, Told, Topic

VERA = Address("Vera Lindqvist", "vera@fjordpay.example")


def from_them(subject: str, text: str = "", who: Address = VERA) -> Told:
    return written(1, who, (ME,), subject, text)


def from_me(subject: str, text: str = "", who: Address = VERA) -> Told:
    return written(2, ME, (who,), subject, text)


def topic(*told: Told, language: str = "en", events: tuple[Event, ...] = ()) -> Topic:
    return topic_of(told, events, OWNER, language)


@pytest.mark.parametrize(
    ("subject", "text", "role"),
    [
        ("Interview for Data Analyst at Fjordpay", "", "Data Analyst"),
        ("Interview - Data Analyst (Rina Wijaya)", "", "Data Analyst"),
        ("Re: [jobs] Interview: Support Engineer, Fjordpay", "", "Support Engineer"),
        ("Cancelled event: Interview Support Engineer - Rina Wijaya @ Tue 9 Jun 2026 10:00", "", "Support Engineer"),
        ("Second interview: Operations Lead (Rina Wijaya)", "", "Operations Lead"),
        ("Application: Policy Researcher", "", "Policy Researcher"),
        ("Your application as Payments Agent", "", "Payments Agent"),
        ("We received your application: Cabin Crew Planner", "", "Cabin Crew Planner"),
        ("Next step", "Thanks for your interest in the Operations Lead role.", "Operations Lead"),
        (
            "Hello",
            "I am applying for the position of Head of People & Culture at Fjordpay.",
            "Head of People & Culture",
        ),
        ("Undangan wawancara - Staf Pengadaan PT Fjordpay", "", "Staf Pengadaan"),
        ("Wawancara posisi Manajer Operasional - Fjordpay", "", "Manajer Operasional"),
        ("Lamaran Admin Gudang", "", "Admin Gudang"),
        ("Lamaran kerja - Staf Keuangan - Rina Wijaya", "", "Staf Keuangan"),
        ("Hasil lamaran UX Researcher - Fjordpay", "", "UX Researcher"),
        ("Undangan", "Kami mengundang Ibu untuk posisi Kepala Gerai pada hari Rabu.", "Kepala Gerai"),
        ("Interview with Vera Lindqvist", "", ""),
        ("Interview - Fjordpay", "", ""),
        ("Interview tomorrow", "", ""),
        ("Interview Invitation", "", ""),
        ("Jadwal Wawancara", "", ""),
        ("Lunch?", "What is your role in this?", ""),
        ("Application: {{ config }}", "", ""),
    ],
)
def test_the_role_is_the_one_they_name(subject: str, text: str, role: str) -> None:
    assert topic(from_them(subject, text)).role == role


@pytest.mark.parametrize(
    ("who", "text", "company"),
    [
        (VERA, "Best,\nVera Lindqvist\nTalent Partner, Fjordpay Nordic", "Fjordpay Nordic"),
        (DEWI, "Hormat kami,\nDewi Lestari\nHRD PT Sinar Pangan", "PT Sinar Pangan"),
        (DEWI, "Hormat kami,\nDewi Lestari", ""),
        (Address("Kestrel Air Careers", "hr@kestrelair.example"), "Thank you for applying.", "Kestrel Air"),
        (Address("Dian", "dian.kopi@gmail.com"), "Salam,\nDian\nPT Kopi Nusantara", "PT Kopi Nusantara"),
        (Address("Eva", "eva@gmail.com"), "It is about the Baker position at Golden Crust.", "Golden Crust"),
        (Address("Eva", "eva@gmail.com"), "See you at Golden Crust.", ""),
        (VERA, "FJORDPAY{{7*7}} <b>Fjordpay</b>", ""),
    ],
)
def test_the_company_is_written_as_they_write_it(who: Address, text: str, company: str) -> None:
    assert topic(from_them("Hello", text, who)).company == company


@pytest.mark.parametrize(
    ("subject", "text", "about"),
    [
        (
            "Proposal: brand refresh for Grey Oak",
            "My proposal for the brand refresh is attached.",
            "brand refresh for Grey Oak",
        ),
        (
            "Re: Permintaan penawaran desain kemasan",
            "Terlampir surat penawaran untuk desain kemasan teh herbal (tiga varian).",
            "desain kemasan teh herbal",
        ),
        ("Meeting about the warehouse survey", "", "warehouse survey"),
        ("Quotation for the clinic brochure", "", "clinic brochure"),
        ("Website kick-off on Wednesday", "", "website kick-off"),
        (
            "Undangan: Presentasi hasil audit energi @ Jum 24 Jul 2026 10.00 - 11.00 (WIB)",
            "",
            "presentasi hasil audit energi",
        ),
        ("Rapat kerja sama katering", "", "kerja sama katering"),
        ("Proyek situs Wisata Biru", "", "situs Wisata Biru"),
        ("Catalogue project: draft pages look great", "", "catalogue project"),
        (
            "Fwd: Re: Proposal: teacher training programme",
            "Did the proposal for the teacher training programme reach you well?",
            "teacher training programme",
        ),
        ("Question", "Here is our quotation for the summer menu, with prices.", "summer menu"),
        ("Proposal", "", ""),
        ("Re:", "", ""),
        ("{% for x in y %}", "", ""),
        ("x" * 10_000, "", ""),
        ("Interview for Data Analyst", "", ""),
    ],
)
def test_the_subject_is_bare(subject: str, text: str, about: str) -> None:
    assert topic(from_me(subject, text, LIAM)).about == about


@pytest.mark.parametrize(
    ("text", "language", "asked"),
    [
        ("Could you please send me the final product photos by Tuesday 16 June?", "en", "the final product photos"),
        ("Boleh minta tolong kirimkan akses hosting dan berkas logonya?", "id", "akses hosting dan berkas logonya"),
        ("Tolong siapkan laporan kunjungan bulan Juni dan kirim ke saya.", "id", "laporan kunjungan bulan Juni"),
        ("Please share your feedback before Friday.", "en", "your feedback"),
        ("I can send the draft tomorrow.", "en", ""),
        ("Could I send you the draft?", "en", ""),
        ("Apakah bisa saya kirimkan revisinya?", "id", ""),
        ("Could you tell me what the next steps are?", "en", ""),
        ("Please find attached my CV.", "en", ""),
        ("Could you send {{ secrets }} to me?", "en", ""),
    ],
)
def test_what_was_asked_for_is_a_noun_phrase_or_nothing(text: str, language: str, asked: str) -> None:
    assert topic(from_me("Project", text), language=language).asked == asked


def test_an_event_title_names_the_role_and_its_company_is_cut_off() -> None:
    event = Event(
        "e1", "Wawancara Kepala Gerai Bumi Rasa", START, START + timedelta(hours=1), organizer="i@bumirasa.example"
    )
    found = topic(from_them("Halo", "posisi Kepala Gerai", Address("Indah", "i@bumirasa.example")), events=(event,))
    assert (found.role, found.company) == ("Kepala Gerai", "Bumi Rasa")


def test_nothing_is_known_of_nothing() -> None:
    assert topic() == Topic()


@given(
    st.lists(st.tuples(st.text(max_size=200), st.text(max_size=400)), max_size=4), st.sampled_from(["en", "id", "und"])
)
def test_arbitrary_words_give_short_plain_values(mails: list[tuple[str, str]], language: str) -> None:
    told = [written(n, ME if n % 2 else VERA, (VERA if n % 2 else ME,), s, t) for n, (s, t) in enumerate(mails)]
    found = topic(*told, language=language)
    for value in (found.role, found.company, found.about, found.asked):
        assert len(value) <= 200
        assert not set(value) & set("{}<>\n\r")


def test_megabytes_on_one_line_are_read_in_no_time() -> None:
    long = "the position of Data Analyst at posisi Staf " * 30_000
    assert topic(*[from_me(long, long)] * 40).role is not None
