"""``susul scan``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from susul.cli import terminal, times
from susul.cli.file_options import FILES, file_options
from susul.cli.messages import in_words
from susul.cli.session import scan_of_files, signed_in
from susul.errors import Failed, UsageError
from susul.report.as_json import plan_as_json

if TYPE_CHECKING:
    from pathlib import Path

    from susul.app import Scanned


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the cases as JSON.")
@click.option("--write", is_flag=True, help="Write the drafts that are due into Gmail, as sync does.")
@click.option("--all", "everything", is_flag=True, help="Show the silent cases too.")
@click.option("--as-of", metavar="TIME", help="Decide as if it were then, e.g. 2026-06-10T15:30+07:00.")
@click.option("--quick", is_flag=True, help="Read only what is most promising; the next run goes on from there.")
@click.option("--since", metavar="90d", help="How far back to read (d, w, m or y).")
@file_options
@click.option("--out", type=FILES, metavar="DIR", help="Write each draft as an .eml into this folder.")
def scan(
    as_json: bool,
    write: bool,
    everything: bool,
    as_of: str | None,
    quick: bool,
    since: str | None,
    mbox: tuple[Path, ...],
    ics: tuple[Path, ...],
    me: tuple[str, ...],
    tz: str,
    country: str,
    out: Path | None,
) -> int:
    """Read, decide, and print every case with its decision and reason.

    Without --mbox it reads your Gmail account (see: susul login). It writes nothing unless --write or --out.
    """
    if write and as_of:
        raise UsageError("--write and --as-of don't go together: a draft is for now.", hint="Leave one of them out.")
    if out:
        _make_folder(out)
    code = 0
    if mbox or ics:
        if write:
            raise UsageError(
                "--write needs an account; files can't be written to.", hint="Use --out DIR for .eml files."
            )
        scanned = scan_of_files(mbox, ics, me, tz, country, as_of, since)
    else:
        _refuse_file_options(me, tz, country)
        if quick and write:
            raise UsageError("--quick and --write don't go together: an answer may lie in what is left unread.")
        scanned, code = _scan_account(as_of, since, write=write, quick=quick)
    if out:
        write_eml(scanned, out)
        terminal.say(f"Wrote {terminal.counted(len(scanned.plan.due()), 'draft')} into {out}.", err=True)
    if as_json:
        account = scanned.owner.addresses[0]
        click.echo(terminal.as_json(plan_as_json(scanned.plan, account, scanned.coverage, scanned.owner.zone)))
    else:
        terminal.show_plan(scanned, everything=everything)
    return code


def _refuse_file_options(me: tuple[str, ...], tz: str, country: str) -> None:
    if me or tz or country:
        raise UsageError(
            "--me, --tz and --country go with --mbox or --ics.",
            hint="For an account they belong in config.toml, [owner].",
        )


def _scan_account(as_of: str | None, since: str | None, *, write: bool, quick: bool) -> tuple[Scanned, int]:
    """What was found, and the exit code: with ``write`` that of ``sync``."""
    from susul.reading_order import Rank
    from susul.understanding import copy_mail

    with signed_in(since=times.duration(since), reads_all=not as_of) as session:
        if not write:
            run = session.run(as_of)
            copied = copy_mail(run, Rank.SENT_AND_WORDS if quick else Rank.IN_BULK)
            from susul.looking import look  # with all the rules: copy_mail loads them while the mail is under way

            scanned = look(run, copied).scanned
            return scanned, scanned.stopped.exit_code if scanned.stopped else 0
        from susul.syncing import sync_account

        synced = sync_account(session.run())
    for line in synced.done.lines:
        terminal.say(terminal.one_line(in_words(line), 200), err=True)
    terminal.say_owed(synced.scanned)
    return synced.scanned, synced.exit_code


def _make_folder(folder: Path) -> None:
    """Made before anything is read: a wrong ``--out`` is known at once, not after minutes."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError(f"--out {folder} can't be a folder: a file is in its way.") from error
    except OSError as error:
        raise Failed(f"--out {folder} can't be made: {error.strerror}.", hint="Choose another folder.") from error


def write_eml(scanned: Scanned, folder: Path) -> None:
    """Each draft that is due as ``<case>-<step>.eml``."""
    from susul.drafting import to_mime
    from susul.model import Write

    for planned in scanned.plan.due():
        assert isinstance(planned.decision, Write)
        assert planned.draft is not None
        name = f"{planned.case.id}-{planned.decision.follow_up.step.value}"
        raw = to_mime(planned.draft, f"<{name}@susul.invalid>", scanned.plan.as_of)
        try:
            (folder / f"{name}.eml").write_bytes(raw)
        except OSError as error:
            raise Failed(f"{folder / name}.eml can't be written: {error.strerror}.") from error
