"""The sign-in and what Google answers with it: account, scopes, both services, the clock, the time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from susul.checkup import Finding, failed, failed_by, note, ok, skipped
from susul.errors import SusulError

if TYPE_CHECKING:
    from susul.account import Account
    from susul.config import Config
    from susul.places import Places

A_LITTLE, TOO_MUCH = timedelta(minutes=1), timedelta(minutes=5)  # by how far a clock may be wrong


@dataclass(frozen=True, slots=True)
class Heard:
    """What Google answered: whose account it is, the calendar's zone, or why there is no answer.

    ``answered_at`` is the answer's own time as Google wrote it, ``heard_at`` ours at that moment.
    """

    heard_at: datetime
    answered_at: str = ""
    address: str = ""
    time_zone: str = ""
    gmail_error: SusulError | None = None
    calendar_error: SusulError | None = None


def ask_google(account: Account, now: datetime) -> Heard:
    """One call to each service. Raises nothing of ours: what went wrong is part of what was heard."""
    address = zone = ""
    gmail_error = calendar_error = None
    try:
        address = account.gmail.profile().address
    except SusulError as error:
        gmail_error = error
    answered_at, heard_at = account.transport.answered_at, account.transport.now()
    try:
        zone = account.calendar.events(now, now + timedelta(hours=1)).time_zone
    except SusulError as error:
        calendar_error = error
    return Heard(heard_at, answered_at, address, zone, gmail_error, calendar_error)


def saved_sign_in(places: Places, config: Config) -> Finding:
    """token.json: there, whole, and for no other place than Google."""
    from susul.sources.google.saved_sign_in import load_credentials

    load_credentials(places.token_file, api_root=config.google.api_root or None)
    return ok("sign-in file", "token.json holds a sign-in to Google.")


def scopes(places: Places, config: Config) -> Finding:
    """Whether the sign-in covers what the config asks for; each scope that is missing with what it costs."""
    from susul.sources.google.saved_sign_in import WITHOUT, load_credentials, missing_scopes, scopes_for

    credentials = load_credentials(places.token_file, api_root=config.google.api_root or None)
    held = frozenset(map(str, credentials.scopes or ()))
    missing = missing_scopes(held, scopes_for(labels=config.gmail.labels))
    if missing:
        lost = "; ".join(WITHOUT[scope] for scope in missing)
        return failed("scopes", f"Not granted: {lost}.", "Run susul login and tick every box.", 3)
    return ok("scopes", f"All {len(scopes_for(labels=config.gmail.labels))} scopes that are needed were granted.")


def gmail(heard: Heard) -> Finding:
    if heard.gmail_error:
        return failed_by("gmail", heard.gmail_error)
    return ok("gmail", f"Gmail answers; you are signed in as {heard.address}.")


def calendar(heard: Heard) -> Finding:
    if heard.calendar_error:
        return failed_by("calendar", heard.calendar_error)
    return ok("calendar", "Google Calendar answers.")


def clock(answered_at: str, now: datetime) -> Finding:
    """This machine's clock, ``now``, against the Date header of Google's answer (RFC 9110, 6.6.1)."""
    try:
        told = parsedate_to_datetime(answered_at)
    except (ValueError, TypeError, IndexError):
        return skipped("clock", "No answer told the time.")
    off = now - (told if told.tzinfo else told.replace(tzinfo=UTC))
    if abs(off) <= A_LITTLE:
        return ok("clock", "This machine's clock is right.")
    ahead = off > timedelta()
    length = _length(off)
    says = f"This machine's clock is {length} ahead." if ahead else f"This machine's clock is {length} behind."
    remedy = "Let the system set it by itself (on Linux: timedatectl set-ntp true)."
    return failed("clock", says, remedy) if abs(off) > TOO_MUCH else note("clock", says, remedy)


def time_zone(config: Config, calendar_zone: str, system_zone: str, now: datetime) -> Finding:
    """Whether config, calendar and machine mean the same time of day at ``now``."""
    chosen = config.owner.time_zone or calendar_zone or system_zone
    if calendar_zone and not _same(chosen, calendar_zone, now):
        says = f"config.toml says {chosen}, your calendar {calendar_zone}: days and hours count by config.toml."
        return note("time zone", says, "Change owner.time_zone, or leave it out to follow the calendar.")
    if not _same(chosen, system_zone, now):
        says = f"Days and hours count in {chosen}; this machine runs in {system_zone}, and so do cron's times."
        return note(
            "time zone", says, f"Give susul schedule --at the hours of {system_zone}, or set the machine's zone."
        )
    return ok("time zone", f"Days and hours count in {chosen}.")


def _same(one: str, other: str, now: datetime) -> bool:
    try:
        return now.astimezone(ZoneInfo(one)).utcoffset() == now.astimezone(ZoneInfo(other)).utcoffset()
    except (KeyError, ValueError, OSError):
        return False


def _length(off: timedelta) -> str:
    minutes = round(abs(off) / timedelta(minutes=1))
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"
