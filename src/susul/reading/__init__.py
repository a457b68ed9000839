"""One message → what its writer said: language, nature, own words, signals with their quotes and dates.

``read`` is the one entry; it is pure and never raises on a ``Message``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.model import Message, Nature, Reading, Signal
from susul.reading.absence import first_day_back
from susul.reading.dates import mentions
from susul.reading.language import language_of
from susul.reading.nature import nature_of
from susul.reading.own_text import own_text
from susul.reading.signals import signals_in

if TYPE_CHECKING:
    from susul.owner import Owner

SEARCHED = 20_000  # characters of own words; a longer mail has said what it wants by then
# Nobody in particular is spoken to, so nothing in it is a promise or a question to the owner.
SAYS_NOTHING = (Nature.LIST, Nature.BOUNCE, Nature.DELAY)


def is_outgoing(message: Message, owner: Owner) -> bool:
    """Whether the owner wrote it: Gmail says so, or it comes from one of the owner's addresses."""
    return "SENT" in message.labels or owner.is_me(message.sender.email)


def read(message: Message, owner: Owner) -> Reading:
    """What ``message`` says, its dates counted from the day it was written in the owner's zone."""
    own = own_text(message)
    language = language_of([message.subject, own.text])
    outgoing = is_outgoing(message, owner)
    natured = nature_of(message, own.text)
    nature = Nature.PERSON if outgoing and natured.nature is not Nature.CALENDAR else natured.nature
    signals = () if nature in SAYS_NOTHING else _signals(message, own.text, owner, language, outgoing=outgoing)
    return Reading(
        id=message.id,
        language=language,
        nature=nature,
        text=own.text,
        signals=signals,
        returns_on=first_day_back(message, own.text, owner, language) if nature is Nature.AUTO_REPLY else None,
        failed=natured.failed,
        sign_off=own.sign_off,
    )


def _signals(message: Message, own_words: str, owner: Owner, language: str, *, outgoing: bool) -> tuple[Signal, ...]:
    text = own_words[:SEARCHED]
    return signals_in(
        text,
        mentions(text, message.sent_at, owner.zone, owner.days, preferred=language),
        language=language,
        outgoing=outgoing,
        subject=message.subject,
        attachments=message.attachments,
        written_on=message.sent_at.astimezone(owner.zone).date(),
    )
