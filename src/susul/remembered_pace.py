"""What a run learnt of the account's quota, for the runs of the next day: else each would have to be refused anew."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from susul.sources.google.pace import Budget
    from susul.store import Store

REMEMBERED = timedelta(days=1)  # quotas are raised, and others who shared it may have ended


@contextmanager
def remembered_pace(budget: Budget, store: Store, now: datetime) -> Iterator[None]:
    """Begins at the pace that was learnt within the last day, and keeps what is learnt now."""
    per_minute = _recalled(store, now)
    if per_minute:
        budget.begin_at(per_minute)
    try:
        yield
    finally:
        if budget.slowed:
            with store.transaction():
                store.set_fact("pace", json.dumps([budget.per_minute, now.isoformat()]))


def _recalled(store: Store, now: datetime) -> float | None:
    try:
        per_minute, learnt_at = json.loads(store.fact("pace") or "[0, null]")
        age = now - datetime.fromisoformat(learnt_at)
        return float(per_minute) if timedelta() <= age < REMEMBERED else None
    except (TypeError, ValueError):
        return None  # nothing is kept there, or nothing that can be read: it was a hint only
