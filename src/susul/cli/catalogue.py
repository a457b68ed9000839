"""One language's messages: finished English sentences → the same in that language."""

from __future__ import annotations

import gettext
import io
import re
import struct
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from string import Formatter
from typing import Any

from susul import languages

LONGEST = 2000  # characters: no line of a message is longer
DEEPEST = 6  # sentences after and within sentences
MOST_SENTENCES = 8  # that one message may have
VERBATIM = ("“", "susul ", "Susul/")  # what follows one of these is quoted or typed, in any language
NOT_OURS = frozenset({"subject", "summary", "quote", "path", "folder", "file", "address", "email", "target"})
SENTENCE_ENDS = re.compile(r"[.!?][”)]? (?=[A-Z“])")
OF_A_MOMENT = re.compile(r"[0-9]{1,4}|[0-9]{2}:[0-9]{2}(?:–[0-9]{2}:[0-9]{2})?|–")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A message with values in it. ``literals`` stand before, between and after the ``names``.

    ``forms`` are the singular and the plural of the message where it has them, else the message alone.
    """

    forms: tuple[str, ...]
    literals: tuple[str, ...]
    names: tuple[str, ...]

    def values(self, text: str) -> dict[str, str] | None:
        """The values in ``text``; None where it is another message. Each name takes as little as it can."""
        first, *between, last = self.literals
        end = len(text) - len(last)
        if not text.startswith(first) or not text.endswith(last) or len(first) >= end:
            return None
        found, begins = [], len(first)
        for literal in between:
            at = text.find(literal, begins, end)
            if at < 0:
                return None
            found.append(text[begins:at])
            begins = at + len(literal)
        return dict(zip(self.names, [*found, text[begins:end]], strict=True))

    @property
    def quoted(self) -> frozenset[str]:
        """The names whose values stay as they are."""
        before = zip(self.names, self.literals[:-1], strict=True)
        return frozenset(name for name, literal in before if name in NOT_OURS or literal.endswith(VERBATIM))


def pattern_of(message: str, forms: tuple[str, ...]) -> Pattern:
    literals, names = [""], []
    for literal, name, _, _ in Formatter().parse(message):
        literals[-1] += literal
        if name is not None:
            names.append(name)
            literals.append("")
    return Pattern(forms, tuple(literals), tuple(names))


@dataclass(slots=True)
class Catalogue:
    """The messages of one language. ``plain`` finds those without values by the finished text.

    ``dates`` is the table of its names for days and months, ``clock`` what stands between hours and minutes.
    """

    translations: gettext.NullTranslations
    plain: dict[str, str]
    patterns: tuple[Pattern, ...]
    dates: dict[str, str]
    clock: str
    _said: dict[str, str] = field(default_factory=dict)

    def in_words(self, text: str) -> str:
        """``text``, line by line, in the language; as it is where no message fits. White space around it stays."""
        return "\n".join(map(self._line, text.split("\n")))

    def _line(self, text: str) -> str:
        core = text.strip()
        if not core or len(core) > LONGEST:
            return text
        if core not in self._said:
            self._said[core] = self._translated(core, DEEPEST) or core
        return text.replace(core, self._said[core], 1)

    def _translated(self, text: str, depth: int) -> str:
        """Empty where nothing is known about ``text``."""
        if depth == 0:
            return self._plain(text)
        return (
            self._whole(text, depth) or self._by_sentence(text, depth) or self._matched(text, depth, one_sentence=False)
        )

    def _whole(self, text: str, depth: int) -> str:
        """``text`` where it is one message, if need be with a full stop that the message hasn't."""
        said = self._plain(text) or self._moment(text) or self._matched(text, depth, one_sentence=True)
        if said or not text.endswith("."):
            return said
        begun = self._plain(text[:-1]) or self._matched(text[:-1], depth, one_sentence=True)
        return f"{begun}." if begun else ""

    def _plain(self, text: str) -> str:
        return self.translations.gettext(self.plain[text]).format() if text in self.plain else ""

    def _matched(self, text: str, depth: int, *, one_sentence: bool) -> str:
        for pattern in self.patterns:
            values = pattern.values(text)
            if values and not (one_sentence and self._runs_on(pattern, values)):
                return self._filled(pattern, values, depth)
        return ""

    def _runs_on(self, pattern: Pattern, values: dict[str, str]) -> bool:
        """Whether a value goes beyond the sentence: then the message is only the beginning or the end of the text."""
        return any(SENTENCE_ENDS.search(value) for name, value in values.items() if name not in pattern.quoted)

    def _filled(self, pattern: Pattern, values: dict[str, str], depth: int) -> str:
        words = {name: value if name in pattern.quoted else self._inner(value, depth) for name, value in values.items()}
        return self._form(pattern, values).format(**words)

    def _form(self, pattern: Pattern, values: dict[str, str]) -> str:
        if len(pattern.forms) == 1:
            return self.translations.gettext(pattern.forms[0])
        count = values[pattern.names[0]]
        singular, plural = pattern.forms
        return self.translations.ngettext(singular, plural, int(count) if count.isdecimal() else 2)

    def _inner(self, value: str, depth: int) -> str:
        core = value.strip()
        return value.replace(core, self._translated(core, depth - 1) or core, 1) if core else value

    def _by_sentence(self, text: str, depth: int) -> str:
        """The first sentence or sentences that are known, or the number of a step, and then the rest."""
        for end in islice(SENTENCE_ENDS.finditer(text), MOST_SENTENCES):
            first, rest = text[: end.end() - 1], text[end.end() :]
            said = first if first[:-1].isdecimal() else self._whole(first, depth - 1)
            if said:
                return f"{said} {self._translated(rest, depth - 1) or rest}"
        return ""

    def _moment(self, text: str) -> str:
        """A day, a time or both, as ``%a %d %b %Y %H:%M`` writes them."""
        words = text.split(" ")
        if len(words) > 10 or not any(word in self.dates for word in words):
            return ""
        if not all(word in self.dates or OF_A_MOMENT.fullmatch(word) for word in words):
            return ""
        return " ".join(self.dates.get(word, word.replace(":", self.clock)) for word in words)


def read_catalogue(code: str) -> Catalogue:
    """The catalogue of ``languages/<code>``."""
    data = languages.messages(code)
    translations = gettext.GNUTranslations(io.BytesIO(data))
    patterns = [pattern_of(form, forms) for forms in messages_in(data) if forms[0] for form in forms]
    plain = {pattern.literals[0]: pattern.forms[0] for pattern in patterns if not pattern.names}
    with_values = sorted((p for p in patterns if p.names), key=lambda p: -sum(map(len, p.literals)))
    return Catalogue(translations, plain, tuple(with_values), _names_of_days(code), _clock_mark(code))


def messages_in(data: bytes) -> list[tuple[str, ...]]:
    """The messages of a ``.mo`` file, each with its plural where it has one (GNU gettext manual, "MO Files")."""
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, table = struct.unpack_from(f"{order}2I", data, 8)
    spans = struct.iter_unpack(f"{order}2I", data[table : table + 8 * count])
    return [tuple(data[at : at + length].decode().split("\0")) for length, at in spans]


def _names_of_days(code: str) -> dict[str, str]:
    """The short names of weekdays and months, English → of the language."""
    english, other = _dates("en"), _dates(code)
    return {
        name: word
        for kind in ("weekdays_short", "months_short")
        for name, word in zip(english[kind], other.get(kind, english[kind]), strict=True)
    }


def _clock_mark(code: str) -> str:
    return "." if "." in _dates(code).get("clock", "") else ":"


@lru_cache(maxsize=4)
def _dates(code: str) -> dict[str, Any]:
    return dict(languages.table(code, "drafting").get("dates", {}))
