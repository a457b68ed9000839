"""What a matter waits for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from susul.model import Event, Evidence, Signal, Told, Window

if TYPE_CHECKING:
    from datetime import date, datetime

QUOTE_LENGTH = 160


class Basis(StrEnum):
    """What a wait stands on."""

    APPLICATION = "application_sent"
    INTERVIEW = "interview_ended"
    REPLY = "you_replied"
    PROPOSAL = "proposal_sent"
    REQUEST = "you_asked"
    TASK = "task_given"
    MEETING_REQUEST = "meeting_proposed"
    INVITATION = "invitation_open"
    PROMISE = "promise"
    HOLDING = "holding_answer"
    SLOW = "slow_decision"
    CHECK_BACK = "check_back"
    WE_CONTACT = "hold_off"
    ON_HOLD = "on_hold"


# A word of theirs that says when or that they come back.
THEIR_WORD = (Basis.PROMISE, Basis.HOLDING, Basis.SLOW, Basis.CHECK_BACK, Basis.WE_CONTACT, Basis.ON_HOLD)
# A date that they named stands, whatever courtesy of the owner's follows.
THEIR_DATE = (Basis.PROMISE, Basis.CHECK_BACK)


@dataclass(frozen=True, slots=True)
class OpenWait:
    """Why something is expected from them. ``day_0`` is the local date from which business days count."""

    basis: Basis
    day_0: date
    evidence: Evidence
    told: Told | None = None
    event: Event | None = None
    window: Window | None = None
    on_day: bool = False
    starts_at: datetime | None = None  # the time that the owner proposed
    doubled: bool = False  # they are away and did not say until when
    appointment: tuple[str, ...] = ()  # the names of the appointment that it follows

    @property
    def names(self) -> tuple[str, ...]:
        """What was left unanswered, as the ledger names it: the appointment, a message's id, else the event's."""
        if self.appointment:
            return self.appointment
        if self.told:
            return (self.told.message.id,)
        assert self.event is not None
        return (self.event.id or self.event.uid,)


def short(text: str) -> str:
    return " ".join(text.split())[:QUOTE_LENGTH]


def evidence_of(fact: str, t: Told, signal: Signal | None = None) -> Evidence:
    """What ``t`` shows, in the signal's words or else its first ones."""
    quote = signal.quote if signal else short(t.reading.text or t.message.subject)
    return Evidence(fact, quote, t.message.sent_at, message=t.message.id)
