"""Each command line on a page is one that susul takes; those that need no account are run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from susul.cli import group, main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCED = re.compile(r"^```[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
IN_FENCE = re.compile(r"(?:^|\s|/)susul( [^\n]*)$", re.MULTILINE)
IN_TEXT = re.compile(r"`susul( [^`]+)`")
MADE_FROM_HELP = "commands.md"
# What needs neither account nor terminal, and leaves no trace outside the test's own folder.
RUN = {"demo", "templates", "read", "config", "init", "doctor", "completion", "scan", "explain", "schedule"}
NOT_RUN = {"--install", "--remove", "--rebuild"}
FOLLOWED_ELSEWHERE = "adding-a-language.md"  # tests/docs/test_adding_a_language.py runs it in its own order
MBOX = b"""From 1 Mon Jul 06 02:00:00 +0000 2026
From: You <you@example.com>
To: Helen Park <helen@mosaic.example>
Date: Mon, 06 Jul 2026 09:00:00 +0700
Subject: Proposal: teacher training
Message-ID: <p1@example.com>

Dear Helen,

Attached is our proposal for the teacher training. I would be glad to hear what you think.

Best regards,
You
"""
ICS = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\nEND:VCALENDAR\r\n"


def on_page(page: Path, *, fenced: bool) -> Iterator[tuple[str, ...]]:
    """The arguments of each command line: those in blocks, or those inside sentences."""
    text = page.read_text("utf-8")
    if fenced:
        found = [line for block in FENCED.findall(text) for line in IN_FENCE.findall(block)]
    else:
        found = IN_TEXT.findall(FENCED.sub("", text))
    for line in found:
        arguments = shlex.split(re.split(r"\s[>|] ?", line)[0], comments=True)
        if arguments and re.fullmatch(r"-?-?[\w-]+", arguments[0]):
            yield tuple(arguments)


def lines(*, fenced: bool) -> list[tuple[str, tuple[str, ...]]]:
    pages = [page for page in PAGES if page.name != MADE_FROM_HELP]
    return [(page.name, found) for page in pages for found in dict.fromkeys(on_page(page, fenced=fenced))]


def parse(arguments: tuple[str, ...]) -> None:
    """Raises what click raises for a command or an option that there isn't."""
    command: click.Command | None = group
    rest, context = list(arguments), None
    while command:
        try:
            context = command.make_context("susul", list(rest), parent=context)
        except click.exceptions.Exit:
            return  # --help and --version
        if not isinstance(command, click.Group):
            return
        _, behind_options, _ = command.make_parser(context).parse_args(list(rest))
        _, command, rest = command.resolve_command(context, behind_options)


@pytest.mark.parametrize(("page", "arguments"), lines(fenced=True), ids=str)
def test_a_command_line_in_a_block_is_one_that_susul_takes(page: str, arguments: tuple[str, ...]) -> None:
    parse(arguments)


@pytest.mark.parametrize(("page", "arguments"), lines(fenced=False), ids=str)
def test_a_command_in_a_sentence_is_there(page: str, arguments: tuple[str, ...]) -> None:
    """A sentence may leave out what the command needs besides."""
    try:
        parse(tuple(word for word in arguments if word != "…"))
    except click.UsageError as error:
        is_short = isinstance(error, click.MissingParameter) or "Missing command" in error.message
        if not is_short:
            raise


def can_run(page: str, arguments: tuple[str, ...]) -> bool:
    needs_account = arguments[0] in ("scan", "explain") and "--mbox" not in arguments
    return (
        page != FOLLOWED_ELSEWHERE
        and arguments[0] in RUN
        and NOT_RUN.isdisjoint(arguments)
        and not needs_account
        and (arguments[0] != "init" or "--yes" in arguments)
        and (arguments[0] != "doctor" or "--offline" in arguments)
    )


TO_RUN = sorted(
    {arguments for page, arguments in lines(fenced=True) if can_run(page, arguments)} | {("doctor", "--offline")}
)


@pytest.mark.parametrize("arguments", TO_RUN, ids=" ".join)
def test_what_needs_no_account_runs(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mail.mbox").write_bytes(MBOX)
    (tmp_path / "calendar.ics").write_bytes(ICS)
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit) as ended:
        main(list(arguments))

    said = capsys.readouterr()
    finds_nothing_set_up = arguments[0] == "doctor"  # neither client nor sign-in: two different failures
    assert ended.value.code == (1 if finds_nothing_set_up else 0), said.err
    assert said.out or "Wrote" in said.err


def test_the_quick_start_is_among_what_is_run() -> None:
    page = ROOT / "docs" / "quick-start.md"
    run = [found for found in on_page(page, fenced=True) if can_run(page.name, found)]

    assert {found[0] for found in run} >= {"demo", "scan", "explain", "init", "config", "schedule"}
