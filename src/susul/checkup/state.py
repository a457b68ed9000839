"""The state file, the lock, and how the last run ended."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from susul.checkup import Finding, failed, note, ok, skipped
from susul.errors import AlreadyRunning
from susul.locking import held
from susul.store import open_store
from susul.store.health import examine

if TYPE_CHECKING:
    from susul.places import Places
    from susul.store.runs import RunRow

STALE = timedelta(days=2)  # without a run, where one is scheduled


def state(places: Places) -> Finding:
    """Opens, has a schema that this version knows, and every row can be read. Nothing is changed."""
    health = examine(places.database)
    if not health.exists:
        return ok("state", "There is no state yet; the first run makes it.")
    if not health.sound:
        remedy = "susul doctor --rebuild begins a new one and saves what it can; no draft is laid twice."
        return failed("state", f"{places.database.name} is damaged: {health.faults[0]}", remedy)
    if health.outdated:
        return ok("state", f"{places.database.name} is whole; the next run brings it to the newest form.")
    return ok("state", f"{places.database.name} is whole.")


def lock(places: Places) -> Finding:
    if not places.lock.exists():
        return ok("lock", "No run is at work.")
    try:
        with held(places.lock):
            return ok("lock", "No run is at work.")
    except AlreadyRunning as error:
        return note("lock", error.sentence, "Wait until it is done, or end that process if it hangs.")


def last_run(places: Places, now: datetime, *, scheduled: bool, at_work: bool) -> Finding:
    """How long ago a run was, and whether it came to its end. ``at_work``: one has not ended because it goes on."""
    health = examine(places.database)
    if not health.exists:
        return skipped("last run", "There was no run yet (susul scan is a good first one).")
    if health.outdated or not health.sound:
        return skipped("last run", "The state doesn't tell.")
    with closing(open_store(places.database)) as store:
        newest = store.runs.newest(2)
    if at_work and newest and newest[0].ended_at is None:
        newest = newest[1:]
    return _about(newest[0], now, scheduled) if newest else skipped("last run", "No run is on record yet.")


def _about(run: RunRow, now: datetime, scheduled: bool) -> Finding:
    age = now - (run.ended_at or run.started_at)
    said = f"The last run (susul {run.command}) was {_ago(age)}"
    if run.ended_at is None:
        says = f"{said} and was cut off before its end."
        return note("last run", says, "Nothing is lost: the next run looks up what it left open. Run: susul sync")
    if run.exit_code:
        says = f"{said} and ended with {run.exit_code}"
        if run.failure:
            says = f"{said} and ended with {run.exit_code}: {run.failure}"
        return failed("last run", says, "Run susul sync and see what it says.")
    if age > STALE and scheduled:
        return failed("last run", f"{said}, although one is scheduled.", "Look into the mails and logs of cron.")
    return ok("last run", f"{said} and ended well.")


def _ago(age: timedelta) -> str:
    minutes = max(0, round(age / timedelta(minutes=1)))
    if minutes < 2:
        return "just now"
    if minutes < 120:
        return f"{minutes} minutes ago"
    return f"{minutes // 60} hours ago" if minutes < 2880 else f"{minutes // 1440} days ago"
