"""In which zone the hours of an entry are, and what they are where the owner's days count."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from susul.cli import terminal, times
from susul.config import load_config, zone_named
from susul.errors import ConfigError
from susul.places import find_places, system_zone
from susul.store.glance import fact_at_rest

if TYPE_CHECKING:
    from susul.places import Places
    from susul.schedule.job import Job


def tell_hours(job: Job) -> None:
    """On standard error, beside the entry: cron, systemd, launchd and Windows all go by the machine's own clock."""
    if job.timetable.every:
        return
    here = times.now().astimezone()
    machine, owner = _machine_zone(here), _owner_zone(find_places())
    terminal.say(f"The hours are those of this machine, which runs in {machine}.", err=True)
    off = _ahead(here, owner) if owner else timedelta()
    if off:
        there = ", ".join(_shifted(moment, off) for moment in job.timetable.moments)
        terminal.say(
            f"Your own days count in {owner}, where it is {there} then. "
            f"Give --at the hours of {machine}, or set the machine's zone.",
            err=True,
        )


def _machine_zone(here: datetime) -> str:
    """The name of the machine's zone; where what the clock shows belies it, how far it is from UTC."""
    name = system_zone()
    offset = f"{here:%z}"
    return f"UTC{offset[:3]}:{offset[3:5]}" if _ahead(here, name) else name


def _owner_zone(places: Places) -> str:
    """What config.toml says, else the zone of the calendar as the last run found it; empty where nobody has said it.

    A broken config is for doctor to tell: it is no reason to give no entry.
    """
    try:
        name = load_config(places.config_file).owner.time_zone or _calendar_zone(places)
        return zone_named(name).key if name else ""
    except ConfigError:
        return ""


def _calendar_zone(places: Places) -> str:
    identity = fact_at_rest(places.database, "identity") if places.database.is_file() else ""
    return str(json.loads(identity).get("time_zone") or "") if identity else ""


def _ahead(here: datetime, zone: str) -> timedelta:
    """By how much the clocks of ``zone`` are ahead now."""
    there = here.astimezone(ZoneInfo(zone))
    return (there.utcoffset() or timedelta()) - (here.utcoffset() or timedelta())


def _shifted(moment: tuple[int, int], off: timedelta) -> str:
    hour, minute = moment
    shifted = timedelta(hours=hour, minutes=minute) + off
    return f"{shifted // timedelta(hours=1) % 24:02}:{shifted // timedelta(minutes=1) % 60:02}"
