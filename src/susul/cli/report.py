"""``susul report``."""

from __future__ import annotations

import os
import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from susul import languages
from susul.cli import terminal
from susul.cli.file_options import FILES, file_options
from susul.cli.session import scan_of_files, signed_in
from susul.config import load_config
from susul.errors import Failed, UsageError
from susul.places import find_places, system_language
from susul.report.as_json import plan_as_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from susul.app import Scanned
    from susul.outcomes import FollowedUp, Tally
    from susul.reconcile import LedgerRow

NAME = "report.html"


@click.command()
@click.option("--open", "show", is_flag=True, help="Open the page in your browser.")
@click.option("--out", type=FILES, metavar="FILE", help="Write the page there, not into your Susul folder.")
@click.option("--json", "as_json", is_flag=True, help="Print what the page shows as JSON; a page only with --out.")
@click.option("--language", metavar="CODE", default="", help="The page's language, e.g. id.")
@click.option("--as-of", metavar="TIME", help="Report as if it were then.")
@file_options
def report(
    show: bool,
    out: Path | None,
    as_json: bool,
    language: str,
    as_of: str | None,
    mbox: tuple[Path, ...],
    ics: tuple[Path, ...],
    me: tuple[str, ...],
    tz: str,
    country: str,
) -> int:
    """Write one page of what is due, waiting and closed, with time lines, and of how follow-ups fared.

    The page stands by itself: it loads nothing, runs no script, and only you can read the file. It is in your language
    (config.toml, [owner]), else the system's.
    """
    from susul.outcomes import follow_ups
    from susul.report.page import report_page
    from susul.report.words import report_language

    _check_language(language)
    from_files = bool(mbox or ics)
    scanned, sent = (scan_of_files(mbox, ics, me, tz, country, as_of), ()) if from_files else _account(as_of)
    found = follow_ups(scanned.plan, sent, scanned.owner.zone)
    if out or show or not as_json:
        own = load_config(find_places().config_file).owner.language
        code = report_language(language, own, system_language(), scanned.owner.language)
        path = out or _own_place()
        write_private(path, report_page(scanned, found, code))
        click.echo(str(path), err=as_json)
        if show and not webbrowser.open(path.resolve().as_uri()):
            terminal.say("susul: No browser could be opened; open that file yourself.", err=True)
    if as_json:
        click.echo(terminal.as_json(_as_json(scanned, found)))
    return scanned.exit_code


def _check_language(code: str) -> None:
    spoken = languages.codes()
    if code and code not in spoken:
        raise UsageError(f"{code!r} is not spoken here.", hint=f"Known: {', '.join(spoken)}.")


def _account(as_of: str | None) -> tuple[Scanned, Sequence[LedgerRow]]:
    """What was found, and the drafts of ours that were sent."""
    from susul.understanding import copy_mail

    with signed_in(reads_all=not as_of) as session:
        from susul.looking import look
        from susul.outcomes import sent_drafts

        run = session.run(as_of)
        looked = look(run, copy_mail(run))
        terminal.say_owed(looked.scanned)
        return looked.scanned, sent_drafts(looked.rows, looked.folder)


def _own_place() -> Path:
    places = find_places()
    places.make()
    return places.state / NAME


def write_private(path: Path, page: str) -> None:
    """The whole page or nothing, readable by the owner only. Raises Failed."""
    temporary = None
    try:
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # made 0600
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(page)
        os.replace(temporary, path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise Failed(f"{path} can't be written: {error.strerror}.", hint="Choose another file with --out.") from error


def _as_json(scanned: Scanned, found: Sequence[FollowedUp]) -> dict[str, Any]:
    from susul.outcomes import tallies, tally

    counted = [tally(found), *tallies(found)]
    plan = plan_as_json(scanned.plan, scanned.owner.addresses[0], scanned.coverage, scanned.owner.zone)
    return {**plan, "outcomes": [_tally_as_json(one) for one in counted]}


def _tally_as_json(one: Tally) -> dict[str, Any]:
    return {
        "kind": one.kind.value if one.kind else None,
        "step": one.step.value if one.step else None,
        "sent": one.sent,
        "answered": one.answered,
        "open": one.open,
        "unanswered": one.unanswered,
        "median_days": one.median_days,
    }
