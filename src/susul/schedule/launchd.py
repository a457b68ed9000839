"""A launch agent for macOS (launchd.plist(5))."""

from __future__ import annotations

import plistlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from susul.schedule.job import Job


def label(job: Job) -> str:
    return f"local.{job.name}"


def plist(job: Job) -> str:
    """The property list. launchd sends no mail, so what a run says goes to the end of ``job.log``."""
    intervals = [
        {"Minute": minute} if len(hours) == 24 else {"Hour": hour, "Minute": minute}
        for minutes, hours in job.timetable.groups()
        for minute in minutes
        for hour in (hours[:1] if len(hours) == 24 else hours)
    ]
    agent: dict[str, Any] = {
        "Label": label(job),
        "ProgramArguments": list(job.command),
        "EnvironmentVariables": dict(job.environment),
        "StartCalendarInterval": intervals,
        "StandardOutPath": job.log,
        "StandardErrorPath": job.log,
        "ProcessType": "Background",
    }
    return plistlib.dumps({key: value for key, value in agent.items() if value}).decode("utf-8")
