"""What is to be run, and under which names."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from susul.schedule.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Job:
    """One run of susul: its command line, what its environment must hold, when.

    ``home`` is set where one account of several is meant (SUSUL_HOME); each has entries of its own.
    """

    command: tuple[str, ...]
    timetable: Timetable
    home: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    log: str = ""

    @property
    def name(self) -> str:
        """A name for files and units: ``susul``, with a mark of its own for a home of its own."""
        return f"susul-{self.mark}" if self.home else "susul"

    @property
    def mark(self) -> str:
        return sha256(self.home.encode("utf-8", "surrogateescape")).hexdigest()[:8]
