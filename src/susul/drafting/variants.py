"""Which template a draft is written with: deterministic, and never one that repeats what the case already heard."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from susul.model import Case, FollowUp

SHINGLE = 5  # words in a row that count as the same text
REPEATED = 0.35  # the share of a text's shingles from which on it reads as the same mail
OLD_TEXT_LOOKED_AT = 8_000  # characters of an earlier mail


def in_turn(names: Sequence[str], case: Case, follow_up: FollowUp) -> list[str]:
    """``names`` in the order in which they are to be tried: another first one for every case, check-in and event."""
    start = zlib.crc32(case.id.encode("utf-8", "replace")) + follow_up.ordinal + _rank(case, follow_up)
    first = start % len(names)
    return [*names[first:], *names[:first]]


def _rank(case: Case, follow_up: FollowUp) -> int:
    """Two interviews of one case are thanked for in different words, although no check-in lies between them."""
    ids = [event.id or event.uid for event in case.events]
    return ids.index(follow_up.event) if follow_up.event in ids else 0


def first_fresh(names: Sequence[str], render: Callable[[str], str], case: Case) -> str:
    """The first rendered text that the owner has not sent in this case before; the least repeated where all were."""
    heard = _shingles(*(told.reading.text[:OLD_TEXT_LOOKED_AT] for told in case.told if told.outgoing))
    texts = []
    for name in names:
        text = render(name)
        share = _share(text, heard)
        if share < REPEATED:
            return text
        texts.append((share, text))
    return min(texts, key=lambda one: one[0])[1]


def _share(text: str, heard: frozenset[tuple[str, ...]]) -> float:
    own = _shingles(text)
    return len(own & heard) / len(own) if own else 0.0


def _shingles(*texts: str) -> frozenset[tuple[str, ...]]:
    rows = (text.lower().split() for text in texts)
    return frozenset(tuple(row[i : i + SHINGLE]) for row in rows for i in range(len(row) - SHINGLE + 1))
