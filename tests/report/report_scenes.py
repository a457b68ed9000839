"""Small mailboxes as a scan sees them, and a page as a browser's parser sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from susul.app import Scanned
from susul.config import Config
from susul.drafting import Library
from susul.known_owner import make_owner
from susul.model import Address, Event, Message
from susul.outcomes import follow_ups
from susul.plan import make_plan
from susul.policy import load_policy
from susul.readings import read_all
from susul.record import Record
from susul.report.as_json import Coverage
from susul.report.page import report_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from susul.model import Step
    from susul.reconcile import LedgerRow

RINA = Address("Rina Wijaya", "rina@rinawijaya.example")
HELEN = Address("Helen Park", "helen@mosaic.example")
ZONE = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 7, 20, 3, 0, tzinfo=UTC)  # a Monday, 10:00 in Jakarta
OFFER = "Dear Helen,\n\nAttached is our proposal for the teacher training. I would be glad to hear what you think.\n"
ASK = "Dear Helen,\n\nI would like to ask whether you have had a chance to look at our proposal.\n"
LATER = "Dear Rina,\n\nThank you. We will let you know by 31 July.\n"
YES = "Dear Rina,\n\nThank you, the board has agreed: we accept your proposal.\n"


def mail(day: float, text: str, *, sender: Address = RINA, **more: object) -> Message:
    """A mail ``day`` days before NOW, from the owner to Helen unless ``sender`` is another."""
    sent_at = NOW - timedelta(days=day)
    to = HELEN if sender == RINA else RINA
    values: dict[str, object] = {
        "id": f"m{day:07.2f}".replace(".", "-"),
        "thread_id": "18f0aa11bb22cc33",
        "message_id": f"<{day}@mail.invalid>",
        "sent_at": sent_at,
        "sender": sender,
        "to": (to,),
        "subject": "Proposal: teacher training",
        "text": text,
        "labels": frozenset({"SENT"} if sender == RINA else {"INBOX"}),
    }
    return Message(**{**values, **more})  # type: ignore[arg-type]  # the values are those of the fields named


def scan(
    *messages: Message,
    events: Sequence[Event] = (),
    in_drafts: frozenset[tuple[str, Step]] = frozenset(),
    warnings: tuple[str, ...] = (),
    skipped: dict[str, int] | None = None,
    now: datetime = NOW,
) -> Scanned:
    policy = load_policy()
    owner = make_owner((RINA.email,), Config(), policy, zone=ZONE, country="ID", name=RINA.name)
    readings = read_all(messages, {}, owner)
    plan = make_plan(messages, readings, events, owner, policy, Record(), Library(None), now)
    coverage = Coverage.of(now - timedelta(days=90), messages, len(events), skipped or {})
    return Scanned(plan, owner, coverage, warnings, in_drafts=in_drafts)


def page_of(scanned: Scanned, code: str = "en", sent: Sequence[LedgerRow] = ()) -> str:
    return report_page(scanned, follow_ups(scanned.plan, sent, ZONE), code)


@dataclass
class Element:
    """One element with its text, that of its descendants included."""

    tag: str
    attrs: dict[str, str | None]
    text: str = ""
    inside: tuple[Element, ...] = field(default=(), repr=False)


class Parsed(HTMLParser):
    """The page's elements in order; fails where one is not closed in its place."""

    EMPTY = frozenset({"meta", "br", "img", "link", "input", "hr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), inside=tuple(self.open))
        assert len(element.attrs) == len(attrs)
        self.elements.append(element)
        if tag not in self.EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    def section(self, name: str) -> Element:
        return next(e for e in self.all("section") if e.attrs.get("aria-labelledby") == name)
