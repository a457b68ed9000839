"""Puts the entry of ``susul schedule`` in place and takes it away, for the owner's own user only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.cli import terminal
from susul.cli.crontab import NO_CRON, read_crontab, write_crontab
from susul.cli.programs import run
from susul.errors import Failed
from susul.places import agents_folder, find_places, units_folder
from susul.private_files import write_private
from susul.schedule import cron, launchd, systemd, windows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from susul.schedule.job import Job


def install(style: str, job: Job) -> None:
    """Raises Failed, UsageError."""
    INSTALLERS[style][0](job)


def remove(style: str, job: Job) -> None:
    """Raises Failed, UsageError."""
    INSTALLERS[style][1](job)


def is_installed(job: Job) -> str | None:
    """In words, where an entry for this home stands; empty for nowhere, None where that can't be known."""
    if any((units_folder() / name).exists() for name in systemd.units(job)):
        return "a systemd timer"
    if _agent(job).exists():
        return "a launch agent"
    crontab = read_crontab()
    if crontab is None:
        return None
    if cron.has_block(crontab, job):
        return "your crontab"
    return "your crontab (a line of your own)" if _runs_sync(crontab) else ""


def _runs_sync(crontab: str) -> bool:
    rows = (row for row in crontab.split("\n") if not row.lstrip().startswith("#"))
    return any("susul" in row and " sync" in row for row in rows)


def _known_crontab() -> str:
    text = read_crontab()
    if text is None:
        raise Failed("There is no crontab program on this machine.", hint=NO_CRON)
    return text


def _install_cron(job: Job) -> None:
    before = _known_crontab()
    after = cron.with_block(before, job)
    if after == before:
        terminal.say("Your crontab has this entry already.")
        return
    write_crontab(after)
    terminal.say("\n".join(["Your crontab now has:", *cron.lines(job)]))


def _remove_cron(job: Job) -> None:
    before = _known_crontab()
    if not cron.has_block(before, job):
        terminal.say("Your crontab has no entry of susul schedule.")
        return
    write_crontab(cron.without_block(before, job))
    terminal.say("Your crontab no longer runs susul.")


def _install_systemd(job: Job) -> None:
    for name, text in systemd.units(job).items():
        write_private(units_folder() / name, text)
        terminal.say(f"Wrote {units_folder() / name}")
    enable = ("enable", "--now", f"{job.name}.timer")
    if _systemctl("daemon-reload") and _systemctl(*enable):
        terminal.say(f"{job.name}.timer runs now. To let it run while you are logged out: loginctl enable-linger")
        return
    terminal.say(f"Next: systemctl --user daemon-reload && systemctl --user {' '.join(enable)}")


def _remove_systemd(job: Job) -> None:
    _systemctl("disable", "--now", f"{job.name}.timer")
    _remove_files([units_folder() / name for name in systemd.units(job)])
    _systemctl("daemon-reload")


def _systemctl(*arguments: str) -> bool:
    """Whether systemctl is there and did it: in a container or over su it often can't."""
    ran = run("systemctl", "--user", *arguments)
    return ran is not None and ran.code == 0


def _install_launchd(job: Job) -> None:
    find_places().make()
    write_private(_agent(job), launchd.plist(job))
    terminal.say(f"Wrote {_agent(job)}")
    terminal.say(f'Next: launchctl bootstrap gui/$(id -u) "{_agent(job)}"')


def _remove_launchd(job: Job) -> None:
    _remove_files([_agent(job)])
    terminal.say(f"Next: launchctl bootout gui/$(id -u)/{launchd.label(job)}")


def _agent(job: Job) -> Path:
    return agents_folder() / f"{launchd.label(job)}.plist"


def _install_windows(job: Job) -> None:
    """The Task Scheduler reads UTF-16; the two bytes at the start tell which."""
    file = _task(job)
    find_places().make()
    file.write_bytes(windows.task(job).encode("utf-16"))
    terminal.say(f"Wrote {file}")
    terminal.say(f'Next: schtasks /create /tn {job.name} /xml "{file}"')


def _remove_windows(job: Job) -> None:
    _remove_files([_task(job)])
    terminal.say(f"Next: schtasks /delete /tn {job.name} /f")


def _task(job: Job) -> Path:
    return find_places().state / f"{job.name}.xml"


def _remove_files(paths: list[Path]) -> None:
    there = [path for path in paths if path.exists()]
    for path in there:
        path.unlink()
        terminal.say(f"Removed {path}")
    if not there:
        terminal.say("Nothing of susul schedule was there.")


INSTALLERS: dict[str, tuple[Callable[[Job], None], Callable[[Job], None]]] = {
    "cron": (_install_cron, _remove_cron),
    "systemd": (_install_systemd, _remove_systemd),
    "launchd": (_install_launchd, _remove_launchd),
    "windows": (_install_windows, _remove_windows),
}
