"""From the text of a wording to its parts. How wordings are written is told in ``susul.reading.wordings``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from susul.reading.wording_parts import SPACE, Ahead, AnyWord, Chain, Choice, Letters, Part, Repeat, Sign, Spellings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from susul.reading.known_needs import KnownNeeds

_GAPS = {"....": 14, "...": 6, "..": 2}
_TOKEN = re.compile(
    r"""\{(?P<list>[a-z_]+)\}
    | \((?P<plain>[^()\[\]{}\\.*+^$?]*)\)
    | (?P<open>\((?:\?[!=:])?(?![?]))
    | (?P<before>\(\?<[!=](?:[^()\[\]]|\[[^\]]*\])*\))
    | (?P<shut>\)) | (?P<bar>\|)
    | (?P<count>(?:[?*+]|\{\d+,?\d*\})[?+]?)
    | (?P<gap>\.{2,4})[ ]
    | (?P<any>\[\^\ \]\+[ ])
    | (?P<space>[ ])
    | (?P<sign>\[[^\]]+\]|\\[dswDSW]|\.)
    | (?P<place>\\[bB]|[$^])
    | \\(?P<escaped>.)
    | (?P<letters>[^\\\[\](){}|?*+.^$\ ]+)""",
    re.VERBOSE,
)
_ANY_WORD = AnyWord()


class Lists:
    """The named lists of a language: what ``{name}`` stands for. Each is read once.

    ``known``: what is known of the wordings that use them.
    """

    def __init__(self, texts: Mapping[str, str], known: KnownNeeds | None = None) -> None:
        self.texts = texts
        self.known = known
        self._parts: dict[str, Part] = {}

    def part(self, name: str) -> Part:
        """Raises KeyError for an unknown name, ValueError for a list that can't be read."""
        if name not in self._parts:
            self._parts[name] = parts_of(self.texts[name], self)
        return self._parts[name]


def parts_of(wording: str, lists: Lists) -> Part:
    """What a wording is made of. Raises ValueError where it is not well written, KeyError for an unknown list."""
    reader = _Reader(wording, lists)
    part = reader.choice()
    if reader.kind:
        raise ValueError(f"unbalanced brackets: {wording}")
    return part


class _Reader:
    """Goes from token to token; ``kind`` and ``text`` are of the one that comes next, empty at the end."""

    def __init__(self, wording: str, lists: Lists) -> None:
        self._tokens, self._lists, self._wording = _tokens(wording), lists, wording
        self._advance()

    def _advance(self) -> None:
        self.kind, self.text = next(self._tokens, ("", ""))

    def choice(self) -> Part:
        options = [self._chain()]
        while self.kind == "bar":
            self._advance()
            options.append(self._chain())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _chain(self) -> Part:
        parts: list[Part] = []
        while self.kind not in ("", "bar", "shut"):
            if self.kind == "count":
                if not parts:
                    raise ValueError(f"nothing to repeat: {self._wording}")
                parts.extend(self._repeated(parts.pop()))
            else:
                parts.append(self._part())
            self._advance()
        return _in_row(parts)

    def _repeated(self, part: Part) -> Iterator[Part]:
        """A count is that of the letter before it, not of the word."""
        if isinstance(part, Letters) and len(part.letters) > 1:
            yield Letters(part.letters[:-1])
            part = Letters(part.letters[-1])
        least, most, lazy, keeps = _count(self.text)
        yield Repeat(_in_row([part]), least, most, lazy, keeps)

    def _part(self) -> Part:
        text = self.text
        match self.kind:
            case "plain":
                return _plain_choice(text)
            case "list":
                return Chain((self._lists.part(text),))
            case "open":
                return self._group(text)
            case "gap":
                return _gap(_GAPS[text])
            case "any":
                return _ANY_WORD
            case "space":
                return SPACE
            case "sign":
                return _sign(text)
            case "place" | "before":
                return Sign(_expression(text), is_place=True)
            case _:
                return Letters(text)

    def _group(self, opening: str) -> Part:
        self._advance()
        inside = self.choice()
        if self.kind != "shut":
            raise ValueError(f"unbalanced brackets: {self._wording}")
        return Ahead(inside, opening == "(?=") if opening in ("(?!", "(?=") else Chain((inside,))


def _in_row(parts: Sequence[Part]) -> Part:
    """A group that nothing counts is no more than what stands in it."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Chain) else (part,))]
    return flat[0] if len(flat) == 1 else Chain(tuple(flat))


def _tokens(wording: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(wording):
        match = _TOKEN.match(wording, at)
        if match is None or match.lastgroup is None:
            raise ValueError(f"not a wording from {wording[at : at + 20]!r} on: {wording}")
        yield match.lastgroup, match[match.lastgroup]
        at = match.end()


@cache
def _count(text: str) -> tuple[int, float, bool, bool]:
    """How often at least and at most, whether as seldom as can be, whether nothing is given back."""
    lazy, keeps = len(text) > 1 and text.endswith("?"), len(text) > 1 and text.endswith("+")
    kind = text[:-1] if lazy or keeps else text
    if kind in "?*+":
        return int(kind == "+"), 1 if kind == "?" else float("inf"), lazy, keeps
    least, comma, most = kind.strip("{}").partition(",")
    return int(least), float(most or ("inf" if comma else least)), lazy, keeps


@cache
def _plain_choice(text: str) -> Part:
    return Spellings(tuple(text.split("|")))


@cache
def _gap(most: int) -> Part:
    return Repeat(_ANY_WORD, 0, most)


@cache
def _sign(text: str) -> Part:
    return Sign(_expression(text))


@cache
def _expression(text: str) -> re.Pattern[str]:
    return re.compile(text)
