"""A small bilingual mailbox of invented people, and the hour at which the tests stand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 6, 10, 8, 30, tzinfo=UTC)
ME = "rina@example.com"

RECORDS: dict[str, Any] = {
    "address": ME,
    "name": "Rina Wijaya",
    "time_zone": "Asia/Jakarta",
    "send_as": [{"address": "rina@wijaya.example", "name": "Rina W."}, {"address": "x@y.example", "verified": False}],
    "labels": ["Lamaran kerja"],
    "messages": [
        {
            "id": "invite", "thread": "interview", "from": "Budi Santoso <budi@acme.example>", "to": [ME],
            "cc": "hrd@acme.example", "date": "2026-06-01T10:00:00+07:00",
            "subject": "Undangan Wawancara",
            "text": "Halo Rina,\n\nkami mengundang Anda & tim.",
            "html": "<p>Halo <b>Rina</b>, kami mengundang Anda</p>",
            "attachments": ["surat.pdf"], "labels": ["INBOX", "UNREAD", "Lamaran kerja"],
        },
        {
            "id": "accept", "thread": "interview", "from": f"Rina Wijaya <{ME}>", "to": "budi@acme.example",
            "date": "2026-06-02T10:00:00+07:00", "subject": "Re: Undangan Wawancara",
            "text": "Terima kasih, saya datang.", "reply_to": "invite",
        },
        {
            "id": "offer", "thread": "proposal", "from": "rina@wijaya.example", "to": "Anne <anne@north.example>",
            "date": "2026-06-03T09:00:00+07:00", "subject": "Proposal for the website",
            "text": "Please find it attached.",
            "attachments": ["proposal.docx"],
        },
        {
            "id": "junk", "thread": "junk", "from": "win@spam.example", "to": ME, "date": "2026-06-04T09:00:00+07:00",
            "subject": "Prize", "text": "You won", "labels": ["SPAM"],
        },
    ],
    "events": [
        {
            "uid": "interview@acme.example", "summary": "Wawancara", "start": "2026-06-09T10:00:00+07:00",
            "end": "2026-06-09T11:00:00+07:00", "organizer": "budi@acme.example",
            "attendees": [["budi@acme.example", "ACCEPTED"], [ME, "NEEDS-ACTION"]], "location": "Jakarta",
        },
    ],
}  # fmt: skip
