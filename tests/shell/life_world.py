"""A small mailbox in which an owner, the others and the program live, and what is truly so in it.

What the program believes is in its ledger; what it did is found out here by looking into the mailbox, so that the one
can be held against the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from accounts import RINA, mailbox
from life_letters import AWAY, BOUNCE, FIRST_NAMES, LAST_NAMES, NUDGES, OPENINGS, OWN_WORDS, REPLIES, SETTLES

from susul.sandbox import Sandbox
from susul.sandbox.compose import read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from susul.model import Step
    from susul.sandbox.message import StoredMessage

JAKARTA = ZoneInfo("Asia/Jakarta")
START = datetime(2027, 2, 1, 9, 0, tzinfo=JAKARTA)  # a Monday; Nyepi and Lebaran come in March
TICK = timedelta(minutes=1)
COLLEAGUE, PRIVATE, ELSEWHERE, HERE = "colleague", "private", "elsewhere", "here"


class Fate(StrEnum):
    """What became of a draft that the program laid."""

    LIES = "lies as it was laid"
    OPENED = "was opened or put back: it may count as touched"
    EDITED = "was edited"
    SENT = "was sent"
    DISCARDED = "was discarded"
    TRASHED = "lies in Trash"
    WITHDRAWN = "was withdrawn"


@dataclass(slots=True)
class Laid:
    """A draft of the program's. ``news`` is that of its matter when it was laid."""

    draft_id: str
    rfc822_id: str
    matter: Matter | None
    thread: str
    trigger: str
    step: Step | None
    requested: bool
    fate: Fate = Fate.LIES
    news: int = 0
    restored: bool = False
    sure: bool = True  # the ledger had it when the owner dealt with it


@dataclass(slots=True)
class Matter:
    """One concern with one organisation. ``news`` counts what a decision may stand on."""

    number: int
    kind: str
    language: str
    threads: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)  # message ids, oldest first
    events: list[str] = field(default_factory=list)
    news: int = 0
    settled: str = ""
    over_at: datetime = START  # when the last appointment has ended

    @property
    def first_name(self) -> str:
        return FIRST_NAMES[self.number % len(FIRST_NAMES)]

    @property
    def domain(self) -> str:
        return f"house{self.number}.example"

    @property
    def email(self) -> str:
        return f"{self.first_name.lower()}@{self.domain}"

    @property
    def private(self) -> str:
        return f"{self.first_name.lower()}.{self._last_name.lower()}@private{self.number}.example"

    @property
    def person(self) -> str:
        return f"{self.first_name} {self._last_name} <{self.email}>"

    @property
    def _last_name(self) -> str:
        return LAST_NAMES[self.number % len(LAST_NAMES)]


@lru_cache(maxsize=1000)
def recipients_of(raw: bytes) -> tuple[str, ...]:
    message = read(raw)
    headers = [message[name] for name in ("To", "Cc", "Bcc") if message[name]]
    return tuple(address.addr_spec.lower() for header in headers for address in header.addresses)


class World:
    """The mailbox, its clock, and everything that people do in it. Every action is told to ``history``."""

    def __init__(self) -> None:
        self.sandbox = Sandbox(mailbox())
        self.sandbox._server.server_close()  # nobody connects: the wire leads in here directly
        self.box = self.sandbox.mailbox
        self.matters: list[Matter] = []
        self.laid: dict[str, Laid] = {}  # by draft id
        self.own: set[str] = set()
        self.kept: dict[str, bytes] = {}  # drafts that nobody but the owner may change, by draft id
        self.bin: list[tuple[bytes, str, Laid | None]] = []
        self.left: dict[str, str] = {}  # the thread that an edited subject has left, by draft id
        self.written = 0
        self.set_clock(START)

    @property
    def now(self) -> datetime:
        return self.sandbox.now()

    def set_clock(self, moment: datetime) -> None:
        self.sandbox.set_clock(moment)

    def passes(self, time: timedelta) -> None:
        self.set_clock(self.now + time)

    # What lies in Drafts

    def lying(self) -> list[str]:
        """The ids of all drafts that are not in Trash, in a lasting order."""
        return sorted(
            draft_id for draft_id in self.box.drafts.message_of if "TRASH" not in self.message(draft_id).labels
        )

    def message(self, draft_id: str) -> StoredMessage:
        return self.box.messages[self.box.drafts.message_of[draft_id]]

    def matter_of(self, emails: Iterable[str]) -> Matter | None:
        wanted = {email.lower() for email in emails}
        return next((m for m in self.matters if any(e.endswith(m.domain) or e == m.private for e in wanted)), None)

    def _fresh(self, text: str) -> str:
        self.written += 1
        return text.format(number=self.written)

    # What the owner does with a draft

    def edits(self, draft_id: str, *, subject: str | None = None) -> None:
        thread = self.message(draft_id).thread_id
        self.sandbox.owner_edits_draft(draft_id, text=self._fresh(OWN_WORDS), subject=subject)
        if draft_id in self.laid and self.message(draft_id).thread_id != thread:
            self.left.setdefault(draft_id, thread)
        self._is_theirs(draft_id, Fate.EDITED)

    def opens(self, draft_id: str) -> None:
        self.sandbox.owner_opens_draft(draft_id)
        if draft_id in self.kept:
            self.kept[draft_id] = self.message(draft_id).raw
        if draft_id in self.laid and self.laid[draft_id].fate is Fate.LIES:
            self.laid[draft_id].fate = Fate.OPENED

    def _is_theirs(self, draft_id: str, fate: Fate) -> None:
        self.kept[draft_id] = self.message(draft_id).raw
        if draft_id in self.laid:
            self.laid[draft_id].fate = fate

    def sends(self, draft_id: str) -> None:
        to = self.recipients(draft_id)
        sent = self.sandbox.owner_sends_draft(draft_id)
        self._ends(draft_id, Fate.SENT)
        self._owner_wrote(self.matter_of(to), sent)

    def discards(self, draft_id: str) -> None:
        held = self.message(draft_id)
        self.bin.append((held.raw, held.thread_id, self.laid.get(draft_id)))
        self.sandbox.owner_discards_draft(draft_id)
        self._ends(draft_id, Fate.DISCARDED)

    def trashes(self, draft_id: str) -> None:
        self.sandbox.label(self.message(draft_id).id, add=("TRASH",))
        if draft_id in self.laid:
            self.laid[draft_id].fate = Fate.TRASHED

    def untrashes(self, draft_id: str, *, known_as_gone: bool) -> None:
        self.sandbox.label(self.message(draft_id).id, remove=("TRASH",))
        if draft_id not in self.laid:
            return
        self.laid[draft_id].restored = True
        if known_as_gone or draft_id in self.kept:
            self._is_theirs(draft_id, Fate.EDITED)
        else:
            self.laid[draft_id].fate = Fate.OPENED

    def undiscards(self, *, known_as_gone: bool) -> None:
        """Undo in the web: the same words under a new draft id."""
        raw, thread, was = self.bin.pop()
        message_id = self.box.add_message(raw, ["DRAFT"], thread if thread in self.box.threads else None, self.now)
        draft_id = self.box.drafts.draft_of[message_id]
        if was is None or known_as_gone:
            self.own.add(draft_id)
            self.kept[draft_id] = raw
            return
        back = Laid(draft_id, was.rfc822_id, was.matter, thread, was.trigger, was.step, was.requested, Fate.OPENED)
        back.restored = True
        self.laid[draft_id] = back

    def _ends(self, draft_id: str, fate: Fate) -> None:
        self.kept.pop(draft_id, None)
        self.own.discard(draft_id)
        if draft_id in self.laid:
            self.laid[draft_id].fate = fate

    def recipients(self, draft_id: str) -> tuple[str, ...]:
        return recipients_of(self.message(draft_id).raw)

    # What the owner writes

    def begins(self, kind: str, language: str) -> Matter:
        matter = Matter(len(self.matters), kind, language)
        self.matters.append(matter)
        if kind in ("interview", "meeting"):
            self.meets(matter, timedelta(days=1, hours=1))
            return matter
        letter = OPENINGS[language, kind].to(matter.first_name, matter.number)
        self._owner_writes(matter, {"subject": letter.subject, "text": letter.text, "attachments": letter.attachments})
        return matter

    def writes(self, matter: Matter, thread: int) -> None:
        """A mail of the owner's own, outside of any draft."""
        text = NUDGES[matter.language].format(name=matter.first_name)
        self._owner_writes(matter, {"text": text, **self._reply_in(matter, thread)})

    def begins_draft(self, matter: Matter, thread: int) -> None:
        place = self._reply_in(matter, thread)
        fields = {"to": matter.person, "text": self._fresh(OWN_WORDS), "date": self.now.isoformat(), **place}
        draft_id = self.sandbox.owner_writes_draft(fields)
        self.own.add(draft_id)
        self.kept[draft_id] = self.message(draft_id).raw

    def _owner_writes(self, matter: Matter, fields: dict[str, Any]) -> None:
        sent = self.sandbox.owner_sends({"to": matter.person, "date": self.now.isoformat(), **fields})
        self._owner_wrote(matter, sent)

    def _owner_wrote(self, matter: Matter | None, message_id: str) -> None:
        if matter is not None:
            self._joins(matter, message_id)
            matter.settled = ""

    def _joins(self, matter: Matter, message_id: str) -> None:
        thread = self.box.message(message_id).thread_id
        if thread not in matter.threads:
            matter.threads.append(thread)
        matter.last.append(message_id)
        matter.news += 1

    def _reply_in(self, matter: Matter, thread: int) -> dict[str, Any]:
        """As a reply to the newest mail of one of the matter's threads; a new thread where it has none."""
        if not matter.threads:
            return {"subject": f"About house {matter.number}"}
        wanted = matter.threads[thread % len(matter.threads)]
        held = [one for one in matter.last if one in self.box.messages and self.box.message(one).thread_id == wanted]
        parent = self.box.message(held[-1])
        return {"reply_to": parent.rfc_id, "thread": wanted}

    # What the others do

    def answers(self, matter: Matter, manner: str, where: str, thread: int) -> None:
        sender = {
            COLLEAGUE: f"Tika Larasati <tika@{matter.domain}>",
            PRIVATE: matter.person.replace(matter.email, matter.private),
        }.get(where, matter.person)
        place = self._reply_in(matter, thread)
        if where in (ELSEWHERE, PRIVATE):
            place = {"subject": place.get("subject") or f"About house {matter.number}"}
        text = REPLIES[matter.language, manner].format(name=matter.first_name)
        message_id = self._delivered({"from": sender, "text": text, **place})
        self._joins(matter, message_id)
        # What they say before they meet doesn't settle what comes after.
        matter.settled = manner if manner in SETTLES and where == HERE and matter.over_at <= self.now else ""

    def is_away(self, matter: Matter, thread: int) -> None:
        subject, text = AWAY[matter.language]
        headers = {"Auto-Submitted": "auto-replied"}
        fields = {"from": matter.person, "text": text, "headers": headers, **self._reply_in(matter, thread)}
        self._delivered({**fields, "subject": subject})

    def bounces(self, matter: Matter, thread: int) -> None:
        """Their mail system gives the last mail back."""
        fields = {
            "from": "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
            "headers": {"Auto-Submitted": "auto-replied", "X-Failed-Recipients": matter.email},
            "text": BOUNCE.format(email=matter.email),
            **self._reply_in(matter, thread),
            "subject": "Delivery Status Notification (Failure)",
        }
        self._delivered(fields)
        matter.news += 1

    def _delivered(self, fields: dict[str, Any]) -> str:
        return self.sandbox.deliver({"to": f"Rina Wijaya <{RINA}>", "date": self.now.isoformat(), **fields})

    # The calendar

    def meets(self, matter: Matter, ahead: timedelta) -> None:
        start = self.now + ahead
        role = {"interview": "Data Analyst", "application": "Packaging Designer"}.get(matter.kind)
        record = {
            "summary": f"Interview - {role} {matter.number}" if role else f"Label set {matter.number}",
            "start": start.isoformat(),
            "end": (start + timedelta(hours=1)).isoformat(),
            "organizer": matter.email,
            "attendees": [[matter.email, "accepted"], [RINA, "accepted"]],
            "created": self.now.isoformat(),
        }
        matter.events.append(self.sandbox.add_event(record))
        self._rescheduled(matter, start)

    def moves(self, matter: Matter, which: int, ahead: timedelta) -> None:
        start = self.now + ahead
        self.sandbox.move_event(matter.events[which % len(matter.events)], start, start + timedelta(hours=1))
        self._rescheduled(matter, start)

    def cancels(self, matter: Matter, which: int) -> None:
        self.sandbox.cancel_event(matter.events[which % len(matter.events)])
        self._rescheduled(matter, self.now)

    def _rescheduled(self, matter: Matter, start: datetime) -> None:
        matter.over_at = max(matter.over_at, start + timedelta(hours=1))
        matter.news += 1
        matter.settled = ""

    # Labels

    def labels(self, thread: str, name: str, *, on: bool) -> None:
        for message in list(self.box.threads.get(thread, ())):
            if "DRAFT" not in message.labels:
                self.sandbox.label(message.id, **({"add": (name,)} if on else {"remove": (name,)}))

    def carries(self, thread: str, name: str) -> bool:
        (label,) = self.box.labels.ids_for([name])
        return any(label in message.labels for message in self.box.threads.get(thread, ()))
