"""The help and the complaints of click, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from susul.cli.messages import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

AS_IT_IS = "\b"


class HelpTexts(click.HelpFormatter):
    """Writes what a command tells about itself; the commands themselves say it in English."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        words = " ".join(map(in_words, args.split()))
        super().write_usage(prog, words, f"{in_words('Usage:')} " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(in_words(heading))

    def write_text(self, text: str) -> None:
        """By paragraphs, each of which is one message however its lines are broken."""
        super().write_text("\n\n".join(map(_paragraph, text.split("\n\n"))))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(name, in_words(text)) for name, text in rows], col_max, col_spacing)


def _paragraph(text: str) -> str:
    """click keeps the lines of a paragraph that begins with ``AS_IT_IS``: commands to copy."""
    return text if text.startswith(AS_IT_IS) else in_words(" ".join(text.split()))


def show(error: click.ClickException) -> None:
    """What is wrong with the command line, on standard error, as click does."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context:
        click.echo(context.get_usage(), err=True, color=context.color)
        helps = context.command.get_help_option(context)
        hint = f"Try '{context.command_path} {context.help_option_names[-1]}' for help."
        click.echo(f"{in_words(hint)}\n" if helps else "", err=True)
    click.echo(in_words(f"Error: {error.format_message()}"), err=True)
