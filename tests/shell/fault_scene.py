"""A mailbox on the eve of a sync that has everything to do: three drafts to lay, one to change, one to withdraw.

An undisturbed first sync has laid three drafts; then the owner edited one, somebody answered another, a signature was
put into the config, an interview took place, and two more proposals stayed without an answer.

The long way to the same: the history has expired, so that all is listed anew; so much mail has come that it is read on
two connections at once; and the owner wants labels.
"""

from __future__ import annotations

import copy
import shutil
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from accounts import RINA, ledger, text_of

from susul.cli.sandbox import write_home
from susul.places import find_places
from susul.sandbox import Mailbox, Sandbox
from susul.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

    from fault_launcher import Launcher

JAKARTA = ZoneInfo("Asia/Jakarta")
FIRST_SYNC = datetime(2026, 6, 10, 9, 0, tzinfo=JAKARTA)
SYNC = datetime(2026, 6, 16, 17, 30, tzinfo=JAKARTA)
OWNER = f"Rina Wijaya <{RINA}>"
OUR_LABEL = "Susul/Draft"
OWN_WORDS = "My own words, not sent yet.\n"


def proposal(topic: str, to: str, on: str, language: str = "en") -> dict[str, Any]:
    first_name = to.partition("@")[0].capitalize()
    texts = {
        "en": f"Dear {first_name},\n\nAttached is our proposal for the {topic} programme. I would be glad to hear "
        "what you think.\n\nBest regards,\nRina Wijaya\n",
        "id": f"Yth. Ibu {first_name},\n\nTerlampir proposal kami untuk program {topic}. Kami menunggu tanggapan "
        "Ibu.\n\nSalam hormat,\nRina Wijaya\n",
    }
    return {
        "id": f"{topic}-1",
        "thread": topic,
        "from": OWNER,
        "to": f"{first_name} Park <{to}>" if language == "en" else f"{first_name} Lestari <{to}>",
        "date": f"{on}T09:00:00+07:00",
        "subject": f"Proposal: {topic} programme" if language == "en" else f"Proposal program {topic}",
        "text": texts[language],
        "attachments": [f"proposal-{topic}.pdf"],
    }


INTERVIEW_MAIL = {
    "id": "interview-1",
    "thread": "interview",
    "from": "Dewi Santoso <dewi@harbour.example>",
    "to": OWNER,
    "date": "2026-06-08T10:00:00+07:00",
    "subject": "Interview for the position of Programme Lead",
    "text": "Dear Rina,\n\nThank you for your application for the position of Programme Lead. We would like to "
    "invite you to an interview on Tuesday, 16 June 2026 at 10:00.\n\nKind regards,\nDewi Santoso\n"
    "Harbour Foundation\n",
}
CONFIRMED = {
    "id": "interview-2",
    "thread": "interview",
    "from": OWNER,
    "to": "Dewi Santoso <dewi@harbour.example>",
    "date": "2026-06-08T11:00:00+07:00",
    "subject": "Re: Interview for the position of Programme Lead",
    "text": "Dear Dewi,\n\nThank you, I confirm the interview on Tuesday, 16 June at 10:00.\n\nBest regards,\n"
    "Rina Wijaya\n",
    "reply_to": "interview-1",
}
INTERVIEW = {
    "uid": "interview@calendar.example",
    "summary": "Interview Programme Lead: Rina Wijaya and Harbour Foundation",
    "start": "2026-06-16T10:00:00+07:00",
    "end": "2026-06-16T11:00:00+07:00",
    "organizer": "dewi@harbour.example",
    "attendees": [[RINA, "ACCEPTED"], ["dewi@harbour.example", "ACCEPTED"]],
    "created": "2026-06-08T12:00:00+07:00",
}
ANSWER = {
    "id": "garden-2",
    "thread": "garden",
    "from": "Ann Park <ann@garden.example>",
    "to": OWNER,
    "date": "2026-06-12T14:00:00+07:00",
    "subject": "Re: Proposal: garden programme",
    "text": "Dear Rina,\n\nThis looks right. Could you add the price for two more rooms?\n\nAnn\n",
    "reply_to": "garden-1",
}


MORE_MAIL = 40  # conversations; more than two batches take


def small_talk(number: int) -> dict[str, Any]:
    """Mail that asks for nothing."""
    return {
        "id": f"talk-{number}",
        "thread": f"talk-{number}",
        "from": f"Petra Lind <petra{number}@atelier{number}.example>",
        "to": OWNER,
        "date": f"2026-06-12T{8 + number // 60:02}:{number % 60:02}:00+07:00",
        "subject": f"Soup of the day, no. {number}",
        "text": "The soup was good today.\n\nPetra\n",
    }


def mailbox() -> Mailbox:
    return Mailbox.from_json(
        {
            "address": RINA,
            "name": "Rina Wijaya",
            "time_zone": "Asia/Jakarta",
            "messages": [
                proposal("reading", "helen@mosaic.example", "2026-05-27"),
                proposal("garden", "ann@garden.example", "2026-05-27"),
                proposal("museum", "maria@museum.example", "2026-05-26"),
                proposal("music", "peter@music.example", "2026-06-05"),
                proposal("literasi", "sari@pustaka.example", "2026-06-05", "id"),
                INTERVIEW_MAIL,
                CONFIRMED,
            ],
            "events": [INTERVIEW],
        }
    )


def copied(box: Mailbox) -> Mailbox:
    """The same mailbox once more, as it is now. Its lock isn't shared, and its clock has stopped."""
    now = box.now()
    clock, box.clock = box.clock, lambda: now
    try:
        return copy.deepcopy(box, {id(box.lock): threading.RLock()})
    finally:
        box.clock = clock


@dataclass(frozen=True, slots=True)
class Scene:
    """A mailbox, a home signed in to it at a certain port, and what lets the sign-in in."""

    mailbox: Mailbox
    home: Path
    port: int
    access: dict[str, Any]
    refresh: dict[str, Any]
    own_draft: bytes  # the one that the owner edited
    long_way: bool = False

    @contextmanager
    def played(self, home: Path, now: datetime = SYNC) -> Iterator[Sandbox]:
        """The mailbox served anew, with ``home`` as its own copy of the home."""
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self.home, home)
        with Sandbox.serve(copied(self.mailbox), port=self.port) as sandbox:
            sandbox.set_clock(now)
            sandbox.oauth.access.update(self.access)
            sandbox.oauth.refresh.update(self.refresh)
            yield sandbox


def prepared(launcher: Launcher, home: Path, *, long_way: bool = False) -> Scene:
    """The scene, after an undisturbed first sync and what happened since. ``home`` is made, and belongs to it."""
    with Sandbox.serve(mailbox()) as sandbox:
        sandbox.set_clock(FIRST_SYNC)
        write_home(home, sandbox.api_root, sandbox.token(), sandbox.credentials())
        first = launcher.run(home, FIRST_SYNC, "sync")
        assert first.code == 0, first
        launcher.run(home, FIRST_SYNC + timedelta(hours=1), "sync")  # hears of what the first one did
        own = draft_about(sandbox, "museum")
        sandbox.set_clock(FIRST_SYNC + timedelta(days=1))
        sandbox.owner_edits_draft(own, text=OWN_WORDS)
        sandbox.set_clock(SYNC)
        sandbox.deliver(ANSWER)
        config = find_places(home).config_file
        labels = "[gmail]\nlabels = true\n" if long_way else ""
        text = f'{config.read_text("utf-8")}{labels}[owner]\nsignature = "Rina W., Bandung"\n'
        config.write_text(text, "utf-8")
        if long_way:
            for number in range(MORE_MAIL):
                sandbox.deliver(small_talk(number))
            sandbox.expire_history()
        port = int(sandbox.api_root.rpartition(":")[2])
        oauth = sandbox.oauth
        box = copied(sandbox.mailbox)
        assert launcher.learn(as_mbox(box, home.with_suffix(".mbox")), RINA, SYNC).code == 0
        return Scene(box, home, port, dict(oauth.access), dict(oauth.refresh), raw_of(box, own), long_way)


def as_mbox(box: Mailbox, path: Path) -> Path:
    with path.open("wb") as file:
        for message in box.messages.values():
            file.write(b"From susul Wed May 27 09:00:00 2026\n" + message.raw.replace(b"\r\n", b"\n") + b"\n\n")
    return path


def draft_about(sandbox: Sandbox, topic: str) -> str:
    found = (draft_id for draft_id, _, _, message in sandbox.drafts() if topic in str(message["Subject"]))
    return next(found, "")


def raw_of(box: Mailbox, draft_id: str) -> bytes:
    message_id = box.drafts.message_of.get(draft_id)
    return box.messages[message_id].raw if message_id else b""


# ---------------------------------------------------------------------- what a run left behind


@dataclass(frozen=True, slots=True)
class Left:
    """The drafts and the state after a run, without what differs from run to run: ids, Message-IDs, time stamps."""

    drafts: tuple[str, ...]
    ledger: tuple[str, ...]
    copy: tuple[str, ...]
    labels: tuple[str, ...]

    def unlike(self, other: Left) -> str:
        """What differs, in a few words; nothing where they are equal."""
        differing = []
        for name in ("drafts", "ledger", "copy", "labels"):
            mine, theirs = set(getattr(self, name)), set(getattr(other, name))
            if mine != theirs or len(getattr(self, name)) != len(getattr(other, name)):
                differing.append(f"{name}: too much {sorted(mine - theirs)}, missing {sorted(theirs - mine)}")
        return "; ".join(differing)


def left(sandbox: Sandbox, home: Path) -> Left:
    lying = {draft_id: (message_id, thread) for draft_id, message_id, thread, _ in sandbox.drafts()}
    drafts = [_draft_line(thread, message) for _, _, thread, message in sandbox.drafts()]
    rows = []
    for row in ledger(home):
        told = [row.trigger, row.step, row.thread, row.digest, row.status, row.case, row.requested, row.intended]
        there = lying.get(row.draft_id)
        told.append("nowhere" if there is None else "as laid" if there[0] == row.message_id else "changed")
        rows.append(" ".join(map(str, told)))
    with closing(open_store(find_places(home).database)) as store:
        mail = [f"mail {m.id}" for m in store.messages() if "DRAFT" not in m.labels]
        owed = [f"owed {thread}" for thread in (*store.owed_threads(), *store.unreadable_threads())]
        events = [f"event {event.id}" for event in store.events()]
    copy = tuple(sorted([*mail, *owed, *events]))
    return Left(tuple(sorted(drafts)), tuple(sorted(rows)), copy, tuple(sorted(_labelled(sandbox.mailbox))))


def _labelled(box: Mailbox) -> set[str]:
    """The threads that carry our label."""
    label = box.labels.named(OUR_LABEL)
    return {m.thread_id for m in box.messages.values() if label and label.id in m.labels and "DRAFT" not in m.labels}


def _draft_line(thread: str, message: EmailMessage) -> str:
    headers = [str(message[name]) for name in ("From", "To", "Cc", "Bcc", "Subject", "In-Reply-To", "References")]
    html = message.get_body(("html",))
    body = text_of(message) + (str(html.get_content()) if html else "")
    return f"{thread} {message['Subject']} {sha256(' '.join([*headers, body]).encode()).hexdigest()[:12]}"


def harm_done(scene: Scene, sandbox: Sandbox) -> list[str]:
    """What may never be, at no moment: a second draft, a lost edit, anything sent."""
    threads = [thread for _, _, thread, _ in sandbox.drafts()]
    own = draft_about(sandbox, "museum")
    found = {
        "two drafts in one thread": len(threads) != len(set(threads)),
        "the owner's draft was changed": raw_of(sandbox.mailbox, own) != scene.own_draft,
        "something tried to send": bool(sandbox.violations),
        f"the sandbox failed: {sandbox.errors}": bool(sandbox.errors),
    }
    return [what for what, happened in found.items() if happened]
