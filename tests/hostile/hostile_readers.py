"""The ways into reading that strangers reach, each as one call; and how long a call takes a megabyte."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from time import process_time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from susul.days import BusinessDays
from susul.model import Address, Message
from susul.owner import Owner
from susul.reading import read
from susul.reading.calendar_part import calendar_part
from susul.reading.dates import mentions
from susul.reading.delivery_report import delivery_reports
from susul.reading.language import language_of
from susul.reading.mime import from_rfc5322
from susul.reading.signals import signals_in

if TYPE_CHECKING:
    from collections.abc import Callable

JAKARTA = ZoneInfo("Asia/Jakarta")
OWNER = Owner(("rina@rinawijaya.example",), name="Rina Wijaya", zone=JAKARTA, days=BusinessDays("ID"))
SENT_AT = datetime(2026, 6, 10, 3, 0, tzinfo=UTC)  # a Wednesday
MAIL = Message(
    id="m",
    thread_id="t",
    message_id="<m@mosaic.example>",
    sent_at=SENT_AT,
    sender=Address("Helen Park", "helen@mosaic.example"),
    to=(Address("Rina Wijaya", "rina@rinawijaya.example"),),
    subject="Re: Second module",
    in_reply_to="<l@rinawijaya.example>",
)
# The same words are read otherwise when a program, the owner or a mail system sent them.
BOUNCED = replace(MAIL, sender=Address("Mail Delivery System", "mailer-daemon@mosaic.example"), in_reply_to="")
AWAY = replace(MAIL, headers={"auto-submitted": "auto-replied"})
OWN = replace(MAIL, sender=Address("Rina Wijaya", OWNER.addresses[0]), labels=frozenset({"SENT"}))


def read_mail(raw: bytes) -> None:
    """The bytes of a whole mail, as ``scan --mbox`` and ``read`` take them."""
    read(from_rfc5322(raw, id="", thread_id="", labels=frozenset()), OWNER)


def read_text(text: str) -> None:
    """The plain text of a person's mail."""
    read(replace(MAIL, text=text), OWNER)


def read_bounce(text: str) -> None:
    """The same from a mail system, which may report that mail came back."""
    read(replace(BOUNCED, text=text, subject=text[:300]), OWNER)


def read_absence(text: str) -> None:
    """The same as an automatic answer, which may name the day of the return."""
    read(replace(AWAY, text=text, subject=text[:300]), OWNER)


def read_own(text: str) -> None:
    """The same from the owner, whose own requests and promises count."""
    read(replace(OWN, text=text, subject=text[:300], attachments=(text[:300],)), OWNER)


def read_html(html: str) -> None:
    """The HTML of a person's mail that has no plain text."""
    read(replace(MAIL, html=html), OWNER)


def read_days_and_signals(text: str) -> None:
    """All of a text, where reading looks at its first 20,000 characters only."""
    _days_and_signals(text, outgoing=False)


def read_own_days_and_signals(text: str) -> None:
    """The same, written by the owner."""
    _days_and_signals(text, outgoing=True)


def _days_and_signals(text: str, *, outgoing: bool) -> None:
    signals_in(
        text,
        mentions(text, SENT_AT, JAKARTA, OWNER.days, preferred=language_of([text])),
        language="und",
        outgoing=outgoing,
        subject=text[:300],
        attachments=(),
        written_on=SENT_AT.date(),
    )


def read_calendar(content: bytes) -> None:
    """A text/calendar part."""
    calendar_part(content)


def read_delivery(content: bytes) -> None:
    """A message/delivery-status part."""
    delivery_reports(content)


READERS: dict[str, Callable[[Any], None]] = {
    "mail": read_mail,
    "text": read_text,
    "bounce": read_bounce,
    "absence": read_absence,
    "own": read_own,
    "html": read_html,
    "signals": read_days_and_signals,
    "own signals": read_own_days_and_signals,
    "calendar": read_calendar,
    "delivery": read_delivery,
}


def warm_up() -> None:
    """What is loaded and compiled once in a process is no part of any one mail."""
    sample = "Thank you. We will let you know by Friday, 12 June 2026.\nTerima kasih, kami kabari hari Jumat.\n"
    for name in ("text", "bounce", "absence", "own", "signals", "own signals"):
        READERS[name](sample)
    read_html(f"<p>{sample}</p><blockquote type=cite>x</blockquote>")
    read_calendar(
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260610T030000Z\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )


def seconds_for(reader: str, content: bytes | str) -> float:
    """The time of the processor that one call takes: on a busy machine it is still what the call costs."""
    begun = process_time()
    READERS[reader](content)
    return process_time() - begun
