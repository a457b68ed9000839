"""A mail as a source delivers it to a ``Message``: RFC 5322 bytes or a Gmail resource, by the same walk over its parts.

Nothing here raises on bad input; what can't be read is left empty, and a body that can't be had says so
(``readable``). Times are aware and in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz
from typing import TYPE_CHECKING, Any

from susul.addresses import parse_addresses
from susul.model import Address, CalendarPart, DeliveryReport, Message
from susul.reading.body_text import text_of_part
from susul.reading.calendar_part import CALENDAR_TYPES, calendar_part
from susul.reading.delivery_report import delivery_reports
from susul.reading.parts import Part, parts_of_bytes, parts_of_payload

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from susul.reading.header_fields import Fields

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

KEPT_HEADERS = (
    "auto-submitted",
    "content-language",
    "content-type",
    "delivered-to",
    "feedback-id",
    "list-id",
    "list-post",
    "list-unsubscribe",
    "precedence",
    "return-path",
    "sender",
    "x-auto-reply",
    "x-auto-response-suppress",
    "x-autoreply",
    "x-autorespond",
    "x-failed-recipients",
    "x-mailer",
)

# Gmail's own label ids (API guide, "Manage labels"); every other id belongs to a label of the owner's.
SYSTEM_LABELS = frozenset(
    {
        "INBOX",
        "SENT",
        "DRAFT",
        "SPAM",
        "TRASH",
        "CHAT",
        "UNREAD",
        "STARRED",
        "IMPORTANT",
        "CATEGORY_PERSONAL",
        "CATEGORY_SOCIAL",
        "CATEGORY_PROMOTIONS",
        "CATEGORY_UPDATES",
        "CATEGORY_FORUMS",
    }
)

_BODY_TYPES = ("text/plain", "text/html")
_SEALED_TYPES = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
_SEALED_NAMES = ("smime.p7m",)
_SEALED_TEXT = ("-----BEGIN PGP MESSAGE-----",)
_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
_MOST_CALENDARS = 20  # parts; an invitation has one or two, alike, and more than these stay unread
_LONGEST_DATE = 200
_LONGEST_NAME = 200


def from_rfc5322(
    raw: bytes,
    *,
    id: str,  # noqa: A002 - named as the field of Message that it fills
    thread_id: str,
    labels: frozenset[str],
    received_at: datetime | None = None,
) -> Message:
    """The message in ``raw``, any bytes at all. ``received_at`` (aware) is when the mailbox took it, if known."""
    return _message(parts_of_bytes(raw), (id, thread_id), labels, received_at)


def from_gmail(resource: Mapping[str, Any], label_names: Mapping[str, str]) -> Message:
    """The message in a ``users.messages`` resource, format=full (Gmail API v1; ``internalDate`` is in milliseconds).

    ``label_names`` gives the names of the owner's labels by id. Without a payload the message has only its envelope
    and isn't readable.
    """
    ids = [str(label) for label in resource.get("labelIds") or ()]
    return _message(
        parts_of_payload(resource.get("payload") or {}),
        (str(resource.get("id") or ""), str(resource.get("threadId") or "")),
        frozenset(label if label in SYSTEM_LABELS else label_names.get(label, label) for label in ids),
        _from_milliseconds(resource.get("internalDate")),
        complete=bool(resource.get("payload")),
    )


@dataclass(slots=True)
class _Body:
    """What the walk over the parts gathers."""

    text: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    calendar: list[CalendarPart] = field(default_factory=list)
    deliveries: list[DeliveryReport] = field(default_factory=list)
    calendars_read: int = 0
    sealed: bool = False
    left_out: bool = False  # Gmail keeps a text part elsewhere

    @property
    def readable(self) -> bool:
        if self.sealed or any(text.lstrip().startswith(_SEALED_TEXT) for text in self.text):
            return False
        return bool(self.text or self.html) or not self.left_out


def _gather(parts: Iterable[Part]) -> _Body:
    body = _Body()
    for part in parts:
        if part.content_type in _SEALED_TYPES or part.name.lower() in _SEALED_NAMES:
            body.sealed = True
        elif part.content_type in CALENDAR_TYPES:
            _add_calendar(part, body)
        elif part.content_type in _STATUS_TYPES:
            body.deliveries += delivery_reports(part.content())
        elif _is_body(part, body):
            (body.html if part.content_type == "text/html" else body.text).append(text_of_part(part))
            continue
        elif part.detached and not part.name and part.content_type in _BODY_TYPES:
            body.left_out = True
        if not part.is_multipart and _is_attachment(part):
            body.attachments.append(part.name or part.content_type)
    return body


def _is_body(part: Part, body: _Body) -> bool:
    """Whether a reader would see the part as the message itself. A bare ``name`` on the first text is no file name."""
    if part.content_type not in _BODY_TYPES or part.detached or part.disposition == "attachment":
        return False
    return not part.filename and (not part.name or not (body.text or body.html))


def _is_attachment(part: Part) -> bool:
    return bool(part.name) or part.detached or part.disposition == "attachment"


def _add_calendar(part: Part, body: _Body) -> None:
    if body.calendars_read >= _MOST_CALENDARS:
        return
    body.calendars_read += 1
    found = calendar_part(part.content(), part.parameters.get("method", ""), part.parameters.get("charset", ""))
    if found and found not in body.calendar:
        body.calendar.append(found)


def _message(
    parts: list[Part],
    ids: tuple[str, str],
    labels: frozenset[str],
    received_at: datetime | None,
    *,
    complete: bool = True,
) -> Message:
    header = parts[0].header
    body = _gather(parts)
    return Message(
        id=ids[0],
        thread_id=ids[1],
        message_id=next(iter(_message_ids(header.first("message-id"))), ""),
        sent_at=received_at.astimezone(UTC) if received_at else _sent_at(header),
        sender=_sender(header),
        subject=header.line("subject"),
        reply_to=_mailboxes(header, "reply-to"),
        to=_mailboxes(header, "to"),
        cc=_mailboxes(header, "cc"),
        bcc=_mailboxes(header, "bcc"),
        in_reply_to=next(iter(_message_ids(header.first("in-reply-to"))), ""),
        references=_message_ids(" ".join(header.all("references"))),
        labels=labels,
        headers={name: header.line(name) for name in KEPT_HEADERS if name in header},
        content_type=parts[0].content_type,
        text="\n".join(body.text),
        html="\n".join(body.html),
        attachments=tuple(body.attachments),
        calendar=tuple(body.calendar),
        deliveries=tuple(body.deliveries),
        readable=complete and body.readable,
    )


def _sender(header: Fields) -> Address:
    for name in ("from", "sender"):
        for value in header.all(name):
            if found := parse_addresses(value):
                return found[0]
    return Address(header.line("from")[:_LONGEST_NAME], "")


def _mailboxes(header: Fields, name: str) -> tuple[Address, ...]:
    return parse_addresses(", ".join(header.all(name)))


def _message_ids(value: str) -> tuple[str, ...]:
    """The ``<…>`` ids of a Message-ID, In-Reply-To or References value; bare words where the brackets are missing."""
    found = []
    for piece in value.split("<")[1:]:
        inner, closed, _ = piece.partition(">")
        plain = "".join(inner.split())
        if closed and plain:
            found.append(f"<{plain}>")
    if not found and "<" not in value:
        found = [f"<{word}>" for word in value.split() if "@" in word]
    return tuple(dict.fromkeys(found))


def _from_milliseconds(value: object) -> datetime | None:
    try:
        return EPOCH + timedelta(milliseconds=int(str(value))) if value is not None else None
    except (ValueError, OverflowError):
        return None


def _sent_at(header: Fields) -> datetime:
    """The Date header, else the stamp of the server that had the message last, else 1970."""
    received = header.first("received").rpartition(";")[2]
    return parsed_date(header.first("date")) or parsed_date(received) or EPOCH


def parsed_date(value: str) -> datetime | None:
    """A date as RFC 5322, 3.3 has it and as writers get it wrong; in UTC. One without a zone is taken as UTC."""
    try:
        fields = parsedate_tz(value[:_LONGEST_DATE])
        if fields is None:
            return None
        local = datetime(*fields[:6], tzinfo=UTC)
        found = local - timedelta(seconds=fields[9] or 0)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found >= EPOCH else None
