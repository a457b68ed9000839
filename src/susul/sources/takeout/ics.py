"""Events out of an iCalendar file (RFC 5545), recurring ones as the occurrences inside a window.

The file is cut into its VEVENT blocks first, so that one broken or truncated event costs that event and no other, and
events far from the window are never parsed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from susul.addresses import plain_email
from susul.charsets import decode_text, one_line
from susul.errors import UsageError
from susul.model import Event
from susul.reading.calendar_lines import is_plain_zone, lines_of
from susul.reading.calendar_part import BROKEN, attendees_of, plain_uid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from icalendar import Component

LARGEST_EVENT = 1_000_000
MOST_OCCURRENCES = 1000

_RECURS = re.compile(r"^(?:RRULE|RDATE|RECURRENCE-ID)\b", re.MULTILINE | re.IGNORECASE)
_STARTS = re.compile(r"^DTSTART[^:\n]{0,200}:(\d{4})(\d\d)(\d\d)", re.MULTILINE | re.IGNORECASE)
# No appointment lasts longer, so a start this far before the window lies outside of it.
_LONGEST_EVENT = timedelta(days=60)
# Rules that could yield an occurrence a minute would take for ever to expand, and no appointment has one.
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_TIMES_OF_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_MOST_TIMES_A_DAY = 24
_EARLIEST = 1970
_STATUSES = {"CANCELLED": "cancelled", "TENTATIVE": "tentative"}


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The events of a calendar file by start. ``skipped`` counts by reason what could not be read, ``warnings`` what
    was read but had to be guessed."""

    events: tuple[Event, ...]
    skipped: Mapping[str, int] = field(default_factory=dict)
    warnings: Mapping[str, int] = field(default_factory=dict)


def read_ics(path: Path, zone: ZoneInfo, since: datetime, until: datetime) -> CalendarFile:
    """The events of ``path`` that overlap ``since`` to ``until`` (aware), cancelled ones too.

    ``zone`` is the owner's: floating times and whole days are taken in it, and times in a zone that nobody knows, which
    is counted as a warning. Raises UsageError for a file that is missing or not a calendar; an empty one has no events.
    """
    text = _text(path)
    blocks = _Blocks()
    blocks.read(text, path)
    reader = _Reader(zone, since, until, blocks.skipped)
    near = [block for block in blocks.events if reader.may_overlap(block)]
    events = [event for series in _by_uid(reader.parsed(near, blocks.zones)) for event in reader.events_of(series)]
    ordered = sorted(events, key=lambda event: (event.starts_at, event.id))
    return CalendarFile(tuple(ordered), dict(reader.skipped), dict(reader.warnings))


def _text(path: Path) -> str:
    try:
        return decode_text(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        raise UsageError(f"The calendar file {path} can't be read: {error.strerror or error}.") from error


class _Blocks:
    """The VEVENT and VTIMEZONE blocks of a file, as text."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.zones: list[str] = []
        self.skipped: Counter[str] = Counter()

    def read(self, text: str, path: Path) -> None:
        if not text.strip():
            return
        if not re.search(r"^BEGIN:VCALENDAR\s*$", text, re.MULTILINE | re.IGNORECASE):
            raise UsageError(f"{path} is not a calendar file: it holds no BEGIN:VCALENDAR.")
        block: list[str] = []
        kind = ""
        for line in text.split("\n"):
            mark = line[:20].strip().upper()
            if mark in ("BEGIN:VEVENT", "BEGIN:VTIMEZONE"):
                self._truncated(kind)
                kind, block = mark.removeprefix("BEGIN:"), []
            if kind:
                block.append(line)
            if kind and mark == f"END:{kind}":
                self._add(kind, block)
                kind = ""
        self._truncated(kind)

    def _add(self, kind: str, block: list[str]) -> None:
        text = "\n".join(block)
        if kind == "VTIMEZONE":
            if is_plain_zone(list(lines_of(text))):
                self.zones.append(text)
        elif len(text) > LARGEST_EVENT:
            self.skipped["event larger than any"] += 1
        else:
            self.events.append(text)

    def _truncated(self, kind: str) -> None:
        if kind == "VEVENT":
            self.skipped["event cut off"] += 1


def _by_uid(components: Iterable[Component]) -> list[list[Component]]:
    series: dict[str, list[Component]] = {}
    for index, component in enumerate(components):
        series.setdefault(str(component.get("UID", "")) or f"#{index}", []).append(component)
    return list(series.values())


@dataclass(slots=True)
class _Reader:
    """Turns components into events of the window."""

    zone: ZoneInfo
    since: datetime
    until: datetime
    skipped: Counter[str]
    warnings: Counter[str] = field(default_factory=Counter)

    def may_overlap(self, block: str) -> bool:
        start = _STARTS.search(block)
        if start is None or _RECURS.search(block):
            return True
        try:
            day = datetime(int(start[1]), int(start[2]), int(start[3]), tzinfo=UTC)
        except ValueError:
            return True
        return self.since - _LONGEST_EVENT <= day <= self.until + timedelta(days=2)

    def parsed(self, blocks: list[str], zones: list[str]) -> list[Component]:
        """The components of ``blocks``; where they can't be parsed together, each on its own."""
        if not blocks:
            return []
        try:
            return _components(blocks, zones)
        except BROKEN:
            return [component for block in blocks for component in self._parsed_alone(block, zones)]

    def _parsed_alone(self, block: str, zones: list[str]) -> list[Component]:
        try:
            return _components([block], zones)
        except BROKEN:
            self.skipped["broken event"] += 1
            return []

    def events_of(self, series: list[Component]) -> Iterator[Event]:
        """The events of all components that share a UID."""
        for component in series:
            _drop_unreadable_times(component)
        readable = [component for component in series if "DTSTART" in component]
        self.skipped.update(
            {"event without a start": len(series) - len(readable)} if len(readable) < len(series) else {}
        )
        recurring = any("RRULE" in component or "RDATE" in component for component in readable)
        for occurrence in self._occurrences(readable) if recurring else readable:
            event = self._event(occurrence, recurring=recurring or "RECURRENCE-ID" in occurrence)
            if event and event.starts_at < self.until and max(event.ends_at, event.starts_at) >= self.since:
                yield event

    def _occurrences(self, series: list[Component]) -> list[Component]:
        import recurring_ical_events

        try:
            if not all(_expandable(component) for component in series):
                self.skipped["recurring event with a rule too dense to expand"] += 1
                return []
            query = recurring_ical_events.of(_calendar_of(series))
            found = list(islice(query.between(self.since, self.until), MOST_OCCURRENCES + 1))
        except BROKEN:
            self.skipped["broken recurring event"] += 1
            return []
        if len(found) > MOST_OCCURRENCES:
            self.skipped["recurring event with too many occurrences"] += 1
        return found[:MOST_OCCURRENCES]

    def _event(self, component: Component, *, recurring: bool) -> Event | None:
        try:
            return self._read_event(component, recurring=recurring)
        except BROKEN:
            self.skipped["broken event"] += 1
            return None

    def _read_event(self, component: Component, *, recurring: bool) -> Event:
        start = component["DTSTART"].dt
        uid = plain_uid(str(component.get("UID", "")))
        starts_at = self._instant(component, "DTSTART")
        original = self._instant(component, "RECURRENCE-ID") if "RECURRENCE-ID" in component else starts_at
        return Event(
            uid=uid,
            summary=one_line(str(component.get("SUMMARY", ""))),
            starts_at=starts_at,
            ends_at=self._end(component, start, starts_at),
            description=str(component.get("DESCRIPTION", "")),
            location=one_line(str(component.get("LOCATION", ""))),
            all_day=not isinstance(start, datetime),
            status=_STATUSES.get(str(component.get("STATUS", "")).upper(), "confirmed"),
            organizer=plain_email(str(component.get("ORGANIZER", ""))),
            attendees=attendees_of(component),
            recurring=recurring,
            transparent=str(component.get("TRANSP", "")).upper() == "TRANSPARENT",
            created_at=_stamp(component, "CREATED") or _stamp(component, "DTSTAMP"),
            id=f"{uid}/{original:%Y%m%dT%H%M%SZ}" if recurring else uid,
        )

    def _instant(self, component: Component, name: str) -> datetime:
        value: date | datetime = component[name].dt
        if not isinstance(value, datetime):
            return datetime.combine(value, time.min, self.zone).astimezone(UTC)
        if value.tzinfo is None:
            named = component[name].params.get("TZID") if name == "DTSTART" else None
            self.warnings.update([f"time in the unknown zone {one_line(str(named))[:60]}"] if named else [])
            value = value.replace(tzinfo=self.zone)
        return value.astimezone(UTC)

    def _end(self, component: Component, start: date | datetime, starts_at: datetime) -> datetime:
        """DTEND, else start + DURATION, else the day or the moment itself (RFC 5545, 3.6.1); never before the start."""
        if "DTEND" in component:
            return max(self._instant(component, "DTEND"), starts_at)
        length = getattr(component.get("DURATION"), "dt", None)
        if not isinstance(length, timedelta):
            length = timedelta() if isinstance(start, datetime) else timedelta(days=1)
        return starts_at + max(length, timedelta())


def _components(blocks: list[str], zones: list[str]) -> list[Component]:
    from icalendar import Calendar

    text = "\r\n".join(["BEGIN:VCALENDAR", *zones, *blocks, "END:VCALENDAR", ""])
    return list(Calendar.from_ical(text).walk("VEVENT"))


def _calendar_of(components: list[Component]) -> Component:
    from icalendar import Calendar

    calendar = Calendar()
    for component in components:
        calendar.add_component(component)
    return calendar


def _drop_unreadable_times(component: Component) -> None:
    """icalendar keeps a property that it could not parse and raises when its value is read."""
    for name in ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID"):
        try:
            known = name not in component or component[name].dt is not None
        except BROKEN:
            known = False
        if not known:
            del component[name]


def _expandable(component: Component) -> bool:
    if component["DTSTART"].dt.year < _EARLIEST:
        return False
    rules: Any = component.get("RRULE", [])
    return all(_sparse(rule) for rule in (rules if isinstance(rules, list) else [rules]))


def _sparse(rule: Mapping[str, Any]) -> bool:
    times = 1
    for name in _TIMES_OF_DAY:
        times *= len(rule.get(name, ())) or 1
    frequencies = [str(frequency).upper() for frequency in rule.get("FREQ", ())]
    return times <= _MOST_TIMES_A_DAY and len(frequencies) == 1 and frequencies[0] in _FREQUENCIES


def _stamp(component: Component, name: str) -> datetime | None:
    try:
        value = getattr(component.get(name), "dt", None)
    except BROKEN:
        return None
    if not isinstance(value, datetime) or value.year < _EARLIEST:
        return None
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
