"""``susul log``: what each run read, decided and wrote, and why."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from susul.account import known_zone
from susul.cli import terminal
from susul.cli.messages import in_words
from susul.cli.session import local_state
from susul.config import load_config
from susul.errors import AlreadyRunning, UsageError
from susul.journal import decided_kinds
from susul.places import find_places
from susul.store import open_store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from susul.store import Store
    from susul.store.runs import Entry, RunRow

VERSION = 1
SHOWN = 10
MOST = 10_000
DECIDED = "decided: "


@click.command()
@click.argument("run", type=click.IntRange(1), required=False)
@click.option(
    "--last", type=click.IntRange(1, MOST), metavar="N", default=SHOWN, show_default=True, help="How many runs to show."
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def log(run: int | None, last: int, as_json: bool) -> None:
    """What each run read, decided and wrote, and why, the newest first.

    RUN is the number of one run: then every decision that became another one in it is told, too. Runs that changed
    nothing and ended alike share one line (×). A run that was killed is told as interrupted. Runs are kept for
    policy.general.journal_days days. No text of a mail is kept, only subjects and reasons.
    """
    found, zone, busy = _read(run, last)
    if as_json:
        rows = [_as_json(row, entries, zone, busy=busy) for row, entries in found]
        click.echo(terminal.as_json({"version": VERSION, "runs": rows}))
        return
    for row, entries in found:
        _show(row, entries, zone, busy=busy, everything=run is not None)
    if not found:
        terminal.say("No run yet. Try: susul sync")


def _read(run: int | None, last: int) -> tuple[list[tuple[RunRow, tuple[Entry, ...]]], ZoneInfo, int]:
    """The runs asked for, the owner's zone, and the number of the run that is at work now, 0 where none is.

    Nothing is printed before the lock is given back: a pager must not keep cron waiting.
    """
    try:
        with local_state() as state:
            return _runs(state.store, run, last), state.zone, 0
    except AlreadyRunning:
        places = find_places()
        with closing(open_store(places.database, migrated=True)) as store:
            newest = store.runs.newest(1)
            at_work = newest[0].id if newest and newest[0].ended_at is None else 0
            return _runs(store, run, last), known_zone(store, load_config(places.config_file)), at_work


def _runs(store: Store, run: int | None, last: int) -> list[tuple[RunRow, tuple[Entry, ...]]]:
    if run is None:
        return [(row, store.runs.entries(row.id)) for row in store.runs.newest(last)]
    row = store.runs.run(run)
    if row is None:
        raise UsageError(f"No run {run} is in the journal.", hint="susul log lists the runs.")
    return [(row, store.runs.entries(run))]


def _outcome(row: RunRow, busy: int) -> str:
    if row.ended_at is None:
        return "running" if row.id == busy else "interrupted"
    return "failed" if row.exit_code else "done"


def _show(row: RunRow, entries: tuple[Entry, ...], zone: ZoneInfo, *, busy: int, everything: bool) -> None:
    outcome = in_words(_outcome(row, busy))
    times = f" ×{row.times}" if row.times > 1 else ""
    code = f" ({row.exit_code})" if row.exit_code else ""
    when = in_words(_when(row, zone))
    head = f"{row.id}  {when}  {row.command}{times}  {outcome}{code}"
    click.echo(terminal.heading(terminal.fitted(head, indent=6)))
    if row.failure:
        terminal.say(f"      {terminal.one_line(in_words(row.failure), 200)}", indent=6)
    counted = _counted(row)
    if counted:
        terminal.say(f"      {counted}", indent=6)
    width = terminal.columns()
    for entry in entries:
        if everything or not entry.what.startswith(DECIDED):
            step = f" {terminal.named(entry.step)}" if entry.step else ""
            case = f"  [{entry.case}]" if entry.case else ""
            head = f"  {in_words(entry.what)}{step}: {entry.subject or in_words('(no subject)')}"
            click.echo(f"{terminal.one_line_kept(head, width - len(case))}{case}")
            if entry.reason:
                click.echo(f"      {terminal.one_line(in_words(entry.reason), width - 6)}")


def _when(row: RunRow, zone: ZoneInfo) -> str:
    began = row.started_at.astimezone(zone)
    if row.ended_at is None:
        return f"{began:%a %d %b %Y %H:%M}"
    ended = row.ended_at.astimezone(zone)
    same_day = began.date() == ended.date()
    return f"{began:%a %d %b %Y %H:%M}–{ended:{'%H:%M' if same_day else '%a %d %b %Y %H:%M'}}"


def _counted(row: RunRow) -> str:
    summary, parts = row.summary, []
    read = summary.get("read")
    if read:
        parts.append(_read_in_words(read, asked_for_news=row.command == "sync"))
    if summary.get("decided"):
        kinds = ", ".join(f"{count} {in_words(kind)}" for kind, count in decided_kinds(summary))
        parts.append(f"Decided: {kinds}.")
    if summary.get("put_off"):
        parts.append(f"Put off: {summary['put_off']}.")
    if summary.get("unread"):
        parts.append(f"Not read: {summary['unread']}.")
    labels = summary.get("labels") or {}
    if labels:
        changed = ", ".join(f"{count} {in_words(what)}" for what, count in labels.items())
        parts.append(f"Labels: {changed}.")
    return " ".join(map(in_words, parts))


def _read_in_words(read: Mapping[str, int], *, asked_for_news: bool) -> str:
    requests, units = read["requests"], read["units"]
    if not read["messages"] and not read["threads"]:
        nothing_new = f"Nothing new ({requests} requests, {units} units)."
        return nothing_new if asked_for_news else f"No new mail was read ({requests} requests, {units} units)."
    mail, threads = terminal.counted(read["messages"], "message"), terminal.counted(read["threads"], "thread")
    cost = f"{requests} requests, {units} units"
    return f"Read {mail} in {threads} and {terminal.counted(read['events'], 'event')} ({cost})."


def _as_json(row: RunRow, entries: tuple[Entry, ...], zone: ZoneInfo, *, busy: int) -> dict[str, Any]:
    def local(moment: datetime | None) -> str | None:
        return moment.astimezone(zone).isoformat() if moment else None

    return {
        "run": row.id,
        "command": row.command,
        "times": row.times,
        "started_at": local(row.started_at),
        "ended_at": local(row.ended_at),
        "outcome": _outcome(row, busy),
        "exit_code": row.exit_code,
        "failure": row.failure or None,
        **{key: row.summary.get(key) for key in ("read", "decided", "counts", "put_off", "unread", "labels")},
        "entries": [_entry_as_json(entry) for entry in entries],
    }


def _entry_as_json(entry: Entry) -> dict[str, str | None]:
    return {
        "what": entry.what,
        "case": entry.case or None,
        "step": entry.step or None,
        "subject": entry.subject,
        "reason": entry.reason,
    }
