"""The case that a tale amounts to: its kind, people, language and topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.cases.appointment import Standing
from susul.cases.people import each_once, others, wrote
from susul.cases.topics import topic_of
from susul.cases.waits import Basis
from susul.domains import organisation
from susul.model import Address, Case, Event, Evidence, Kind
from susul.reading.language import language_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from susul.cases.tale import Tale


def case_of(tale: Tale, links: tuple[Evidence, ...]) -> Case:
    people = each_once(
        [a for t in reversed(tale.told) if wrote(t) for a in (t.message.sender,)]
        + [a for t in reversed(tale.told) if t.outgoing for a in t.message.to if not tale.owner.is_me(a.email)]
        + [
            Address(g.name, g.email)
            for e in tale.events
            for g in e.attendees
            if not g.resource and not tale.owner.is_me(g.email)
        ]
    )
    outside_first = sorted(people, key=lambda a: tale.owner.is_colleague(a.email))
    language = _language(tale)
    return Case(
        id="",
        kind=_kind(tale),
        told=tale.told,
        events=tale.events,
        people=tuple(outside_first),
        organisation=_organisation(tale),
        language=language,
        subject=tale.told[0].message.subject if tale.told else tale.events[0].summary,
        topic=topic_of(tale.told, tale.events, tale.owner, language),
        links=links,
    )


def _language(tale: Tale) -> str:
    """The language of most of the people's own words, the latest word deciding a tie."""
    spoken = [t.reading.language for t in tale.told if (t.outgoing or wrote(t)) and t.reading.language != "und"]
    if not spoken:
        spoken = [t.reading.language for t in tale.told if t.reading.language != "und"]
    if not spoken:
        return _language_of_events(tale.events) or tale.owner.language
    return max(spoken, key=lambda code: (spoken.count(code), _last_index(spoken, code)))


def _organisation(tale: Tale) -> str:
    found = [organisation(a.email) for t in tale.told if t.outgoing or wrote(t) for a in others(t.message, tale.owner)]
    found += [organisation(g.email) for e in tale.events for g in e.attendees if not tale.owner.is_me(g.email)]
    outside = [o for o in found if o and not tale.owner.is_colleague(f"x@{o}")]
    return max(outside, key=outside.count) if outside else ""


def _kind(tale: Tale) -> Kind:
    if any(a.interview and a.standing is not Standing.OFF for a in tale.appointments) and tale.job:
        return Kind.INTERVIEW
    if tale.job:
        return Kind.APPLICATION
    if tale.proposed:
        return Kind.PROPOSAL
    if tale.wait and tale.wait.basis is Basis.TASK:
        return Kind.TASK
    if tale.wait and tale.wait.basis in (Basis.MEETING_REQUEST, Basis.INVITATION):
        return Kind.MEETING
    return Kind.PROJECT if tale.asked_project and tale.wait else _kind_without_wait(tale)


def _kind_without_wait(tale: Tale) -> Kind:
    if tale.appointments:
        return Kind.INTERVIEW if all(a.interview for a in tale.appointments) else Kind.MEETING
    return Kind.PROJECT


def _language_of_events(events: Sequence[Event]) -> str:
    found = language_of([f"{event.summary} {event.description}" for event in events])
    return "" if found == "und" else found


def _last_index(values: Sequence[str], value: str) -> int:
    return len(values) - 1 - list(reversed(values)).index(value)
