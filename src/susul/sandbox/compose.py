"""Mail made from simple fields, and what Gmail's own composer does to a draft."""

from __future__ import annotations

import html
import mimetypes
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from susul.sandbox.message import Headers, decoded, header, read_headers, references
from susul.sandbox.payload import plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from susul.sandbox.mailbox import Mailbox

# Message ids of 78 characters and more are encoded, and so broken, at the usual line length.
WIRE = policy.SMTP.clone(max_line_length=998)

SAMPLE = b"%PDF-1.4 sandbox"


def clean(text: object) -> str:
    """One line, without control characters: what may stand in a header."""
    return " ".join("".join(" " if ord(one) < 32 or ord(one) == 127 else one for one in str(text)).split())


def addresses(value: object) -> str:
    return ", ".join(map(clean, value)) if isinstance(value, list | tuple) else clean(value)


def message_from_fields(fields: Mapping[str, Any], mailbox: Mailbox, sent_at: datetime) -> bytes:
    """RFC 5322 bytes for a record of the seed form (``susul.sandbox.seed``)."""
    message = EmailMessage(policy=WIRE)
    parent = mailbox.find_message(fields["reply_to"]) if fields.get("reply_to") else None
    message["From"] = clean(fields.get("from") or own_sender(mailbox))
    for name in ("to", "cc", "bcc"):
        if fields.get(name):
            message[name.title()] = addresses(fields[name])
    message["Date"] = format_datetime(sent_at)
    message["Subject"] = clean(fields.get("subject") or (_reply_subject(read_headers(parent.raw)) if parent else ""))
    message["Message-ID"] = f"<{clean(fields.get('id') or mailbox.new_draft_id())}@sandbox.example>"
    if parent:
        for name, value in reply_headers(read_headers(parent.raw)):
            message[name] = value
    for name, value in (fields.get("headers") or {}).items():
        del message[name]
        message[name] = clean(value)
    _fill(message, fields)
    return message.as_bytes()


def own_sender(mailbox: Mailbox) -> str:
    return f"{mailbox.name} <{mailbox.address}>" if mailbox.name else mailbox.address


def reply_headers(parent: Headers) -> Headers:
    """In-Reply-To and References for an answer to the message with these headers."""
    parent_id = header(parent, "Message-ID")
    chain = list(dict.fromkeys([*references(parent), parent_id]))
    return [("In-Reply-To", parent_id), ("References", " ".join(chain))] if parent_id else []


def _reply_subject(parent: Headers) -> str:
    subject = decoded(header(parent, "Subject"))
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def _fill(message: EmailMessage, fields: Mapping[str, Any]) -> None:
    text, markup = fields.get("text"), fields.get("html")
    if text is not None or markup is None:
        message.set_content(text or "")
        if markup is not None:
            message.add_alternative(markup, subtype="html")
    else:
        message.set_content(markup, subtype="html")
    for name in fields.get("attachments") or ():
        kind = (mimetypes.guess_type(name)[0] or "application/octet-stream").split("/")
        message.add_attachment(SAMPLE, maintype=kind[0], subtype=kind[1], filename=clean(name))
    calendar = fields.get("calendar")
    if calendar:
        parameters = {"method": clean(calendar.get("method", "REQUEST"))}
        message.add_attachment(calendar["text"], subtype="calendar", disposition="inline", params=parameters)


def read(raw: bytes) -> EmailMessage:
    return BytesParser(EmailMessage, policy=WIRE).parsebytes(raw)


KEPT_BY_THE_COMPOSER = ("From", "To", "Cc", "Bcc", "In-Reply-To", "References", "Message-ID")


def as_composed(raw: bytes, text: str | None, subject: str | None, at: datetime, *, keep_id: bool = True) -> bytes:
    """``raw`` after the web composer saved it.

    The body becomes plain text and ``<div dir="ltr">``: comments, styles and other marks are gone. Foreign X- headers
    are lost, the date moves, attachments stay. ``None`` leaves text or subject as they were. Message-ID stays unless
    ``keep_id`` is off.
    """
    headers = read_headers(raw)
    message = EmailMessage(policy=WIRE)
    for name in KEPT_BY_THE_COMPOSER:
        value = header(headers, name)
        if value and (keep_id or name != "Message-ID"):
            message[name] = clean(decoded(value))
    message["Subject"] = clean(decoded(header(headers, "Subject")) if subject is None else subject)
    message["Date"] = format_datetime(at)
    words = own_words(raw) if text is None else text
    message.set_content(words)
    message.add_alternative(_web_markup(words), subtype="html")
    attachments = list(read(raw).iter_attachments())
    if attachments:
        message.make_mixed()
        for part in attachments:
            message.attach(part)
    return message.as_bytes()


def own_words(raw: bytes) -> str:
    """The draft's text as the composer shows it: the plain part if there is one."""
    body = read(raw).get_body(("plain", "html"))
    return plain_text(body.as_bytes()).strip("\r\n") + "\n" if body else ""


def _web_markup(text: str) -> str:
    lines = html.escape(text.rstrip("\n"), quote=False).split("\n")
    return '<div dir="ltr">' + "<br>".join(line.rstrip("\r") for line in lines) + "</div>\n"
