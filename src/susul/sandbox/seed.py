"""Filling a mailbox from simple records, an mbox file or an iCalendar file.

Records::

    {"address", "name", "time_zone", "signature", "send_as": [{"address", "name", "signature", "verified"}],
     "labels": [names],
     "messages": [{"id", "thread", "from", "to", "cc", "bcc", "date" (ISO 8601 with offset), "subject", "text", "html",
         "reply_to": id of another record, "headers": {}, "labels": [], "attachments": ["name.pdf"],
         "calendar": {"method", "text"}}],
     "events": [{"uid", "summary", "start", "end" (with offset; dates for all_day), "organizer",
         "attendees": [[email, status]], "description", "location", "status", "rrule", "created",
         "transparency", "event_type"}]}

``thread`` is any string: messages with the same one share a thread. A message's Message-ID is
``<id@sandbox.example>`` unless ``headers`` says otherwise, its labels SENT if the owner wrote it, else INBOX.
Messages are stored oldest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from susul.sandbox.compose import message_from_fields
from susul.sandbox.event_times import stamp, stamp_ms, zone_named
from susul.sandbox.message import decoded, header, read_headers
from susul.sandbox.routing import ApiError

if TYPE_CHECKING:
    from pathlib import Path

    from icalendar import Event as IcsEvent

    from susul.sandbox.mailbox import Mailbox
    from susul.sandbox.routing import Json

ANSWERS = {
    "ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative", "NEEDS-ACTION": "needsAction",
    "NEEDSACTION": "needsAction",
}  # fmt: skip


def aware(text: str, mailbox: Mailbox) -> datetime:
    """ISO 8601; without an offset it is the owner's local time."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone_named(mailbox.time_zone))


def fill_from_json(mailbox: Mailbox, data: Mapping[str, Any]) -> None:
    for name in data.get("labels", ()):
        mailbox.labels.ids_for([name])
    for record in sorted(data.get("messages", ()), key=lambda one: aware(one["date"], mailbox)):
        add_record(mailbox, record)
    for event in data.get("events", ()):
        mailbox.add_event(event_from_record(event, mailbox))


def add_record(mailbox: Mailbox, record: Mapping[str, Any]) -> str:
    """Compose a message from a record, now if it has no date, and store it; its message id."""
    moment = aware(record["date"], mailbox) if record.get("date") else mailbox.now()
    raw = message_from_fields(record, mailbox, moment)
    message_id = mailbox.add_message(raw, record.get("labels") or (), record.get("thread"), moment)
    if record.get("id"):
        mailbox.name_record(record["id"], message_id)
    return message_id


# ---------------------------------------------------------------------- events


def event_from_record(record: Mapping[str, Any], mailbox: Mailbox) -> Json:
    """A record in the Calendar API's form."""
    event: Json = {
        name: record[name] for name in ("summary", "description", "location", "transparency") if record.get(name)
    }
    for name in ("start", "end"):
        event[name] = _record_time(record[name], mailbox, all_day=bool(record.get("all_day")))
    if record.get("uid"):
        event["iCalUID"] = record["uid"]
    event["status"] = str(record.get("status", "confirmed")).lower()
    event["eventType"] = record.get("event_type", "default")
    if record.get("organizer"):
        event["organizer"] = event["creator"] = {"email": record["organizer"]}
    if record.get("attendees"):
        event["attendees"] = [_guest(one, record.get("organizer", "")) for one in record["attendees"]]
    if record.get("rrule"):
        event["recurrence"] = [f"RRULE:{record['rrule'].removeprefix('RRULE:')}"]
    event["created"] = event["updated"] = stamp_ms(_created_at(record, mailbox))
    return event


def _created_at(record: Mapping[str, Any], mailbox: Mailbox) -> datetime:
    """When the event was made; unsaid, some days before it starts, but not in the future."""
    if record.get("created"):
        return aware(record["created"], mailbox)
    return min(aware(record["start"], mailbox) - timedelta(days=3), mailbox.now())


def _record_time(text: str, mailbox: Mailbox, *, all_day: bool) -> Json:
    if all_day or len(text) == 10:
        return {"date": text[:10]}
    return {"dateTime": stamp(aware(text, mailbox))}


def _guest(entry: Any, organizer: str) -> Json:
    if isinstance(entry, Mapping):
        return dict(entry)
    email, status = (entry, "needsAction") if isinstance(entry, str) else (entry[0], entry[1])
    guest: Json = {"email": email, "responseStatus": ANSWERS.get(str(status).upper(), status)}
    if organizer and email.lower() == organizer.lower():
        guest["organizer"] = True
    return guest


# ---------------------------------------------------------------------- mbox


def fill_from_mbox(mailbox: Mailbox, path: Path) -> int:
    """Store every message; Gmail's thread and label headers are honoured. Returns their number."""
    added = 0
    for raw in mbox_messages(path):
        headers = read_headers(raw)
        thread = header(headers, "X-GM-THRID")
        labels = [one.strip().strip('"') for one in decoded(header(headers, "X-Gmail-Labels")).split(",")]
        mailbox.add_message(raw, labels, _thread_key(thread))
        added += 1
    return added


def _thread_key(gmail_id: str) -> str | None:
    """Takeout writes the thread id in decimal, the API in hex."""
    if gmail_id.isascii() and gmail_id.isdigit() and int(gmail_id[:20]) < 1 << 64:
        return f"{int(gmail_id):016x}"
    return gmail_id or None


def mbox_messages(path: Path) -> Iterator[bytes]:
    """The messages of an mbox file (RFC 4155), ``>From`` unquoted, read line by line.

    ``ValueError`` for a file that doesn't begin as one; an empty file has no messages.
    """
    lines: list[bytes] | None = None
    with path.open("rb") as file:
        for line in file:
            if line.startswith(b"From ") and (not lines or not lines[-1].strip()):
                if lines:
                    yield b"".join(lines)
                lines = []
            elif lines is not None:
                quoted = line.startswith(b">") and line.lstrip(b">").startswith(b"From ")
                lines.append(line[1:] if quoted else line)
            elif line.strip():
                raise ValueError(f"{path} is no mbox file: it doesn't begin with a From line")
    if lines and any(line.strip() for line in lines):
        yield b"".join(lines)


# ---------------------------------------------------------------------- ics


def fill_from_ics(mailbox: Mailbox, path: Path) -> int:
    """Every VEVENT of the file; a series' exceptions keep their original start. Returns the number stored.

    An event without readable times is passed over. ``ValueError`` for a file that is no calendar.
    """
    import icalendar

    series: dict[str, str] = {}
    calendar = icalendar.Calendar.from_ical(path.read_text("utf-8", "replace"))
    events = [one for one in calendar.walk("VEVENT") if isinstance(one, icalendar.Event)]
    return sum(_add_ics_event(mailbox, component, series) for component in events)


def _add_ics_event(mailbox: Mailbox, component: IcsEvent, series: dict[str, str]) -> bool:
    """Whether the event could be stored; ``series`` are the ids of recurring events by UID."""
    try:
        event = event_from_ics(component, mailbox)
        uid = event.get("iCalUID", "")
        original = component.get("RECURRENCE-ID")
        if original is not None and uid in series:
            when = _ics_time(original.dt, mailbox)
            event |= {
                "recurringEventId": series[uid],
                "originalStartTime": when,
                "id": f"{series[uid]}_{_suffix(when)}",
            }
            event.pop("recurrence", None)
        event_id = mailbox.add_event(event)
    except (ValueError, ApiError):
        return False
    if event.get("recurrence"):
        series[uid] = event_id
    return True


def _suffix(when: Json) -> str:
    if "date" in when:
        return str(when["date"]).replace("-", "")
    return f"{datetime.fromisoformat(when['dateTime']).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def event_from_ics(component: IcsEvent, mailbox: Mailbox) -> Json:
    """A VEVENT in the Calendar API's form."""
    event: Json = {
        "iCalUID": str(component.get("UID", "")),
        "status": str(component.get("STATUS", "CONFIRMED")).lower(),
    }
    for name in ("summary", "description", "location"):
        if component.get(name):
            event[name] = str(component.get(name))
    event["start"], event["end"] = _ics_time(component.start, mailbox), _ics_time(component.end, mailbox)
    if component.get("ORGANIZER"):
        event["organizer"] = event["creator"] = {"email": _mailto(component["ORGANIZER"])}
    guests = component.get("ATTENDEE", [])
    for guest in guests if isinstance(guests, list) else [guests]:
        answer = ANSWERS.get(str(guest.params.get("PARTSTAT", "NEEDS-ACTION")).upper(), "needsAction")
        event.setdefault("attendees", []).append({"email": _mailto(guest), "responseStatus": answer})
    if str(component.get("TRANSP", "")).upper() == "TRANSPARENT":
        event["transparency"] = "transparent"
    rules = [line for line in component.content_lines() if line.startswith(("RRULE", "EXDATE", "RDATE"))]
    if rules:
        event["recurrence"] = rules
    return event


def _mailto(value: object) -> str:
    text = str(value)
    return text[7:] if text.lower().startswith("mailto:") else text


def _ics_time(moment: Any, mailbox: Mailbox) -> Json:
    if not isinstance(moment, datetime):
        return {"date": moment.isoformat()}
    zone = getattr(moment.tzinfo, "key", "")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone_named(mailbox.time_zone))
    shown: Json = {"dateTime": stamp(moment)}
    return {**shown, "timeZone": zone} if zone else shown
