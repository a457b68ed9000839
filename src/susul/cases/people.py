"""Who is on the other side of a message or an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.domains import is_list, is_no_reply, organisation, writes_for_others
from susul.model import Address, Attendee, Event, Message, Nature, Told
from susul.owner import Owner, canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

GENERATED = (
    "group.calendar.google.com",
    "resource.calendar.google.com",
    "group.v.calendar.google.com",
    "unknownorganizer.calendar.google.com",
)


def each_once(addresses: Iterable[Address]) -> tuple[Address, ...]:
    """The addresses without repeats; of two spellings of one mailbox the one with a name wins."""
    kept: dict[str, Address] = {}
    for address in addresses:
        key = canonical(address.email)
        if key not in kept or (address.name and not kept[key].name):
            kept[key] = address
    return tuple(kept.values())


def others(message: Message, owner: Owner) -> tuple[Address, ...]:
    """Everybody on ``message`` but the owner, the sender first."""
    everybody = (message.sender, *message.to, *message.cc)
    return each_once(a for a in everybody if a.email and not owner.is_me(a.email))


def outside(addresses: Iterable[Address], owner: Owner) -> tuple[Address, ...]:
    """Those who are neither the owner nor of the owner's own organisation."""
    return each_once(a for a in addresses if a.email and not owner.is_me(a.email) and not owner.is_colleague(a.email))


def answer_addresses(message: Message) -> tuple[Address, ...]:
    """Where an answer to ``message`` goes: Reply-To (RFC 5322, 3.6.2), else its sender."""
    return message.reply_to or (message.sender,)


def wrote(told: Told) -> bool:
    """Whether a person on the other side wrote it."""
    return not told.outgoing and told.reading.nature is Nature.PERSON


def can_be_answered(address: Address) -> bool:
    return bool(address.email) and not is_no_reply(address.email) and not is_list(address.email)


def guests(event: Event, owner: Owner) -> tuple[Attendee, ...]:
    """The people invited to ``event``, the owner and rooms left out."""
    return tuple(
        g for g in event.attendees if not g.resource and not owner.is_me(g.email) and not is_generated(g.email)
    )


def is_generated(email: str) -> bool:
    """Whether Calendar made the address up (Calendar API, ``attendees[].email``)."""
    return email.rpartition("@")[2] in GENERATED


def event_addresses(event: Event, owner: Owner) -> tuple[str, ...]:
    """Canonical addresses of everybody of ``event`` but the owner, the organiser included."""
    emails = [guest.email for guest in guests(event, owner)]
    if event.organizer and not owner.is_me(event.organizer) and not is_generated(event.organizer):
        emails.append(event.organizer)
    return tuple(dict.fromkeys(canonical(email) for email in emails))


def mailbox_of(email: str) -> str:
    """The form in which the spellings of one correspondent's mailbox are equal.

    A vendor uses one mailbox for all its customers: there only the tag ("reply+4711@") makes it somebody's.
    """
    return email.lower() if _is_tagged(email) and writes_for_others(email) else canonical(email)


def _is_tagged(email: str) -> bool:
    return "+" in email.partition("@")[0]


class Parties:
    """Who is outside, for one owner. Remembers every address that it was asked about: a mailbox repeats them."""

    def __init__(self, owner: Owner) -> None:
        self.owner = owner
        self._people: dict[str, str] = {}
        self._organisations: dict[str, str] = {}
        self._own: dict[str, tuple[bool, bool]] = {}

    def _is_own(self, email: str) -> tuple[bool, bool]:
        if email not in self._own:
            self._own[email] = (self.owner.is_me(email), self.owner.is_colleague(email))
        return self._own[email]

    def is_me(self, email: str) -> bool:
        return self._is_own(email)[0]

    def is_inside(self, email: str) -> bool:
        """Whether it is the owner's or of the owner's own organisation."""
        return any(self._is_own(email))

    def person(self, email: str) -> str:
        """What tells one outside person from another; empty for the owner's own people and for machines."""
        if email not in self._people:
            self._people[email] = self._person(email)
        return self._people[email]

    def _person(self, email: str) -> str:
        if not email or is_no_reply(email) or self.is_inside(email):
            return ""
        return "" if writes_for_others(email) and not _is_tagged(email) else mailbox_of(email)

    def organisation(self, email: str) -> str:
        """The counterpart's organisation; empty for the owner's own, free mail and vendors."""
        if email not in self._organisations:
            self._organisations[email] = organisation(email) if email and not self.is_inside(email) else ""
        return self._organisations[email]

    def people_of(self, event: Event) -> frozenset[str]:
        return frozenset(filter(None, map(self.person, event_addresses(event, self.owner))))

    def organisations_of(self, event: Event) -> frozenset[str]:
        return frozenset(filter(None, map(self.organisation, event_addresses(event, self.owner))))


def full_name(name: str) -> str:
    """A display name of two or more words in a form in which equal names are equal; empty for a shorter one."""
    words = name.casefold().replace(",", " ").split()
    return " ".join(sorted(words)) if len(words) > 1 and "@" not in name else ""
