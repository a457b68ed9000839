"""The owner of the mailbox, and how their addresses are told from everybody else's."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from susul.days import BusinessDays
from susul.domains import is_free_mail, registrable_domain

GMAIL = ("gmail.com", "googlemail.com")


def canonical(email: str) -> str:
    """The form in which two spellings of one mailbox are equal: plus-tags gone, and Gmail's dots."""
    local, _, domain = email.strip().lower().rpartition("@")
    local = local.partition("+")[0] or local
    if domain in GMAIL:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"


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

    def is_me(self, email: str) -> bool:
        wanted = canonical(email)
        return any(canonical(own) == wanted for own in self.addresses)

    def is_colleague(self, email: str) -> bool:
        """Whether ``email`` belongs to the owner's own organisation (free mail is nobody's organisation)."""
        domain = registrable_domain(email)
        return not is_free_mail(domain) and any(registrable_domain(own) == domain for own in self.addresses)
