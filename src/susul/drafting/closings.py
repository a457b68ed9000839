"""The line above the signature: the owner's own of this conversation, else the language's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from susul.drafting.wording import Wording
    from susul.model import Case
    from susul.owner import Owner

LINES_LOOKED_AT = 60
LONGEST_CLOSING = 30  # characters


def closing_line(case: Case, owner: Owner, words: Wording, *, formal: bool) -> str:
    """How the draft closes; empty where the owner's signature closes by itself."""
    if signature_closes(owner.signature, words):
        return ""
    used = (_used(one.message.text, words) for one in reversed(case.told) if one.outgoing)
    return next((line for line in used if line), words.closing.formal if formal else words.closing.default)


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
