"""``susul scan``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from susul.app import FileScan, Scanned, scan_files
from susul.cli import terminal, times
from susul.config import load_config, zone_named
from susul.errors import UsageError
from susul.places import find_places
from susul.report.as_json import plan_as_json

FILES = click.Path(path_type=Path)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the cases as JSON.")
@click.option("--write", is_flag=True, help="Write the drafts that are due into Gmail, as sync does.")
@click.option("--all", "everything", is_flag=True, help="Show the silent cases too.")
@click.option("--as-of", metavar="TIME", help="Decide as if it were then, e.g. 2026-06-10T15:30+07:00.")
@click.option("--since", metavar="90d", help="How far back to read (d, w, m or y).")
@click.option(
    "--mbox", multiple=True, type=FILES, metavar="FILE", help="Read this mailbox file in place of an account."
)
@click.option("--ics", multiple=True, type=FILES, metavar="FILE", help="Read this calendar file too.")
@click.option("--me", multiple=True, metavar="ADDRESS", help="Your address in those files; repeat for each.")
@click.option("--tz", metavar="ZONE", default="", help="Your time zone, e.g. Asia/Jakarta.")
@click.option("--country", metavar="CC", default="", help="Your country for holidays, e.g. ID.")
@click.option("--out", type=FILES, metavar="DIR", help="Write each draft as an .eml into this folder.")
def scan(
    as_json: bool,
    write: bool,
    everything: bool,
    as_of: str | None,
    since: str | None,
    mbox: tuple[Path, ...],
    ics: tuple[Path, ...],
    me: tuple[str, ...],
    tz: str,
    country: str,
    out: Path | None,
) -> None:
    """Read, decide, and print every case with its decision and reason.

    Without --mbox it reads your Gmail account (see: susul login). It writes nothing unless --write or --out.
    """
    if mbox or ics:
        if write:
            raise UsageError(
                "--write needs an account; files can't be written to.", hint="Use --out DIR for .eml files."
            )
        scanned = _scan_files(mbox, ics, me, tz, country, as_of, since)
    else:
        _refuse_file_options(me, tz, country)
        scanned = _scan_account(as_of, since, write=write)
    if out:
        write_eml(scanned, out)
    if as_json:
        account = scanned.owner.addresses[0]
        click.echo(
            json.dumps(
                plan_as_json(scanned.plan, account, scanned.coverage, scanned.owner.zone), ensure_ascii=False, indent=1
            )
        )
    else:
        terminal.show_plan(scanned, everything=everything)


def _scan_files(
    mbox: tuple[Path, ...],
    ics: tuple[Path, ...],
    me: tuple[str, ...],
    tz: str,
    country: str,
    as_of: str | None,
    since: str | None,
) -> Scanned:
    if not me or not all("@" in address for address in me):
        raise UsageError("With files, susul must know which address is yours.", hint="Add --me you@example.com.")
    zone = zone_named(tz or "UTC")
    files = FileScan(mbox, ics, tuple(a.strip().lower() for a in me), tz, country, times.duration(since))
    config = load_config(find_places().config_file)
    return scan_files(files, config, find_places().templates, times.moment(as_of, zone), terminal.progress())


def _refuse_file_options(me: tuple[str, ...], tz: str, country: str) -> None:
    if me or tz or country:
        raise UsageError(
            "--me, --tz and --country go with --mbox or --ics.",
            hint="For an account they belong in config.toml, [owner].",
        )


def _scan_account(as_of: str | None, since: str | None, *, write: bool) -> Scanned:
    from susul.cli.session import signed_in
    from susul.syncing import scan_account, sync_account

    with signed_in(since=times.duration(since)) as session:
        zone = zone_named(session.config.owner.time_zone or "UTC")
        now = times.moment(as_of, zone)
        if not write:
            return scan_account(
                session.account, session.store, session.places, session.config, now, terminal.progress()
            )
        synced = sync_account(session.account, session.store, session.places, session.config, now, terminal.progress())
        for line in synced.done.lines:
            click.echo(terminal.one_line(line, 200), err=True)
        return synced.scanned


def write_eml(scanned: Scanned, folder: Path) -> None:
    """Each draft that is due as ``<case>-<step>.eml``."""
    from susul.drafting import to_mime
    from susul.model import Write

    folder.mkdir(parents=True, exist_ok=True)
    for planned in scanned.plan.due():
        assert isinstance(planned.decision, Write)
        assert planned.draft is not None
        name = f"{planned.case.id}-{planned.decision.follow_up.step.value}"
        raw = to_mime(planned.draft, f"<{name}@susul.invalid>", scanned.plan.as_of)
        (folder / f"{name}.eml").write_bytes(raw)
