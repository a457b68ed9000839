"""The commands as ``--help`` tells them, as values: what the manual page and docs/commands.md are made from."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

AS_WRITTEN = "\b"  # a paragraph of help that begins with this line keeps its lines (click's own mark)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of help. ``as_written``: its lines are kept, as those of an example."""

    text: str
    as_written: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One command: its whole name, what may follow it, its help, its options with what they do."""

    name: str
    usage: str
    paragraphs: tuple[Paragraph, ...]
    options: tuple[tuple[str, str], ...]
    has_commands: bool = False


def all_commands() -> Iterator[Told]:
    """``susul`` itself, then each command, then those below it, in the order of ``--help``."""
    from susul.cli import PROGRAM, group

    yield from _below(group, PROGRAM, None)


def _below(command: click.Command, word: str, parent: click.Context | None) -> Iterator[Told]:
    context = click.Context(command, info_name=word, parent=parent, **command.context_settings)
    is_group = isinstance(command, click.Group)
    usage = " ".join(command.collect_usage_pieces(context))
    help_text = inspect.cleandoc(command.help or "").partition("\f")[0]
    yield Told(context.command_path, usage, tuple(_paragraphs(help_text)), tuple(_options(command, context)), is_group)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found and not found.hidden:
                yield from _below(found, name, context)


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for part in text.split("\n\n"):
        first, _, rest = part.partition("\n")
        if first == AS_WRITTEN:
            yield Paragraph(rest, as_written=True)
        elif part.strip():
            yield Paragraph(" ".join(part.split()))


def _options(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    for parameter in command.get_params(context):
        told = parameter.get_help_record(context)
        if isinstance(parameter, click.Option) and told:
            names, does = told
            yield names, " ".join(does.split())
