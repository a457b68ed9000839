"""How the invented mails of these tests are put together."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from susul.addresses import parse_addresses
from susul.model import Address, Message

SENT_AT = datetime(2026, 6, 2, 3, 0, tzinfo=UTC)


def mail(sender: str, subject: str, text: str, *headers: str, to: str = "Rina Wati <rina@example.com>") -> Message:
    """``sender`` as in a From header; ``headers`` are "Name: value" lines."""
    found = {}
    for line in headers:
        name, _, value = line.partition(":")
        found[name.strip().lower()] = value.strip()
    written_by = re.match(r"(.*?)\s*<(.*)>$", sender)
    return Message(
        id="m",
        thread_id="t",
        message_id="<m@example.com>",
        sent_at=SENT_AT,
        sender=Address(written_by[1], written_by[2].lower()) if written_by else Address("", sender.lower()),
        subject=subject,
        reply_to=tuple(parse_addresses(found.pop("reply-to", ""))),
        to=tuple(parse_addresses(to)),
        in_reply_to=found.pop("in-reply-to", ""),
        headers=found,
        content_type=found.get("content-type", "text/plain").partition(";")[0],
        text=text,
    )
