"""A draft as RFC 5322 bytes: headers that nothing can be injected into, text and HTML as alternatives."""

from __future__ import annotations

from email import policy
from email.errors import MessageError
from email.headerregistry import Address as MimeAddress
from email.message import EmailMessage
from typing import TYPE_CHECKING

from susul.drafting.cleaning import header_words, many_lines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from susul.model import Address, Draft

# Long ids must not be folded or encoded: threads are kept together by them.
POLICY = policy.SMTP.clone(max_line_length=998)


def to_mime(draft: Draft, message_id: str, sent_at: datetime) -> bytes:
    """``draft`` with the Message-ID ``message_id`` ("<…@…>") and the Date ``sent_at``, lines ended by CRLF.

    There is never a Bcc. Raises ValueError for an address that can't stand in a header (a local part that isn't ASCII
    needs RFC 6532, which Gmail does not promise), and for an id that isn't one.
    """
    message = EmailMessage(policy=POLICY)
    message["From"] = _mailbox(draft.sender)
    for name, people in (("To", draft.to), ("Cc", draft.cc)):
        if people:
            message[name] = _mailboxes(people)
    message["Subject"] = header_words(draft.subject)
    message["Date"] = sent_at
    message["Message-ID"] = _identity(message_id)
    if draft.in_reply_to:
        message["In-Reply-To"] = _identity(draft.in_reply_to)
    if draft.references:
        message["References"] = " ".join(_identity(one) for one in draft.references)
    message.set_content(many_lines(draft.text))
    message.add_alternative(many_lines(draft.html), subtype="html")
    return message.as_bytes()


def _mailboxes(people: Iterable[Address]) -> tuple[MimeAddress, ...]:
    return tuple(_mailbox(person) for person in people)


def _mailbox(person: Address) -> MimeAddress:
    local, at, domain = person.email.strip().rpartition("@")
    if not at or not local or not domain or not local.isascii() or not person.email.isprintable():
        raise ValueError(f"{person.email!r} can't be written to: not an address in ASCII")
    try:
        host = domain if domain.isascii() else domain.encode("idna").decode("ascii")
        return MimeAddress(display_name=header_words(person.name), username=local.strip('"'), domain=host)
    except (UnicodeError, MessageError, IndexError) as error:
        raise ValueError(f"{person.email!r} can't be written to: {error}") from error


def _identity(value: str) -> str:
    if not (
        value.startswith("<") and value.endswith(">") and value.isascii() and value.isprintable() and " " not in value
    ):
        raise ValueError(f"{value!r} is no message id")
    return value
