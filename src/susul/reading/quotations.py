"""What stands in quotation marks: somebody else's words, or the writer's from another time. They are no evidence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST_WORDS = 3  # fewer are a name, a title or a word held at arm's length
_QUOTED = re.compile(r"""(?<!\w)["“„«]([^"“”„«»]{8,400})["”“»](?!\w)""")


def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Where quotations of some words stand in ``text``, each within one paragraph. Linear."""
    return tuple(
        found.span(1)
        for found in _QUOTED.finditer(text)
        if "\n\n" not in found[1] and len(found[1].split()) >= FEWEST_WORDS
    )


def is_quoted(start: int, end: int, quoted: Sequence[tuple[int, int]]) -> bool:
    """Whether the words from ``start`` to ``end`` stand in one of the quotations, wholly."""
    return any(first <= start and end <= last for first, last in quoted)
