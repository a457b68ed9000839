"""Delivery reports: what came back, what is late, and what only reports that mail arrived or was complained about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from susul.model import DeliveryReport, Message, Nature
from susul.reading.nature_words import first_of, folded, nature_words

if TYPE_CHECKING:
    from collections.abc import Iterator

# Local parts under which mail systems report (RFC 5321, 4.5.1; RFC 2142, 5), as they spell them.
DAEMONS = frozenset((
    "mailer-daemon", "mailerdaemon", "mailer_daemon", "mail-daemon", "mdaemon", "postmaster", "post_master",
    "mail.delivery.system", "mail-delivery-system", "maildelivery", "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e",
))  # fmt: skip
FAILED = frozenset({"failed", "expired", "undeliverable", "rejected"})
LATE = frozenset({"delayed", "deferred"})
LOOKED_AT = 3000  # characters of a report's text
MOST_RECIPIENTS = 100

_ADDRESS = re.compile(r"[\w.+=%/'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
# Where the returned mail begins, in the words of the common mail systems.
_RETURNED = re.compile(
    r"^(?:-{2,}.{0,80}(?:copy|original|returned|unsent|below this line|message).{0,80}|return-path:.*|received: .*"
    r"|(?:original )?message (?:headers )?follows?.*|message headers follow.*|below is a copy.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_ANSWER = re.compile(r"(?<![\d.])5\d\d[ -]|(?<![\d.])5\.\d{1,3}\.\d{1,3}(?![\d.])")

# Amazon SES reports to its customers in JSON, escaped where it is wrapped once more.
_NOTIFIED = re.compile(r'"notificationtype\\?"\s?:\s?\\?"bounce')

_Reported = tuple[Nature, tuple[str, ...], str]


def delivery_report(message: Message) -> _Reported | None:
    """The nature of a delivery report, the addresses it did not reach, and what decided; None for other mail."""
    kind = report_type(message)
    if kind and kind not in {"delivery-status", "delivery-report", "global-delivery-status"}:
        return Nature.AUTOMATED, (), f"Content-Type: multipart/report; report-type={kind}"
    if message.deliveries:
        return _by_status(message)
    return _by_words(message)


def report_type(message: Message) -> str:
    """The report-type of a multipart/report (RFC 6522): delivery-status, feedback-report, disposition-notification …"""
    declared = message.headers.get("content-type", "").lower()
    if "multipart/report" not in (message.content_type, declared.partition(";")[0].strip()):
        return ""
    found = re.search(r"report-type\s{0,3}=\s{0,3}\"?([\w-]{1,60})", declared)
    return found.group(1) if found else "delivery-status"


def is_daemon(message: Message) -> bool:
    """Whether a mail system wrote it: by its address, or because its answers go nowhere (Return-Path ``<>``)."""
    local = message.sender.email.partition("@")[0]
    return local in DAEMONS or message.sender.name.lower().startswith(("mail delivery", "mailer-daemon", "mail daemon"))


def _by_status(message: Message) -> _Reported | None:
    """RFC 3464, 2.3.3: the action tells. Only where a report names none, the class of its status does."""
    failed = tuple(dict.fromkeys(one.recipient for one in message.deliveries if _failed(one)))
    action = next((one.action or one.status for one in message.deliveries if _failed(one)), "")
    if action:
        known = tuple(address for address in failed if address)
        return Nature.BOUNCE, known or _recipients(message), f"Action: {action}"
    late = next((one for one in message.deliveries if one.action in LATE or one.status.startswith("4")), None)
    if late:
        return Nature.DELAY, (), f"Action: {late.action or late.status}"
    action = next((one.action for one in message.deliveries if one.action), "")
    return Nature.AUTOMATED, (), f"Action: {action or 'none'}"


def _failed(one: DeliveryReport) -> bool:
    return one.action in FAILED or (not one.action and one.status.startswith("5"))


def _by_words(message: Message) -> _Reported | None:
    """Reports older than RFC 3464, and those of systems that never heard of it."""
    words = nature_words()
    subject = folded(message.subject, 300)
    text = folded(message.text or message.html, LOOKED_AT)
    reported = (
        next((start for start in words.report_subjects if subject.startswith(start)), "") if _unsigned(message) else ""
    )
    reported = reported or first_of(words.report_texts, text[:200])
    if reported:
        return Nature.AUTOMATED, (), f"words: {reported}"
    if not _may_report(message):
        return None
    late = first_of(words.delay_subjects, subject) or first_of(words.delay_texts, text)
    header = message.headers.get("x-failed-recipients", "")
    if late and not header:
        return Nature.DELAY, (), f"words: {late}"
    failed = (header and "X-Failed-Recipients") or _words_of_failure(message, subject, text)
    return (Nature.BOUNCE, _recipients(message), failed) if failed else None


def _unsigned(message: Message) -> bool:
    """Whether no person's address sent it: a report's subject alone would be too little."""
    local = message.sender.email.partition("@")[0]
    return is_daemon(message) or local in {
        "",
        "staff",
        "abuse",
        "feedback",
        "feedbackloop",
        "noreply",
        "no-reply",
        "fbl",
    }


def _may_report(message: Message) -> bool:
    """Whether anything but words says that a mail system may have written it."""
    return (
        is_daemon(message)
        or _goes_nowhere(message)
        or report_type(message) != ""
        or "x-failed-recipients" in message.headers
        or not message.sender.email
        or message.sender.email.startswith(("no-reply@", "noreply@"))
    )


def _goes_nowhere(message: Message) -> bool:
    path = message.headers.get("return-path")
    return path is not None and path.strip().lower() in {"<>", "<mailer-daemon>", "mailer-daemon"}


def _words_of_failure(message: Message, subject: str, text: str) -> str:
    """One mark is enough from a mail system; from any other sender the text must fail twice, or the subject too.

    An empty Return-Path makes no mail system: absence notes have it as well (RFC 3834, 3.3).
    """
    words = nature_words()
    by_subject = first_of(words.bounce_subjects, subject)
    by_text = [phrase for phrase in words.bounce_texts if phrase in text]
    if is_daemon(message) or report_type(message) or not message.sender.email:
        if by_subject or by_text:
            return f"words: {by_subject or by_text[0]}"
        return "words: the answer of a mail server" if is_daemon(message) and _ANSWER.search(text) else ""
    if _NOTIFIED.search(text):
        return "words: notificationType Bounce"
    twice = any(other not in by_text[0] and by_text[0] not in other for other in by_text)
    return f"words: {by_text[0]}" if by_text and (by_subject or twice) else ""


def _recipients(message: Message) -> tuple[str, ...]:
    """The addresses that a report without structure names, never those it was sent to."""
    header = message.headers.get("x-failed-recipients", "")
    own = {address.email for address in message.to} | {
        message.sender.email,
        message.headers.get("delivered-to", "").lower(),
    }
    source = header or _above_returned(message.text or message.html)
    found = dict.fromkeys(address for address in _addresses(source) if address not in own)
    return tuple(found)[:MOST_RECIPIENTS]


def _above_returned(text: str) -> str:
    head = text[: LOOKED_AT * 2]
    returned = _RETURNED.search(head, 20) if head else None
    return head[: returned.start()] if returned else head


def _addresses(text: str) -> Iterator[str]:
    for found in _ADDRESS.finditer(text):
        local = found.group().partition("@")[0].lower()
        if local not in DAEMONS:
            yield found.group().lower().strip("'.")
