"""A user service and its timer (systemd.service(5), systemd.timer(5), systemd.time(7))."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from susul.schedule.job import Job

SERVICE = """\
[Unit]
Description=Susul: drafts of follow-up mails

[Service]
Type=oneshot
{environment}ExecStart={command}
# 4: another run was at work; 5: Google could not be reached.
# The next run goes on from there.
SuccessExitStatus=4 5
"""
TIMER = """\
[Unit]
Description=Runs Susul

[Timer]
{calendar}
# A run that was missed because the machine was off is made up for.
Persistent=true

[Install]
WantedBy=timers.target
"""


def units(job: Job) -> dict[str, str]:
    """The text of each unit by its file name."""
    environment = "".join(f"Environment={_quoted(f'{name}={value}')}\n" for name, value in job.environment.items())
    command = " ".join(_quoted(word).replace("$", "$$") for word in job.command)
    calendar = "\n".join(
        f"OnCalendar=*-*-* {_numbers(hours, 24)}:{_numbers(minutes, 60)}:00"
        for minutes, hours in job.timetable.groups()
    )
    return {
        f"{job.name}.service": SERVICE.format(environment=environment, command=command),
        f"{job.name}.timer": TIMER.format(calendar=calendar),
    }


def _quoted(text: str) -> str:
    """In double quotes, with what systemd would take for an escape or a specifier doubled."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("\n", "\\n")
    return f'"{escaped}"'


def _numbers(chosen: tuple[int, ...], of: int) -> str:
    return "*" if len(chosen) == of else ",".join(f"{number:02}" for number in chosen)
