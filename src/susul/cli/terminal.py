"""What commands print for people: progress where a terminal watches, tables that fit it, plain text elsewhere."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from susul.model import Draft, Silent, Wait, Write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from susul.app import Progress, Scanned
    from susul.plan import Planned

NARROW = 100  # columns where nobody's terminal says otherwise


def console() -> Console:
    """Standard output; rich leaves colour out where it is no terminal or NO_COLOR is set."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else NARROW)


def progress() -> Progress:
    """A line on standard error that overwrites itself; silence where no terminal watches."""
    if not sys.stderr.isatty():
        from susul.app import no_progress

        return no_progress

    def show(what: str, done: int, total: int) -> None:
        count = f"{done} of {total}" if total else str(done)
        end = "\n" if total and done >= total else ""
        click.echo(f"\r{what}: {count}   {end}", err=True, nl=False)

    return show


def show_plan(scanned: Scanned, *, everything: bool) -> None:
    """The cases as a table, the silent ones as a count unless ``everything``."""
    out = console()
    shown = [p for p in scanned.plan.planned if everything or not isinstance(p.decision, Silent)]
    if shown:
        out.print(_table(shown, scanned.owner.zone))
    quiet = len(scanned.plan.planned) - len(shown)
    if quiet:
        out.print(f"{quiet} more {'case needs' if quiet == 1 else 'cases need'} nothing now (--all shows them).")
    if not scanned.plan.planned:
        out.print("No interview, application, meeting, proposal or project was found.")
    out.print(coverage_line(scanned))
    for warning in scanned.warnings:
        out.print(warning)


def _table(shown: Sequence[Planned], zone: ZoneInfo) -> object:
    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column, ratio in (("what", 4), ("who", 3), ("next", 3), ("why", 6)):
        table.add_column(column, ratio=ratio, overflow="fold")
    for planned in shown:
        case = planned.case
        who = ", ".join(a.name or a.email for a in case.people[:2]) or case.organisation
        what = f"{case.kind.value}: {one_line(case.subject)}"
        table.add_row(escape(what), escape(one_line(who)), what_next(planned, zone), escape(because(planned)))
    return table


def what_next(planned: Planned, zone: ZoneInfo) -> str:
    decision = planned.decision
    if isinstance(decision, Write):
        return f"draft {decision.follow_up.step.value.replace('_', ' ')} now"
    if isinstance(decision, Wait):
        due = decision.follow_up.due_at.astimezone(zone)
        return f"{decision.follow_up.step.value.replace('_', ' ')} {due:%a %d %b %H:%M}"
    return decision.state.value.replace("_", " ")


def because(planned: Planned) -> str:
    quotes = [one_line(e.quote) for e in planned.decision.evidence if e.quote]
    return planned.decision.reason + (f" “{quotes[0]}”" if quotes else "")


def one_line(text: str, longest: int = 90) -> str:
    """``text`` on one line, without what could move a terminal's cursor."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"


def coverage_line(scanned: Scanned) -> str:
    c = scanned.coverage
    read = f"Read {c.messages} messages in {c.threads} threads and {c.events} events."
    if c.complete:
        return read
    why = ", ".join(f"{count} {what}" for what, count in c.skipped.items())
    return f"{read} Not everything: {why}."


def show_draft(draft: Draft) -> None:
    """One draft as the owner would see it, without the quote below."""
    click.echo(f"  From: {draft.sender.name} <{draft.sender.email}>")
    click.echo(f"  To: {', '.join(a.email for a in draft.to)}")
    if draft.cc:
        click.echo(f"  Cc: {', '.join(a.email for a in draft.cc)}")
    click.echo(f"  Subject: {one_line(draft.subject)}")
    click.echo("")
    for line in draft.text.partition("\n>")[0].splitlines():
        click.echo(f"  {''.join(c if c.isprintable() else ' ' for c in line)}".rstrip())
    click.echo("")
