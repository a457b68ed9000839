"""Where the people of a case may have answered besides its own conversation: a search that Gmail makes. Pure.

Before a draft is written while mail is still unread, whatever this search finds is read first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from susul.domains import organisation
from susul.sources.google.gmail import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from susul.model import Address, Case, Draft
    from susul.owner import Owner

LONGEST_SEARCH = 1500  # bytes of one search's terms as they stand in an address; Google refuses long ones
# A mail that didn't arrive is told of by one of these.
POSTMASTERS = ("mailer-daemon", "postmaster")


def listings_around(case: Case, draft: Draft, owner: Owner, since: datetime) -> tuple[Listing, ...]:
    """The mail since ``since`` (aware) from anyone of the case or of their organisations, or that names these.

    As many lists as it takes for all of them.
    """
    people = {a.email: a.name for a in (*_writers(case), *case.people, *draft.to, *draft.cc) if a.email}
    people |= {guest.email: guest.name for event in case.events for guest in event.attendees if guest.email}
    theirs = [email for email in people if not owner.is_me(email)]
    organisations = dict.fromkeys(found for email in theirs if (found := organisation(email)))
    names = [people[email] for email in theirs if len(people[email].split()) > 1]
    called = [name for name in (case.organisation, case.topic.company, case.topic.role) if name]
    terms = [
        *(f"from:{name}" for name in POSTMASTERS),
        *(f"from:{word}" for word in (*organisations, *theirs) if _is_one_word(word)),
        *(f'from:"{_plain(name)}"' for name in names),
        *(f'"{_plain(name)}"' for name in called),
    ]
    when = f"after:{int(since.timestamp())} -in:chats -in:drafts"
    return tuple(Listing(f"{when} {{{' '.join(some)}}}") for some in _in_lists(dict.fromkeys(terms)))


def _in_lists(terms: Iterable[str]) -> list[list[str]]:
    lists: list[list[str]] = [[]]
    room = LONGEST_SEARCH
    for term in terms:
        size = len(quote(f"{term} ", safe=""))
        if size > room and lists[-1]:
            lists.append([])
            room = LONGEST_SEARCH
        lists[-1].append(term)
        room -= size
    return lists


def _writers(case: Case) -> Iterable[Address]:
    return (told.message.sender for told in case.told)


def _is_one_word(text: str) -> bool:
    return not any(sign in text for sign in ' "(){}')


def _plain(name: str) -> str:
    """A name as a phrase of a search; its letters can't end the phrase."""
    return " ".join("".join(sign if sign.isalnum() or sign in "-.'&" else " " for sign in name).split())[:80]
