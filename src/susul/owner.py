"""The owner of the mailbox, and how their addresses are told from everybody else's."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from susul.days import BusinessDays
from susul.domains import is_free_mail, registrable_domain

if TYPE_CHECKING:
    from collections.abc import Mapping

GMAIL = ("gmail.com", "googlemail.com")


def canonical(email: str) -> str:
    """The form in which two spellings of one mailbox are equal: plus-tags gone, and Gmail's dots."""
    local, _, domain = email.strip().lower().rpartition("@")
    local = local.partition("+")[0] or local
    if domain in GMAIL:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"


class Formality(StrEnum):
    """How the owner writes to people of whom the conversation shows no tone."""

    FORMAL = "formal"
    NEUTRAL = "neutral"
    CASUAL = "casual"


@dataclass(frozen=True, slots=True)
class Voice:
    """What the owner's drafts may say of them, and in which tone; empty says nothing and changes nothing.

    ``links`` are lines ready to stand in a mail. ``sign_offs`` holds the closing line by language code, under "" the
    one for every language whose closing it can be. ``extra`` are the owner's own facts by name.
    """

    headline: str = ""
    links: tuple[str, ...] = ()
    sign_offs: Mapping[str, str] = field(default_factory=dict)
    formality: Formality = Formality.NEUTRAL
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose mailbox it is, and the place from which they count days.

    ``addresses`` are the profile address first, then every verified send-as alias. ``signature`` is plain text.
    """

    addresses: tuple[str, ...]
    name: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    days: BusinessDays = field(default_factory=BusinessDays)
    language: str = "en"
    signature: str = ""
    voice: Voice = Voice()

    def is_me(self, email: str) -> bool:
        wanted = canonical(email)
        return any(canonical(own) == wanted for own in self.addresses)

    def is_colleague(self, email: str) -> bool:
        """Whether ``email`` belongs to the owner's own organisation (free mail is nobody's organisation)."""
        domain = registrable_domain(email)
        return not is_free_mail(domain) and any(registrable_domain(own) == domain for own in self.addresses)
