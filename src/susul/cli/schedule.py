"""``susul schedule``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from susul.cli import installing
from susul.cli.schedule_hours import tell_hours
from susul.errors import UsageError
from susul.places import find_places, settings_of_places
from susul.schedule import cron, launchd, systemd, windows
from susul.schedule.job import Job
from susul.schedule.timetable import at_times, every_interval, offset_of

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = "07:00,12:00,17:00"
STYLES = ("cron", "systemd", "launchd", "windows")
SHOWN: dict[str, Callable[[Job], str]] = {
    "cron": lambda job: "\n".join(cron.lines(job)) + "\n",
    "systemd": lambda job: "\n".join(f"# {name}\n{text}" for name, text in systemd.units(job).items()),
    "launchd": launchd.plist,
    "windows": windows.task,
}


@click.command()
@click.option("--cron", "style", flag_value="cron", help="A line for crontab.")
@click.option("--systemd", "style", flag_value="systemd", help="A user service and its timer.")
@click.option("--launchd", "style", flag_value="launchd", help="A launch agent for macOS.")
@click.option("--windows", "style", flag_value="windows", help="A task for the Windows Task Scheduler.")
@click.option("--at", "times", metavar="TIMES", help=f"When, each day; {TIMES} where nothing is said.")
@click.option("--every", metavar="INTERVAL", help="How often instead, such as 15m or 2h.")
@click.option("--install", is_flag=True, help="Put it in place, for your own user only.")
@click.option("--remove", is_flag=True, help="Take away what --install put in place.")
def schedule(style: str | None, times: str | None, every: str | None, install: bool, remove: bool) -> None:
    """Print the entry that runs susul sync by itself, or put it in place.

    A run that changes nothing says nothing, so cron mails you only what is news. A full hour begins a few minutes
    later, so that not every machine asks Google at once. The hours are those of the machine's zone, which is told, as
    is what they are in yours. Where SUSUL_HOME is set, the entry is for that folder, beside those of other folders.
    """
    if times and every:
        raise UsageError("--at and --every can't both hold.", hint="Give one of them.")
    if install and remove:
        raise UsageError("--install and --remove can't both hold.", hint="Give one of them.")
    style = style or _style_of_this_machine()
    job = make_job(times, every)
    if install:
        installing.install(style, job)
    elif remove:
        installing.remove(style, job)
    else:
        click.echo(SHOWN[style](job), nl=False)
    if not remove:
        tell_hours(job)


def make_job(times: str | None = None, every: str | None = None) -> Job:
    """The run of this very installation and home. Raises UsageError."""
    environment = settings_of_places()
    command = (*running_program(), "sync")
    offset = offset_of("\0".join([*command, *environment.values(), str(Path.home())]))
    timetable = every_interval(every, offset) if every else at_times(times or TIMES, offset)
    log = str(find_places().state.absolute() / "sync.log")
    return Job(command, timetable, environment.get("SUSUL_HOME", ""), environment, log)


def running_program() -> tuple[str, ...]:
    """The absolute command line of the susul that runs now; a link (pipx) stays one, for it outlives updates."""
    started = Path(sys.argv[0])
    if started.stem == "susul" and started.is_file():
        return (str(started.absolute()),)
    return (sys.executable, "-m", "susul")


def _style_of_this_machine() -> str:
    return {"win32": "windows", "darwin": "launchd"}.get(sys.platform, "cron")
