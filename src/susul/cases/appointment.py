"""One interview or meeting, and whether it counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from susul.model import Event, Told


class Standing(Enum):
    """Whether an appointment counts."""

    FIXED = "fixed"
    ASKED = "asked"  # they named a time and the owner has not answered, or the other way round
    OFF = "off"  # cancelled, declined, moved away, missed


@dataclass(frozen=True, slots=True)
class Appointment:
    """One interview or meeting. ``told`` is the message that fixed it, where the calendar has nothing."""

    event: Event
    interview: bool
    standing: Standing
    told: Told | None = None
    off_because: str = ""
    names: tuple[str, ...] = ()  # its triggers in the ledger: its own first, then those it may have had before

    @property
    def key(self) -> str:
        return self.event.id or self.event.uid
