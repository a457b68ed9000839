"""Scores the reading of signals on a folder of labelled sentences, fact by fact, and times it.

    python bench/reading_signals.py [FOLDER] [--faults]

FOLDER (default ``tests/labelled/dev``) holds ``signals.<language>.jsonl``: one object a line with ``text``,
``outgoing``, ``facts``, and where they matter ``senses`` and ``also`` (facts that are neither asked for nor wrong).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from susul.days import BusinessDays
from susul.reading.dates import mentions
from susul.reading.language import language_of
from susul.reading.signals import signals_in

if TYPE_CHECKING:
    from susul.model import Signal

DEVELOPMENT = Path(__file__).parents[1] / "tests" / "labelled" / "dev"
ZONE = ZoneInfo("Asia/Jakarta")
WRITTEN_AT = datetime(2026, 6, 10, 10, 0, tzinfo=ZONE)


@dataclass
class Score:
    """One language's counts by fact, and the sentences that were read wrongly."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    senses: int = 0
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    letters: int = 0

    def add(self, item: dict[str, Any]) -> None:
        start = perf_counter()
        found = read(item)
        self.seconds += perf_counter() - start
        self.letters += len(item["text"])
        said, wanted = {signal.fact.value for signal in found}, set(item["facts"])
        wrong, missed = said - wanted - set(item.get("also", ())), wanted - said
        self.right.update(said & wanted)
        self.wrong.update(wrong)
        self.missed.update(missed)
        if wrong or missed:
            fired = sorted({signal.phrase for signal in found if signal.fact.value in wrong})
            self.faults.append(f"+{fired} -{sorted(missed)} {item['text']!r}")
        self.add_senses(item, found)

    def add_senses(self, item: dict[str, Any], found: tuple[Signal, ...]) -> None:
        for fact, wanted in item.get("senses", {}).items():
            said = {signal.sense.value for signal in found if signal.fact.value == fact}
            allowed = {wanted} if isinstance(wanted, str) else set(wanted)
            if said and not said & allowed:
                self.senses += 1
                self.faults.append(f"{fact}: {sorted(said)} for {sorted(allowed)} {item['text']!r}")

    def rows(self) -> list[str]:
        facts = sorted({*self.right, *self.wrong, *self.missed})
        return [
            *(_row(fact, self.right[fact], self.wrong[fact], self.missed[fact]) for fact in facts),
            _row("all", self.right.total(), self.wrong.total(), self.missed.total()),
            f"  wrong senses {self.senses}, {self.seconds / max(1, self.letters) * 2e7:.2f} ms for 20 kB",
        ]


def read(item: dict[str, Any]) -> tuple[Signal, ...]:
    text, language = item["text"], language_of([item["text"]])
    named = mentions(text, WRITTEN_AT, ZONE, BusinessDays("ID"), preferred=language)
    return signals_in(
        text,
        named,
        language=language,
        outgoing=bool(item.get("outgoing")),
        subject="",
        attachments=(),
        written_on=WRITTEN_AT.date(),
    )


def _row(name: str, right: int, wrong: int, missed: int) -> str:
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    return (
        f"  {name:<12} precision {precision:.3f}  recall {recall:.3f}  ({right} right, {wrong} wrong, {missed} missed)"
    )


def main(arguments: list[str]) -> None:
    folder = Path(next((given for given in arguments if not given.startswith("-")), DEVELOPMENT))
    for path in sorted(folder.glob("signals.*.jsonl")):
        score = Score()
        items = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        for item in items:
            read(item)  # once before it is timed: expressions are compiled when first needed
        for item in items:
            score.add(item)
        print(path.name, *score.rows(), *(score.faults if "--faults" in arguments else ()), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
