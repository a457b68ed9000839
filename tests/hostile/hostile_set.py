"""The whole set: what is read, by which way in, and how to make it at a size."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from hostile_html import PAGES
from hostile_mail import CALENDARS, DELIVERIES, MAILS
from hostile_text import TEXTS
from hostile_words import word_texts

if TYPE_CHECKING:
    from collections.abc import Callable


TEXT_READERS = ("text", "bounce", "absence", "own", "signals", "own signals")


@dataclass(frozen=True, slots=True)
class Hostile:
    """One input; ``made`` takes its size in characters or bytes."""

    name: str
    reader: str
    made: Callable[[int], bytes | str]

    def __str__(self) -> str:
        return f"{self.reader}: {self.name}"


@cache
def hostile_set() -> tuple[Hostile, ...]:
    texts = TEXTS | word_texts()
    return (
        *(Hostile(name, "mail", made) for name, made in MAILS.items()),
        *(Hostile(name, reader, made) for reader in TEXT_READERS for name, made in texts.items()),
        *(Hostile(name, "html", made) for name, made in PAGES.items()),
        *(Hostile(name, "calendar", made) for name, made in CALENDARS.items()),
        *(Hostile(name, "delivery", made) for name, made in DELIVERIES.items()),
    )
