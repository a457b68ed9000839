"""Instances of a recurring event (RFC 5545, 3.8.5), in its own local time, so that a clock change moves none."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dateutil.rrule import rruleset, rrulestr

from susul.sandbox.routing import invalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from susul.sandbox.event_times import When

MOST_INSTANCES = 3000
FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})


def starts(rules: list[str], first: When, zone: ZoneInfo, until: datetime) -> Iterator[When]:
    """The starts up to ``until``, dates for an all-day event; at most ``MOST_INSTANCES``. 400 for a broken rule."""
    found = _rules(rules, _local(first, zone), zone)
    latest = _local(until, zone)
    for local in islice(found, MOST_INSTANCES):
        if local > latest:
            return
        yield local.replace(tzinfo=zone) if isinstance(first, datetime) else local.date()


def _local(moment: When, zone: ZoneInfo) -> datetime:
    if isinstance(moment, datetime):
        return moment.astimezone(zone).replace(tzinfo=None)
    return datetime.combine(moment, time())


def _rules(rules: list[str], first: datetime, zone: ZoneInfo) -> rruleset:
    combined = rruleset()
    try:
        for line in rules:
            _add(combined, line, first, zone)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise invalid("Invalid recurrence rule.", "invalid") from error
    return combined


def _add(combined: rruleset, line: str, first: datetime, zone: ZoneInfo) -> None:
    head, _, value = line.strip().partition(":")
    kind = head.partition(";")[0].upper()
    if kind in {"RRULE", "EXRULE"}:
        rule = rrulestr(_checked(value, zone), dtstart=first)
        combined.rrule(rule) if kind == "RRULE" else combined.exrule(rule)  # type: ignore[arg-type]  # never a set: one rule
    elif kind in {"EXDATE", "RDATE"}:
        for text in value.split(","):
            moment = _moment(text.strip(), _zone_of(head, zone), zone, first)
            combined.exdate(moment) if kind == "EXDATE" else combined.rdate(moment)


def _checked(value: str, zone: ZoneInfo) -> str:
    """The rule with UNTIL in local time; finer frequencies than a day are refused, as Calendar refuses them."""
    parts = dict(part.split("=", 1) for part in value.upper().strip(";").split(";"))
    if parts.get("FREQ") not in FREQUENCIES:
        raise ValueError(value)
    if "UNTIL" in parts:
        end = _moment(parts["UNTIL"], zone, zone, datetime.combine(date.min, time(23, 59, 59)))
        parts["UNTIL"] = f"{end:%Y%m%dT%H%M%S}"
    return ";".join(f"{key}={text}" for key, text in parts.items())


def _zone_of(head: str, zone: ZoneInfo) -> ZoneInfo:
    for parameter in head.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.upper() == "TZID":
            return ZoneInfo(value.strip('"'))
    return zone


def _moment(text: str, stated: ZoneInfo, zone: ZoneInfo, like: datetime) -> datetime:
    """A DATE or DATE-TIME value in the event's local time; a bare date takes its time of day from ``like``."""
    if len(text) == 8:
        return datetime.combine(datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date(), like.time())
    moment = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=UTC if text.endswith("Z") else stated)
    return moment.astimezone(zone).replace(tzinfo=None)
