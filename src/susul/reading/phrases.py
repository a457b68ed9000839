"""The phrases that say something, read from ``languages/<code>/``: phrases.toml, guards.toml, phrases/<fact>.toml."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from susul import languages
from susul.model import Fact, Sense
from susul.reading.known_needs import known_needs
from susul.reading.sentences import Places, Sentence, words
from susul.reading.wording_syntax import Lists
from susul.reading.wordings import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from susul.reading.wording_needs import Need

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

    def holds(self, sentence: Sentence, span: tuple[int, int], places: Places) -> bool:
        """Whether the part of a sentence that this guard looks at holds one of its wordings.

        ``span`` is where in the sentence the match stands that is guarded, ``places`` where each of its words starts.
        """
        start, end = self._part(span, len(sentence.folded))
        return any(wording.is_within(sentence, places, start, end) for wording in self.wordings)

    def _part(self, span: tuple[int, int], length: int) -> tuple[int, int]:
        if self.where is Place.BEFORE:
            return 0, span[0]
        if self.where is Place.INSIDE:
            return span
        return (span[1], length) if self.where is Place.AFTER else (0, length)

    def holds_behind(self, text: str) -> bool:
        """The same, asked of the text behind a sentence."""
        present = frozenset(words(text))
        return any(wording.found_in(text, present) for wording in self.wordings)


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
    """One wording of a phrase. ``mask`` has a bit for every set of words of which a sentence must hold one."""

    phrase: Phrase
    wording: Wording
    mask: int


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """All phrases of all languages, found by the rarest word that they need."""

    by_word: Mapping[bytes, tuple[Pattern, ...]]
    keys: frozenset[bytes]
    bits: Mapping[bytes, int]  # what each word that phrases need adds to the mask of a sentence
    questions: tuple[Pattern, ...]  # what no word can find: sentences that end in a question mark
    attachments: Mapping[Fact, frozenset[bytes]]
    subjects: Mapping[Fact, frozenset[bytes]]
    occasions: frozenset[bytes]  # what takes place on a day: "interview", "rapat"
    deadlines: frozenset[bytes]  # what makes the day behind it a deadline: "must", "harus"
    links: frozenset[bytes]  # what may stand between the two: "on", "hari"
    day: tuple[Wording, ...]  # a day named in words

    def possible_in(self, present: frozenset[bytes]) -> Iterable[Pattern]:
        """The patterns that can match in a sentence with these words, each once."""
        found: dict[Pattern, None] = {}
        firsts = self.keys & present
        if firsts:
            mask = 0
            for word in present:
                mask |= self.bits.get(word, 0)
            for word in firsts:
                for pattern in self.by_word[word]:
                    if mask & pattern.mask == pattern.mask:
                        found[pattern] = None
        return found

    def patterns(self) -> set[Pattern]:
        """Every pattern that is found by a word."""
        return {pattern for patterns in self.by_word.values() for pattern in patterns}


@lru_cache(maxsize=1)
def phrase_book() -> PhraseBook:
    """The phrase book of every installed language.

    Raises ``ValueError`` for a wording without a word of its own, which would be tried on every sentence.
    """
    tables = {code: languages.table(code, "phrases") for code in languages.codes()}
    lists = {code: _lists(code, table) for code, table in tables.items()}
    guards = _guards(lists)
    by_word: dict[bytes, list[Pattern]] = {}
    needs: dict[Need, int] = {}
    questions = []
    for code in tables:
        for phrase, wording in _wordings(code, lists[code], guards):
            mask = sum(1 << needs.setdefault(need, len(needs)) for need in wording.needs)
            pattern = Pattern(phrase, wording, mask)
            if wording.needs:
                for word in wording.needs[0]:
                    by_word.setdefault(word, []).append(pattern)
            elif wording.text.endswith(QUESTION):
                questions.append(pattern)
            else:
                raise ValueError(f"{phrase.id} needs words of its own: {wording.text}")
    return PhraseBook(
        by_word={word: tuple(patterns) for word, patterns in by_word.items()},
        keys=frozenset(by_word),
        bits=_bits(needs),
        questions=_guarded_together(questions),
        attachments=_names(tables, "attachments"),
        subjects=_names(tables, "subjects"),
        occasions=_listed(tables, "occasions"),
        deadlines=_listed(tables, "deadlines"),
        links=_listed(tables, "links"),
        day=tuple(wording for code in tables for wording in _day(code, lists[code])),
    )


def _lists(code: str, table: Mapping[str, Any]) -> Lists:
    texts = table.get("words", {})
    return Lists(texts, known_needs(code, texts))


def every_wording(code: str) -> tuple[Wording, ...]:
    """All wordings of a language, with nothing known of them beforehand."""
    lists = Lists(languages.table(code, "phrases").get("words", {}))
    guards = (_guard(entry, lists) for entry in languages.table(code, "guards").values())
    return (
        *(wording for _, wording in _wordings(code, lists, defaultdict(tuple))),
        *(wording for guard in guards for wording in guard.wordings),
        *_day(code, lists),
    )


def _day(code: str, lists: Lists) -> Iterator[Wording]:
    return (Wording(line, lists) for line in _lines(languages.table(code, "phrases").get("day", "")))


def _guarded_together(questions: Sequence[Pattern]) -> tuple[Pattern, ...]:
    """A question mark is the same in every language, so what rules one out in one language does so in all."""
    guards = tuple(dict.fromkeys(guard for pattern in questions for guard in pattern.phrase.guards))
    return tuple(replace(pattern, phrase=replace(pattern.phrase, guards=guards)) for pattern in questions)


def _bits(needs: Mapping[Need, int]) -> dict[bytes, int]:
    """Of each word, a bit for every need that it meets."""
    bits: dict[bytes, int] = {}
    for need, place in needs.items():
        for word in need:
            bits[word] = bits.get(word, 0) | 1 << place
    return bits


def _listed(tables: Mapping[str, Mapping[str, Any]], section: str) -> frozenset[bytes]:
    return frozenset(word for table in tables.values() for word in words(table.get(section, "")))


def _names(tables: Mapping[str, Mapping[str, Any]], section: str) -> dict[Fact, frozenset[bytes]]:
    """The words of file names or subjects that speak for a fact, of all languages together."""
    names: dict[Fact, frozenset[bytes]] = {}
    for table in tables.values():
        for fact, listed in table.get(section, {}).items():
            names[Fact(fact)] = names.get(Fact(fact), frozenset()) | frozenset(words(listed))
    return names


def _guards(lists: Mapping[str, Lists]) -> dict[str, tuple[Guard, ...]]:
    """The guards by name. Those of one name in several languages work together, for people mix languages."""
    guards: dict[str, tuple[Guard, ...]] = {}
    for code in lists:
        for name, entry in languages.table(code, "guards").items():
            guards[name] = (*guards.get(name, ()), _guard(entry, lists[code]))
    return guards


def _wordings(code: str, lists: Lists, guards: Mapping[str, tuple[Guard, ...]]) -> Iterator[tuple[Phrase, Wording]]:
    for fact in Fact:
        section = languages.table(code, f"phrases/{fact.value}")
        common = {key: value for key, value in section.items() if not isinstance(value, dict)}
        for name, entry in section.items():
            if isinstance(entry, dict):
                said = common | entry
                phrase = _phrase(f"{code}/{fact.value}/{name}", fact, said, _unless(said, fact, name, guards))
                for line in _lines(entry["patterns"]):
                    yield phrase, Wording(line, lists)


def _guard(entry: Mapping[str, Any], lists: Lists) -> Guard:
    where, lines = Place(entry["where"]), _lines(entry["patterns"])
    if where is Place.MESSAGE:
        return Guard(where, (), tuple(lines))
    wordings = tuple(Wording(line, lists) for line in lines)
    firsts = [wording.needs[:1] for wording in wordings]
    keyed = where is not Place.NEXT and all(firsts)
    return Guard(where, wordings, keys=frozenset().union(*(need for (need,) in firsts)) if keyed else None)


def _lines(block: str) -> list[str]:
    return [line for line in block.splitlines() if line]


def _unless(
    said: Mapping[str, Any], fact: Fact, name: str, guards: Mapping[str, tuple[Guard, ...]]
) -> tuple[Guard, ...]:
    """The guards of a phrase, with what the other languages' phrases of its fact and name name.

    A phrase that people mix into another language ("hiring freeze") is found there too. Of the others' guards only
    those made of words count: they can't hold unless their language is spoken.
    """
    sections = [languages.table(code, f"phrases/{fact.value}") for code in languages.codes()]
    others = [table for section in sections for table in (section, section.get(name, {}))]
    own = dict.fromkeys(_named(said))
    foreign = dict.fromkeys(other for table in others for other in _named(table) if other not in own)
    although = said.get("although", ())
    return (
        *(guard for named in own if named not in although for guard in guards[named]),
        *(guard for named in foreign if named not in although for guard in guards[named] if guard.keys is not None),
    )


def _named(table: Mapping[str, Any]) -> list[str]:
    return [*table.get("unless", ()), *table.get("also_unless", ())]


def _phrase(phrase_id: str, fact: Fact, entry: Mapping[str, Any], guards: tuple[Guard, ...]) -> Phrase:
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
        guards=guards,
    )
