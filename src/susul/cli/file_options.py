"""The options of every command that can read files in place of an account."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from susul.cli import completing

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = click.Path(path_type=Path)
OPTIONS = (
    click.option("--mbox", multiple=True, type=FILES, metavar="FILE", help="Read this mailbox file, not an account."),
    click.option("--ics", multiple=True, type=FILES, metavar="FILE", help="Read this calendar file too."),
    click.option("--me", multiple=True, metavar="ADDRESS", help="Your address in those files; repeat for each."),
    click.option(
        "--tz", metavar="ZONE", default="", shell_complete=completing.zones, help="Your time zone, e.g. Asia/Jakarta."
    ),
    click.option("--country", metavar="CC", default="", help="Your country for holidays, e.g. ID."),
)


def file_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds ``--mbox``, ``--ics``, ``--me``, ``--tz`` and ``--country``."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command
