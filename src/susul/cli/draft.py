"""``susul draft``."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from susul.cli import completing, terminal
from susul.cli.messages import in_words
from susul.cli.session import signed_in
from susul.errors import Failed, UsageError
from susul.model import Step
from susul.places import PRIVATE_FILE
from susul.report.as_json import draft_as_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from susul.requesting import Asked
    from susul.run import Run

VERSION = 1
LONGEST_TEXT = 100_000  # characters: Gmail clips a mail at about as much


@click.command()
@click.argument("thread")
@click.option(
    "--as",
    "step",
    metavar="STEP",
    required=True,
    shell_complete=completing.steps,
    help=f"What to write: {', '.join(Step)}.",
)
@click.option("--edit", is_flag=True, help="Open it in your editor first ($VISUAL, $EDITOR); an empty text cancels.")
@click.option("--print", "only_print", is_flag=True, help="Show it, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def draft(thread: str, step: str, edit: bool, only_print: bool, as_json: bool) -> None:
    """Write one draft on request, whether it is due or not: any step, and decline.

    THREAD is a thread id, a case id, the address of a conversation in Gmail, a Message-ID, or words of the subject. A
    decline answers any mail of a person, such as an offer out of the blue; any other step needs a case.

    The draft counts as your own: no later run changes it, withdraws it, or adds another beside it. It is never sent.
    """
    if edit and only_print:
        raise UsageError("--edit and --print don't go together.", hint="Leave one of them out.")
    wanted = _step_named(step)
    lines: tuple[str, ...] = ()
    if edit:
        asked, lines, written = _edited_and_laid(thread, wanted)
    else:
        from susul.requesting import ask_for, lay

        with _run() as run:
            asked = ask_for(run, thread, wanted)
            if not only_print:
                lines = lay(run, asked)
        written = not only_print
    if not edit:
        _tell_doubts(asked)
    if as_json:
        click.echo(terminal.as_json(_as_json(asked, written=written)))
    elif only_print:
        _show(asked)
    elif written:
        _tell(asked, lines)


def _step_named(text: str) -> Step:
    name = text.strip().lower().replace("-", "_").replace(" ", "_")
    if name in list(Step):
        return Step(name)
    near = get_close_matches(name, list(Step), n=1)
    hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(Step)}."
    raise UsageError(f"“{terminal.one_line(text, 40)}” is no step.", hint=hint)


@contextmanager
def _run() -> Iterator[Run]:
    """The account, while no other run has it."""
    with signed_in() as session:
        yield session.run()


def _edited_and_laid(thread: str, step: Step) -> tuple[Asked, tuple[str, ...], bool]:
    """The draft in the owner's words. No lock is held while they write, so the mail is looked at again afterwards."""
    from susul.requesting import ASK_AGAIN, ask_for, lay

    with _run() as run:
        asked = ask_for(run, thread, step)
    with _own_file(asked.own_words) as path:
        _tell_recipients(asked)
        _tell_doubts(asked)
        text = _edited(path)
        if not text.strip():
            terminal.say("The text is empty, so nothing was written.", err=True)
            return asked, (), False
        with _kept_on_failure(path), _run() as run:
            if len(text) > LONGEST_TEXT:
                raise Failed("The text is too long for a mail, so nothing was written.")
            again = ask_for(run, thread, step)
            if not again.goes_where(asked):
                raise Failed("Something new came into the conversation while you wrote.", hint=ASK_AGAIN)
            reworded = again.saying(text) if text != asked.own_words else again
            return reworded, lay(run, reworded), True


@contextmanager
def _own_file(text: str) -> Iterator[Path]:
    """A file that only the owner can read, in a folder of its own; both are gone afterwards, unless it was moved."""
    folder = Path(tempfile.mkdtemp(prefix="susul-"))
    try:
        path = folder / "draft.txt"
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "w", encoding="utf-8"
        ) as file:
            file.write(text)
        yield path
    finally:
        shutil.rmtree(folder)


@contextmanager
def _kept_on_failure(path: Path) -> Iterator[None]:
    """What the owner wrote is not lost where it can't be laid: it is kept in the state's folder, and said so."""
    from susul.places import find_places

    try:
        yield
    except BaseException:
        kept = find_places().state / f"unwritten-{path.parent.name}.txt"
        shutil.copyfile(path, kept)
        kept.chmod(PRIVATE_FILE)
        terminal.say(f"What you wrote is kept in {kept}.", err=True)
        raise


def _edited(path: Path) -> str:
    try:
        click.edit(filename=str(path))
    except click.ClickException as error:
        raise Failed(
            f"The editor failed, so nothing was written: {error.message}.", hint="Set VISUAL or EDITOR to your editor."
        ) from error
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return ""
    # Not worth losing a text over: what is no UTF-8 is shown as such.
    return raw.decode("utf-8-sig", "replace").replace("\r\n", "\n")


def _tell_recipients(asked: Asked) -> None:
    for name, value in _headers(asked):
        terminal.say(f"{in_words(name)}: {value}", err=True)


def _tell_doubts(asked: Asked) -> None:
    for doubt in asked.doubts:
        terminal.say(f"Look twice: {terminal.one_line(doubt, 300)}", err=True)


def _headers(asked: Asked) -> Iterator[tuple[str, str]]:
    found = asked.draft
    for name, people in (("From", (found.sender,)), ("To", found.to), ("Cc", found.cc)):
        if people:
            yield name, terminal.one_line(", ".join(f"{a.name} <{a.email}>".strip() for a in people), 500)
    yield "Subject", terminal.one_line(found.subject, 500)


def _show(asked: Asked) -> None:
    for name, value in _headers(asked):
        terminal.say(f"{in_words(name)}: {value}")
    click.echo("")
    for line in asked.draft.text.splitlines():
        click.echo(terminal.one_line_kept(line, 10_000))


def _tell(asked: Asked, lines: tuple[str, ...]) -> None:
    for line in lines or (f"It lies in your Drafts already: {asked.draft.subject}",):
        terminal.say(terminal.one_line(in_words(line), 200))
    if not lines:
        terminal.say("It is yours from now on: no run changes or withdraws it.")
    terminal.say(f"To {', '.join(terminal.one_line(a.email) for a in asked.draft.to)}. It waits in Gmail's Drafts.")


def _as_json(asked: Asked, *, written: bool) -> dict[str, Any]:
    return {
        "version": VERSION,
        "case": asked.case.id,
        "step": asked.follow_up.step.value,
        "written": written,
        "doubts": list(asked.doubts),
        "draft": draft_as_json(asked.draft),
    }
