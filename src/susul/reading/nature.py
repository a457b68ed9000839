"""Who or what produced a message: by headers and MIME first, words as a hint.

In doubt it is a person's: to miss an answer costs more than to read one too many.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from susul.model import Message, Nature
from susul.reading.automatic import auto_reply, automated, mailing_list, receipt
from susul.reading.delivery import delivery_report
from susul.reading.nature_words import nature_words

if TYPE_CHECKING:
    from collections.abc import Iterator

# iTIP methods (RFC 5546) that invite or answer an invitation. PUBLISH only shows an event.
SCHEDULING = frozenset({"REQUEST", "REPLY", "CANCEL", "COUNTER", "DECLINECOUNTER", "ADD", "REFRESH"})
LOOKED_AT = 3000  # characters of an absence note

_STOP = re.compile(r"(?<=[^\W\d_]{4}[.!?])\s+|(?<=\d[.!?])\s+(?=[^\W\d_])|\n+")


@dataclass(frozen=True, slots=True)
class Natured:
    """``failed`` are the addresses that a bounce names; ``why`` is the header or the words that decided."""

    nature: Nature
    failed: tuple[str, ...]
    why: str


def nature_of(message: Message, own: str) -> Natured:
    """The nature of a message that somebody else sent; ``own`` are its own words (``own_text``)."""
    reported = delivery_report(message)
    if reported:
        return Natured(*reported)
    method = next((part.method for part in message.calendar if part.method in SCHEDULING), "")
    if method:
        return Natured(Nature.CALENDAR, (), f"METHOD:{method}")
    for nature, why in _told(message, own):
        if why:
            return Natured(nature, (), why)
    return Natured(Nature.PERSON, (), "nothing says otherwise")


def _told(message: Message, own: str) -> Iterator[tuple[Nature, str]]:
    yield Nature.RECEIPT, receipt(message, own)
    yield Nature.AUTO_REPLY, auto_reply(message, own)
    yield Nature.LIST, mailing_list(message)
    yield Nature.AUTOMATED, automated(message)


def absence_text(own: str) -> str | None:
    """The sentences of an absence note that say how long, in order; None where there are none.

    "I am on leave until 19 June and back on 22 June", "Saya cuti sampai 19 Juni".
    """
    words = nature_words()
    found = []
    for sentence in _STOP.split(own[:LOOKED_AT]):
        low = f" {' '.join(sentence.lower().split())} "
        if any(phrase in low for phrase in words.returns) or any(phrase in low for phrase in words.absence_spans):
            found.append(sentence.strip())
    return "\n".join(found) or None
