"""docs/commands.md: every command with its options, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.cli.command_tree import Told, all_commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from susul.cli.command_tree import Paragraph

ABOUT = """\
# Commands

<!-- Made from the commands' own help by: make docs -->

What `susul COMMAND --help` says, on one page; `man susul` tells the same. What the exit codes mean:
[cron.md](cron.md#exit-codes). Every setting: [configuration.md](configuration.md).
"""
HELP = "--help"
MARKS = "*<`"


def commands_page() -> str:
    """The whole page."""
    return "\n".join([ABOUT, *(line for told in all_commands() for line in _section(told))]).rstrip() + "\n"


def _section(told: Told) -> Iterator[str]:
    yield f"{'#' * min(len(told.name.split()) + 1, 3)} {told.name}\n"
    yield f"```\n{told.name} {told.usage}\n```\n"
    yield from map(_paragraph, told.paragraphs)
    rows = [(names, does) for names, does in told.options if HELP not in names]
    if rows:
        yield "| option | what it does |\n| --- | --- |"
        for names, does in rows:
            yield f"| `{_in_cell(names)}` | {_plain(_in_cell(does))} |"
        yield ""


def _paragraph(paragraph: Paragraph) -> str:
    return f"```\n{paragraph.text}\n```\n" if paragraph.as_written else f"{_plain(paragraph.text)}\n"


def _in_cell(text: str) -> str:
    return text.replace("|", "\\|")


def _plain(text: str) -> str:
    """``text`` without what Markdown would take for a mark of its own."""
    return "".join("\\" + letter if letter in MARKS else letter for letter in text)
