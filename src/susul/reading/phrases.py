"""The phrases that say something, read from ``languages/<code>/phrases.toml`` and compiled once.

A phrase is written as the words themselves. ``(a|b)`` is a choice, ``(a )?`` may be missing, ``{name}`` stands for
the list of that name in ``[words]``; ``..``, ``...`` and ``....`` stand for up to two, six and fourteen words. What
a wording must hold literally (its anchors) is worked out here, so that a text is searched with plain string search
and a regular expression only runs over sentences that hold an anchor. Sentences are short and every repeat is bounded,
so matching is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import product
from typing import Any

from susul import languages
from susul.model import Fact, Sense
from susul.reading.sentences import words

_GAPS = {"....": r"(?:[^ ]+ ){0,14}", "...": r"(?:[^ ]+ ){0,6}", "..": r"(?:[^ ]+ ){0,2}"}
# A comma or a bracket may stand between two words of a phrase.
_BETWEEN_WORDS = r"[,;:)\"']* [\"'(]*"
_NAME = re.compile(r"\{([a-z_]+)\}")
# A choice with more readings than this is no help in finding the sentence.
_MOST_ANCHORS = 80
_SPECIAL = frozenset("\\[]{}.*+^$?")


class Wording:
    """One wording, made into a regular expression when it is first needed (most never are in one run)."""

    def __init__(self, filled: str) -> None:
        self._filled = filled

    @cached_property
    def expression(self) -> re.Pattern[str]:
        return _compiled(self._filled)


class Place(StrEnum):
    """Where a guard looks."""

    BEFORE = "before"  # in the sentence, before the match
    INSIDE = "inside"
    AFTER = "after"
    SENTENCE = "sentence"
    NEXT = "next"  # right behind the sentence
    MESSAGE = "message"  # anywhere; such guards are plain words, for a long text can't be searched for much else


@dataclass(frozen=True, slots=True)
class Guard:
    """Words that take a match's meaning away."""

    where: Place
    wordings: tuple[Wording, ...]
    literals: tuple[str, ...] = ()

    def holds(self, text: str) -> bool:
        """Whether ``text``, the part that this guard looks at, holds one of its wordings."""
        if self.where is Place.MESSAGE:
            return any(literal in text for literal in self.literals)
        return any(wording.expression.search(text) for wording in self.wordings)


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


@dataclass(frozen=True, slots=True)
class Pattern:
    """One wording of a phrase."""

    phrase: Phrase
    wording: Wording


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
    day: tuple[Wording, ...]  # a day named in words

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
    anchored: dict[str, list[Pattern]] = {}
    guards = _guards(tables.values())
    for code, table in tables.items():
        for pattern, anchors in _patterns(code, table, guards):
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
        day=tuple(
            Wording(_filled(line, table.get("words", {})))
            for table in tables.values()
            for line in _lines(table.get("day", ""))
        ),
    )


def _names(tables: Mapping[str, Mapping[str, Any]], section: str) -> dict[Fact, frozenset[bytes]]:
    """The words of file names or subjects that speak for a fact, of all languages together."""
    names: dict[Fact, frozenset[bytes]] = {}
    for table in tables.values():
        for fact, listed in table.get(section, {}).items():
            names[Fact(fact)] = names.get(Fact(fact), frozenset()) | frozenset(words(listed))
    return names


def _guards(tables: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Guard, ...]]:
    """The guards by name. Those of one name in several languages work together, for people mix languages."""
    guards: dict[str, tuple[Guard, ...]] = {}
    for table in tables:
        for name, entry in table.get("guards", {}).items():
            guards[name] = (*guards.get(name, ()), _guard(entry, table.get("words", {})))
    return guards


def _patterns(
    code: str, table: Mapping[str, Any], guards: Mapping[str, tuple[Guard, ...]]
) -> Iterator[tuple[Pattern, Sequence[str]]]:
    lists: Mapping[str, str] = table.get("words", {})
    for fact in Fact:
        section = languages.table(code, f"phrases/{fact.value}")
        common = {key: value for key, value in section.items() if not isinstance(value, dict)}
        for name, entry in section.items():
            if isinstance(entry, dict):
                phrase = _phrase(f"{code}/{fact.value}/{name}", fact, common | entry, guards)
                for line in _lines(entry["patterns"]):
                    filled = _filled(line, lists)
                    yield Pattern(phrase, Wording(filled)), entry.get("anchors") or _anchors(filled)


def _guard(entry: Mapping[str, Any], lists: Mapping[str, str]) -> Guard:
    where, lines = Place(entry["where"]), _lines(entry["patterns"])
    if where is Place.MESSAGE:
        return Guard(where, (), tuple(lines))
    return Guard(where, tuple(Wording(_filled(line, lists)) for line in lines))


def _lines(block: str) -> list[str]:
    return [line for line in block.splitlines() if line]


def _phrase(phrase_id: str, fact: Fact, entry: Mapping[str, Any], guards: Mapping[str, tuple[Guard, ...]]) -> Phrase:
    unless = [*entry.get("unless", ()), *entry.get("also_unless", ())]
    other, _, sense = str(entry.get("undated", "")).partition("/")
    return Phrase(
        id=phrase_id,
        fact=fact,
        sense=Sense(entry.get("sense", "")),
        weight=float(entry.get("weight", 1)),
        by_owner={"owner": True, "them": False}.get(entry.get("by", "")),
        alone=bool(entry.get("alone", False)),
        undated=(Fact(other), Sense(sense)) if other else None,
        dated=bool(entry.get("dated", False)),
        guards=tuple(guard for name in unless if name not in entry.get("although", ()) for guard in guards[name]),
    )


def _filled(wording: str, lists: Mapping[str, str]) -> str:
    """The wording with every named list in its place, lists within lists included."""
    while _NAME.search(wording):
        wording = _NAME.sub(lambda match: f"({lists[match.group(1)]})", wording)
    return wording


def _compiled(filled: str) -> re.Pattern[str]:
    """The regular expression of a wording; it starts and ends at the edges of words."""
    expression = filled.replace("(", "(?:").replace("(?:?", "(?").replace(" ", "\0")
    for gap, words_between in _GAPS.items():
        expression = expression.replace(f"{gap}\0", words_between)
    expression = expression.replace("\0", _BETWEEN_WORDS)
    return re.compile(rf"(?<!\w){expression}(?!\w)")


def _anchors(wording: str) -> Sequence[str]:
    """What every match of ``wording`` holds: the choice of literal words that is hardest to come by.

    Raises ``ValueError`` for a wording that holds no literal word, for such a one would be tried on every sentence.
    """
    choices = [choice for choice in (*_literal_runs(wording), *_group_choices(wording)) if choice and all(choice)]
    if not choices:
        raise ValueError(f"a phrase needs words of its own: {wording}")
    return max(choices, key=lambda choice: min(map(len, choice)) - len(choice) / 8)


def _literal_runs(wording: str) -> Iterator[list[str]]:
    """Every run of neighbouring words that can be spelled out, as the list of its spellings."""
    readings = [_readings(token) for token in _split(wording.lstrip("^"), " ")]
    for first in range(len(readings)):
        run = [""]
        for token in readings[first:]:
            if token is None or len(run) * len(token) > _MOST_ANCHORS:
                break
            run = list(dict.fromkeys(f"{left} {right}".strip() for left, right in product(run, token)))
            yield run


def _group_choices(wording: str) -> Iterator[list[str]]:
    """For every bracket too rich to be spelled out: the anchors of each of its choices."""
    for token in _split(wording.lstrip("^"), " "):
        (group, optional), *others = [*_pieces(token)] or [("", True)]
        whole = all((extra.startswith("( ") and may_lack) or extra.startswith("[") for extra, may_lack in others)
        if group.startswith("(") and not optional and whole and not group.startswith("(?"):
            try:
                yield list(dict.fromkeys(anchor for choice in _split(group[1:-1], "|") for anchor in _anchors(choice)))
            except ValueError:
                continue


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
