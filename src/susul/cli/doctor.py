"""``susul doctor``."""

from __future__ import annotations

import textwrap
from contextlib import closing
from typing import TYPE_CHECKING

import click

from susul import __version__
from susul.checkup import Finding, Outcome, failed_by, guarded, note, ok, skipped
from susul.checkup import files as files_checks
from susul.checkup import google as google_checks
from susul.checkup import state as state_checks
from susul.checkup.sound_part import SoundPart, sound_part
from susul.cli import terminal, times
from susul.cli.installing import is_installed
from susul.cli.messages import in_words
from susul.cli.schedule import make_job
from susul.config import Config, load_config
from susul.errors import Failed, SusulError, UsageError
from susul.places import find_places, system_zone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from susul.checkup.google import Heard
    from susul.places import Places

VERSION = 1
MARKS = {Outcome.OK: "ok", Outcome.NOTE: "note", Outcome.FAILED: "FAILED", Outcome.SKIPPED: "-"}
OF_SIGN_IN = ("client", "sign-in file", "scopes")
OF_GOOGLE = ("gmail", "calendar", "clock")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--offline", is_flag=True, help="Ask Google nothing.")
@click.option(
    "--rebuild", is_flag=True, help="First begin a new state in place of a damaged one, with what can be saved."
)
def doctor(as_json: bool, offline: bool, rebuild: bool) -> int:
    """Check everything that a run needs, and say what to do about what is wrong.

    Config, templates, OAuth client, sign-in and scopes, both Google services, clock and time zone, state, lock, last
    run, schedule, file rights and disk. Without --rebuild it changes nothing. The exit code is 0 where nothing failed;
    2 (config), 3 (sign-in) or 5 (network) where that is all that failed; else 1.
    """
    places, findings = find_places(), list[Finding]()
    if rebuild:
        _rebuild(places)
    for finding in examine(places, times.now(), offline=offline):
        findings.append(finding)
        if not as_json:
            _show(finding)
    wrong = [finding for finding in findings if finding.outcome is Outcome.FAILED]
    if as_json:
        checks = [_as_json(finding) for finding in findings]
        click.echo(terminal.as_json({"version": VERSION, "susul": __version__, "failed": len(wrong), "checks": checks}))
    else:
        terminal.say(f"{terminal.counted(len(wrong), 'check')} failed." if wrong else "Nothing is wrong.")
    return _exit_code(wrong)


def _rebuild(places: Places) -> None:
    """Raises Failed, AlreadyRunning; UsageError where nothing is damaged."""
    from susul.locking import held
    from susul.store import health

    if places.database.exists() and health.examine(places.database).sound:
        raise UsageError("The state is whole: there is nothing to rebuild.", hint="susul doctor tells more.")
    places.make()
    with held(places.lock, times.now()):
        rebuilt = health.rebuild(places.database, times.now())
    saved = f"{terminal.counted(rebuilt.drafts, 'draft')} and {terminal.counted(rebuilt.words, 'word')} of yours"
    terminal.say(f"Began a new state with {saved}; the old one is {rebuilt.moved_to}.", err=True)


def examine(places: Places, now: datetime, *, offline: bool) -> Iterator[Finding]:
    """Every finding, each as soon as it is there."""
    config_finding = guarded("config", lambda: files_checks.config_file(places))
    yield config_finding
    sound = _sound(places, broken=config_finding.outcome is Outcome.FAILED)
    config = sound.config
    yield guarded("templates", lambda: files_checks.templates(places, config))
    if sound.knows_google:
        yield from _of_sign_in(places, config, now, offline=offline)
    else:
        yield from (skipped(check, "Correct [google] in config.toml first.") for check in (*OF_SIGN_IN, *OF_GOOGLE))
        yield _time_zone(config, "", now)
    yield from _of_runs(places, now)
    yield guarded("rights", lambda: files_checks.rights(places))
    yield guarded("disk", lambda: files_checks.disk(places))


def _sound(places: Places, *, broken: bool) -> SoundPart:
    """The config; where it is broken, what of it can be gone by, so that one mistake doesn't hide another."""
    if not broken:
        return SoundPart(load_config(places.config_file), knows_google=True)
    try:
        return sound_part(places.config_file.read_text("utf-8", "replace"))
    except OSError:
        return SoundPart(Config(), knows_google=False)


def _of_sign_in(places: Places, config: Config, now: datetime, *, offline: bool) -> Iterator[Finding]:
    yield guarded("client", lambda: files_checks.client(places, config))
    sign_in = guarded("sign-in file", lambda: google_checks.saved_sign_in(places, config))
    yield sign_in
    if sign_in.outcome is Outcome.OK:
        yield guarded("scopes", lambda: google_checks.scopes(places, config))
    else:
        yield skipped("scopes", "Nobody is signed in.")
    yield from _of_google(places, config, now, offline=offline, signed_in=sign_in.outcome is Outcome.OK)


def _of_google(places: Places, config: Config, now: datetime, *, offline: bool, signed_in: bool) -> Iterator[Finding]:
    heard = None
    if offline or not signed_in:
        why = "Not asked (--offline)." if offline else "Nobody is signed in."
        yield from (skipped(check, why) for check in OF_GOOGLE)
    else:
        try:
            heard = _heard(places, config, now)
        except SusulError as error:
            yield failed_by("gmail", error)
            yield from (skipped(check, "Google could not be asked.") for check in OF_GOOGLE[1:])
    if heard:
        told = heard
        yield guarded("gmail", lambda: google_checks.gmail(told))
        yield guarded("calendar", lambda: google_checks.calendar(told))
        yield guarded("clock", lambda: google_checks.clock(told.answered_at, told.heard_at))
    yield _time_zone(config, heard.time_zone if heard else "", now)


def _time_zone(config: Config, calendar_zone: str, now: datetime) -> Finding:
    return guarded("time zone", lambda: google_checks.time_zone(config, calendar_zone, system_zone(), now))


def _heard(places: Places, config: Config, now: datetime) -> Heard:
    from susul.account import open_account

    with closing(open_account(places, config)) as account:
        return google_checks.ask_google(account, now)


def _of_runs(places: Places, now: datetime) -> Iterator[Finding]:
    yield guarded("state", lambda: state_checks.state(places))
    lock = guarded("lock", lambda: state_checks.lock(places))
    yield lock
    schedule = guarded("schedule", _schedule)
    scheduled, at_work = schedule.outcome is Outcome.OK, lock.outcome is Outcome.NOTE
    yield guarded("last run", lambda: state_checks.last_run(places, now, scheduled=scheduled, at_work=at_work))
    yield schedule


def _schedule() -> Finding:
    where = is_installed(make_job())
    if where:
        return ok("schedule", f"Runs are scheduled by {where}.")
    style = "--systemd" if where is None else "--cron"
    says = "No entry was found that runs susul sync by itself."
    return note("schedule", says, f"susul schedule {style} --install puts one in place (see susul schedule --help).")


def _exit_code(wrong: list[Finding]) -> int:
    codes = {finding.exit_code for finding in wrong}
    return codes.pop() if len(codes) == 1 else (Failed.exit_code if codes else 0)


def _show(finding: Finding) -> None:
    width = terminal.columns()
    lead = f"{in_words(MARKS[finding.outcome]):<7} {in_words(finding.check):<13} "
    for number, text in enumerate((finding.says, finding.remedy)):
        start = lead if number == 0 else f"{' ' * len(lead)}→ "
        if text:
            click.echo(
                textwrap.fill(
                    terminal.one_line(in_words(text), 1000),
                    max(width, 60),
                    initial_indent=start,
                    subsequent_indent=" " * (len(lead) + 2 * number),
                    break_long_words=False,
                    break_on_hyphens=False,
                )
            )


def _as_json(finding: Finding) -> dict[str, str]:
    return {
        "check": finding.check,
        "outcome": finding.outcome.value,
        "says": finding.says,
        "remedy": finding.remedy,
    }
