"""Where the people of a case may have answered besides its own conversation: a search that Gmail makes. Pure.

Before a draft is written while mail is still unread, whatever this search finds is read first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.domains import organisation
from susul.sources.google.gmail import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from susul.model import Address, Case, Draft
    from susul.owner import Owner

MOST_TERMS = 40
# A mail that didn't arrive is told of by one of these.
POSTMASTERS = ("mailer-daemon", "postmaster")


def listing_around(case: Case, draft: Draft, owner: Owner, since: datetime) -> Listing:
    """The mail since ``since`` (aware) from anyone of the case or of their organisations, or that names these."""
    people = {a.email: a.name for a in (*_writers(case), *case.people, *draft.to, *draft.cc) if a.email}
    people |= {guest.email: guest.name for event in case.events for guest in event.attendees if guest.email}
    theirs = [email for email in people if not owner.is_me(email)]
    organisations = dict.fromkeys(found for email in theirs if (found := organisation(email)))
    names = [people[email] for email in theirs if len(people[email].split()) > 1]
    called = [name for name in (case.organisation, case.topic.company, case.topic.role) if name]
    terms = [
        *(f"from:{word}" for word in (*organisations, *theirs) if _is_one_word(word)),
        *(f'from:"{_plain(name)}"' for name in names),
        *(f'"{_plain(name)}"' for name in called),
        *(f"from:{name}" for name in POSTMASTERS),
    ]
    words = " ".join(list(dict.fromkeys(terms))[:MOST_TERMS])
    return Listing(f"after:{int(since.timestamp())} -in:chats -in:drafts {{{words}}}")


def _writers(case: Case) -> Iterable[Address]:
    return (told.message.sender for told in case.told)


def _is_one_word(text: str) -> bool:
    return not any(sign in text for sign in ' "(){}')


def _plain(name: str) -> str:
    """A name as a phrase of a search; its letters can't end the phrase."""
    return " ".join("".join(sign if sign.isalnum() or sign in "-.'&" else " " for sign in name).split())[:80]
