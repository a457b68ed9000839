"""What the owner asked for, as a noun phrase that can stand in another sentence: "the final product photos"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from susul import languages
from susul.cases.runs import Run, is_name_like, joined, runs_of

TEXT_LOOKED_AT = 20_000  # characters
LONGEST_THING = 9  # words
SHORTEST_THING = 4  # letters
REACH = 5  # words between "could" and "send"

Words = Mapping[str, Sequence[str]]


def requested(texts: Iterable[str], language: str) -> str:
    """The first thing that ``texts`` ask for, in order; empty where none can be cut out cleanly."""
    codes = sorted(languages.codes(), key=lambda code: code != language)
    for text in texts:
        for code in codes:
            words: Words = languages.table(code, "topics")["asked"]
            found = (thing for run in runs_of(text[:TEXT_LOOKED_AT]) for thing in _things(run, words))
            thing = next(found, "")
            if thing:
                return thing
    return ""


def _things(run: Run, words: Words) -> Iterator[str]:
    for place, word in enumerate(run):
        if word.lower in words["verbs"] and _is_asked(run[:place], words):
            thing = _thing(run[place + 1 :], words)
            if thing:
                yield thing


def _is_asked(before: Run, words: Words) -> bool:
    """Whether a word of asking comes shortly before, and the owner doesn't speak of what they will do themselves."""
    for place in range(len(before) - 1, max(-1, len(before) - 1 - REACH), -1):
        said = before[place].lower
        if said in words["myself"]:
            return False
        if said in words["asking"]:
            offers = said in words["modals"] and place > 0 and before[place - 1].lower in words["myself"]
            return not offers
    return False


def _thing(run: Run, words: Words) -> str:
    """The noun phrase that ``run`` begins with, up to the words that say when, where and how."""
    start = next((place for place, word in enumerate(run) if word.lower not in words["to_whom"]), len(run))
    ends = (place for place in range(start, len(run)) if _ends_thing(run[place].lower, words))
    thing = run[start : next(ends, len(run))]
    while thing and thing[-1].lower in words["joining"]:
        thing = thing[:-1]
    asked = joined(thing)
    begins_well = bool(thing) and (not words["begins"] or thing[0].lower in words["begins"])
    fits = len(thing) <= LONGEST_THING and len(asked) >= SHORTEST_THING and is_name_like(asked)
    return asked if begins_well and fits else ""


def _ends_thing(word: str, words: Words) -> bool:
    return word in words["stops"] or word in words["not_within"]
