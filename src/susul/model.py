"""The nouns of Susul: what is read, what is understood, what is decided. Frozen values without behaviour.

Instants are timezone-aware datetimes (``*_at``), calendar days are dates (``*_on``). Addresses are
compared by their lower-cased addr-spec (RFC 5322, 3.4.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a case is about."""

    INTERVIEW = "interview"
    APPLICATION = "application"
    MEETING = "meeting"
    PROPOSAL = "proposal"
    PROJECT = "project"
    TASK = "task"


class State(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    ANSWERED = "answered"
    REJECTED = "rejected"
    ON_HOLD = "on_hold"
    WON = "won"
    DECLINED = "declined"
    UNDELIVERED = "undelivered"
    NO_ANSWER = "no_answer"
    IGNORED = "ignored"
    CLOSED = "closed"


class WaitingOn(StrEnum):
    """Who acts next."""

    THEM = "them"
    ME = "me"
    NOBODY = "nobody"


class Step(StrEnum):
    """The follow-ups that can be drafted; each has a template of the same name."""

    THANK_YOU = "thank_you"
    RECAP = "recap"
    STATUS_CHECK = "status_check"
    CHECK_BACK = "check_back"
    KEEP_IN_TOUCH = "keep_in_touch"
    LAST_CALL = "last_call"
    NUDGE = "nudge"
    REJECTION_REPLY = "rejection_reply"
    DECLINE = "decline"


class Nature(StrEnum):
    """Who or what produced a message."""

    PERSON = "person"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    DELAY = "delay"
    LIST = "list"
    CALENDAR = "calendar"
    RECEIPT = "receipt"
    AUTOMATED = "automated"


class Fact(StrEnum):
    """What a message's own words can tell (protocol, section 2)."""

    PROMISE = "promise"
    CHECK_BACK = "check_back"
    HOLD_OFF = "hold_off"
    INTEREST = "interest"
    REJECTION = "rejection"
    ON_HOLD = "on_hold"
    OFFER = "offer"
    SCHEDULE = "schedule"
    QUESTION = "question"
    REQUEST = "request"
    PROPOSAL = "proposal"
    APPLICATION = "application"
    THANKS = "thanks"
    CLOSING = "closing"
    WITHDRAWAL = "withdrawal"


class Sense(StrEnum):
    """The finer meaning of a signal, where one fact has several effects."""

    PLAIN = ""
    # promise
    HOLDING = "holding"  # "let us look at it first", "masih kami proses": they have it, no date
    SLOW = "slow"  # "it takes longer than planned", no date
    # check_back
    ON = "on"  # "write to me on Monday"
    AFTER = "after"  # "if you have not heard by Monday"
    # hold_off
    WE_CONTACT = "we_contact"  # "we will contact you"
    NO_FOLLOW_UP = "no_follow_up"  # "please do not follow up"
    SILENCE_IS_NO = "silence_is_no"  # "if you hear nothing within 14 days, consider it a no"
    # interest
    KEEP_IN_TOUCH = "keep_in_touch"  # "please keep in touch"
    # schedule
    PROPOSED = "proposed"  # an invitation or a question whether a time suits
    FIXED = "fixed"  # "Wednesday at 14:00 it is"
    MOVED = "moved"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"  # "sorry I could not make it yesterday"
    # offer
    ACCEPTED = "accepted"  # they say yes to what the owner proposed
    # closing
    COURTESY = "courtesy"  # "you're welcome", "sama-sama": answers nothing, starts nothing


class Answer(StrEnum):
    """An attendee's participation status (RFC 5545, 3.2.12)."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    NEEDS_ACTION = "needs_action"


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox: a display name (may be empty) and a lower-cased addr-spec."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Attendee:
    """One guest of an event."""

    email: str
    name: str = ""
    answer: Answer = Answer.NEEDS_ACTION
    resource: bool = False


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """A text/calendar part of a message (iTIP, RFC 5546): its METHOD in capitals and the event's facts."""

    method: str
    uid: str
    summary: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    attendees: tuple[Attendee, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """One recipient's fields of a message/delivery-status part (RFC 3464)."""

    recipient: str
    action: str  # failed, delayed, delivered, relayed, expanded; lower case
    status: str  # "5.1.1"; may be empty


@dataclass(frozen=True, slots=True)
class Message:
    """One mail as the sources deliver it, decoded but not interpreted.

    ``labels`` holds Gmail's system label ids (INBOX, SENT, DRAFT, SPAM, TRASH, CHAT …) and the *names* of the
    owner's labels. ``headers`` holds the headers that reading needs, by lower-case name, values unfolded and
    decoded. ``text`` and ``html`` are the message's own body parts (never those of an attached message).
    """

    id: str
    thread_id: str
    message_id: str
    sent_at: datetime
    sender: Address
    subject: str = ""
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    labels: frozenset[str] = frozenset()
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "text/plain"
    text: str = ""
    html: str = ""
    attachments: tuple[str, ...] = ()
    calendar: tuple[CalendarPart, ...] = ()
    deliveries: tuple[DeliveryReport, ...] = ()
    readable: bool = True  # False: encrypted, or so broken that the body could not be had


@dataclass(frozen=True, slots=True)
class Event:
    """One calendar event (for a recurring one, one occurrence). ``uid`` is its iCalUID."""

    uid: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    description: str = ""
    location: str = ""
    all_day: bool = False
    status: str = "confirmed"  # confirmed, tentative, cancelled
    organizer: str = ""
    attendees: tuple[Attendee, ...] = ()
    recurring: bool = False
    transparent: bool = False
    created_at: datetime | None = None
    id: str = ""  # unique an occurrence; the uid where the source has nothing better


@dataclass(frozen=True, slots=True)
class Window:
    """Days named in words: from ``starts_on`` (None: at once) to the end of ``ends_on``."""

    starts_on: date | None
    ends_on: date


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that a message says, with the words that say it."""

    fact: Fact
    quote: str
    phrase: str  # the phrase of the language data that fired, "en/promise/let-you-know"
    sense: Sense = Sense.PLAIN
    window: Window | None = None
    starts_at: datetime | None = None  # schedule: the time named, where there is one
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one message says."""

    id: str  # the message's id
    language: str  # "en", "id", "und"
    nature: Nature
    text: str  # the writer's own words
    signals: tuple[Signal, ...] = ()
    returns_on: date | None = None  # auto-reply: the first day back
    failed: tuple[str, ...] = ()  # bounce: the addresses that it did not reach
    sign_off: str = ""  # how the writer signs: "Budi", "Budi Santoso"; empty when unsure


@dataclass(frozen=True, slots=True)
class Evidence:
    """A rule that fired, on what, and the words that made it fire."""

    fact: str
    quote: str
    at: datetime
    message: str | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One reply ready to be laid into Drafts. ``text`` and ``html`` hold signature and quote."""

    thread: str | None
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    in_reply_to: str
    references: tuple[str, ...]
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a draft lies: its own id, that of the message it holds now (an edit changes it), and that one's thread."""

    draft_id: str
    message_id: str
    thread_id: str


@dataclass(frozen=True, slots=True)
class Told:
    """One message of a case with what it says. ``outgoing``: the owner wrote it.

    ``heard_only``: it lies in spam or trash. It can end a wait, but never begins one, is never replied to, and gives
    no address.
    """

    message: Message
    reading: Reading
    outgoing: bool
    heard_only: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """What a matter is about, in the conversation's own words; empty strings where it does not say.

    ``role`` is the job ("Data Analyst"), ``company`` the counterpart's organisation as they write it ("Arunika
    Analytics"), ``about`` the plain subject ("brand refresh for Grey Oak"), ``asked`` the owner's open question in
    short ("the final product photos").
    """

    role: str = ""
    company: str = ""
    about: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One matter with one counterpart: its threads and events, in time order."""

    id: str
    kind: Kind
    told: tuple[Told, ...]
    events: tuple[Event, ...]
    people: tuple[Address, ...]  # the counterpart, those who wrote last first
    organisation: str
    language: str
    subject: str
    topic: Topic = Topic()
    links: tuple[Evidence, ...] = ()  # why threads and events were taken for one matter

    @property
    def threads(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(told.message.thread_id for told in self.told))


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One step that a case calls for, and everything its draft needs to know.

    ``trigger`` names what the step answers (the id of the message that was left unanswered, or the event's id);
    with the step it identifies the draft for ever. ``reply_to`` is the id of the message that the draft replies to,
    None for a new thread. ``ordinal`` counts the check-ins made before in this stage.
    """

    step: Step
    due_at: datetime
    lapses_at: datetime | None
    trigger: str
    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()
    reply_to: str | None = None
    event: str | None = None  # Event.id
    ordinal: int = 0
    promised: Window | None = None  # the days that they named
    time_passed: bool = False  # nudge: the proposed time is over, so the draft offers new ones
    quotes: bool = True  # False: somebody addressed has not seen the message replied to, so it isn't quoted


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do about a case now, in one sentence, with the evidence for it."""

    state: State
    waiting_on: WaitingOn
    reason: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Write(Decision):
    """A draft is due."""

    follow_up: FollowUp


@dataclass(frozen=True, slots=True)
class Wait(Decision):
    """A step comes at ``follow_up.due_at``."""

    follow_up: FollowUp


@dataclass(frozen=True, slots=True)
class Silent(Decision):
    """There is nothing to do."""
