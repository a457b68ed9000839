"""What single sentences say: each fact in both languages, and what only looks like it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from said import ZONE, facts, only, said

from susul.model import Fact, Sense, Window


@pytest.mark.parametrize(
    ("text", "ends_on"),
    [
        ("We'll get back to you by the end of next week.", date(2026, 6, 12)),
        ("I will let you know on Friday.", date(2026, 6, 5)),
        ("Thank you for the interview on Monday, we will let you know by Friday.", date(2026, 6, 5)),
        ("Kami akan memberi kabar paling lambat hari Jumat.", date(2026, 6, 5)),
        ("Besok saya kabari ya Pak.", date(2026, 6, 4)),
    ],
)
def test_a_promise_carries_the_day_it_names(text: str, ends_on: date) -> None:
    promise = only(text, Fact.PROMISE)
    assert promise.sense is Sense.PLAIN
    assert promise.window is not None
    assert promise.window.ends_on == ends_on


@pytest.mark.parametrize(
    ("text", "fact", "sense"),
    [
        ("Interesting, let us look at it first.", Fact.PROMISE, Sense.HOLDING),
        ("Masih kami proses ya, Kak.", Fact.PROMISE, Sense.HOLDING),
        ("The budget round is taking longer than we had planned.", Fact.PROMISE, Sense.SLOW),
        ("Mohon maaf, prosesnya agak molor karena libur panjang.", Fact.PROMISE, Sense.SLOW),
        ("Please check back with me on Thursday 16 July.", Fact.CHECK_BACK, Sense.ON),
        ("Silakan hubungi kami lagi hari Senin.", Fact.CHECK_BACK, Sense.ON),
        ("If you don't hear from me by Thursday, please follow up.", Fact.CHECK_BACK, Sense.AFTER),
        ("Kalau sampai hari Senin belum ada kabar, silakan hubungi kami lagi.", Fact.CHECK_BACK, Sense.AFTER),
        ("We will contact you only if shortlisted.", Fact.HOLD_OFF, Sense.WE_CONTACT),
        ("Hanya kandidat terpilih yang akan kami hubungi.", Fact.HOLD_OFF, Sense.WE_CONTACT),
        ("Please do not follow up.", Fact.HOLD_OFF, Sense.NO_FOLLOW_UP),
        ("Tidak perlu menghubungi kami.", Fact.HOLD_OFF, Sense.NO_FOLLOW_UP),
        ("If you hear nothing within 14 days, consider it a no.", Fact.HOLD_OFF, Sense.SILENCE_IS_NO),
        ("Jika dalam 14 hari tidak ada kabar, berarti Anda belum terpilih.", Fact.HOLD_OFF, Sense.SILENCE_IS_NO),
        ("We were really impressed by your portfolio.", Fact.INTEREST, Sense.PLAIN),
        ("Kami tertarik dengan penawaran Bapak.", Fact.INTEREST, Sense.PLAIN),
        ("Please do keep in touch.", Fact.INTEREST, Sense.KEEP_IN_TOUCH),
        ("Semoga kita tetap bisa saling kontak ya.", Fact.INTEREST, Sense.KEEP_IN_TOUCH),
        ("We have decided to move forward with other candidates.", Fact.REJECTION, Sense.PLAIN),
        ("Lamaran Anda belum dapat kami lanjutkan.", Fact.REJECTION, Sense.PLAIN),
        ("We've gone with another vendor.", Fact.REJECTION, Sense.PLAIN),
        ("Kami memutuskan memakai vendor lain.", Fact.REJECTION, Sense.PLAIN),
        ("There is a hiring freeze until further notice.", Fact.ON_HOLD, Sense.PLAIN),
        ("Proyeknya ditunda dulu sampai tahun depan.", Fact.ON_HOLD, Sense.PLAIN),
        ("We are delighted to offer you the position.", Fact.OFFER, Sense.PLAIN),
        ("Selamat, Anda diterima bekerja di perusahaan kami!", Fact.OFFER, Sense.PLAIN),
        ("Your proposal has been approved by the board.", Fact.OFFER, Sense.ACCEPTED),
        ("Kami setuju dengan penawarannya, silakan dimulai.", Fact.OFFER, Sense.ACCEPTED),
        ("Would Tuesday 9 June at 10:00 suit you?", Fact.SCHEDULE, Sense.PROPOSED),
        ("Apakah Bapak bisa bertemu besok jam 2 siang?", Fact.SCHEDULE, Sense.PROPOSED),
        ("Wednesday at 14:00 it is.", Fact.SCHEDULE, Sense.FIXED),
        ("Baik Pak, sampai bertemu hari Selasa.", Fact.SCHEDULE, Sense.FIXED),
        ("Unfortunately we must move your interview to Thursday.", Fact.SCHEDULE, Sense.MOVED),
        ("Mohon maaf, wawancara Anda kami undur ke hari Kamis.", Fact.SCHEDULE, Sense.MOVED),
        ("I have to cancel our meeting tomorrow.", Fact.SCHEDULE, Sense.CANCELLED),
        ("Rapat hari Rabu dibatalkan.", Fact.SCHEDULE, Sense.CANCELLED),
        ("Sorry I missed our call this morning.", Fact.SCHEDULE, Sense.NO_SHOW),
        ("Maaf ya tadi pagi saya lupa join zoomnya.", Fact.SCHEDULE, Sense.NO_SHOW),
        ("When do you expect to decide?", Fact.QUESTION, Sense.PLAIN),
        ("Saya ingin menanyakan kelanjutan proposal kami.", Fact.QUESTION, Sense.PLAIN),
        ("Could you please send me the final product photos?", Fact.REQUEST, Sense.PLAIN),
        ("Boleh minta tolong kirimkan berkas logonya?", Fact.REQUEST, Sense.PLAIN),
        ("Please find attached our proposal for the ordering app.", Fact.PROPOSAL, Sense.PLAIN),
        ("Terlampir surat penawaran untuk desain kemasan.", Fact.PROPOSAL, Sense.PLAIN),
        ("I would like to apply for the position of Marketing Analyst.", Fact.APPLICATION, Sense.PLAIN),
        ("Saya ingin melamar posisi UX Researcher.", Fact.APPLICATION, Sense.PLAIN),
        ("Thank you for your time yesterday.", Fact.THANKS, Sense.PLAIN),
        ("Terima kasih atas waktunya kemarin, Bu.", Fact.THANKS, Sense.PLAIN),
        ("Noted, thanks!", Fact.CLOSING, Sense.PLAIN),
        ("Baik, terima kasih infonya.", Fact.CLOSING, Sense.PLAIN),
        ("You're welcome!", Fact.CLOSING, Sense.COURTESY),
        ("Terima kasih kembali.", Fact.CLOSING, Sense.COURTESY),
        ("I would like to withdraw my application.", Fact.WITHDRAWAL, Sense.PLAIN),
        ("Saya mengundurkan diri dari proses seleksi.", Fact.WITHDRAWAL, Sense.PLAIN),
    ],
)
def test_every_fact_is_heard_in_both_languages(text: str, fact: Fact, sense: Sense) -> None:
    outgoing = fact in (Fact.PROPOSAL, Fact.APPLICATION, Fact.THANKS, Fact.WITHDRAWAL)
    assert only(text, fact, outgoing=outgoing).sense is sense


@pytest.mark.parametrize(
    "text",
    [
        "If you are not selected, we will delete your data after six months.",
        "We have not rejected your application.",
        "Unfortunately we must move your interview to Thursday.",
        "There is a hiring freeze, so we cannot fill the position before autumn.",
        "Kalau belum cocok, warnanya bisa ditukar.",
        "Apabila Anda tidak terpilih, data Anda akan kami hapus.",
        "Kami tidak menolak lamaran Bapak.",
        "Mohon maaf, wawancara Anda terpaksa kami undur ke hari Kamis.",
    ],
)
def test_what_is_negated_supposed_or_put_off_is_no_rejection(text: str) -> None:
    assert "rejection" not in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Don't hesitate to contact me if you have any questions.",
        "Jika ada pertanyaan, silakan hubungi kami.",
        "How are you?",
        "Apa kabar? Semoga sehat selalu.",
        "Why do customers leave? Because nobody listens.",
        "Thank you for applying to Norwood Freight.",
        "Lamaran Anda telah kami terima.",
        "Please do not reply to this e-mail.",
        "Mohon tidak membalas email ini.",
    ],
)
def test_boilerplate_says_nothing(text: str) -> None:
    assert facts(text) == set()


def test_a_rejection_made_of_hints_needs_more_than_one() -> None:
    hint = "The calibre of applicants was exceptionally high."
    assert facts(hint) == set()
    assert "rejection" in facts(f"{hint} We wish you every success in your career.")


def test_an_invitation_takes_its_time_from_the_table_below_it() -> None:
    text = (
        "Kami mengundang Ibu untuk wawancara pada:\n\n"
        "Hari/tanggal : Selasa, 9 Juni 2026\n"
        "Pukul        : 14.00 - 15.00 WIB\n"
        "Tempat       : Kantor PT Sinar Pangan, Jl. Melati 8, Jakarta\n"
    )
    invitation = only(text, Fact.SCHEDULE)
    assert invitation.starts_at == datetime(2026, 6, 9, 14, 0, tzinfo=ZONE)
    assert invitation.ends_at == datetime(2026, 6, 9, 15, 0, tzinfo=ZONE)


def test_a_wrapped_sentence_is_one_sentence() -> None:
    text = "We would like to invite you to an interview about the analyst role\non Tuesday 9 June, 09:00 to 10:00."
    assert only(text, Fact.SCHEDULE).starts_at == datetime(2026, 6, 9, 9, 0, tzinfo=ZONE)


def test_doubled_spaces_do_not_move_the_dates() -> None:
    text = "As  I   said,  we   will   let you   know   by   Friday   12   June."
    assert only(text, Fact.PROMISE).window == Window(None, date(2026, 6, 12))


def test_a_request_keeps_its_deadline_and_not_the_day_of_the_meeting() -> None:
    text = "Could you please send me the final product photos by Tuesday 16 June?"
    request = only(text, Fact.REQUEST, outgoing=True)
    assert request.window == Window(None, date(2026, 6, 16))
    assert request.quote == text
    meeting = only("Please send me the slides for the meeting on Tuesday.", Fact.REQUEST, outgoing=True)
    assert meeting.window is None


def test_a_contact_without_a_day_is_no_promise() -> None:
    assert facts("We will be in touch as soon as there is news.") == {"hold_off"}
    assert facts("Nanti kami kabari lagi ya kak.") == {"hold_off"}


def test_courtesy_counts_only_where_nothing_else_is_said() -> None:
    assert "closing" not in facts("You're welcome! We will decide by Friday.")


def test_quotes_are_short_and_in_the_writers_own_spelling() -> None:
    text = "Well, " + "and so on and so forth, " * 20 + "We'll Let You Know by FRIDAY."
    promise = only(text, Fact.PROMISE)
    assert "We'll Let You Know by FRIDAY" in promise.quote
    assert len(promise.quote) <= 200


def test_the_phrase_that_fired_is_named() -> None:
    assert only("Kami kabari paling lambat hari Jumat.", Fact.PROMISE).phrase == "id/promise/tell"


@pytest.mark.parametrize("name", ["proposal-brand.pdf", "Penawaran Kemasan.pdf", "quotation_12.xlsx", "RAB dapur.pdf"])
def test_the_owners_attachments_tell_of_a_proposal(name: str) -> None:
    (signal,) = said("As discussed.", outgoing=True, attachments=(name,))
    assert (signal.fact, signal.quote) == (Fact.PROPOSAL, name)
    assert said("As discussed.", outgoing=False, attachments=(name,)) == ()


def test_a_cv_is_an_application_only_below_a_subject_that_says_so() -> None:
    files = ("CV-Rina-Wijaya.pdf",)
    (signal,) = said("See below.", outgoing=True, subject="Lamaran kerja - Staf Keuangan", attachments=files)
    assert signal.fact is Fact.APPLICATION
    assert said("See below.", outgoing=True, subject="Holiday photos", attachments=files) == ()


def test_both_languages_are_heard_in_one_mail() -> None:
    assert facts("Noted, kami review dulu proposalnya. Nanti kami update by Friday ya.") >= {"promise"}


@pytest.mark.parametrize(
    "text",
    [
        "The final text must be at the printer's on Friday 19 June. Could you send me your corrections?",
        "Naskah final harus masuk percetakan Jumat 19 Juni. Saya menunggu koreksi bab 5 dari Ibu.",
    ],
)
def test_a_deadline_stated_for_both_sides_is_the_requests(text: str) -> None:
    window = only(text, Fact.REQUEST, outgoing=True).window
    assert window is not None
    assert window.ends_on == date(2026, 6, 19)


def test_the_day_of_another_promise_is_no_deadline_of_a_request() -> None:
    text = "We'll send you the contract by Friday. Could you send me the logo?"
    assert only(text, Fact.REQUEST, outgoing=True).window is None


def test_a_call_in_passing_beside_an_appointment_holds_nothing_off() -> None:
    found = facts("Interview-nya Jumat jam 09.30 bisa ya? Nanti aku telepon via WA aja.")
    assert found == {"schedule", "question"}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("My quote for the six beer mats is £1,450 all in.", Fact.PROPOSAL),
        ("We can do the brew room for £4,200 plus VAT.", Fact.PROPOSAL),
        ("RAB kanopinya total Rp18.450.000 sudah termasuk pasang.", Fact.PROPOSAL),
        ("My CV for Plant Buyer is attached.", Fact.APPLICATION),
        ("Saya bisa hadir, Bu.", Fact.SCHEDULE),
    ],
)
def test_the_owner_is_understood_without_set_phrases(text: str, fact: Fact) -> None:
    only(text, fact, outgoing=True)


@pytest.mark.parametrize(
    "text",
    [
        "Who doesn't love a parade?",
        "Saya bisa datang ke galeri.",
        "I won't be joining the call, so just dial in directly.",
        "Aku nggak ikut di call-nya ya Kak.",
        "The board doesn't meet over the summer.",
    ],
)
def test_what_only_sounds_like_a_signal_is_none(text: str) -> None:
    assert facts(text) == set()


def test_a_line_with_a_day_and_hours_invites_where_a_next_round_is_spoken_of() -> None:
    text = "The next round is with our Head of Platform:\n\nTuesday 9 June, 10:30 - 11:15 (video)"
    assert only(text, Fact.SCHEDULE).starts_at == datetime(2026, 6, 9, 10, 30, tzinfo=ZONE)
    assert facts("Tuesday 9 June, 10:30 - 11:15 (video)") == set()


def test_a_fact_said_many_times_is_not_searched_for_for_ever() -> None:
    text = "\n\n".join(f"Could you send me file {number}?" for number in range(40))
    assert 6 <= len(said(text, outgoing=True)) < 40


def test_of_a_very_long_text_beginning_and_end_are_read() -> None:
    filler = "\n\n".join(f"Paragraph {number} tells of harbours and boats." for number in range(4000))
    text = f"We'll let you know by Friday.\n\n{filler}\n\nCould you send me the logo?"
    assert {signal.fact for signal in said(text)} == {Fact.PROMISE, Fact.REQUEST}
