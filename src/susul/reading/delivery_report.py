"""What a message/delivery-status part says about each recipient (RFC 3464, section 2). Never raises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.charsets import decode_text
from susul.model import DeliveryReport
from susul.reading.header_fields import Fields, split_header

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_RECIPIENTS = 1000


def delivery_reports(content: bytes) -> tuple[DeliveryReport, ...]:
    """The recipients' field groups in order; the group about the message itself has no recipient and no action."""
    return tuple(report for report in map(_report, _groups(content)) if report)


def _groups(content: bytes) -> Iterator[Fields]:
    blocks = content.replace(b"\r\n", b"\n").split(b"\n\n")
    for block in blocks[:_MOST_RECIPIENTS]:
        yield split_header(block.strip(b"\n"), 0)[0]


def _report(fields: Fields) -> DeliveryReport | None:
    recipient = _address(fields.first("final-recipient")) or _address(fields.first("original-recipient"))
    action = _first_word(fields.first("action")).lower()
    status = _first_word(fields.first("status"))
    if not recipient and not action:
        return None
    return DeliveryReport(recipient, action, status)


def _first_word(value: str) -> str:
    words = value.split(None, 1)
    return words[0].strip(";,()") if words else ""


def _address(value: str) -> str:
    """``rfc822; <Hana@example.com>`` as the bare lower-case address."""
    text = value.partition(";")[2] or value
    return decode_text(text.encode("utf-8", "replace")).strip().strip("<>").lower()
