"""A matter while its story is being told: what is known after each turn. Changed in place, by one teller."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from susul.cases.appointment import Appointment, Standing
from susul.cases.waits import Basis, OpenWait, evidence_of, short
from susul.model import Event, Evidence, Signal, State, Told, WaitingOn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from susul.owner import Owner
    from susul.policy import Policy


@dataclass(slots=True)
class Tale:
    """The state between two turns.

    ``job``: the owner is the candidate. ``suspended``: their promise, while they wait for something of the owner's
    first. ``thanked``: keys of appointments, and ids of rejections, that the owner has answered.
    """

    told: tuple[Told, ...]
    events: tuple[Event, ...]
    appointments: tuple[Appointment, ...]
    owner: Owner
    policy: Policy
    now: datetime
    job: bool
    wait: OpenWait | None = None
    suspended: OpenWait | None = None
    check_ins: list[Told] = field(default_factory=list)
    earlier_check_ins: list[Told] = field(default_factory=list)  # those of the stages before
    interest: Evidence | None = None
    thanked: set[str] = field(default_factory=set)
    rejection: Told | None = None
    stop: Evidence | None = None
    stop_until: date | None = None
    spent: bool = False  # the one contact that "we will contact you" or a freeze leaves room for was made
    kept_in_touch: bool = False
    undelivered: set[str] = field(default_factory=set)
    applied: bool = False
    proposed: bool = False
    asked_project: bool = False
    began: bool = False
    state: State = State.OPEN
    waiting_on: WaitingOn = WaitingOn.NOBODY
    last: Evidence | None = None
    last_contact_on: date | None = None
    they_asked: bool = False  # their last mail wants something of the owner
    they_closed: bool = False  # their last mail says that nothing more is needed
    they_wrote_on: date | None = None

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.owner.zone).date()

    def open(self, wait: OpenWait) -> None:
        """From here on something is expected from them."""
        self.began = True
        self.wait, self.suspended = wait, None
        self.state = State.ON_HOLD if wait.basis is Basis.ON_HOLD else State.OPEN
        self.waiting_on = WaitingOn.THEM

    def settle(self, state: State, waiting_on: WaitingOn) -> None:
        """Nothing is expected from them any more."""
        self.wait, self.state, self.waiting_on = None, state, waiting_on

    def new_stage(self) -> None:
        """The count of check-ins begins anew."""
        self.earlier_check_ins += self.check_ins
        self.check_ins = []
        self.spent, self.kept_in_touch = False, False

    def wait_for(self, basis: Basis, t: Told, signal: Signal | None) -> OpenWait:
        return OpenWait(
            basis,
            self.day(t.message.sent_at),
            evidence_of(basis.value, t, signal),
            told=t,
            window=signal.window if signal else None,
            starts_at=signal.starts_at if signal else None,
        )

    def contact(self, t: Told) -> None:
        """A person or the owner wrote."""
        self.last_contact_on = self.day(t.message.sent_at)
        words = short(t.reading.text or t.message.subject)
        self.last = Evidence("last_message", words, t.message.sent_at, message=t.message.id)

    def ended_before(self, moment: datetime) -> list[Appointment]:
        return [a for a in self.appointments if a.standing is Standing.FIXED and a.event.ends_at <= moment]

    def lies_ahead(self, appointment: Appointment) -> bool:
        return appointment.standing is Standing.FIXED and appointment.event.ends_at > self.now

    def interviewed(self) -> bool:
        return any(a.interview and a.standing is Standing.FIXED for a in self.appointments)

    def ahead(self) -> Sequence[Event]:
        return [a.event for a in self.appointments if self.lies_ahead(a)]
