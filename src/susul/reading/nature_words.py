"""The words of automatic mail, merged over the languages: a mailbox gets it in any of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from susul.languages import codes, table


@dataclass(frozen=True, slots=True)
class NatureWords:
    """The lists of ``languages/*/nature.toml``, lower case. See there."""

    bounce_subjects: tuple[str, ...]
    bounce_texts: tuple[str, ...]
    delay_subjects: tuple[str, ...]
    delay_texts: tuple[str, ...]
    report_subjects: tuple[str, ...]
    report_texts: tuple[str, ...]
    auto_reply_subjects: tuple[str, ...]
    auto_reply_hints: tuple[str, ...]
    absence_now: tuple[str, ...]
    absence_redirects: tuple[str, ...]
    thanks_for_mail: tuple[str, ...]
    absence_spans: tuple[str, ...]
    returns: tuple[str, ...]
    receipts: tuple[str, ...]
    receipt_doubts: tuple[str, ...]
    automated_senders: tuple[str, ...]
    desk_senders: tuple[str, ...]
    group_joints: tuple[str, ...]


@cache
def nature_words() -> NatureWords:
    tables = [table(code, "nature") for code in codes()]
    merged = {
        field.name: tuple(dict.fromkeys(phrase for data in tables for phrase in data.get(field.name, ())))
        for field in fields(NatureWords)
    }
    return NatureWords(**merged)


def folded(text: str, length: int) -> str:
    """The first ``length`` characters in small letters on one line, apostrophes straight."""
    return " ".join(text[:length].lower().replace("’", "'").split())


def first_of(phrases: tuple[str, ...], text: str) -> str:
    """The first of ``phrases`` that occurs in ``text`` (folded), or an empty string."""
    return next((phrase for phrase in phrases if phrase in text), "")
