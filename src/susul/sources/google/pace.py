"""How fast a run may call Google, and how long it may wait for it."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from susul.sources.google.units import UNITS_PER_MINUTE

if TYPE_CHECKING:
    from datetime import datetime


class Budget:
    """A token bucket of quota units with the run's patience. Shared by all the connections of one account.

    The bucket holds one minute's units and starts full; Google's own is a moving average that lets bursts through.
    ``patience`` is how many seconds the run may wait in all, for the bucket or because Google asks for it.
    """

    def __init__(self, per_minute: int = UNITS_PER_MINUTE, *, patience: float = 60.0) -> None:
        self._rate = per_minute / 60
        self._capacity = float(per_minute)
        self._held = self._capacity
        self._seen_at: datetime | None = None
        self._lock = Lock()
        self.patience = patience
        self.waited = 0.0
        self.requests = 0
        self.units = 0

    def delay(self, units: int, now: datetime) -> float:
        """The seconds until ``units`` may be spent. Takes nothing."""
        with self._lock:
            self._refill(now)
            return max(0.0, (units - self._held) / self._rate)

    def spend(self, units: int, now: datetime) -> None:
        """Books one request."""
        with self._lock:
            self._refill(now)
            self._held -= units
            self.units += units
            self.requests += 1

    def drain(self, now: datetime) -> None:
        """Google found us too fast: others use this account's quota too, so nothing is left in the bucket."""
        with self._lock:
            self._refill(now)
            self._held = min(self._held, 0.0)

    def allows_waiting(self, seconds: float) -> bool:
        """Whether the run's patience reaches that far; if so the wait is booked."""
        with self._lock:
            if self.waited + seconds > self.patience:
                return False
            self.waited += seconds
            return True

    def _refill(self, now: datetime) -> None:
        """A clock that was set back adds nothing and takes nothing."""
        if self._seen_at is not None:
            passed = max(0.0, (now - self._seen_at).total_seconds())
            self._held = min(self._capacity, self._held + passed * self._rate)
        self._seen_at = now
