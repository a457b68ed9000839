"""The words of days and times: ``languages/*/dates.toml`` as one lexicon, and text cut into terms by it.

All languages are read at once, for mail mixes them ("kabari by Jumat"); where two languages give one phrase different
values, the preferred one wins. A phrase carries *senses*: names like ``weekday`` or ``modifiers.next_before``, each
with a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, NamedTuple

from susul.languages import codes, table

Value = int | str | tuple[int, int] | tuple[str, str] | tuple[int, str]
Senses = Mapping[str, Value]
Phrases = Sequence[tuple[list[str], Senses]]
_PLAIN: Senses = {}

# A run of digits, a word with its inner apostrophes, an empty line, or one other visible character.
_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:['’‘ʼ`´][^\W\d_]+)*|\n[^\S\n]*\n|[^\w\s]|_")
_APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")
_WORD = re.compile(r"[a-z]+")
LONGEST_NUMBER = 4  # a longer run of digits is no day, year or amount

# Sections whose entries are lists of words without a value: the sense is "section.key".
_MARKING = ("modifiers", "durations", "recurring", "tense", "clock", "marks", "joiners", "names")
# Sections of phrase = value: the sense is the section.
_VALUED = ("relative_days", "numbers", "amounts", "ordinals", "fused", "fused_parts")
# Sections of value = [phrases]: the sense is the second name.
_GROUPED = {"units": "unit", "parts": "part", "prepositions": "preposition", "feasts": "feast", "seasons": "season"}
# A mention holds at least one phrase with one of these senses, or a date in figures.
_ANCHORS = frozenset(
    {
        "weekday",
        "month",
        "unit",
        "relative_days",
        "fused",
        "fused_parts",
        "marks.day_end",
        "marks.quarter",
        "marks.count",
        "feast",
        "season",
    }
    | {"marks.bare_date", "marks.ordinal_suffix", "marks.calendar_week"}
)


class Term(NamedTuple):
    """A word, a known phrase, a number or a sign of the text. ``number`` is -1 where it is none."""

    word: str
    start: int
    end: int
    number: int = -1
    senses: Senses = _PLAIN


END = Term("", -1, -1)
_new_term = partial(tuple.__new__, Term)  # half the cost of calling Term, of which a mail holds hundreds
PARAGRAPH = "\n"


class Known(NamedTuple):
    """The phrases that begin with one word: the word alone, and the ``longer`` ones by their second, longest first."""

    alone: Senses
    longer: Mapping[str, Phrases]


class VerbForms(NamedTuple):
    """How verbs of the past end ("asked") where they stand behind their subject, how words end that only look like
    them ("need"), and how verbs begin behind a word that says that it is done ("sudah mengirim")."""

    endings: tuple[str, ...]
    not_endings: tuple[str, ...]
    beginnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every phrase by its first word; the words to look for; the names of time zones.

    ``parts`` are the words of "end of", "early in": a date only with an anchor beside them or with the figures of a
    year.
    """

    phrases: Mapping[str, Known]
    anchors: frozenset[bytes]
    parts: frozenset[bytes]
    foreign_anchors: tuple[str, ...]  # those without a Latin letter
    zones: Mapping[str, str]
    verbs: VerbForms


@cache
def lexicon(preferred: str) -> Lexicon:
    """The words of all languages, those of ``preferred`` winning where two of them disagree."""
    senses: dict[tuple[str, ...], dict[str, Value]] = {}
    zones: dict[str, str] = {}
    forms: dict[str, list[str]] = {"past": [], "not_past": [], "begins": []}
    for code in sorted(codes(), key=lambda code: code == preferred):
        words = table(code, "dates")
        for phrase, sense, value in _known_phrases(code):
            senses.setdefault(phrase, {})[sense] = value
        zones |= words["zones"]
        for name, found in words["endings"].items():
            forms[name].extend(found)
    anchoring = [phrase for phrase, found in senses.items() if not _ANCHORS.isdisjoint(found)]
    anchors = _anchors_of(anchoring)
    return Lexicon(
        phrases=_by_first_word(senses),
        anchors=anchors,
        parts=_anchors_of(phrase for phrase, found in senses.items() if "part" in found) - anchors,
        foreign_anchors=tuple(max(phrase, key=len) for phrase in anchoring if not _anchor(phrase)),
        zones=zones,
        verbs=VerbForms(*(tuple(forms[name]) for name in ("past", "not_past", "begins"))),
    )


@cache
def _known_phrases(code: str) -> tuple[tuple[tuple[str, ...], str, Value], ...]:
    """The phrases of a language as words, each with a sense and its value."""
    return tuple((_words_of(phrase), sense, value) for phrase, sense, value in _entries(table(code, "dates")))


def _by_first_word(senses: Mapping[tuple[str, ...], Senses]) -> dict[str, Known]:
    alone = {words[0]: found for words, found in senses.items() if len(words) == 1}
    longer: dict[str, dict[str, list[tuple[list[str], Senses]]]] = {words[0]: {} for words in senses}
    for words, found in sorted(senses.items(), key=lambda item: -len(item[0])):
        if len(words) > 1:
            longer[words[0]].setdefault(words[1], []).append(([*words], found))
    return {first: Known(alone.get(first, _PLAIN), phrases) for first, phrases in longer.items()}


def _anchors_of(phrases: Iterable[tuple[str, ...]]) -> frozenset[bytes]:
    """A word for every phrase to be found by; "calendar days" needs none of its own beside "days"."""
    anchors: set[bytes] = set()
    for phrase in sorted(phrases, key=len):
        anchor = _anchor(phrase)
        if anchor and anchors.isdisjoint(word.encode() for word in phrase):
            anchors.add(anchor)
    return frozenset(anchors)


def _anchor(phrase: tuple[str, ...]) -> bytes:
    """The longest run of plain letters in the phrase: it stands in every text that holds the phrase."""
    return max(_WORD.findall(" ".join(phrase)), key=len, default="").encode()


def _words_of(phrase: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in _TOKEN.findall(phrase))


def folded(word: str) -> str:
    """A word as the data writes it: lower case, one kind of apostrophe, no genitive."""
    word = word.lower()
    return (word if word.isascii() else word.translate(_APOSTROPHES)).removesuffix("'s")


def _entries(words: Mapping[str, Any]) -> Iterator[tuple[str, str, Value]]:
    yield from _named(words["weekdays"], "weekday", ("names", "misspelt", "short", "weak"))
    yield from _named(words["months"], "month", ("names", "misspelt", "short"))
    for kind in ("everyday", "first_names", "before_people"):
        yield from ((phrase, f"month.{kind}", 1) for phrase in words["months"][kind])
    for section in _VALUED:
        for phrase, value in words[section].items():
            yield phrase, section, tuple(value) if isinstance(value, list) else value
    for section, sense in _GROUPED.items():
        for name, phrases in words[section].items():
            yield from ((phrase, sense, name) for phrase in phrases)
    for section in _MARKING:
        for name, phrases in words[section].items():
            yield from ((phrase, f"{section}.{name}", 1) for phrase in phrases)


def _named(section: Mapping[str, Any], sense: str, kinds: Iterable[str]) -> Iterator[tuple[str, str, Value]]:
    """Weekdays or months: the place in the list is the value, "short" and "weak" ones carry a sense for it too."""
    for kind in kinds:
        for place, names in enumerate(section[kind]):
            for name in names:
                yield name, sense, place
                if kind in ("short", "weak"):
                    yield name, f"{sense}.{kind}", 1


def terms(text: str, start: int, end: int, words: Lexicon) -> list[Term]:
    """``text[start:end]`` as terms, at every place the longest known phrase. Linear."""
    stretch = _evened(text[start:end])
    tokens = [*_TOKEN.finditer(stretch)]
    said = [token.group() for token in tokens]
    bare = [word.removesuffix("'s") for word in said] if "'s" in stretch else said
    phrases = words.phrases
    found: list[Term] = []
    place = 0
    while place < len(said):
        word, token = said[place], tokens[place]
        number = int(word) if word.isdecimal() and len(word) <= LONGEST_NUMBER else -1
        known = phrases.get(bare[place])
        if known is None:
            word = word if word[0] != "\n" else PARAGRAPH
            found.append(_new_term((word, token.start() + start, token.end() + start, number, _PLAIN)))
            place += 1
            continue
        length, senses = _longest(bare, place, known) if known.longer else (1, known.alone)
        if length > 1:
            word, number = " ".join(said[place : place + length]), -1
        place += length
        found.append(_new_term((word, token.start() + start, tokens[place - 1].end() + start, number, senses)))
    return found


def _evened(stretch: str) -> str:
    """The stretch in lower case and with one kind of apostrophe, every character in its place."""
    if stretch.isascii():
        return stretch.lower()
    # The dotted capital I is the one letter whose lower case is longer than itself.
    return stretch.replace("İ", "I").lower().translate(_APOSTROPHES)


def _longest(words: Sequence[str], place: int, known: Known) -> tuple[int, Senses]:
    """How many words the longest of the ``known`` phrases takes here, all of which begin with the word at ``place``."""
    following = words[place + 1] if place + 1 < len(words) else ""
    for phrase, senses in known.longer.get(following, ()):
        length = len(phrase)
        if length == 2 or (
            len(words) > place + 2 and words[place + 2] == phrase[2] and words[place : place + length] == phrase
        ):
            return length, senses
    return 1, known.alone
