"""``susul explain``."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from susul.asked_for import of_case
from susul.cases.people import wrote
from susul.cli import terminal
from susul.cli.file_options import file_options
from susul.cli.hyperlinks import linked
from susul.cli.messages import in_words
from susul.cli.session import scan_of_files, signed_in
from susul.days import day_named
from susul.errors import UsageError
from susul.gmail_links import case_link
from susul.model import Silent, Wait, WaitingOn, Write
from susul.report.as_json import case_as_json
from susul.targets import Pasted, has_words, pasted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from susul.app import Scanned
    from susul.model import Decision, Event, Signal, Told
    from susul.plan import Planned


NO_CASE = "No case matches that: it is unknown here, or holds no interview, application, meeting, proposal or task."
NOT_A_CASE = "That conversation is no case."
SHORTEST_SUBJECT = 20  # characters of it that are shown, however narrow the terminal is


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

    THREAD is a thread id, a case id, the address of a conversation in Gmail, a Message-ID, or words of the subject.

    Of a conversation that is no case it tells the draft that you asked for there, as long as that lies in Drafts.
    """
    scanned = _scanned(as_of, mbox, ics, me, tz, country)
    meant = pasted(thread)
    found = [p for p in scanned.plan.planned if means(thread, meant, p)]
    alone = [] if found else [one for one in scanned.asked_for if one.is_meant_by(thread)]
    if not found and (as_json or not alone):
        raise UsageError(NO_CASE, hint=meant.hint)
    for asked in alone:
        terminal.say(f"{in_words(NOT_A_CASE)} {in_words(terminal.one_line(asked.sentence, 300))}")
    for planned in found:
        if as_json:
            click.echo(terminal.as_json(case_as_json(planned, scanned.owner.zone)))
        else:
            click.echo(told(planned, scanned))


def _scanned(
    as_of: str | None, mbox: tuple[Path, ...], ics: tuple[Path, ...], me: tuple[str, ...], tz: str, country: str
) -> Scanned:
    if mbox or ics:
        return scan_of_files(mbox, ics, me, tz, country, as_of)
    with signed_in(reads_all=not as_of) as session:
        from susul.syncing import scan_account

        return scan_account(session.run(as_of))


def means(wanted: str, meant: Pasted, planned: Planned) -> bool:
    """Whether ``wanted`` means this case: by an id of it, its mail or its events, or by words of its subject."""
    case = planned.case
    return meant.names_case(case) or has_words(case.subject, wanted)


def told(planned: Planned, scanned: Scanned) -> str:
    """The case as a person reads it: who, what was said when, what follows from it, the draft."""
    case, page, now = planned.case, case_link(planned, scanned), scanned.plan.as_of.astimezone(scanned.owner.zone)
    who = ", ".join(f"{a.name} <{a.email}>".strip() for a in case.people[:4]) or in_words("nobody named")
    lines = [
        *_heading(planned, page),
        *_wrapped(in_words(f"With {terminal.one_line(who, 200)}")),
        *_wrapped(in_words(f"State: {_standing(planned.decision)}")),
        *([in_words(f"In Gmail: {page}")] if page else []),
        "",
        *_time_line(planned, now),
        "",
        *_wrapped(in_words(f"Why: {planned.decision.reason}")),
    ]
    for evidence in planned.decision.evidence:
        said = f"{terminal.day(evidence.at, now)}, {terminal.named(evidence.fact)}"
        lines += _wrapped(f"{said}: “{terminal.one_line(evidence.quote, 200)}”", indent=5)
    for link in case.links:
        why = link.fact.replace("_", " ")
        lines += _wrapped(in_words(f"one matter ({why}): “{terminal.one_line(link.quote)}”"), indent=5)
    lines += _wrapped(in_words(f"Next: {_what_comes(planned, scanned)}"))
    for step in of_case(planned, scanned.asked_for):
        lines += _wrapped(terminal.asked_for_line(step), indent=5)
    if planned.draft:
        own, _, _ = planned.draft.text.partition("\n>")
        lines += ["", *(f"  | {line}".rstrip() for line in _paragraphs(own))]
    return "\n".join([*lines, ""])


def _heading(planned: Planned, page: str) -> list[str]:
    """The case's subject, a link where a terminal shows one, cut so that its id keeps its place beside it."""
    case = planned.case
    lead, tail = f"{in_words(case.kind.value).capitalize()}: ", f"   [{case.id}]"
    room = max(terminal.columns() - len(lead) - len(tail), SHORTEST_SUBJECT)
    return [f"{lead}{linked(terminal.one_line(case.subject, room), page)}{tail}"]


def _paragraphs(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from textwrap.wrap(terminal.one_line(line, 2000), terminal.columns() - 4) or [""]


def _standing(decision: Decision) -> str:
    waiting = {WaitingOn.THEM: "waiting for them", WaitingOn.ME: "waiting for you", WaitingOn.NOBODY: "nobody waits"}
    return f"{terminal.named(decision.state)}, {in_words(waiting[decision.waiting_on])}"


def _time_line(planned: Planned, now: datetime) -> list[str]:
    """Every mail and appointment in order, each with the words that say something."""
    case = planned.case
    moments: list[tuple[datetime, str, list[str]]] = [
        (t.message.sent_at, _who(t), _what_it_says(t, now)) for t in case.told
    ]
    moments += [
        (e.starts_at, in_words(f"calendar: “{terminal.one_line(e.summary)}” ({e.status})"), []) for e in case.events
    ]
    lines = []
    for at, who, said in sorted(moments, key=lambda row: row[0]):
        lines += _wrapped(f"{in_words(f'{at.astimezone(now.tzinfo):%a %d %b %Y %H:%M}')}  {who}", indent=2)
        for line in said:
            lines += _wrapped(line, indent=8)
    return lines


def _entry(event: Event) -> str:
    return in_words(f"calendar: “{terminal.one_line(event.summary)}” ({event.status})")


def _who(told: Told) -> str:
    who = in_words("you") if told.outgoing else (told.message.sender.name or told.message.sender.email)
    nature = "" if told.outgoing or wrote(told) else f" [{terminal.named(told.reading.nature)}]"
    return f"{terminal.one_line(who, 40)}{nature}"


def _what_it_says(told: Told, now: datetime) -> list[str]:
    """A line a signal; where there is none, how the mail begins."""
    lines = [f"{_named(signal, now)}: “{terminal.one_line(signal.quote)}”" for signal in told.reading.signals]
    return lines or [f"“{terminal.one_line(told.reading.text, 60)}”"] * bool(told.reading.text.strip())


def _named(signal: Signal, now: datetime) -> str:
    fact = terminal.named(signal.fact)
    return f"{fact} ({in_words(day_named(signal.window.ends_on, now))})" if signal.window else fact


def _what_comes(planned: Planned, scanned: Scanned) -> str:
    decision, zone = planned.decision, scanned.owner.zone
    if isinstance(decision, Silent):
        return f"nothing ({decision.state.value.replace('_', ' ')})"
    assert isinstance(decision, Write | Wait)
    step = decision.follow_up
    what = step.step.value.replace("_", " ")
    if terminal.lies_in_drafts(planned, scanned):
        return f"the draft ({what}) lies in your Drafts folder"
    later = f"a draft, {what}, on {step.due_at.astimezone(zone):%a %d %b %Y %H:%M}"
    draft = f"a draft, {what}, now" if isinstance(decision, Write) else later
    return f"{draft}; not later than {step.lapses_at.astimezone(zone):%a %d %b %Y}" if step.lapses_at else draft


def _wrapped(text: str, indent: int = 0) -> list[str]:
    return textwrap.wrap(text, terminal.columns(), initial_indent=" " * indent, subsequent_indent=" " * (indent + 2))
