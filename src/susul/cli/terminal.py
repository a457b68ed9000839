"""What commands print for people: progress where a terminal watches, tables that fit it, plain text elsewhere."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING

import click

from susul.asked_for import of_case
from susul.cli.hyperlinks import is_dumb, linked
from susul.cli.messages import in_words
from susul.days import day_named
from susul.gmail_links import case_link
from susul.model import Silent, Wait, Write

if TYPE_CHECKING:
    from datetime import datetime

    from susul.app import Scanned
    from susul.model import Step
    from susul.plan import Planned
    from susul.progressing import Progress

WIDEST = 100  # columns: longer lines are hard to read
MOST_LINES = 4  # of a reason


def progress() -> Progress:
    """A line on standard error that overwrites itself; silence where no terminal watches."""
    from susul.cli.progress import Line, is_watched

    if is_watched():
        return Line(columns())
    from susul.progressing import no_progress

    return no_progress


def show_plan(scanned: Scanned, *, everything: bool, links: bool = True) -> None:
    """The cases by urgency, a few lines each; the silent ones as a count unless ``everything``.

    With ``links`` a subject is a link to the thread in Gmail where a terminal shows one.
    """
    planned = scanned.plan.planned
    there = [p for p in planned if lies_in_drafts(p, scanned)]
    silent = [p for p in planned if isinstance(p.decision, Silent) and p not in there]
    groups = (
        ("DUE NOW", [p for p in planned if isinstance(p.decision, Write) and p not in there]),
        ("IN YOUR DRAFTS", there),
        ("WAITING", [p for p in planned if isinstance(p.decision, Wait)]),
        ("SILENT", silent if everything else []),
    )
    for title, group in groups:
        if group:
            click.echo(heading(f"{in_words(title)} ({len(group)})"))
            for one in group:
                here_and_now = scanned.plan.as_of.astimezone(scanned.owner.zone)
                click.echo(case_lines(one, here_and_now, case_link(one, scanned) if links else ""))
                for step in of_case(one, scanned.asked_for):
                    say(f"      {asked_for_line(step)}", indent=6)
            click.echo("")
    quiet = len(silent)
    if quiet and not everything:
        just_one = "1 more case needs nothing now (--all shows them)."
        say(just_one if quiet == 1 else f"{quiet} more cases need nothing now (--all shows them).")
    if not planned:
        say("No interview, application, meeting, proposal or project was found.")
    say(coverage_line(scanned))
    for warning in scanned.warnings:
        say(one_line(in_words(warning), 200))


def lies_in_drafts(planned: Planned, scanned: Scanned) -> bool:
    """Whether an earlier run has laid the draft that is due; or where nothing is to come, whether one was asked for."""
    decision = planned.decision
    if isinstance(decision, Silent):
        return bool(of_case(planned, scanned.asked_for))
    return isinstance(decision, Write) and (decision.follow_up.trigger, decision.follow_up.step) in scanned.in_drafts


def asked_for_line(step: Step) -> str:
    """What tells, in the reader's language, that a draft which the owner asked for lies there."""
    return in_words(f"The {step.replace('_', ' ')} that you asked for lies in your Drafts folder.")


def as_json(value: object, indent: int | None = 1) -> str:
    """``value`` for standard output: plain ASCII where the stream can't carry more."""
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    return json.dumps(value, ensure_ascii=not encoding.startswith("utf"), indent=indent)


def say_owed(scanned: Scanned) -> None:
    """On standard error: that threads are still to be read, and what that means."""
    if not scanned.owed:
        return
    threads = counted(scanned.owed, "thread")
    why = f" {scanned.stopped.sentence}" if scanned.stopped else ""
    wait = f"{threads} could not be read yet, so drafts that may be answered there wait; the next run tries again."
    say(f"{wait}{why}", err=True)


def heading(text: str) -> str:
    """Bold where a terminal shows it; click takes it out elsewhere, and NO_COLOR (no-color.org) here."""
    return text if os.environ.get("NO_COLOR") or is_dumb() else click.style(text, bold=True)


def say(line: str, indent: int = 0, *, err: bool = False) -> None:
    """``line`` in the reader's language on standard output (``err``: error), fitted, the further lines indented."""
    click.echo(fitted(in_words(line), indent, err=err), err=err)


def columns() -> int:
    return min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)


def fitted(line: str, indent: int, *, err: bool = False) -> str:
    """``line`` (or several) cut into lines that fit where a terminal watches, each one's further lines indented.

    Elsewhere it stays as it is: a program that reads it wants whole lines.
    """
    if not (sys.stderr if err else sys.stdout).isatty():
        return line
    folding = textwrap.TextWrapper(
        columns(), subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join("\n".join(folding.wrap(one)) for one in line.split("\n"))


def case_lines(planned: Planned, now: datetime, link: str = "") -> str:
    """One case: what comes next and with whom, what it is about; below it why and since when, in the words of the mail.

    ``now`` and the days that are told are in the owner's zone. The case id at the end is what ``susul explain`` and
    ``susul ignore`` take.
    """
    case, width = planned.case, columns()
    head = f"  {what_next(planned, now)} · {in_words(case.kind.value)} · {with_whom(planned)}"
    tail = f"  [{case.id}]"
    first = f"{one_line_kept(head, width - len(tail))}{tail}"
    subject = one_line(case.subject or in_words("(no subject)"), width - 6)
    why = textwrap.wrap(because(planned, now), width - 6, initial_indent=" " * 6, subsequent_indent=" " * 6)
    return "\n".join([first, f"      {linked(subject, link)}", *why[:MOST_LINES]])


def named(value: str) -> str:
    """A step, a state or a fact by its name in the reader's language."""
    return in_words(value.replace("_", " "))


def with_whom(planned: Planned) -> str:
    """The first person of the case and their organisation, by whichever of the two is known."""
    case = planned.case
    person = (case.people[0].name or case.people[0].email) if case.people else ""
    both = [part for part in (person, case.organisation) if part]
    return ", ".join(both[: 1 if case.organisation in person else 2]) or in_words("nobody named")


def what_next(planned: Planned, now: datetime) -> str:
    decision = planned.decision
    if isinstance(decision, Write):
        return named(decision.follow_up.step)
    if isinstance(decision, Wait):
        due = decision.follow_up.due_at.astimezone(now.tzinfo)
        return f"{in_words(f'{day_named(due, now)} {due:%H:%M}')} {named(decision.follow_up.step)}"
    return named(decision.state)


def because(planned: Planned, now: datetime) -> str:
    """The reason, the first words that caused it with their day, and until when the step makes sense."""
    decision = planned.decision
    reason = decision.reason
    evidence = next((e for e in decision.evidence if e.quote and one_line(e.quote) not in reason), None)
    said = f" {day(evidence.at, now)}: “{one_line(evidence.quote)}”" if evidence else ""
    return f"{in_words(reason)}{said}{in_words(_lapses(planned, now))}"


def day(at: datetime, now: datetime) -> str:
    """The day of ``at`` in the zone of ``now``, in the reader's language."""
    return in_words(day_named(at.astimezone(now.tzinfo), now))


def _lapses(planned: Planned, now: datetime) -> str:
    decision = planned.decision
    if not isinstance(decision, Write) or decision.follow_up.lapses_at is None:
        return ""
    lapses_at = day_named(decision.follow_up.lapses_at.astimezone(now.tzinfo), now)
    return f" Good until {lapses_at}."


def one_line_kept(text: str, longest: int) -> str:
    """``one_line`` that keeps the indent."""
    indent = len(text) - len(text.lstrip())
    return " " * indent + one_line(text, longest - indent)


def one_line(text: str, longest: int = 90) -> str:
    """``text`` on one line, without what could move a terminal's cursor."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def coverage_line(scanned: Scanned) -> str:
    c = scanned.coverage
    counts = (counted(c.messages, "message"), counted(c.threads, "thread"), counted(c.events, "event"))
    read = f"Read {counts[0]} in {counts[1]} and {counts[2]}."
    if c.complete:
        return read
    why = ", ".join(f"{count} {what}" for what, count in c.skipped.items())
    return f"{read} Not everything: {why}."
