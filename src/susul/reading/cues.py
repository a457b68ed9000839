"""A second opinion on what a phrase claims: the cues, each weak, of all words around it.

A phrase is found by its pattern, and a pattern can't know every sentence that it fits by accident. So the words of the
sentence are asked too: ``languages/<code>/cues.json`` holds, for every fact, what single words and pairs of words weigh
for and against it, learned from labelled sentences (``bench/learn_cues.py``, ``tests/labelled/dev``). A phrase whose
sentence makes its fact very unlikely (a chance of one in fifty; of a "no" in any form, one in a hundred) is not
believed. Cues only take away; they never find a fact by themselves, so each fact still has the phrase that fired. They
are wrong at times, too: on sentences that the rules have not seen, two false alarms less cost about one fact that was
there, which is the right price where precision comes first. A language without the file does without.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from susul import languages
from susul.model import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from susul.reading.dates import Mention
    from susul.reading.sentences import Prose, Sentence

# Characters of a sentence on either side of the phrase that are looked at.
REACH = 150
# What stands for the days that were read, and for figures.
DAY, PAST_DAY, FIGURE = "@day", "@past", "0"
# Where a sentence begins, by who wrote it, and where it ends.
BEGINS, OWNER_BEGINS, ENDS = "^them", "^owner", "$"
_CUE = re.compile(r"@\w+|[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[?!]")


@dataclass(frozen=True, slots=True)
class Weights:
    """What the cues of one fact weigh, as logits: ``bias`` without any of them, ``least`` from where it is believed."""

    bias: float
    least: float
    cues: Mapping[str, float]

    def believes(self, cues: Iterable[str]) -> bool:
        """Whether these cues leave the fact possible."""
        known = self.cues
        return self.bias + sum(known[cue] for cue in cues if cue in known) >= self.least


def cues_of(words: str, outgoing: bool) -> list[str]:
    """The words of a folded sentence and their pairs, with its beginning and its end."""
    found = [FIGURE if cue.isdecimal() else cue for cue in _CUE.findall(words)]
    line = [OWNER_BEGINS if outgoing else BEGINS, *found, ENDS]
    return list(dict.fromkeys([*line, *(f"{one} {other}" for one, other in pairwise(line))]))


def around(sentence: Sentence, start: int, end: int, days: Sequence[tuple[int, int, bool]]) -> str:
    """The words around ``start`` to ``end`` (places in the prose), the days among them as marks.

    ``days``: where in the prose days are named, in order, and whether they are past.
    """
    first = max(sentence.start, start - REACH)
    last = min(sentence.start + len(sentence.folded), end + REACH)
    pieces, place = [], first
    for begun, over, past in days:
        if place <= begun and over <= last:
            pieces += [sentence.folded[place - sentence.start : begun - sentence.start], PAST_DAY if past else DAY]
            place = over
    return " ".join([*pieces, sentence.folded[place - sentence.start : last - sentence.start]])


@cache
def weights(language: str) -> Mapping[Fact, Weights]:
    """The cues of a language by fact; empty where it has none."""
    learned = languages.learned(language, "cues").get("facts", {})
    return {
        Fact(fact): Weights(
            float(entry["bias"]),
            _logit(float(entry["least"])),
            {cue: float(weight) for cue, weight in entry["cues"].items()},
        )
        for fact, entry in learned.items()
    }


def _logit(likely: float) -> float:
    return math.log(likely / (1 - likely))


def days_in(prose: Prose, mentions: Sequence[Mention]) -> list[tuple[int, int, bool]]:
    """Where in the prose days are named, in order, and whether they are past."""
    return [(prose.moved(mention.start), prose.moved(mention.end), mention.past) for mention in mentions]
