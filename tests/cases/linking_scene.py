"""Builds small mailboxes for the linking tests and says what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from susul.cases.linking import Matter, link
from susul.cases.story import Story, tell
from susul.days import BusinessDays
from susul.decide import decide
from susul.model import Address, Answer, Attendee, Decision, Event, Message
from susul.owner import Owner
from susul.policy import load_policy
from susul.reading import read
from susul.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ME = "Rina Wijaya <rina@rinawijaya.example>"
OWNER = Owner(("rina@rinawijaya.example",), "Rina Wijaya", ZoneInfo("Asia/Jakarta"), BusinessDays("ID"))
START = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)  # a Monday, 10:00 in Jakarta
POLICY = load_policy()


def on_day(day: float) -> datetime:
    """``day`` days after the first Monday, at 10:00 in Jakarta."""
    return START + timedelta(days=day)


def address(text: str) -> Address:
    name, email = parseaddr(text)
    return Address(name, email.lower())


def mail(thread: str, sender: str, subject: str, body: str, day: float, **more: Any) -> Message:
    """A mail in ``thread`` on ``day``; ``to`` is the owner unless named. Its id is thread and day."""
    to, labels = more.pop("to", ME), more.pop("labels", ("SENT",) if sender == ME else ("INBOX",))
    cc, reply = more.pop("cc", ()), more.pop("answers", None)
    headers = more.pop("headers", {})
    name = more.pop("id", f"{thread}-{day:g}")
    return Message(
        id=name,
        thread_id=thread,
        message_id=f"<{name}@mail.example>",
        sent_at=on_day(day),
        sender=address(sender),
        subject=subject,
        to=tuple(address(one) for one in ([to] if isinstance(to, str) else to)),
        cc=tuple(address(one) for one in ([cc] if isinstance(cc, str) else cc)),
        labels=frozenset(labels),
        in_reply_to=f"<{reply}@mail.example>" if reply else "",
        references=(f"<{reply}@mail.example>",) if reply else (),
        headers=headers,
        text=body,
        **more,
    )


def event(uid: str, summary: str, day: float, guests: Iterable[str] = (), **more: Any) -> Event:
    """An hour's event with ``guests``, organised by the first of them; the owner has accepted."""
    invited = tuple(Attendee(address(g).email, address(g).name, Answer.ACCEPTED) for g in guests)
    starts_at = on_day(day)
    mine = Attendee(OWNER.addresses[0], OWNER.name, Answer.ACCEPTED)
    return Event(
        uid=uid,
        summary=summary,
        starts_at=starts_at,
        ends_at=more.pop("ends_at", starts_at + timedelta(hours=1)),
        organizer=more.pop("organizer", invited[0].email if invited else OWNER.addresses[0]),
        attendees=more.pop("attendees", (*invited, mine) if invited else ()),
        created_at=more.pop("created_at", starts_at - timedelta(days=5)),
        id=more.pop("id", uid),
        **more,
    )


@dataclass(frozen=True)
class Scene:
    """A mailbox and a calendar."""

    messages: Sequence[Message]
    events: Sequence[Event] = field(default=())

    def matters(self) -> tuple[Matter, ...]:
        readings = {message.id: read(message, OWNER) for message in self.messages}
        return link(self.messages, readings, self.events, OWNER)

    def groups(self) -> set[frozenset[str]]:
        """The threads and event uids of each matter."""
        return {members(matter) for matter in self.matters()}

    def matter_of(self, name: str) -> Matter:
        return next(matter for matter in self.matters() if name in members(matter))

    def story(self, name: str, day: float) -> Story:
        return tell(self.matter_of(name), OWNER, POLICY, on_day(day))

    def decision(self, name: str, day: float) -> Decision:
        return decide(self.story(name, day), OWNER, POLICY, Record(), on_day(day))


def members(matter: Matter) -> frozenset[str]:
    return frozenset(c.thread for c in matter.conversations) | {e.uid for e in matter.events}
