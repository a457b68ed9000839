"""A task for the Windows Task Scheduler, as ``schtasks /create /xml`` takes it.

Source: https://learn.microsoft.com/en-us/windows/win32/taskschd/task-scheduler-schema
"""

from __future__ import annotations

from subprocess import list2cmdline
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from susul.errors import UsageError

if TYPE_CHECKING:
    from susul.schedule.job import Job

NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
FIRST_DAY = "2026-01-01"  # a day in the past: the trigger holds from then on
LONGEST_RUN = "PT1H"


def task(job: Job) -> str:
    """The task's XML, without the encoding in its declaration: whoever saves it chooses that."""
    root = Element("Task", {"version": "1.2", "xmlns": NAMESPACE})
    SubElement(SubElement(root, "RegistrationInfo"), "Description").text = "Susul: drafts of follow-up mails"
    _triggers(SubElement(root, "Triggers"), job)
    settings = SubElement(root, "Settings")
    for name, value in (
        ("MultipleInstancesPolicy", "IgnoreNew"),
        ("DisallowStartIfOnBatteries", "false"),
        ("StopIfGoingOnBatteries", "false"),
        ("StartWhenAvailable", "true"),
        ("RunOnlyIfNetworkAvailable", "true"),
        ("ExecutionTimeLimit", LONGEST_RUN),
    ):
        SubElement(settings, name).text = value
    _action(SubElement(root, "Actions"), job)
    indent(root)
    return f'<?xml version="1.0"?>\n{tostring(root, encoding="unicode")}\n'


def _triggers(parent: Element, job: Job) -> None:
    """One a day for each time, or one that repeats all day."""
    table = job.timetable
    for hour, minute in table.moments[:1] if table.every else table.moments:
        trigger = SubElement(parent, "CalendarTrigger")
        if table.every:
            repetition = SubElement(trigger, "Repetition")
            SubElement(repetition, "Interval").text = f"PT{table.every}M"
            SubElement(repetition, "Duration").text = "P1D"
        SubElement(trigger, "StartBoundary").text = f"{FIRST_DAY}T{hour:02}:{minute:02}:00"
        SubElement(SubElement(trigger, "ScheduleByDay"), "DaysInterval").text = "1"


def _action(parent: Element, job: Job) -> None:
    """A task has no environment of its own, so cmd sets it where one is needed."""
    run = SubElement(parent, "Exec")
    program, arguments = job.command[0], list2cmdline(job.command[1:])
    if job.environment:
        settings = "".join(f'set "{name}={_plain(value)}"&& ' for name, value in job.environment.items())
        program, arguments = "cmd.exe", f'/d /c "{settings}{list2cmdline([_plain(program)])} {arguments}"'
    SubElement(run, "Command").text = program
    SubElement(run, "Arguments").text = arguments


def _plain(value: str) -> str:
    if any(letter in value for letter in '%"&|<>^'):
        hint = "Set SUSUL_HOME to another folder, or set it for your whole account and leave it out here."
        raise UsageError(f"The path {value} holds a letter that cmd.exe would act on.", hint=hint)
    return value
