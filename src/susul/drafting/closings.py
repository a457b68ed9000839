"""The line above the signature: the owner's own of this conversation, else their config's, else the language's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul import languages
from susul.drafting.wording import Wording, wording
from susul.owner import Formality, Owner, Voice

if TYPE_CHECKING:
    from susul.model import Case

LINES_LOOKED_AT = 60
LONGEST_CLOSING = 30  # characters


def closing_line(case: Case, owner: Owner, language: str, *, formal: bool) -> str:
    """How the draft closes; empty where the owner's signature closes by itself."""
    words = wording(language)
    if signature_closes(owner.signature, words):
        return ""
    used = (_used(one.message.text, words) for one in reversed(case.told) if one.outgoing)
    usual = _usual(owner.voice.formality, words, formal=formal)
    return next((line for line in used if line), "") or sign_off(owner.voice, language) or usual


def sign_off(voice: Voice, language: str) -> str:
    """The closing line that the owner chose for ``language``; empty where they chose none that fits it."""
    chosen = voice.sign_offs.get(language, "")
    anywhere = voice.sign_offs.get("", "")
    line = (chosen or (anywhere if _can_close(anywhere, language) else "")).strip()
    return f"{line.rstrip(',')}," if line else ""


def _can_close(line: str, language: str) -> bool:
    """Whether a mail in ``language`` can close with ``line``: it is known there, or nowhere."""
    known_in = [code for code in languages.codes() if _bare(line) in wording(code).closing.known]
    return not known_in or language in known_in


def _usual(formality: Formality, words: Wording, *, formal: bool) -> str:
    if formal or formality is Formality.FORMAL:
        return words.closing.formal
    return words.closing.casual if formality is Formality.CASUAL else words.closing.default


def signature_closes(signature: str, words: Wording) -> bool:
    """Whether ``signature`` begins with a closing of its own ("Salam,")."""
    return _bare(signature.strip().partition("\n")[0]) in words.closing.known


def _used(text: str, words: Wording) -> str:
    """The closing in the owner's own mail, above any quote, as written."""
    for line in text[:8000].splitlines()[:LINES_LOOKED_AT]:
        if line.startswith(">"):
            return ""
        bare = _bare(line)
        if len(line) <= LONGEST_CLOSING and bare in words.closing.known - words.closing.not_repeated:
            return f"{line.strip().rstrip(',.!')},"
    return ""


def _bare(line: str) -> str:
    return line.strip().rstrip(",.!").lower()
