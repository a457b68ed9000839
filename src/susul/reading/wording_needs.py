"""The words that a wording can't do without: sentences that lack them are never tried."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING

from susul import languages
from susul.reading.sentences import words
from susul.reading.wording_parts import Ahead, AnyWord, Chain, Choice, Letters, Part, Repeat, Sign, Space, Spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Need = frozenset[bytes]

# What has more spellings than this is taken apart instead of being spelled out.
_MOST_SPELLINGS = 60
# How often a small word turns up, compared with any other.
_SMALL_WORD = 12.0
_NO_LETTER = "."  # spells anything that is no letter of a word


@cache
def needs_of(part: Part) -> tuple[Need, ...]:
    """Sets of words, of each of which one must be there; the rarest first."""
    return rarest_first(need for token in _tokens(part) if (need := _need(token)))


@cache
def openers_of(part: Part) -> Need | None:
    """The words of which any match begins with one; None where that can't be told."""
    token = next(_tokens(part))
    while token and isinstance(token[0], Sign) and token[0].is_place:
        token = token[1:]
    spellings = _spelled_out(token)
    if spellings is not None:
        return _first_words(spellings)
    found: set[bytes] = set()
    for place, piece in enumerate(token):
        missing = isinstance(piece, Repeat) and piece.may_be_missing
        first = _openers_of_piece(piece.part if isinstance(piece, Repeat) else piece)
        if first is None or not (_ends_apart(piece) if missing else all(map(_leaves_whole, token[place + 1 :]))):
            return None
        found |= first
        if not missing:
            return frozenset(found)
    return None


def rarest_first(needs: Iterable[Need]) -> tuple[Need, ...]:
    """Each once; in the order of the alphabet where they are as rare."""
    return tuple(sorted(frozenset(needs), key=lambda need: (_rarity(need), sorted(need))))


def _rarity(need: Need) -> float:
    """How often some word of ``need`` turns up in ordinary text, in the time of one rare word; smaller is better."""
    small = small_words()
    return sum(_SMALL_WORD if word in small else 1.0 for word in need)


def _tokens(part: Part) -> Iterator[tuple[Part, ...]]:
    """The parts between the spaces. What begins with a space that may be missing ("10 ?am") may be glued on."""
    token: list[Part] = []
    for piece in part.parts if isinstance(part, Chain) else (part,):
        if isinstance(piece, Space):
            yield tuple(token)
            token = []
        elif _is_optional_space(piece):
            yield tuple(token)
            token = [piece]
        elif len(token) == 1 and _is_optional_space(token[0]) and _is_lead(piece):
            token = []
        else:
            token.append(piece)
    yield tuple(token)


def _is_optional_space(piece: Part) -> bool:
    return isinstance(piece, Repeat) and isinstance(piece.part, Space)


def _openers_of_piece(piece: Part) -> Need | None:
    if isinstance(piece, Spellings | Letters):
        return _first_words(_spellings(piece) or ())
    if not isinstance(piece, Choice | Chain):
        return None
    firsts = [openers_of(option) for option in (piece.options if isinstance(piece, Choice) else (piece,))]
    return None if None in firsts else frozenset().union(*(first for first in firsts if first))


def _first_words(spellings: Sequence[str]) -> Need | None:
    if not all(text and (text[0] == "'" or (text[0].isascii() and text[0].isalnum())) for text in spellings):
        return None
    found = [words(text) for text in spellings]
    return frozenset(first[0] for first in found) if all(found) else None


@cache
def _need(token: tuple[Part, ...]) -> Need | None:
    """The words of which one must be there for a token; None where there are none."""
    if token and _is_optional_space(token[0]):
        return None
    spellings = _spelled_out(token)
    if spellings is not None:
        found = frozenset(map(_rarest, spellings))
        return None if b"" in found else found
    while len(token) > 1 and _is_lead(token[0]):
        token = token[1:]
    first, *others = token
    if not isinstance(first, Choice | Spellings | Letters) or not all(map(_leaves_whole, others)):
        return None
    if others and isinstance(first, Spellings | Letters):
        return _need((first,))
    needs = [needs_of(option)[:1] for option in (first.options if isinstance(first, Choice) else (first,))]
    return frozenset().union(*(need for (need,) in needs)) if all(needs) else None


def _is_lead(piece: Part) -> bool:
    """Whether a word begins anew behind it: "^", "(a |the )*"."""
    if isinstance(piece, Sign):
        return piece.is_place
    return isinstance(piece, Repeat) and piece.may_be_missing and _ends_apart(piece)


def _ends_apart(piece: Part) -> bool:
    """Whether a space or the like is the last of it, so that the next word begins anew."""
    if isinstance(piece, Choice):
        return all(map(_ends_apart, piece.options))
    if isinstance(piece, Spellings):
        return all(text.endswith(" ") for text in piece.texts)
    if isinstance(piece, Repeat):
        return _ends_apart(piece.part)
    if isinstance(piece, Chain):
        return bool(piece.parts) and _ends_apart(piece.parts[-1])
    return isinstance(piece, Space | AnyWord) or (isinstance(piece, Letters) and piece.letters.endswith(" "))


def _leaves_whole(piece: Part) -> bool:
    """Whether what stands before it ends there as a word: " (to us)" that may be missing, a look ahead, punctuation."""
    if isinstance(piece, Choice):
        return all(map(_leaves_whole, piece.options))
    if isinstance(piece, Repeat):
        return _leaves_whole(piece.part)
    if isinstance(piece, Chain):
        return bool(piece.parts) and _leaves_whole(piece.parts[0])
    if isinstance(piece, Spellings | Letters):
        return all(text and not words(text[0]) for text in _spellings(piece) or ())
    return isinstance(piece, Space | Ahead) or (isinstance(piece, Sign) and not piece.is_of_words())


@cache
def _rarest(spelling: str) -> bytes:
    """The word of a spelling that turns up least often; empty where it has none."""
    small = small_words()
    found = words(spelling)
    return max(found, key=lambda word: (word not in small, len(word), word), default=b"")


@lru_cache(maxsize=1)
def small_words() -> frozenset[bytes]:
    """The words of every language that turn up everywhere."""
    tables = (languages.table(code, "language") for code in languages.codes())
    return frozenset(word for table in tables for word in words(str(table.get("words", ""))))


def _spelled_out(token: Sequence[Part]) -> tuple[str, ...] | None:
    """All texts that parts in a row can stand for, None where they are too many or can't be told."""
    if len(token) == 1:
        return _spellings(token[0])
    found: tuple[str, ...] = ("",)
    for part in token:
        more = _spellings(part)
        if more is None or len(found) * len(more) > max(_MOST_SPELLINGS, len(more)):
            return None
        found = tuple(left + right for left, right in product(found, more))
    return found


@cache
def _spellings(part: Part) -> tuple[str, ...] | None:
    if isinstance(part, Spellings):
        return part.texts
    if isinstance(part, Letters):
        return (part.letters,)
    if isinstance(part, Space):
        return (" ",)
    if isinstance(part, Ahead):
        return ("",)
    if isinstance(part, Sign):
        return None if part.is_of_words() else ("" if part.is_place else _NO_LETTER,)
    if isinstance(part, Chain):
        return _spelled_out(part.parts)
    if isinstance(part, Choice):
        options = [_spellings(option) for option in part.options]
        return None if None in options else tuple(text for texts in options if texts for text in texts)
    if isinstance(part, Repeat) and (part.least, part.most) == (0, 1):
        inside = _spellings(part.part)
        return None if inside is None else (*inside, "")
    return None
