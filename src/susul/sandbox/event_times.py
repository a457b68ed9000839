"""Instants and days as the Calendar API writes them (RFC 3339)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from susul.sandbox.routing import Json, invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

When = datetime | date


def zone_named(name: str, otherwise: str = "UTC") -> ZoneInfo:
    """The zone; ``otherwise`` if nobody knows ``name``."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo(otherwise)


def read_instant(text: str, name: str) -> datetime:
    """An RFC 3339 time of a request; 400 if it is none or has no offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise invalid("Bad Request", "badRequest") from error
    if moment.tzinfo is None:
        raise invalid(f"Bad Request: {name} needs a time zone offset", "badRequest")
    return moment


def read_when(value: Mapping[str, Any] | None, zone: ZoneInfo) -> When:
    """``start`` or ``end`` of an event: a date for an all-day event, else an aware instant; 400 if it is neither."""
    try:
        if value and value.get("date"):
            return date.fromisoformat(value["date"])
        moment = datetime.fromisoformat((value or {})["dateTime"])
    except (KeyError, TypeError, ValueError) as error:
        raise invalid("Missing or invalid start or end time.", "required") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=zone_named((value or {}).get("timeZone", ""), zone.key))


def write_when(moment: When, zone: ZoneInfo, name: str = "") -> Json:
    """``name`` is the event's own ``timeZone``, shown as it came."""
    if not isinstance(moment, datetime):
        return {"date": moment.isoformat()}
    shown: Json = {"dateTime": stamp(moment.astimezone(zone))}
    return {**shown, "timeZone": name} if name else shown


def stamp(moment: datetime) -> str:
    """RFC 3339 with ``Z`` for UTC."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def stamp_ms(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds, as ``created`` and ``updated`` are written."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(moment: When, zone: ZoneInfo) -> datetime:
    """A date as its midnight in ``zone``."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time(), zone)


def compact(moment: When) -> str:
    """What an instance's id ends with: ``20260610T080000Z``, or ``20260610`` for an all-day event."""
    if isinstance(moment, datetime):
        return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{moment:%Y%m%d}"


def length(start: When, end: When) -> timedelta:
    if isinstance(start, datetime) and isinstance(end, datetime):
        return end - start
    return _day(end) - _day(start)


def _day(moment: When) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
