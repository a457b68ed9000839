"""``susul explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from susul.cases.people import wrote
from susul.cli import terminal
from susul.cli.file_options import file_options
from susul.cli.session import scan_of_files, signed_in
from susul.errors import UsageError
from susul.report.as_json import case_as_json

if TYPE_CHECKING:
    from pathlib import Path

    from susul.app import Scanned
    from susul.model import Told
    from susul.plan import Planned


@click.command()
@click.argument("thread")
@click.option("--json", "as_json", is_flag=True, help="Print the case as JSON.")
@click.option("--as-of", metavar="TIME", help="Explain as if it were then.")
@file_options
def explain(
    thread: str,
    as_json: bool,
    as_of: str | None,
    mbox: tuple[Path, ...],
    ics: tuple[Path, ...],
    me: tuple[str, ...],
    tz: str,
    country: str,
) -> None:
    """Tell the whole story of one case: time line, evidence with quotes, decision, what comes next and when.

    THREAD is a thread id, a case id, or words of the subject.
    """
    scanned = _scanned(as_of, mbox, ics, me, tz, country)
    found = [p for p in scanned.plan.planned if names(p, thread)]
    if not found:
        raise UsageError(
            "No case matches that.", hint="susul scan --all --json lists every case with its id and threads."
        )
    for planned in found:
        if as_json:
            click.echo(terminal.as_json(case_as_json(planned, scanned.owner.zone)))
        else:
            click.echo(in_words(planned, scanned))


def _scanned(
    as_of: str | None, mbox: tuple[Path, ...], ics: tuple[Path, ...], me: tuple[str, ...], tz: str, country: str
) -> Scanned:
    if mbox or ics:
        return scan_of_files(mbox, ics, me, tz, country, as_of)
    from susul.syncing import scan_account

    with signed_in() as session:
        now = session.moment(as_of)
        return scan_account(session.account, session.store, session.places, session.config, now, terminal.progress())


def names(planned: Planned, wanted: str) -> bool:
    """Whether ``wanted`` means this case: its id, one of its threads or events, or words of its subject."""
    case = planned.case
    exact = {case.id, *case.threads, *(event.uid for event in case.events)}
    return wanted in exact or (len(wanted) > 2 and wanted.casefold() in case.subject.casefold())


def in_words(planned: Planned, scanned: Scanned) -> str:
    case, zone = planned.case, scanned.owner.zone
    who = ", ".join(f"{a.name} <{a.email}>".strip() for a in case.people[:4])
    lines = [
        f"{case.kind.value.capitalize()}: {terminal.one_line(case.subject)}   ({case.id})",
        f"With {terminal.one_line(who, 200)}",
        "",
    ]
    moments = [(t.message.sent_at, _told_line(t)) for t in case.told]
    moments += [(e.starts_at, f"calendar: {terminal.one_line(e.summary)} ({e.status})") for e in case.events]
    for at, line in sorted(moments, key=lambda row: row[0]):
        lines.append(f"  {at.astimezone(zone):%a %d %b %Y %H:%M}  {line}")
    lines += ["", f"Now: {planned.decision.reason}", f"Next: {terminal.what_next(planned, zone)}"]
    lines += [
        f"  because of “{terminal.one_line(e.quote)}” ({e.fact.replace('_', ' ')}, {e.at.astimezone(zone):%d %b})"
        for e in planned.decision.evidence
    ]
    if planned.draft:
        own, _, _ = planned.draft.text.partition("\n>")
        lines += ["", *(f"  | {terminal.one_line(line, 2000)}".rstrip() for line in own.splitlines())]
    return "\n".join([*lines, ""])


def _told_line(told: Told) -> str:
    who = "you" if told.outgoing else (told.message.sender.name or told.message.sender.email)
    nature = "" if told.outgoing or wrote(told) else f" [{told.reading.nature.value.replace('_', ' ')}]"
    facts = ", ".join(dict.fromkeys(s.fact.value.replace("_", " ") for s in told.reading.signals))
    return f"{terminal.one_line(who, 40)}{nature}: {facts or terminal.one_line(told.reading.text, 60)}"
