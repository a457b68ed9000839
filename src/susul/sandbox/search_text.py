"""The words of a message in a form in which whole-word search is a substring search."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import getaddresses
from typing import TYPE_CHECKING

from susul.sandbox.message import Headers, decoded, header, read_headers
from susul.sandbox.payload import file_name, parsed, plain_text, walk

if TYPE_CHECKING:
    from susul.sandbox.message import StoredMessage

WORD = re.compile(r"\w+")


def words(text: str) -> str:
    """Lower-case words between single spaces, with one at either end."""
    return f" {' '.join(WORD.findall(text.lower()))} "


@dataclass(frozen=True, slots=True)
class HeaderText:
    """The searchable headers, each as ``words``; ``senders`` and ``receivers`` are bare addresses in lower case."""

    sender: str
    to: str
    cc: str
    bcc: str
    subject: str
    list_id: str
    senders: frozenset[str]
    receivers: frozenset[str]


@dataclass(frozen=True, slots=True)
class BodyText:
    """The text of all text parts as ``words``, and the names of the attachments in lower case."""

    text: str
    files: tuple[str, ...]


def _addresses(headers: Headers, *names: str) -> frozenset[str]:
    wanted = {name.lower() for name in names}
    values = [value for name, value in headers if name.lower() in wanted]
    return frozenset(address.lower() for _, address in getaddresses(values))


def header_text(message: StoredMessage) -> HeaderText:
    if message.header_text is None:
        headers = read_headers(message.raw)

        def spoken(name: str) -> str:
            return words(decoded(header(headers, name)))

        message.header_text = HeaderText(
            sender=spoken("From"),
            to=spoken("To"),
            cc=spoken("Cc"),
            bcc=spoken("Bcc"),
            subject=spoken("Subject"),
            list_id=spoken("List-Id"),
            senders=_addresses(headers, "From"),
            receivers=_addresses(headers, "To", "Cc", "Bcc"),
        )
    return message.header_text


def body_text(message: StoredMessage) -> BodyText:
    if message.body_text is None:
        names = tuple(file_name(part).lower() for _, part in walk(parsed(message.raw)) if part.get_filename())
        message.body_text = BodyText(words(plain_text(message.raw)), names)
    return message.body_text
