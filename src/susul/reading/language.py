"""Which language a conversation is held in: its small words counted, over the whole thread rather than one line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from susul import languages
from susul.reading.sentences import words

if TYPE_CHECKING:
    from collections.abc import Sequence

UNDETERMINED = "und"

# As much of one text as is looked at; what a language is shows early.
_ENOUGH_LETTERS = 3000
# Below this many small words' worth of evidence the owner's own language is the better guess.
_LEAST = 2.0
# The winner must be this much ahead of the next.
_AHEAD = 1.15
# An ending says less than a small word.
_AFFIX = 0.5
_SHORTEST_WITH_AFFIX = 6


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """What marks each language. Words that several languages list are left out."""

    codes: dict[bytes, str]
    weights: dict[str, float]
    prefixes: dict[str, tuple[bytes, ...]]
    suffixes: dict[str, tuple[bytes, ...]]


def language_of(texts: Sequence[str]) -> str:
    """The code of the language that ``texts`` (oldest first, the latest weighs most) are written in.

    "und" where there is too little to go by, or where two languages are level. Mail that mixes a language with
    borrowed words belongs to the language whose data says that its writers borrow (``weight`` above 1).
    """
    lexicon = _lexicon()
    scores = dict.fromkeys(lexicon.weights, 0.0)
    for age, text in enumerate(reversed(texts)):
        found = words(text[:_ENOUGH_LETTERS].lower())
        for code, score in _scores(found, lexicon).items():
            scores[code] += score / (1 + age / 2)
    return _winner({code: score * lexicon.weights[code] for code, score in scores.items()})


def _scores(found: Sequence[bytes], lexicon: _Lexicon) -> dict[str, float]:
    scores = dict.fromkeys(lexicon.weights, 0.0)
    unknown = []
    known = lexicon.codes.get
    for word in found:
        code = known(word)
        if code:
            scores[code] += 1
        elif code is None and len(word) >= _SHORTEST_WITH_AFFIX:
            unknown.append(word)
    if sum(scores.values()) < 2 * _LEAST + 2:
        for code in scores:
            prefixes, suffixes = lexicon.prefixes[code], lexicon.suffixes[code]
            marked = sum(word.startswith(prefixes) or word.endswith(suffixes) for word in unknown)
            scores[code] += _AFFIX * marked
    return scores


def _winner(scores: dict[str, float]) -> str:
    ranked = sorted(scores, key=lambda code: (-scores[code], code))
    if not ranked or scores[ranked[0]] < _LEAST:
        return UNDETERMINED
    if len(ranked) > 1 and scores[ranked[0]] < _AHEAD * scores[ranked[1]]:
        return UNDETERMINED
    return ranked[0]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    tables = {code: table for code in languages.codes() if (table := languages.table(code, "language"))}
    codes: dict[bytes, str] = {}
    for code, table in tables.items():
        for word in words(str(table["words"]).lower()):
            codes[word] = code if codes.get(word, code) == code else ""
    return _Lexicon(
        codes=codes,
        weights={code: float(table["weight"]) for code, table in tables.items()},
        prefixes={code: tuple(str(table["prefixes"]).encode().split()) for code, table in tables.items()},
        suffixes={code: tuple(str(table["suffixes"]).encode().split()) for code, table in tables.items()},
    )
