"""From the sample's data to the records of ``susul.sandbox.seed``.

A ``[[thread]]`` of ``threads/*.toml`` is one matter::

    name       unique; the key of its Gmail thread and the beginning of its message ids
    language   of the dates in its bodies
    shows      one sentence: what it is there to show
    expect     decision ("draft", "wait", "silent", "none" for no case at all; a list where either is right) and step
    times      named moments, for bodies and events
    alias      true: the owner uses the alias
    message    [[thread.message]]: sent, subject (default "Re: …"), text or html, and where needed from (default the
               owner), to, cc, quote ("gmail" or "outlook": the message before, below this one), branch (a Gmail
               thread of its own), attachments, headers, labels, calendar (a method of iTIP; the first event's)
    event      [[thread.event]]: summary, start, end, organizer and guests, each ["address", "answer"]

How moments and days are written: ``susul.sample.moments``, ``susul.sample.placeholders``.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from susul.sample.invitations import calendar_text
from susul.sample.persona import ADDRESS, ALIAS, NAME, SIGNED, STUDIO
from susul.sample.placeholders import Scene
from susul.sample.quoting import with_quote

if TYPE_CHECKING:
    from datetime import datetime

    from susul.sample.moments import Moments

COPIED = ("cc", "headers", "labels", "attachments")


def load_threads() -> list[dict[str, Any]]:
    """The threads as the data files hold them, file by file."""
    folder = files("susul.sample") / "threads"
    sources = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda one: one.name)
    return [thread for source in sources for thread in tomllib.loads(source.read_text("utf-8"))["thread"]]


def messages_of(thread: dict[str, Any], moments: Moments) -> list[dict[str, Any]]:
    """The thread's mail as records, in the order of the data."""
    scene = _scene(thread, moments)
    records: list[dict[str, Any]] = []
    for message in thread.get("message", ()):
        records.append(_message(thread, message, records, scene))
    return records


def events_of(thread: dict[str, Any], moments: Moments) -> list[dict[str, Any]]:
    """The thread's calendar events as records."""
    scene = _scene(thread, moments)
    return [_event(thread, event, number, scene) for number, event in enumerate(thread.get("event", ()))]


def owner_of(thread: dict[str, Any]) -> str:
    """The owner as the thread knows them."""
    return f"{STUDIO} <{ALIAS}>" if thread.get("alias") else f"{NAME} <{ADDRESS}>"


def _scene(thread: dict[str, Any], moments: Moments) -> Scene:
    times = {name: moments.moment(told) for name, told in thread.get("times", {}).items()}
    return Scene(thread["language"], moments, times)


def _message(
    thread: dict[str, Any], message: dict[str, Any], earlier: list[dict[str, Any]], scene: Scene
) -> dict[str, Any]:
    branch = f"{thread['name']}{message.get('branch', '')}"
    before = [record for record in earlier if record["thread"] == branch]
    sent_at = scene.moments.moment(message["sent"])
    sender = message.get("from", owner_of(thread))
    record: dict[str, Any] = {
        "id": f"{thread['name']}-{len(earlier) + 1}",
        "thread": branch,
        "from": sender,
        "to": message.get("to") or _recipients(thread, sender, before),
        "date": sent_at.isoformat(),
        "subject": scene.fill(message.get("subject") or f"Re: {before[0]['subject']}", sent_at),
        **{key: message[key] for key in COPIED if key in message},
    }
    if before:
        record["reply_to"] = before[-1]["id"]
    if "calendar" in message:
        record["calendar"] = _calendar(thread, message["calendar"], sent_at, scene)
    return record | _body(thread, message, before, sent_at, scene)


def _recipients(thread: dict[str, Any], sender: str, before: list[dict[str, Any]]) -> list[str]:
    """Whom a message is to unless it says so: the owner, or whoever wrote to the owner last."""
    owner = owner_of(thread)
    if sender != owner:
        return [owner]
    heard = [record["from"] for record in before if record["from"] != owner]
    return heard[-1:] or list(before[-1]["to"])


def _body(
    thread: dict[str, Any], message: dict[str, Any], before: list[dict[str, Any]], sent_at: datetime, scene: Scene
) -> dict[str, str]:
    form = "html" if "html" in message else "text"
    body = scene.fill(message[form].strip("\n"), sent_at) + "\n"
    if "from" not in message and "DRAFT" not in message.get("labels", ()):
        body += SIGNED
    if "quote" in message:
        body = with_quote(body, before[-1], message["quote"], thread["language"], markup=form == "html")
    return {form: body}


def _calendar(thread: dict[str, Any], method: str, sent_at: datetime, scene: Scene) -> dict[str, str]:
    event = _event(thread, thread["event"][0], 0, scene)
    return {"method": method, "text": calendar_text(event, method, sent_at)}


def _event(thread: dict[str, Any], event: dict[str, Any], number: int, scene: Scene) -> dict[str, Any]:
    return {
        "uid": f"{thread['name']}-{number + 1}@calendar.example",
        "summary": event["summary"],
        "start": _moment(event["start"], scene).isoformat(),
        "end": _moment(event["end"], scene).isoformat(),
        "organizer": event["organizer"],
        "attendees": event["guests"],
        "created": scene.moments.moment(event["created"]).isoformat(),
        **{key: event[key] for key in ("description", "location", "status") if key in event},
    }


def _moment(told: str, scene: Scene) -> datetime:
    return scene.times[told] if told in scene.times else scene.moments.moment(told)
