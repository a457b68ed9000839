"""Learn ``languages/<code>/cues.json`` from the labelled sentences: ``make cues``.

One logistic regression a fact, over the words and pairs of words of a sentence (``susul.reading.cues``). Only ``dev``
is learned from; the ``unseen`` third stays what it is. Before the file is written, the same is done five times on four
fifths of ``dev`` and measured on the last fifth, which shows what the cues take away rightly and wrongly.

Needs scikit-learn, which nothing else here does: ``pip install -r requirements-cues.txt``.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

import labelled
from susul import languages
from susul.days import BusinessDays
from susul.model import Fact, Signal
from susul.reading import cues
from susul.reading.dates import mentions
from susul.reading.language import language_of
from susul.reading.sentences import Prose, Sentence
from susul.reading.signals import signals_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOLDS = 5
STRENGTH = 0.3  # of the regression: smaller is more careful
SMALLEST = 0.25  # a weight below this says nothing, and there are thousands of them
LEAST = 0.02  # a fact less likely than this is not believed …
# … and of a "no" in any form only what is less likely still: one that is missed costs more than one heard by accident.
LEAST_OF_A_NO = 0.01
A_NO = frozenset({Fact.REJECTION, Fact.HOLD_OFF, Fact.WITHDRAWAL})
TRIED = (0.0, 0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of a labelled text: its cues, the facts that phrases found in it, and the text's label."""

    text: int
    cues: tuple[str, ...]
    found: frozenset[Fact]
    facts: frozenset[Fact]
    also: frozenset[Fact]
    alone: bool  # the text has no other sentence

    def told(self, fact: Fact, elsewhere: bool) -> bool | None:
        """Whether the sentence says ``fact``; None where the label leaves it open. ``elsewhere``: another one does."""
        if fact in self.also:
            return None
        if fact not in self.facts:
            return False
        return True if self.alone or fact in self.found or not elsewhere else None


def examples(part: str, language: str) -> list[Example]:
    """Every sentence of the labelled texts, as it is read with phrases alone."""
    return [example for number, item in enumerate(_texts(part, language)) for example in _sentences(number, item)]


def _texts(part: str, language: str) -> Iterator[dict[str, Any]]:
    for name in labelled.SETS:
        yield from labelled.lines(part, "signals", language, name)


def _sentences(number: int, item: dict[str, Any]) -> Iterator[Example]:
    text, outgoing = item["text"], bool(item["outgoing"])
    language = language_of([text])
    at, zone = labelled.WRITTEN_AT, labelled.JAKARTA
    named = mentions(text, at, zone, BusinessDays("ID"), preferred=language)
    signals = signals_in(
        text,
        named,
        language=language,
        outgoing=outgoing,
        subject="",
        attachments=(),
        written_on=at.date(),
        doubting=False,
    )
    prose = Prose(text)
    days = cues.days_in(prose, named)
    sentences = list(prose.sentences())
    for sentence in sentences:
        found = [signal for signal in signals if _is_of(signal, prose, sentence)]
        yield Example(
            text=number,
            cues=tuple(cues.cues_of(cues.around(sentence, *_beginning(sentence), days), outgoing)),
            found=frozenset(signal.fact for signal in found),
            facts=frozenset(map(Fact, item["facts"])),
            also=frozenset(map(Fact, item.get("also", ()))),
            alone=len(sentences) == 1,
        )


def _is_of(signal: Signal, prose: Prose, sentence: Sentence) -> bool:
    whole = " ".join(prose.text[sentence.start : sentence.end].split())
    return signal.quote in whole or whole in signal.quote


def _beginning(sentence: Sentence) -> tuple[int, int]:
    return sentence.start, min(sentence.end, sentence.start + cues.REACH)


class Model:
    """The regressions of one language."""

    def __init__(self, known: Sequence[Example]) -> None:
        self.vectors = CountVectorizer(analyzer=lambda one: one, min_df=2, binary=True)
        table = self.vectors.fit_transform([example.cues for example in known])
        found = {(example.text, fact) for example in known for fact in example.found}
        self.of: dict[Fact, LogisticRegression] = {}
        for fact in Fact:
            told = [example.told(fact, (example.text, fact) in found) for example in known]
            rows = [row for row, answer in enumerate(told) if answer is not None]
            regression = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=1000)
            self.of[fact] = regression.fit(table[rows], np.array([told[row] for row in rows]))

    def believed(self, asked: Sequence[Example]) -> dict[tuple[int, Fact], float]:
        """How likely each fact is that phrases found in a text, by its likeliest sentence."""
        table = self.vectors.transform([example.cues for example in asked])
        likely: dict[tuple[int, Fact], float] = {}
        for fact, regression in self.of.items():
            for example, chance in zip(asked, regression.predict_proba(table)[:, 1], strict=True):
                if fact in example.found:
                    key = (example.text, fact)
                    likely[key] = max(likely.get(key, 0.0), float(chance))
        return likely

    def as_json(self) -> dict[str, Any]:
        names = self.vectors.get_feature_names_out()
        facts = {}
        for fact, regression in self.of.items():
            weighed = {
                str(name): round(float(weight), 2) for name, weight in zip(names, regression.coef_[0], strict=True)
            }
            facts[fact.value] = {
                "bias": round(float(regression.intercept_[0]), 2),
                "least": least_of(fact),
                "cues": {name: weight for name, weight in sorted(weighed.items()) if abs(weight) >= SMALLEST},
            }
        return {"facts": facts}


def least_of(fact: Fact, least: float = LEAST) -> float:
    return min(least, LEAST_OF_A_NO) if fact in A_NO else least


def row(asked: Sequence[Example], likely: dict[tuple[int, Fact], float], least: float) -> str:
    right = wrong = missed = 0
    for text in {example.text for example in asked}:
        sentences = [example for example in asked if example.text == text]
        found = {fact for example in sentences for fact in example.found if likely[text, fact] >= least_of(fact, least)}
        wanted, also = sentences[0].facts, sentences[0].also
        right += len(found & wanted)
        wrong += len(found - wanted - also)
        missed += len(wanted - found)
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    counts = f"({right} right, {wrong} wrong)"
    return f"    believed from {least:5.3f}: precision {precision:.3f}  recall {recall:.3f}  {counts}"


def _fold(example: Example) -> int:
    return int(sha256(str(example.text).encode()).hexdigest(), 16) % FOLDS


def learn(language: str) -> Model:
    known = examples("dev", language)
    likely: dict[tuple[int, Fact], float] = {}
    for fold in range(FOLDS):
        model = Model([example for example in known if _fold(example) != fold])
        likely |= model.believed([example for example in known if _fold(example) == fold])
    print(f"{language}: {len({example.text for example in known})} texts, {len(known)} sentences")
    for least in TRIED:
        print(row(known, likely, least))
    return Model(known)


def main() -> None:
    for language in sys.argv[1:] or languages.codes():
        model = learn(language)
        unseen = examples("unseen", language)
        likely = model.believed(unseen)
        print("  unseen")
        for least in (0.0, LEAST):
            print(row(unseen, likely, least))
        file = Path(languages.__file__).parent / language / "cues.json"
        file.write_text(json.dumps(model.as_json(), ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
