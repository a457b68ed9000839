"""``susul undo``: takes back what a run laid into Drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from susul.cli import terminal
from susul.cli.messages import in_words
from susul.cli.session import signed_in

if TYPE_CHECKING:
    from susul.undoing import Taken, Undone

VERSION = 1


@click.command()
@click.argument("run", type=click.IntRange(1), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def undo(run: int | None, as_json: bool) -> int:
    """Withdraw the drafts that a run laid, where you have not touched them, and never make them again.

    RUN is a number as susul log shows it; without it, the last run that laid or changed a draft. What you changed, sent
    or deleted, and what you asked for with susul draft, stays as it is and is listed with the reason. A draft whose
    text the run only updated stays, too.
    """
    from susul.undoing import undo as undo_run

    with signed_in() as session:
        undone = undo_run(session.run(), run)
    if as_json:
        click.echo(terminal.as_json(_as_json(undone)))
    else:
        _say(undone)
    return undone.exit_code


def _say(undone: Undone) -> None:
    for taken in undone.withdrawn:
        terminal.say(f"Withdrew {_named(taken)}", indent=2)
    for taken in undone.left:
        terminal.say(f"Left {_named(taken)}", indent=2)
        terminal.say(f"  {terminal.one_line(in_words(taken.reason), 200)}", indent=2)
    if undone.stopped:
        click.echo(terminal.one_line(in_words(undone.stopped.sentence), 200), err=True)
    if not undone.withdrawn and not undone.failures and not undone.stopped:
        nothing = f"Nothing is left to undo of run {undone.run}"
        drafts = terminal.counted(undone.before, "draft")
        terminal.say(f"{nothing}: {drafts} withdrawn before." if undone.before else f"{nothing}.")


def _named(taken: Taken) -> str:
    return f"{terminal.named(taken.step)}: {terminal.one_line(taken.subject or in_words('(no subject)'), 120)}"


def _as_json(undone: Undone) -> dict[str, Any]:
    return {
        "version": VERSION,
        "run": undone.run,
        "withdrawn": [_taken(taken) for taken in undone.withdrawn],
        "left": [{**_taken(taken), "reason": taken.reason} for taken in undone.left],
        "withdrawn_before": undone.before,
    }


def _taken(taken: Taken) -> dict[str, str]:
    return {"case": taken.case, "step": taken.step, "subject": taken.subject}
