"""Worked situations → mail and events → the plan → what differs from what was expected."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from susul.app import record_of_files, sent_name
from susul.config import Config
from susul.drafting import Library
from susul.known_owner import make_owner
from susul.model import Event, Message, Reading, Wait, Write
from susul.owners_word import About, OwnersWord, Word, by_target
from susul.plan import Planned, make_plan
from susul.policy import Policy, load_policy
from susul.reading.mime import from_rfc5322
from susul.readings import read_all
from susul.sources.takeout import read_ics

if TYPE_CHECKING:
    from susul.owner import Owner
    from susul.record import Record

FOLDER = Path(__file__).parent
LABELS = {"sent": "SENT", "drafts": "DRAFT", "spam": "SPAM", "trash": "TRASH", "inbox": "INBOX", "unread": "UNREAD"}
Situation = Mapping[str, Any]


def situations() -> Iterator[Situation]:
    for file in sorted(FOLDER.glob("*.json")):
        yield from json.loads(file.read_text("utf-8"))


def moment(text: str, zone: ZoneInfo) -> datetime:
    given = datetime.fromisoformat(text)
    return given if given.tzinfo else given.replace(tzinfo=zone)


def faults(situation: Situation, folder: Path) -> list[str]:
    """What differs, one sentence each; empty when the situation holds."""
    planned = planned_cases(situation, folder)
    zone = ZoneInfo(situation.get("tz", "UTC"))
    return [fault for expected in situation["expect"] for fault in _compare(expected, planned, zone)]


@dataclass(frozen=True, slots=True)
class World:
    """All that a plan is made of, for one situation."""

    messages: tuple[Message, ...]
    readings: Mapping[str, Reading]
    events: tuple[Event, ...]
    owner: Owner
    policy: Policy
    record: Record
    library: Library
    now: datetime


def world(situation: Situation, folder: Path) -> World:
    """The situation's mail and events as read. ``folder`` may be written to."""
    zone, policy = ZoneInfo(situation.get("tz", "UTC")), load_policy()
    now = moment(situation["now"], zone)
    country = situation.get("country", "ID")
    owner = make_owner(situation["me"], Config(), policy, zone=zone, country=country)
    messages = tuple(
        _message(item, number, situation, zone) for number, item in enumerate(situation.get("messages", ()))
    )
    owner = replace(owner, name=sent_name(messages, owner))
    return World(
        messages,
        read_all(messages, {}, owner),
        _events(situation, zone, now, folder),
        owner,
        policy,
        replace(record_of_files(messages), words=by_target(_said(item, zone) for item in situation.get("said", ()))),
        Library(None),
        now,
    )


def planned_cases(situation: Situation, folder: Path) -> tuple[Planned, ...]:
    found = world(situation, folder)
    return make_plan(
        found.messages,
        found.readings,
        found.events,
        found.owner,
        found.policy,
        found.record,
        found.library,
        found.now,
    ).planned


def _said(item: Mapping[str, Any], zone: ZoneInfo) -> OwnersWord:
    until_on = date.fromisoformat(item["until"]) if "until" in item else None
    return OwnersWord(Word(item["word"]), About(item["about"]), item["target"], moment(item["at"], zone), until_on)


def _message(item: Mapping[str, Any], number: int, situation: Situation, zone: ZoneInfo) -> Message:
    own = {address.lower() for address in situation["me"]}
    sender = re.findall(r"[\w.+-]+@[\w.-]+", item["from"])[-1].lower()
    labels = item.get("labels") or (["Sent"] if sender in own else ["Inbox"])
    return from_rfc5322(
        _mail(item, number).as_bytes(),
        id=f"{number:04d}",
        thread_id=item["thread"],
        labels=frozenset(LABELS.get(label.lower(), label) for label in labels),
        received_at=moment(item["date"], zone),
    )


def _mail(item: Mapping[str, Any], number: int) -> EmailMessage:
    mail = EmailMessage(policy=SMTP.clone(max_line_length=998))
    mail["From"], mail["Subject"] = item["from"], item.get("subject", "")
    for header in ("to", "cc"):
        if item.get(header):
            people = item[header]
            mail[header.title()] = people if isinstance(people, str) else ", ".join(people)
    mail["Message-ID"] = f"<{item.get('id', f'm{number}')}@mail.invalid>"
    if item.get("reply_to_id"):
        mail["In-Reply-To"] = mail["References"] = f"<{item['reply_to_id']}@mail.invalid>"
    for name, value in item.get("headers", {}).items():
        del mail[name]
        mail[name] = value
    if "body" in item or "html" not in item:
        mail.set_content(item.get("body", ""))
        if "html" in item:
            mail.add_alternative(item["html"], subtype="html")
    else:
        mail.set_content(item["html"], subtype="html")
    for name in item.get("attach", ()):
        mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename=name)
    if "calendar" in item:
        part = item["calendar"]
        mail.add_attachment(part["text"], subtype="calendar", params={"method": part["method"]})
    return mail


def _events(situation: Situation, zone: ZoneInfo, now: datetime, folder: Path) -> tuple[Event, ...]:
    if not situation.get("events"):
        return ()
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//situations//EN"]
    for item in situation["events"]:
        lines += _vevent(item, zone, now)
    path = folder / "events.ics"
    path.write_text("\r\n".join([*lines, "END:VCALENDAR", ""]), "utf-8")
    return read_ics(path, zone, now - timedelta(days=120), now + timedelta(days=90)).events


def _vevent(item: Mapping[str, Any], zone: ZoneInfo, now: datetime) -> list[str]:
    start, end = moment(item["start"], zone), moment(item["end"], zone)
    made = min(start - timedelta(days=3), now - timedelta(days=1))

    def stamp(at: datetime) -> str:
        return f";VALUE=DATE:{at:%Y%m%d}" if item.get("all_day") else f":{_utc(at)}"

    lines = ["BEGIN:VEVENT", f"UID:{item['uid']}", f"SUMMARY:{item['summary']}", f"DTSTART{stamp(start)}"]
    lines += [f"DTEND{stamp(end)}", f"DTSTAMP:{_utc(made)}", f"STATUS:{item.get('status', 'CONFIRMED')}"]
    if item.get("organizer"):
        lines.append(f"ORGANIZER:mailto:{item['organizer']}")
    lines += [f"ATTENDEE;PARTSTAT={answer}:mailto:{address}" for address, answer in item.get("attendees", ())]
    lines += [f"{key.upper()}:{_folded(item[key])}" for key in ("description", "location", "rrule") if item.get(key)]
    if item.get("transparent"):
        lines.append("TRANSP:TRANSPARENT")
    return [*lines, "END:VEVENT"]


def _utc(at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo('UTC')):%Y%m%dT%H%M%SZ}"


def _folded(text: str) -> str:
    return str(text).replace("\n", "\\n")


def _compare(expected: Mapping[str, Any], planned: tuple[Planned, ...], zone: ZoneInfo) -> list[str]:
    name = expected.get("thread") or expected.get("event")
    found = [p for p in planned if name in p.case.threads or name in [event.uid for event in p.case.events]]
    decisions = _accepted(expected.get("decision"))
    due_now = [p for p in found if isinstance(p.decision, Write)]
    if not found:
        return [] if "silent" in decisions else [f"{name}: no case"]
    if len(due_now) > 1 and "thread" in expected:
        return [f"{name}: {len(due_now)} drafts"]
    got = _as_told((due_now or found)[0])
    return [f"{name}: {fault}" for fault in _differences(expected, got, zone)]


def _accepted(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _as_told(planned: Planned) -> dict[str, Any]:
    decision, draft = planned.decision, planned.draft
    step = decision.follow_up if isinstance(decision, Write | Wait) else None
    return {
        "kind": planned.case.kind.value,
        "state": decision.state.value,
        "waiting_on": decision.waiting_on.value,
        "decision": "draft" if isinstance(decision, Write) else "wait" if step else "silent",
        "step": step.step.value if step else None,
        "due": step.due_at if step else None,
        "language": planned.case.language,
        "to": sorted(a.email for a in draft.to) if draft else [],
        "cc": sorted(a.email for a in draft.cc) if draft else [],
        "from": draft.sender.email if draft else "",
        "text": draft.text.split("\n>")[0] if draft else "",
        "reason": decision.reason,
    }


def _differences(expected: Mapping[str, Any], got: Mapping[str, Any], zone: ZoneInfo) -> Iterator[str]:
    for key in ("kind", "state", "waiting_on", "decision", "step", "language"):
        if key in expected and got[key] not in _accepted(expected[key]):
            yield f"{key} is {got[key]!r}, expected {expected[key]!r} ({got['reason']})"
    if "due" in expected and got["due"] not in [moment(text, zone) for text in _accepted(expected["due"])]:
        yield f"due {got['due']}, expected {expected['due']}"
    for key in ("to", "cc"):
        if key in expected and sorted(address.lower() for address in expected[key]) != got[key]:
            yield f"{key} is {got[key]}, expected {expected[key]}"
    if "from" in expected and expected["from"].lower() != got["from"]:
        yield f"from is {got['from']!r}"
    for pattern in expected.get("text_has", ()):
        if not re.search(pattern, got["text"], re.IGNORECASE | re.DOTALL):
            yield f"the draft lacks /{pattern}/"
    for pattern in expected.get("text_lacks", ()):
        if re.search(pattern, got["text"], re.IGNORECASE | re.DOTALL):
            yield f"the draft holds /{pattern}/"
