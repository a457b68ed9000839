"""The needs of the wordings, worked out beforehand: to do so takes a third of a second, and every run needs them.

``needs.json`` beside this module is made by ``make needs`` and compared by a test with what the wordings themselves
say. It counts for a language only while the words that it was made from are the same; a wording that it doesn't know,
or a language that was added or changed, is worked out when it is needed.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import blake2b, sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from susul.reading.wording_needs import small_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from susul.reading.wording_needs import Need
    from susul.reading.wordings import Wording

NAME = "needs.json"


class KnownNeeds:
    """What is known of one language's wordings, by a digest of their text. Empty where nothing is known."""

    def __init__(self, kept: Mapping[str, Any]) -> None:
        self._sets: list[str] = kept.get("sets", [])
        self._wordings: Mapping[str, list[int]] = kept.get("wordings", {})
        self._unpacked: dict[int, Need] = {}

    def of(self, wording: str) -> tuple[Need | None, tuple[Need, ...]] | None:
        """The openers of a wording (None where they can't be told) and its needs; None for a wording not known."""
        numbers = self._wordings.get(_digest(wording)) if self._wordings else None
        if numbers is None:
            return None
        first, *needs = numbers
        return None if first < 0 else self._set(first), tuple(map(self._set, needs))

    def _set(self, number: int) -> Need:
        found = self._unpacked.get(number)
        if found is None:
            found = self._unpacked[number] = frozenset(self._sets[number].encode().split())
        return found


def known_needs(code: str, lists: Mapping[str, str]) -> KnownNeeds:
    """What is known of the wordings of a language with these lists of words."""
    kept = _kept().get(code, {})
    return KnownNeeds(kept if kept.get("made_from") == _made_from(lists) else {})


def as_kept(wordings: Iterable[Wording], lists: Mapping[str, str]) -> dict[str, Any]:
    """What is to be kept of a language: the sets of words, and each wording as the numbers of its openers and needs."""
    sets: dict[str, int] = {}

    def number(need: Need) -> int:
        return sets.setdefault(" ".join(sorted(word.decode() for word in need)), len(sets))

    numbers = {
        _digest(one.text): [-1 if one.openers is None else number(one.openers), *map(number, one.needs)]
        for one in sorted(wordings, key=lambda one: one.text)
    }
    return {"made_from": _made_from(lists), "sets": list(sets), "wordings": numbers}


@cache
def _kept() -> Mapping[str, Any]:
    source = files("susul.reading") / NAME
    return dict(json.loads(source.read_text("utf-8"))) if source.is_file() else {}


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=6).hexdigest()


def _made_from(lists: Mapping[str, str]) -> str:
    """A digest of what the needs rest on besides a wording's own text."""
    words = sorted(word.decode() for word in small_words())
    return sha256(json.dumps([dict(lists), words], sort_keys=True).encode()).hexdigest()[:16]
