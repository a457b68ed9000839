"""How a phrase is written in the language data, and what it takes for one to match.

A wording is the words themselves. ``(a|b)`` is a choice, ``(a )?`` may be missing, ``{name}`` stands for the list of
that name in ``[words]``; ``..``, ``...`` and ``....`` stand for up to two, six and fourteen words. Anything else of
Python's regular expressions is allowed too, as long as its repeats are bounded or can't overlap.

What a wording can't do without (its needs) is worked out here: sets of words of which a sentence must hold at least
one each. Sentences are tried against the expression only where every need is met, so most never are.
"""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING

from susul import languages
from susul.reading.sentences import Places, Sentence, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Need = frozenset[bytes]

_LONGEST_GAPS = {"....": 14, "...": 6, "..": 2}
_GAPS = {gap: rf"(?:[^ ]+ ){{0,{most}}}" for gap, most in _LONGEST_GAPS.items()}
# A comma, a bracket or a hyphened ending ("PO-nya") may stand between two words of a phrase.
_BETWEEN_WORDS = r"(?:-\w{1,4})?[,;:)\"']* [\"'(]*"
_LETTERS = re.compile(r"(\[[^\]]*\])")
_NAME = re.compile(r"\{([a-z_]+)\}")
_PLAIN_CHOICE = re.compile(r"\([^()\[\]{}\\.*+^$?]*\)")
_BRACKET = re.compile(r"[()]")
_CUTS = {"|": re.compile(r"[()|]"), " ": re.compile(r"[() ]")}
_SPECIAL = frozenset("\\[]{}.*+^$?")
# A choice with more spellings than this is taken apart instead of being spelled out.
_MOST_SPELLINGS = 60
# More spaces than any sentence has.
_ANY_NUMBER = 1_000_000
# How often a small word turns up, compared with any other.
_SMALL_WORD = 12.0


class Wording:
    """One wording, made into a regular expression when it is first needed (most never are in one run)."""

    def __init__(self, text: str, lists: Mapping[str, str]) -> None:
        self.text = filled(text, lists)

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The regular expression; it starts and ends at the edges of words."""
        expression = self.text.replace("(", "(?:").replace("(?:?", "(?")
        expression = "".join(
            part if part.startswith("[") else part.replace(" ", "\0") for part in _LETTERS.split(expression)
        )
        for gap, words_between in _GAPS.items():
            expression = expression.replace(f"{gap}\0", words_between)
        # Behind "any word" one space is meant: what may stand between words could be read in many ways there.
        expression = expression.replace("[^ ]+\0", "[^ ]+ ")
        expression = expression.replace("\0?", f"(?:{_BETWEEN_WORDS})?").replace("\0", _BETWEEN_WORDS)
        return re.compile(rf"(?:(?<!\w)|(?=')){expression}(?!\w)")

    def first_in(self, sentence: Sentence, places: Places) -> re.Match[str] | None:
        """Its first match in a sentence. ``places``: where each word of it starts; only there is tried."""
        if self.openers is None or self.text[0] == "^":
            if not self._may_follow(0, sentence, places):
                return None
            return (self.expression.match if self.text[0] == "^" else self.expression.search)(sentence.folded)
        opening = self.openers & sentence.words
        for place in sorted([place for word in opening for place in places[word]]):
            if self._may_follow(place, sentence, places):
                match = self.expression.match(sentence.folded, place)
                if match:
                    return match
        return None

    def _may_follow(self, place: int, sentence: Sentence, places: Places) -> bool:
        """Whether the needs are met in their order and near enough: most of what fails, fails without the expression.

        To compile one takes as long as to read several messages.
        """
        spots, text = [place], sentence.folded
        for need, spaces in self._steps:
            words_here = need & sentence.words
            spots = [
                at
                for word in words_here
                for at in places[word]
                if any(spot <= at and text.count(" ", spot, at) <= spaces for spot in spots)
            ]
            if not spots:
                return False
        return True

    @cached_property
    def _steps(self) -> tuple[tuple[Need, int], ...]:
        """The needs in the order of a match, each with the most spaces between it and the one before."""
        steps, spaces = [], 0 if self.openers else _ANY_NUMBER
        for token in _split(self.text.removeprefix("^"), " "):
            inside, need = _most_spaces(token), _need(token)
            spaces += inside
            if need:
                steps.append((need, spaces))
                spaces = inside
            spaces += 1
        return tuple(steps)

    def is_within(self, sentence: Sentence, places: Places, start: int, end: int) -> bool:
        """Whether it matches in a part of a sentence, which is read as if nothing stood around it."""
        for need in self.needs:
            if need.isdisjoint(sentence.words):
                return False
        if self.openers is None or self.text.startswith("^"):
            return self.expression.search(sentence.folded[start:end]) is not None
        spots = [place for word in self.openers & sentence.words for place in places[word] if start <= place < end]
        return any(
            self._may_follow(place, sentence, places) and self.expression.match(sentence.folded, place, end)
            for place in spots
        )

    def found_in(self, text: str, present: frozenset[bytes]) -> re.Match[str] | None:
        """Its first match in ``text``, a part of a sentence with the words ``present``."""
        for need in self.needs:
            if need.isdisjoint(present):
                return None
        return self.expression.search(text)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """The needs, the one that is hardest to meet first; none for a wording without any word of its own."""
        needs = needs_of(self.text)
        if self.openers is None or self.openers in needs:
            return needs
        return tuple(sorted((*needs, self.openers), key=rarity))

    @cached_property
    def openers(self) -> Need | None:
        """The words of which a match begins with one; None where that can't be told."""
        return openers_of(self.text)


def filled(wording: str, lists: Mapping[str, str]) -> str:
    """The wording with every named list in its place, lists within lists included."""
    while _NAME.search(wording):
        wording = _NAME.sub(lambda match: f"({lists[match.group(1)]})", wording)
    return wording


def needs_of(wording: str) -> tuple[Need, ...]:
    """What ``wording`` can't do without, the rarest first."""
    tokens = _split(wording.removeprefix("^"), " ")
    return tuple(sorted({need for token in tokens if (need := _need(token))}, key=rarity))


def openers_of(wording: str) -> Need | None:
    """The words of which any match of ``wording`` begins with one; None where that can't be told."""
    token = _split(wording.removeprefix("^"), " ")[0]
    if token in _GAPS:
        return None
    spellings = _spellings(token)
    if spellings is not None:
        return _first_words(spellings)
    found: set[bytes] = set()
    pieces = [*_pieces(token), ("", False)]
    for (piece, optional), (behind, _) in pairwise(pieces):
        if piece.startswith("*"):
            if piece != "*":
                return None
            continue
        first = _openers_of_piece(piece)
        if first is None:
            return None
        found |= first
        if not optional and not behind.startswith("*"):
            return frozenset(found) if not behind or behind.startswith(("( ", "(?!")) else None
    return None


def _openers_of_piece(piece: str) -> Need | None:
    if not piece.startswith("("):
        return None if _SPECIAL.intersection(piece) else _first_words([piece])
    if piece.startswith("(?"):
        return None
    firsts = [openers_of(choice) for choice in _split(piece[1:-1], "|")]
    return None if None in firsts else frozenset().union(*(first for first in firsts if first))


def _first_words(spellings: Sequence[str]) -> Need | None:
    if not all(text and (text[0] == "'" or (text[0].isascii() and text[0].isalnum())) for text in spellings):
        return None
    found = [words(text) for text in spellings]
    return frozenset(first[0] for first in found) if all(found) else None


def rarity(need: Need) -> float:
    """How often some word of ``need`` turns up in ordinary text, in the time of one rare word; smaller is better."""
    small = _small_words()
    return sum(_SMALL_WORD if word in small else 1.0 for word in need)


@cache
def _most_spaces(token: str) -> int:
    """How many spaces what ``token`` stands for may hold; ``_ANY_NUMBER`` where that can't be told."""
    if token in _GAPS:
        return _LONGEST_GAPS[token]
    spaces, pieces = 0, [*_pieces(token), ("", False)]
    for (piece, _), (behind, _) in pairwise(pieces):
        if not piece.startswith("("):
            spaces += _ANY_NUMBER if _SPECIAL.intersection(piece.removesuffix("?")) else 0
        elif piece.startswith("(?") or behind.startswith(("*", "+", "{")):
            spaces += _ANY_NUMBER
        else:
            choices = (_split(choice, " ") for choice in _split(piece[1:-1], "|"))
            spaces += max(len(tokens) - 1 + sum(map(_most_spaces, tokens)) for tokens in choices)
    return spaces


@cache
def _need(token: str) -> Need | None:
    """The words of which one must be there for ``token`` (a piece between spaces); None where there are none."""
    if token in _GAPS:
        return None
    if _PLAIN_CHOICE.fullmatch(token):
        found = frozenset(map(_rarest, token[1:-1].split("|")))
        return None if b"" in found else found
    spellings = _spellings(token)
    if spellings is not None:
        found = frozenset(map(_rarest, spellings))
        return None if b"" in found else found
    (group, optional), *others = _without_lead(list(_pieces(token)))
    if optional or not all(map(_loose, others)):
        return None
    if not group.startswith("("):
        return frozenset((_rarest(group),)) if words(group) and not _SPECIAL.intersection(group) else None
    if group.startswith("(?"):
        return None
    needs = [needs_of(choice)[:1] for choice in _split(group[1:-1], "|")]
    return frozenset().union(*(need for (need,) in needs)) if all(needs) else None


def _without_lead(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The pieces behind a group of whole words that may be missing or repeated: "(a |the )*"."""
    while len(pieces) > 1 and pieces[0][0].startswith("("):
        (group, optional), (behind, _) = pieces[:2]
        apart = all(choice.endswith(" ") for choice in _split(group[1:-1], "|"))
        if not apart or not (optional or behind == "*"):
            break
        pieces = pieces[1:] if optional else pieces[2:]
    return pieces or [("", True)]


def _loose(piece: tuple[str, bool]) -> bool:
    """Whether a piece leaves the word before it whole: " (to us)" that may be missing, a look ahead, punctuation."""
    text, optional = piece
    return (optional and text.startswith("( ")) or text.startswith(("(?!", "["))


@cache
def _rarest(spelling: str) -> bytes:
    """The word of a spelling that turns up least often; empty where it has none."""
    small = _small_words()
    found = words(spelling)
    return (
        found[0] if len(found) == 1 else max(found, key=lambda word: (word not in small, len(word), word), default=b"")
    )


@lru_cache(maxsize=1)
def _small_words() -> frozenset[bytes]:
    tables = (languages.table(code, "language") for code in languages.codes())
    return frozenset(word for table in tables for word in words(str(table.get("words", ""))))


def _spellings(token: str) -> list[str] | None:
    """All texts that a token can stand for, None where they are too many or can't be told."""
    if "(" not in token:
        return None if _SPECIAL.intersection(token) else [token]
    if _PLAIN_CHOICE.fullmatch(token):
        return token[1:-1].split("|")
    found = [""]
    for piece, optional in _pieces(token):
        if piece.startswith("("):
            choices = _choice_spellings(piece)
        else:
            choices = None if _SPECIAL.intersection(piece) else [piece]
        if choices is None or len(found) * len(choices) > _MOST_SPELLINGS:
            return None
        found = [left + right for left, right in product(found, [*choices, ""] if optional else choices)]
    return found


def _choice_spellings(group: str) -> list[str] | None:
    if group.startswith("(?") or ".." in group:
        return None
    found: list[str] = []
    for choice in _split(group[1:-1], "|"):
        tokens = [_spellings(token) for token in _split(choice, " ")]
        if any(token is None for token in tokens) or len(found) > _MOST_SPELLINGS:
            return None
        found.extend(" ".join(parts) for parts in product(*(token or [] for token in tokens)))
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
        optional = token[start] == "(" and token[end : end + 1] == "?"
        yield token[start:end], optional
        start = end + optional


@cache
def _split(text: str, separator: str) -> list[str]:
    """Cut at a separator that stands outside brackets. The value is shared: callers must not change it."""
    if "(" not in text:
        return text.split(separator)
    parts, depth, start = [], 0, 0
    for match in _CUTS[separator].finditer(text):
        letter = match.group()
        if letter != separator:
            depth += 1 if letter == "(" else -1
        elif depth == 0:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _closing(text: str, opening: int) -> int:
    depth = 0
    for match in _BRACKET.finditer(text, opening):
        depth += 1 if match.group() == "(" else -1
        if depth == 0:
            return match.start()
    raise ValueError(f"unbalanced brackets: {text}")
