"""Sentences of other stages said again in the reader's language: matched by their fixed words, rendered from data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import TYPE_CHECKING

from susul.report.words import Days, named, report_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_SENTENCES = 12
BOUNDARY = ("", " ")  # what follows a whole sentence
OURS = ("why", "target")  # the fields that hold words of a stage; a title is somebody's own, whatever it says
LONGEST = 4_000  # characters of a reason that are looked at


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence as a stage says it: fixed words, and between them the names of what changes."""

    name: str
    fixed: tuple[str, ...]
    fields: tuple[str, ...]  # one fewer than ``fixed``

    def at_start_of(self, text: str) -> tuple[dict[str, str], str] | None:
        """What stands in the fields, and the text after the sentence; None where ``text`` begins otherwise."""
        if not text.startswith(self.fixed[0]):
            return None
        at, found = len(self.fixed[0]), {}
        for field, words in zip(self.fields, self.fixed[1:], strict=True):
            is_last = field == self.fields[-1]
            ends = _end_of_sentence(text, words, at) if is_last else text.find(words, at)
            if ends < 0:
                return None
            found[field] = text[at:ends]
            at = ends + len(words)
        return (found, text[at:]) if text[at : at + 1] in BOUNDARY else None


def _end_of_sentence(text: str, words: str, at: int) -> int:
    """Where ``words`` end a sentence first: the full stops of an address end none. Negative for nowhere."""
    ends = text.find(words, at)
    while ends >= 0 and text[ends + len(words) : ends + len(words) + 1] not in BOUNDARY:
        ends = text.find(words, ends + 1)
    return ends


@dataclass(frozen=True, slots=True)
class Known:
    """All that the stages say, and the language in which they say it."""

    language: str
    patterns: tuple[Pattern, ...]
    parts: Mapping[str, str]  # the words → their name


@cache
def known_sentences() -> Known:
    data = tomllib.loads((files("susul.report") / "sentences.toml").read_text("utf-8"))
    patterns = tuple(_pattern(name, text) for name, text in data["sentences"].items())
    return Known(data["language"], patterns, {words: name for name, words in data["parts"].items()})


def _pattern(name: str, text: str) -> Pattern:
    fixed, fields, before = [], [], ""
    for literal, field, _, _ in Formatter().parse(text):
        before += literal
        if field is not None:
            fixed.append(before)
            fields.append(field)
            before = ""
    return Pattern(name, (*fixed, before), tuple(fields))


def said_again(text: str, code: str) -> tuple[str, str]:
    """``text`` in the language ``code``, and the language that it is in now.

    Where one sentence of it is unknown, all of it stays as it is.
    """
    known = known_sentences()
    sentences = list(_sentences(text[:LONGEST], known))
    if not sentences or None in sentences:
        return text, known.language
    return " ".join(_rendered(name, fields, code, known) for name, fields in filter(None, sentences)), code


def part_again(text: str, code: str) -> tuple[str, str]:
    """The same for words that are no sentence."""
    known = known_sentences()
    name = known.parts.get(text)
    return (report_words(code).parts[name], code) if name else (text, known.language)


def _sentences(text: str, known: Known) -> Iterator[tuple[str, dict[str, str]] | None]:
    """Each sentence by its name with what stands in its fields; None for one that is unknown, which ends it."""
    rest = text
    for _ in range(MOST_SENTENCES):
        if not rest:
            return
        found = _first(rest, known)
        yield found[0] if found else None
        if not found:
            return
        rest = found[1]
    yield None


def _first(text: str, known: Known) -> tuple[tuple[str, dict[str, str]], str] | None:
    """The known sentence that ``text`` begins with: the one that takes least into its fields."""
    found = []
    for pattern in known.patterns:
        match = pattern.at_start_of(text)
        if match:
            found.append((sum(map(len, match[0].values())), pattern.name, *match))
    if not found:
        return None
    _, name, fields, rest = min(found, key=lambda one: one[:2])
    return (name, fields), rest.removeprefix(" ")


def _rendered(name: str, fields: Mapping[str, str], code: str, known: Known) -> str:
    words = report_words(code)
    values = {field: _value(field, text, code, known) for field, text in fields.items()}
    return words.sentences[name].format_map(values)


def _value(field: str, text: str, code: str, known: Known) -> str:
    words = report_words(code)
    if field == "day":
        return Days(code).respelt(text) or text
    if field == "step":
        return named(words.steps, text.replace(" ", "_"))
    return words.parts[known.parts[text]] if field in OURS and text in known.parts else text
