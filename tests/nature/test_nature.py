"""Who or what wrote a message: never a person's mail for a machine's, never a delay for a failure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from automatic_mails import ENGLISH as AUTOMATIC_EN
from automatic_mails import INDONESIAN as AUTOMATIC_ID
from hypothesis import given
from hypothesis import strategies as st
from mails import mail
from person_mails import ENGLISH as PEOPLE_EN
from person_mails import INDONESIAN as PEOPLE_ID

from susul.model import CalendarPart, DeliveryReport, Message, Nature
from susul.reading.nature import Natured, absence_text, nature_of

PEOPLE = {f"en: {name}": message for name, message in PEOPLE_EN.items()} | {
    f"id: {name}": one for name, one in PEOPLE_ID.items()
}
AUTOMATIC = {f"en: {name}": case for name, case in AUTOMATIC_EN.items()} | {
    f"id: {name}": one for name, one in AUTOMATIC_ID.items()
}
REPORT = mail("MAILER-DAEMON@mx.example", "Returned", "", "Content-Type: multipart/report; report-type=delivery-status")


def nature(message: Message) -> Nature:
    return nature_of(message, message.text).nature


@pytest.mark.parametrize("name", PEOPLE)
def test_a_persons_mail_is_never_taken_for_a_machines(name: str) -> None:
    assert nature_of(PEOPLE[name], PEOPLE[name].text) == Natured(Nature.PERSON, (), "nothing says otherwise")


@pytest.mark.parametrize("name", AUTOMATIC)
def test_a_machines_mail_is_seen_with_what_decided(name: str) -> None:
    expected, message = AUTOMATIC[name]
    found = nature_of(message, message.text)
    assert found.nature is expected
    assert found.why


def test_the_sets_are_large_and_both_languages_are_in_them() -> None:
    assert len(PEOPLE) >= 60
    assert len(AUTOMATIC) >= 60
    assert min(len(PEOPLE_ID), len(AUTOMATIC_ID)) >= 30


@pytest.mark.parametrize("name", [name for name, (expected, _) in AUTOMATIC.items() if expected is Nature.BOUNCE])
def test_a_bounce_names_the_address_that_it_did_not_reach(name: str) -> None:
    message = AUTOMATIC[name][1]
    assert nature_of(message, message.text).failed == ("omar@nowhere.example",)


@pytest.mark.parametrize(
    ("action", "status", "expected"),
    [
        ("failed", "5.1.1", Nature.BOUNCE),
        ("failed", "4.4.7", Nature.BOUNCE),  # given up after days of trying: RFC 3464, 2.3.3
        ("expired", "", Nature.BOUNCE),
        ("", "5.7.1", Nature.BOUNCE),
        ("delayed", "4.4.1", Nature.DELAY),
        ("", "4.4.1", Nature.DELAY),
        ("delivered", "2.0.0", Nature.AUTOMATED),
        ("relayed", "2.0.0", Nature.AUTOMATED),
    ],
)
def test_the_action_of_a_delivery_status_decides(action: str, status: str, expected: Nature) -> None:
    report = replace(REPORT, deliveries=(DeliveryReport("omar@nowhere.example", action, status),))
    assert nature(report) is expected
    failed = ("omar@nowhere.example",) if expected is Nature.BOUNCE else ()
    assert nature_of(report, "").failed == failed


def test_one_failure_among_delays_is_a_bounce_of_that_address_only() -> None:
    deliveries = (
        DeliveryReport("late@x.example", "delayed", "4.4.1"),
        DeliveryReport("gone@x.example", "failed", "5.1.1"),
    )
    assert nature_of(replace(REPORT, deliveries=deliveries), "").failed == ("gone@x.example",)


def test_a_delay_that_speaks_of_failure_stays_a_delay() -> None:
    text = "This is a warning message only. Delivery to omar@x.example failed so far and will be retried. 451 4.3.0"
    late = mail("postmaster@mx.example", "Delivery Status Notification (Delay)", text, "Return-Path: <>")
    assert nature_of(late, text) == Natured(Nature.DELAY, (), "words: delivery status notification (delay)")


@pytest.mark.parametrize("method", ["REQUEST", "REPLY", "CANCEL", "COUNTER"])
def test_an_invitation_or_an_answer_to_one_is_calendar_mail(method: str) -> None:
    invitation = replace(PEOPLE["en: empty with attachment"], calendar=(CalendarPart(method, "u@example.com"),))
    assert nature(invitation) is Nature.CALENDAR


def test_an_event_that_is_only_shown_is_a_persons_mail() -> None:
    shown = replace(
        PEOPLE["id: ok"], calendar=(CalendarPart("PUBLISH", "u@example.com"), CalendarPart("", "v@example.com"))
    )
    assert nature(shown) is Nature.PERSON


def test_a_receipt_in_an_answer_of_a_recruiter_is_a_persons_mail() -> None:
    text = "Thank you for applying! Could we talk on Friday?"
    answer = mail(
        "Sari Lim <sari@hire.lever.co>", "Re: Analyst", text, "In-Reply-To: <a@example.com>", "Feedback-ID: 1"
    )
    assert nature(answer) is Nature.PERSON


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thank you for applying. We received your application.", Nature.RECEIPT),
        ("Thank you for applying. We decided to move forward with other candidates.", Nature.AUTOMATED),
        ("Terima kasih telah melamar. Lamaran Anda telah kami terima.", Nature.RECEIPT),
        ("Terima kasih telah melamar. Kami belum dapat melanjutkan proses Anda.", Nature.AUTOMATED),
    ],
)
def test_a_refusal_that_thanks_for_the_application_is_no_receipt(text: str, expected: Nature) -> None:
    assert nature(mail("Studio Seven <no-reply@greenhouse.io>", "Your application", text)) is expected


def test_a_vendors_refusal_with_a_persons_address_is_a_persons_mail() -> None:
    text = "Thank you for applying. We decided to move forward with other candidates."
    assert (
        nature(mail("Sari <no-reply@greenhouse.io>", "Analyst", text, "Reply-To: sari@studio.example")) is Nature.PERSON
    )


def test_an_automatic_acknowledgement_is_a_receipt_and_an_absence_is_not() -> None:
    header = "Auto-Submitted: auto-replied"
    received = mail("Careers <careers@studio.example>", "Re: Analyst", "We have received your application.", header)
    away = mail("Omar <omar@studio.example>", "Re: Order", "I am on leave. Your order is with Claire.", header)
    assert nature(received) is Nature.RECEIPT
    assert nature(away) is Nature.AUTO_REPLY


def test_an_absence_note_without_a_return_path_is_no_bounce() -> None:
    text = "Omar is no longer with us, his mailbox does not exist any more."
    note = mail("Omar <omar@studio.example>", "Re: Budget", text, "Auto-Submitted: auto-replied", "Return-Path: <>")
    assert nature(note) is Nature.AUTO_REPLY


@pytest.mark.parametrize(
    ("note", "kept", "left_out"),
    [
        ("I am out of the office. I will be back on 22 June. Please call Claire.", "back on 22 June", "Claire"),
        ("Thanks for your mail.\nI'm on leave until 22 June.\nRegards", "until 22 June", "Thanks"),
        ("Terima kasih. Saya cuti dan kembali 22 Juni. Hubungi Dewi.", "kembali 22 Juni", "Dewi"),
        ("Saya sedang cuti s.d. 19 Juni 2026. Salam", "s.d. 19 Juni 2026", "Salam"),
        ("Kantor kami libur sampai dengan 19 Juni.\nHubungi 0812.", "sampai dengan 19 Juni", "0812"),
        ("Away from Fri. 12 June to Mon. 22 June.", "Fri. 12 June to Mon. 22 June", "\n"),
    ],
)
def test_the_sentences_of_an_absence_are_found(note: str, kept: str, left_out: str) -> None:
    found = absence_text(note)
    assert found is not None
    assert kept in found
    assert left_out not in found


def test_a_note_without_an_absence_has_no_such_sentence() -> None:
    assert absence_text("Thanks for the update, all good.") is None
    assert absence_text("") is None


@given(st.text(max_size=200), st.text(max_size=400), st.sampled_from(sorted(AUTOMATIC) + sorted(PEOPLE)))
def test_any_words_are_read(subject: str, text: str, name: str) -> None:
    message = AUTOMATIC[name][1] if name in AUTOMATIC else PEOPLE[name]
    changed = replace(message, subject=subject, text=text)
    assert nature_of(changed, text) == nature_of(changed, text)
    absence_text(text)


@given(st.text(max_size=300), st.text(max_size=600))
def test_mail_without_marks_of_a_machine_is_a_persons_unless_it_reads_like_a_note(subject: str, text: str) -> None:
    message = mail("Budi Santoso <budi@arunika.example>", f"Re: {subject}", text)
    assert nature(message) in {Nature.PERSON, Nature.AUTO_REPLY}


@pytest.mark.parametrize(
    "text", ["out of the office " * 60_000, "a@" * 300_000, "5.5." * 200_000, "-" * 1_000_000, "a. " * 300_000]
)
def test_hostile_text_costs_little(text: str) -> None:
    message = mail("MAILER-DAEMON@mx.example", text[:100_000], text, "Content-Type: multipart/report; " + "a=" * 50_000)
    assert nature_of(message, text).nature in set(Nature)
    absence_text(text)
