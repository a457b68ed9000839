"""The phrases that say something, read from ``languages/<code>/``: phrases.toml, guards.toml, phrases/<fact>.toml."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from susul import languages
from susul.model import Fact, Sense
from susul.reading.sentences import words
from susul.reading.wordings import Need, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

QUESTION = r"\?"


class Place(StrEnum):
    """Where a guard looks."""

    BEFORE = "before"  # in the sentence, before the match
    INSIDE = "inside"
    AFTER = "after"
    SENTENCE = "sentence"
    NEXT = "next"  # right behind the sentence
    MESSAGE = "message"  # anywhere; such guards are plain words, for a long text can't be searched for much else


@dataclass(frozen=True, slots=True, eq=False)
class Guard:
    """Words that take a match's meaning away."""

    where: Place
    wordings: tuple[Wording, ...]
    literals: tuple[str, ...] = ()
    keys: frozenset[bytes] | None = None  # it can't hold in a sentence without one of these words; None: it can

    def holds(self, part: str, present: frozenset[bytes]) -> bool:
        """Whether the part of a sentence that this guard looks at holds one of its wordings.

        ``present`` are the words of the whole sentence.
        """
        if self.keys is not None and self.keys.isdisjoint(present):
            return False
        return any(wording.found_in(part, present) for wording in self.wordings)


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


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One wording of a phrase. ``needs``: words of which a sentence must hold one each, the rarest set first."""

    phrase: Phrase
    wording: Wording
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """All phrases of all languages, found by a word that they need."""

    by_word: Mapping[bytes, tuple[Pattern, ...]]
    questions: tuple[Pattern, ...]  # what no word can find: sentences that end in a question mark
    keys: frozenset[bytes]
    attachments: Mapping[Fact, frozenset[bytes]]
    subjects: Mapping[Fact, frozenset[bytes]]
    occasions: frozenset[bytes]  # what takes place on a day: "interview", "rapat"
    deadlines: frozenset[bytes]  # what makes the day behind it a deadline: "must", "harus"
    links: frozenset[bytes]  # what may stand between the two: "on", "hari"
    day: tuple[Wording, ...]  # a day named in words

    def possible_in(self, present: frozenset[bytes]) -> Iterable[Pattern]:
        """The patterns that can match in a sentence with these words, each once."""
        found: dict[Pattern, None] = {}
        for word in self.keys & present:
            for pattern in self.by_word[word]:
                for need in pattern.needs:
                    if need.isdisjoint(present):
                        break
                else:
                    found[pattern] = None
        return found


@lru_cache(maxsize=1)
def phrase_book() -> PhraseBook:
    """The phrase book of every installed language.

    Raises ``ValueError`` for a wording without a word of its own, which would be tried on every sentence.
    """
    tables = {code: languages.table(code, "phrases") for code in languages.codes()}
    guards = _guards(tables)
    by_word: dict[bytes, list[Pattern]] = {}
    questions = []
    for code, table in tables.items():
        for pattern in _patterns(code, table, guards):
            if pattern.needs:
                for word in pattern.needs[0]:
                    by_word.setdefault(word, []).append(pattern)
            elif pattern.wording.text.endswith(QUESTION):
                questions.append(pattern)
            else:
                raise ValueError(f"{pattern.phrase.id} needs words of its own: {pattern.wording.text}")
    return PhraseBook(
        by_word={word: tuple(patterns) for word, patterns in by_word.items()},
        questions=tuple(questions),
        keys=frozenset(by_word),
        attachments=_names(tables, "attachments"),
        subjects=_names(tables, "subjects"),
        occasions=_listed(tables, "occasions"),
        deadlines=_listed(tables, "deadlines"),
        links=_listed(tables, "links"),
        day=tuple(
            Wording(line, table.get("words", {})) for table in tables.values() for line in _lines(table.get("day", ""))
        ),
    )


def _listed(tables: Mapping[str, Mapping[str, Any]], section: str) -> frozenset[bytes]:
    return frozenset(word for table in tables.values() for word in words(table.get(section, "")))


def _names(tables: Mapping[str, Mapping[str, Any]], section: str) -> dict[Fact, frozenset[bytes]]:
    """The words of file names or subjects that speak for a fact, of all languages together."""
    names: dict[Fact, frozenset[bytes]] = {}
    for table in tables.values():
        for fact, listed in table.get(section, {}).items():
            names[Fact(fact)] = names.get(Fact(fact), frozenset()) | frozenset(words(listed))
    return names


def _guards(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[Guard, ...]]:
    """The guards by name. Those of one name in several languages work together, for people mix languages."""
    guards: dict[str, tuple[Guard, ...]] = {}
    for code, table in tables.items():
        for name, entry in languages.table(code, "guards").items():
            guards[name] = (*guards.get(name, ()), _guard(entry, table.get("words", {})))
    return guards


def _patterns(code: str, table: Mapping[str, Any], guards: Mapping[str, tuple[Guard, ...]]) -> Iterator[Pattern]:
    lists: Mapping[str, str] = table.get("words", {})
    for fact in Fact:
        section = languages.table(code, f"phrases/{fact.value}")
        common = {key: value for key, value in section.items() if not isinstance(value, dict)}
        for name, entry in section.items():
            if isinstance(entry, dict):
                phrase = _phrase(f"{code}/{fact.value}/{name}", fact, common | entry, guards)
                for line in _lines(entry["patterns"]):
                    wording = Wording(line, lists)
                    yield Pattern(phrase, wording, wording.needs)


def _guard(entry: Mapping[str, Any], lists: Mapping[str, str]) -> Guard:
    where, lines = Place(entry["where"]), _lines(entry["patterns"])
    if where is Place.MESSAGE:
        return Guard(where, (), tuple(lines))
    wordings = tuple(Wording(line, lists) for line in lines)
    firsts = [wording.needs[:1] for wording in wordings]
    return Guard(where, wordings, keys=frozenset().union(*(need for (need,) in firsts)) if all(firsts) else None)


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
