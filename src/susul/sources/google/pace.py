"""How fast a run may call Google, and how long it may wait for it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

from susul.sources.google.units import UNITS_PER_MINUTE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

# A minute, and a little for clocks and networks that aren't quite as even as that.
_WINDOW = timedelta(seconds=61)
# How far a run may be slowed when Google finds us too fast, in parts of the rate it began with.
_SLOWEST = 0.2


@dataclass(slots=True)
class Booking:
    """The units of one request, by the instant it was last known to be counted at."""

    at: datetime
    units: int


class Budget:
    """The quota units of a run: at most ``per_minute`` in any minute. Shared by all connections of one account.

    Bursts go through at once, and no minute ever holds more than is allowed, wherever Google begins to count it.
    ``patience`` is how many seconds the run may wait in all, for the quota or because Google asks for it.
    """

    def __init__(self, per_minute: int = UNITS_PER_MINUTE, *, patience: float = 60.0) -> None:
        self.per_minute = float(per_minute)
        self.patience = patience
        self.waited = 0.0
        self.requests = 0
        self.units = 0
        self.slowed = False  # Google found us too fast
        self._slowest = per_minute * _SLOWEST
        self._window: list[Booking] = []
        self._lock = Lock()

    def delay(self, units: int, now: datetime) -> float:
        """The seconds until ``units`` may be spent. Takes nothing."""
        with self._lock:
            room = self._room(now)
            wait = timedelta()
            for spent in sorted(self._window, key=lambda spent: spent.at):
                if room >= units:
                    break
                room += spent.units
                wait = spent.at + _WINDOW - now
            return min(wait, _WINDOW).total_seconds()  # a clock that was set back must not make us wait for it

    def book(self, units: int, now: datetime) -> Booking | None:
        """Takes ``units`` of this minute for a request that is about to leave; None where they don't fit.

        Asked and taken in one step, so that two connections can't both take the same room.
        """
        with self._lock:
            room = self._room(now)
            if self._window and units and room < units:
                return None
            booked = Booking(now, units)
            self._window.append(booked)
            return booked

    def give_back(self, booked: Booking) -> None:
        """The request was never sent."""
        with self._lock:
            self._window = [one for one in self._window if one is not booked]

    def room(self, now: datetime) -> int:
        """The units that may be spent at once; a batch that just fits leaves no minute half used."""
        with self._lock:
            return max(0, int(self._room(now)))

    def outlook(self, units: int) -> str:
        """For people: what was spent, at which rate more may be, and how long ``units`` more take at that rate."""
        pace = f"{self.units:,} units, {self.per_minute:,.0f} a minute"
        minutes = units / self.per_minute
        return pace if units < self.per_minute else f"{pace}, about {minutes:.0f} min left"

    @contextmanager
    def spending(self, units: int, clock: Callable[[], datetime], booked: Booking | None = None) -> Iterator[None]:
        """Counts a request while it is under way. Google may count it at its beginning or only at its end.

        ``booked``: the room that was taken for it; without one it is taken here, fit or not.
        """
        spent = booked or Booking(clock(), units)
        with self._lock:
            if booked is None:
                self._window.append(spent)
            spent.at = clock()
            self.units += units
            self.requests += 1
        try:
            yield
        finally:
            spent.at = clock()

    def begin_at(self, per_minute: float) -> None:
        """An earlier run had to slow down to this."""
        with self._lock:
            self.per_minute = min(self.per_minute, max(self._slowest, per_minute))

    def slow_down(self) -> None:
        """Google found us too fast: this account's quota is smaller than thought, or others use it too."""
        with self._lock:
            self.per_minute = max(self._slowest, self.per_minute * 0.75)
            self.slowed = True

    def allows_waiting(self, seconds: float) -> bool:
        """Whether the run's patience reaches that far; if so the wait is booked."""
        with self._lock:
            if self.waited + seconds > self.patience:
                return False
            self.waited += seconds
            return True

    def _room(self, now: datetime) -> float:
        self._window = [spent for spent in self._window if spent.at > now - _WINDOW]
        return self.per_minute - sum(spent.units for spent in self._window)
