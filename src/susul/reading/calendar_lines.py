"""The lines of a calendar part (RFC 5545, 3.1) that icalendar is given: unfolded, bounded, only what is asked for.

icalendar trusts what it reads. It follows the rules of a time zone through every occurrence since 1970, which for one
of each second never ends; it remembers each zone and each kind of component that it meets for the other mails of the
process; it takes a text on one line for the name of a file. So only known components and properties get through, and
only zones whose rules are changes of the clock.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_LINE = 2000
MOST_LINES = 3000  # 500 guests, their zone and the event are a fifth of it
MOST_ZONES = 20
MOST_CHANGES = 4  # of one zone; a zone with a longer history has a name that everybody knows
MOST_LINES_OF_ZONE = 60
EARLIEST_CENTURY = "16"  # Outlook's zones begin in 1601

_COMPONENTS = frozenset({"VCALENDAR", "VEVENT", "VTODO", "VTIMEZONE", "STANDARD", "DAYLIGHT"})
_OF_EVENTS = frozenset({"BEGIN", "END", "UID", "SUMMARY", "DTSTART", "DTEND", "ATTENDEE", "RECURRENCE-ID"})
_OF_ZONES = frozenset({"BEGIN", "END", "TZID", "TZNAME", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"})
_WEEKDAY = "(?:SU|MO|TU|WE|TH|FR|SA)"
# Every value allowed here comes round within some years, so that a rule is never searched in vain to the year 9999.
_CHANGE = {
    "FREQ": re.compile("YEARLY"),
    "INTERVAL": re.compile("1"),
    "WKST": re.compile(_WEEKDAY),
    "UNTIL": re.compile(r"\d{8}(?:T\d{6}Z?)?"),
    "BYMONTH": re.compile(r"0?[1-9]|1[0-2]"),
    "BYDAY": re.compile(rf"(?:[+-]?[1-5])?{_WEEKDAY}"),
    "BYMONTHDAY": re.compile(r"(?:[1-9]|1\d|2[0-8])(?:,(?:[1-9]|[12]\d|3[01])){0,30}"),
}
_NTH = re.compile(r"[+-]?\d")

Line = tuple[str, str, str]  # its name in capitals, its value, and the whole of it


def lines_of(text: str) -> Iterator[Line]:
    """Every line with a colon, unfolded."""
    unfolded = text.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "")
    for line in unfolded.split("\n"):
        head, colon, value = line.partition(":")
        if colon:
            yield head.partition(";")[0].strip().upper(), value.strip(), line


def plain_calendar(text: str) -> str:
    """``text`` with its events and zones as icalendar may have them; it ends in a line break in any case."""
    kept: list[str] = []
    zone: list[Line] | None = None
    zones = 0
    for name, value, line in _known(text):
        mark = name, value.upper()
        if mark == ("BEGIN", "VTIMEZONE"):
            zone, zones = [], zones + 1
        if zone is None:
            kept += [line[:LONGEST_LINE]] if name in _OF_EVENTS else []
        elif name in _OF_ZONES:
            zone.append((name, value, line))
        if zone and mark == ("END", "VTIMEZONE"):
            kept += [line for _, _, line in zone] if zones <= MOST_ZONES and is_plain_zone(zone) else []
            zone = None
        if len(kept) > MOST_LINES:
            break
    return "\r\n".join([*kept[:MOST_LINES], ""])


def _known(text: str) -> Iterator[Line]:
    """The lines outside of components that nobody asks for, such as alarms."""
    outside = ""
    for name, value, line in lines_of(text):
        kind = value.upper()
        if outside:
            outside = "" if (name, kind) == ("END", outside) else outside
        elif name == "BEGIN" and kind not in _COMPONENTS:
            outside = kind
        else:
            yield name, value, line


def is_plain_zone(block: Sequence[Line]) -> bool:
    """Whether the lines of a VTIMEZONE (RFC 5545, 3.6.5) say no more than when clocks change, once a year each."""
    changes = sum(name == "BEGIN" for name, _, _ in block) - 1
    return (
        0 < changes <= MOST_CHANGES
        and len(block) <= MOST_LINES_OF_ZONE
        and all(_is_harmless(name, value, line) for name, value, line in block)
    )


def _is_harmless(name: str, value: str, line: str) -> bool:
    if name == "RRULE":
        return _is_change(value.upper())
    return len(line) <= LONGEST_LINE and (name != "DTSTART" or value[:2] >= EARLIEST_CENTURY)


def _is_change(rule: str) -> bool:
    pieces = [piece.partition("=") for piece in rule.split(";") if piece]
    parts = {name: value for name, _, value in pieces}
    if "FREQ" not in parts or len(parts) < len(pieces):
        return False
    if not all(name in _CHANGE and _CHANGE[name].fullmatch(value) for name, value in parts.items()):
        return False
    return "BYMONTHDAY" not in parts or not _NTH.match(parts.get("BYDAY", ""))
