"""The phrases that say something, read from ``languages/<code>/phrases.toml`` and compiled once.

A phrase is written as the words themselves. ``(a|b)`` is a choice, ``(a )?`` may be missing, ``{name}`` stands for
the list of that name in ``[words]``, ``...`` for up to six words and ``..`` for up to two. What a pattern needs to
hold literally (its anchors) is worked out here, so that a text is searched with plain string search and
a regular expression only runs over sentences that hold an anchor. Sentences are short and every repeat is bounded,
so matching is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

from susul import languages
from susul.model import Fact, Sense
from susul.reading.sentences import words

_GAPS = {"...": r"(?:[^ ]+ ){0,6}", "..": r"(?:[^ ]+ ){0,2}"}
_NAME = re.compile(r"\{([a-z_]+)\}")
# A choice with more readings than this is no help in finding the sentence.
_MOST_ANCHORS = 40
_SPECIAL = frozenset("\\[]{}.*+^$?")


@dataclass(frozen=True, slots=True)
class Guard:
    """Words that take a match's meaning away. ``where``: before it, inside, after it, or in the whole sentence."""

    where: str
    patterns: tuple[re.Pattern[str], ...]

    def holds(self, sentence: str, start: int, end: int) -> bool:
        places = {"before": (0, start), "inside": (start, end), "after": (end, None), "sentence": (0, None)}
        part = sentence[slice(*places[self.where])]
        return any(pattern.search(part) for pattern in self.patterns)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say a fact. ``weight`` below 1: a hint, which needs others beside it in the same message."""

    id: str
    fact: Fact
    sense: Sense
    weight: float
    by_owner: bool | None  # None: whoever writes it
    alone: bool  # counts only where the message says nothing else
    undated: tuple[Fact, Sense] | None  # what it says where no day is named beside it; None: the same
    dated: bool  # says nothing unless a day is named beside it
    guards: tuple[Guard, ...]

    def blocked(self, sentence: str, start: int, end: int) -> bool:
        return any(guard.holds(sentence, start, end) for guard in self.guards)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One wording of a phrase."""

    phrase: Phrase
    wording: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words that stand literally in the text wherever one of its patterns matches."""

    text: str
    words: frozenset[bytes]
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """All phrases of all languages, found by the words that they need."""

    by_word: Mapping[bytes, tuple[Anchor, ...]]
    wordless: tuple[Anchor, ...]
    keys: frozenset[bytes]
    attachments: Mapping[Fact, frozenset[bytes]]
    subjects: Mapping[Fact, frozenset[bytes]]
    occasions: frozenset[bytes]  # what takes place on a day: "interview", "rapat"

    def anchors_in(self, present: frozenset[bytes]) -> Iterator[Anchor]:
        """The anchors all of whose words occur in a text."""
        yield from self.wordless
        for word in self.keys & present:
            for anchor in self.by_word[word]:
                if anchor.words <= present:
                    yield anchor


@lru_cache(maxsize=1)
def phrase_book() -> PhraseBook:
    """The phrase book of every installed language."""
    tables = {code: languages.table(code, "phrases") for code in languages.codes()}
    return _book({code: table for code, table in tables.items() if table})


def _book(tables: Mapping[str, Mapping[str, Any]]) -> PhraseBook:
    anchored: dict[str, list[Pattern]] = {}
    for code, table in tables.items():
        for pattern, anchors in _patterns(code, table):
            for anchor in anchors:
                anchored.setdefault(anchor, []).append(pattern)
    by_word: dict[bytes, list[Anchor]] = {}
    wordless = []
    for text, patterns in anchored.items():
        anchor = Anchor(text, frozenset(words(text)), tuple(patterns))
        if anchor.words:
            by_word.setdefault(max(anchor.words, key=lambda word: (len(word), word)), []).append(anchor)
        else:
            wordless.append(anchor)
    return PhraseBook(
        by_word={word: tuple(anchors) for word, anchors in by_word.items()},
        wordless=tuple(wordless),
        keys=frozenset(by_word),
        attachments=_names(tables, "attachments"),
        subjects=_names(tables, "subjects"),
        occasions=frozenset(word for table in tables.values() for word in words(table.get("occasions", ""))),
    )


def _names(tables: Mapping[str, Mapping[str, Any]], section: str) -> dict[Fact, frozenset[bytes]]:
    """The words of file names or subjects that speak for a fact, of all languages together."""
    names: dict[Fact, frozenset[bytes]] = {}
    for table in tables.values():
        for fact, listed in table.get(section, {}).items():
            names[Fact(fact)] = names.get(Fact(fact), frozenset()) | frozenset(words(listed))
    return names


def _patterns(code: str, table: Mapping[str, Any]) -> Iterator[tuple[Pattern, Sequence[str]]]:
    lists: Mapping[str, str] = table.get("words", {})
    guards = {
        name: Guard(guard["where"], tuple(_compiled(wording, lists) for wording in guard["patterns"]))
        for name, guard in table.get("guards", {}).items()
    }
    for fact in Fact:
        section = table.get(fact.value, {})
        common = {key: value for key, value in section.items() if not isinstance(value, dict)}
        for name, entry in section.items():
            if isinstance(entry, dict):
                phrase = _phrase(f"{code}/{fact.value}/{name}", fact, common | entry, guards)
                for wording in entry["patterns"]:
                    filled = _filled(wording, lists)
                    yield Pattern(phrase, _compiled(filled, lists)), entry.get("anchors") or _anchors(filled)


def _phrase(name: str, fact: Fact, entry: Mapping[str, Any], guards: Mapping[str, Guard]) -> Phrase:
    unless = [*entry.get("unless", ()), *entry.get("also_unless", ())]
    other, _, sense = str(entry.get("undated", "")).partition("/")
    return Phrase(
        id=name,
        fact=fact,
        sense=Sense(entry.get("sense", "")),
        weight=float(entry.get("weight", 1)),
        by_owner={"owner": True, "them": False}.get(entry.get("by", "")),
        alone=bool(entry.get("alone", False)),
        undated=(Fact(other), Sense(sense)) if other else None,
        dated=bool(entry.get("dated", False)),
        guards=tuple(guards[guard] for guard in unless if guard not in entry.get("although", ())),
    )


def _filled(wording: str, lists: Mapping[str, str]) -> str:
    """The wording with every named list in its place, lists within lists included."""
    while _NAME.search(wording):
        wording = _NAME.sub(lambda match: f"({lists[match.group(1)]})", wording)
    return wording


def _compiled(wording: str, lists: Mapping[str, str]) -> re.Pattern[str]:
    """The regular expression of a wording; it starts and ends at the edges of words."""
    filled = _filled(wording, lists).replace("(", "(?:").replace("(?:?", "(?")
    for gap, expression in _GAPS.items():
        filled = filled.replace(f"{gap} ", expression)
    return re.compile(rf"(?<!\w){filled}(?!\w)")


def _anchors(wording: str) -> Sequence[str]:
    """What every match of ``wording`` holds: the choice of literal words that is hardest to come by.

    Raises ``ValueError`` for a wording that holds no literal word, for such a one would be tried on every sentence.
    """
    best: tuple[float, Sequence[str]] | None = None
    readings = [_readings(token) for token in _split(wording, " ")]
    for first in range(len(readings)):
        window: list[str] = [""]
        for token in readings[first:]:
            if token is None or len(window) * len(token) > _MOST_ANCHORS:
                break
            window = [f"{left} {right}".strip() for left, right in product(window, token)]
            rarity = min(map(len, window)) - len(window) / 8
            if all(window) and (best is None or rarity > best[0]):
                best = rarity, tuple(dict.fromkeys(window))
    if best is None:
        raise ValueError(f"a phrase needs words of its own: {wording}")
    return best[1]


def _readings(token: str) -> list[str] | None:
    """All texts that a piece of a wording can stand for, None where they can't be told."""
    if token in _GAPS or any(letter in _SPECIAL for letter in _outside_groups(token)):
        return None
    readings = [""]
    for piece, optional in _pieces(token):
        options = _choices(piece) if piece.startswith("(") else [piece]
        if options is None:
            return None
        if optional:
            options = [*options, ""]
        readings = [left + right for left, right in product(readings, options)]
        if len(readings) > _MOST_ANCHORS:
            return None
    return [" ".join(reading.split()) for reading in readings]


def _choices(group: str) -> list[str] | None:
    if group.startswith("(?"):
        return None
    found: list[str] = []
    for choice in _split(group[1:-1], "|"):
        tokens = [_readings(token) for token in _split(choice, " ")]
        for combination in product(*[token if token is not None else [None] for token in tokens]):
            if None in combination or len(found) > _MOST_ANCHORS:
                return None
            found.append(" ".join(map(str, combination)))
    return found


def _pieces(token: str) -> Iterator[tuple[str, bool]]:
    """A token cut into plain letters and groups, each with whether it may be missing."""
    start = 0
    while start < len(token):
        if token[start] == "(":
            end = _closing(token, start) + 1
        else:
            end = token.find("(", start)
            end = len(token) if end < 0 else end
        optional = token[end : end + 1] == "?"
        piece = token[start:end]
        start = end + optional
        yield piece, optional


def _outside_groups(token: str) -> str:
    return "".join(piece for piece, _ in _pieces(token) if not piece.startswith("("))


def _split(text: str, separator: str) -> list[str]:
    """Cut at a separator that stands outside brackets."""
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == separator and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def _closing(text: str, opening: int) -> int:
    depth = 0
    for place in range(opening, len(text)):
        depth += (text[place] == "(") - (text[place] == ")")
        if depth == 0:
            return place
    raise ValueError(f"unbalanced brackets: {text}")
