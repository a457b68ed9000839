"""Invitations and answers to them as calendar programs mail them (iTIP, RFC 5546)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

STATUS = {"accepted": "ACCEPTED", "declined": "DECLINED", "tentative": "TENTATIVE", "needsAction": "NEEDS-ACTION"}


def calendar_text(event: dict[str, Any], method: str, sent_at: datetime) -> str:
    """The text/calendar part for an event's record. ``method``: REQUEST, REPLY or CANCEL."""
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Susul//Sample//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{event['uid']}",
        f"DTSTAMP:{_utc(sent_at)}",
        f"DTSTART:{_utc(datetime.fromisoformat(event['start']))}",
        f"DTEND:{_utc(datetime.fromisoformat(event['end']))}",
        f"SUMMARY:{_escaped(event['summary'])}",
        f"ORGANIZER:mailto:{event['organizer']}",
        *(f"ATTENDEE;PARTSTAT={STATUS[answer]}:mailto:{email}" for email, answer in event["attendees"]),
        f"STATUS:{'CANCELLED' if method == 'CANCEL' else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(lines) + "\r\n"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """RFC 5545, 3.3.11."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return text
