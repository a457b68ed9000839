"""The lines of a crontab. A marked block holds ours; every other line is the owner's and stays as it is.

cron hands the line to /bin/sh, and before that takes each ``%`` for a line break unless a backslash stands before it,
in quotes too (crontab(5)).
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from susul.errors import UsageError

if TYPE_CHECKING:
    from susul.schedule.job import Job


def lines(job: Job) -> list[str]:
    """The entry, one line for each group of times. Raises UsageError where a path can't stand in a crontab."""
    settings = [f"{name}={shlex.quote(value)}" for name, value in job.environment.items()]
    command = " ".join([*settings, shlex.join(job.command)])
    if "\n" in command or "\r" in command:
        raise UsageError("A path with a line break in it can't stand in a crontab.", hint="Rename that folder.")
    escaped = command.replace("%", r"\%")
    return [
        f"{_numbers(minutes, 60)} {_numbers(hours, 24)} * * * {escaped}" for minutes, hours in job.timetable.groups()
    ]


def block(job: Job) -> list[str]:
    """The entry between its marks."""
    return [
        _opening(job),
        "# Written by susul schedule --cron --install; --remove takes it out.",
        *lines(job),
        _closing(job),
    ]


def with_block(crontab: str, job: Job) -> str:
    """``crontab`` with the entry in it once: in place of the one that was there, else at the end."""
    before, after, _ = _around(crontab, job)
    return _text([*before, *block(job), *after])


def without_block(crontab: str, job: Job) -> str:
    before, after, found = _around(crontab, job)
    return _text([*before, *after]) if found else crontab


def has_block(crontab: str, job: Job) -> bool:
    return _around(crontab, job)[2]


def _around(crontab: str, job: Job) -> tuple[list[str], list[str], bool]:
    """The lines before and after the block, and whether it is there. One without its end is the owner's to mend."""
    rows = crontab.split("\n")
    if rows[-1] == "":
        rows.pop()
    if _opening(job) not in rows:
        return rows, [], False
    start = rows.index(_opening(job))
    if _closing(job) not in rows[start:]:
        hint = f"Take the line {_opening(job)!r} out with crontab -e and try again."
        raise UsageError("Susul's block in your crontab has lost its last line.", hint=hint)
    return rows[:start], rows[rows.index(_closing(job), start) + 1 :], True


def _text(rows: list[str]) -> str:
    return "".join(f"{row}\n" for row in rows)


def _opening(job: Job) -> str:
    return f"# >>> {job.name}"


def _closing(job: Job) -> str:
    return f"# <<< {job.name}"


def _numbers(chosen: tuple[int, ...], of: int) -> str:
    return "*" if len(chosen) == of else ",".join(map(str, chosen))
