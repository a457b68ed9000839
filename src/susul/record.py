"""What a decision is made on besides the mail."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from susul.owners_word import Words, by_target

if TYPE_CHECKING:
    from susul.model import Step


@dataclass(frozen=True, slots=True)
class Record:
    """What is known besides the mail: the owner's words, and what became of earlier drafts."""

    declined: frozenset[tuple[str, Step]] = frozenset()  # by trigger: what the owner deleted or undid
    undone: frozenset[tuple[str, Step]] = frozenset()  # what of that was undone
    recorded: frozenset[str] = frozenset()  # every trigger of the ledger
    own_drafts: frozenset[str] = frozenset()  # the threads in which the owner has a draft of their own
    own_steps: frozenset[tuple[str, Step]] = frozenset()  # by case: the steps of which they keep a draft
    words: Words = field(default_factory=by_target)
