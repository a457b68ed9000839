"""What the owner asked for, as a noun phrase that can stand in another sentence: "the final product photos"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from susul import languages
from susul.cases.runs import Run, after_phrase, by_first_word, is_name_like, joined, listed, runs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from susul.cases.runs import Phrases

TEXT_LOOKED_AT = 8_000  # characters
LONGEST_THING = 9  # words
SHORTEST_THING = 4  # letters
REACH = 5  # words between "could" and "send"
LIST_BEGINS = 3  # runs in which the first point of a list stands, after the day that may be named first


def requested(texts: Iterable[str], language: str) -> str:
    """The first thing that ``texts`` ask for, in order; empty where none can be cut out cleanly."""
    codes = sorted(languages.codes(), key=lambda code: code != language)
    for text in texts:
        for code in codes:
            words = _words(code)
            thing = next(_things_in(runs_of(text[:TEXT_LOOKED_AT]), words, _after(code)), "")
            if thing:
                return thing
    return ""


@cache
def _words(code: str) -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in languages.table(code, "topics")["asked"].items()}


@cache
def _after(code: str) -> Phrases:
    return by_first_word(_words(code)["after"])


def _things_in(runs: Sequence[Run], words: Mapping[str, frozenset[str]], after: Phrases) -> Iterator[str]:
    """The things that ``runs`` ask for; where they announce a list ("the following"), its first point."""
    for place, run in enumerate(runs):
        for thing in _things(run, words, after):
            if thing.lower() in words["listing"]:
                yield from filter(None, (_thing(point, words) for point in runs[place + 1 : place + 1 + LIST_BEGINS]))
            else:
                yield thing


def _things(run: Run, words: Mapping[str, frozenset[str]], after: Phrases) -> Iterator[str]:
    for place, word in enumerate(run):
        rest: Run = ()
        if word.lower in words["verbs"] and _is_asked(run[:place], words):
            rest = run[place + 1 :]
        elif word.lower in words["wishing"] and (wished := _wished(run[place + 1 :], words)):
            rest = wished
        elif word.lower in after:
            rest = after_phrase(run, place, after)
        thing = _thing(rest, words) if rest else ""
        if thing:
            yield thing


def _wished(run: Run, words: Mapping[str, frozenset[str]]) -> Run:
    """What stands between a word of wishing and the verb: "mohon fotonya dikirim"."""
    place = next((at for at, word in enumerate(run[:REACH]) if word.lower in words["passive"]), 0)
    return run[:place]


def _is_asked(before: Run, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a word of asking comes shortly before, and the owner doesn't speak of what they will do themselves."""
    for place in range(len(before) - 1, max(-1, len(before) - 1 - REACH), -1):
        said = before[place].lower
        if said in words["myself"]:
            return False
        if said in words["asking"]:
            offers = said in words["modals"] and place > 0 and before[place - 1].lower in words["myself"]
            return not offers
    return False


def _thing(run: Run, words: Mapping[str, frozenset[str]]) -> str:
    """The noun phrase that ``run`` begins with, up to the words that say when, where and how."""
    start = next((place for place, word in enumerate(run) if word.lower not in words["to_whom"]), len(run))
    ends = (place for place in range(start, len(run)) if _ends_thing(run, place, words))
    thing = run[start : next(ends, len(run))]
    while thing and thing[-1].lower in words["joining"]:
        thing = thing[:-1]
    asked = joined(thing)
    # In a language with determiners, a bare noun needs the receiver before it ("send me photos").
    begins_well = bool(thing) and (start > 0 or not words["begins"] or thing[0].lower in words["begins"])
    is_thing = asked.lower() not in words["empty"] and words["nothing"].isdisjoint(word.lower for word in thing)
    fits = len(thing) <= LONGEST_THING and len(asked) >= SHORTEST_THING and is_name_like(asked)
    return asked if begins_well and fits and is_thing else ""


def _ends_thing(run: Run, place: int, words: Mapping[str, frozenset[str]]) -> bool:
    word = run[place].lower
    if word in words["date_links"]:
        following = run[place + 1 : place + 3]
        return any(later.lower in listed("about", "date_words") or later.text[0].isdigit() for later in following)
    return word in words["stops"] or word in words["not_within"]
