"""How well signals and dates are read, on the project's own labelled sentences (``tests/labelled``)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from susul.days import BusinessDays
from susul.reading.dates import mentions
from susul.reading.language import language_of
from susul.reading.signals import signals_in

if TYPE_CHECKING:
    from collections.abc import Iterator

LABELLED = Path(__file__).parents[1] / "tests" / "labelled"
JAKARTA = ZoneInfo("Asia/Jakarta")
WRITTEN_AT = datetime(2026, 6, 10, 10, 0, tzinfo=JAKARTA)


@dataclass
class Tally:
    """Found and right, found and wrong, missed; ``faults`` names the sentences."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    def row(self, name: str) -> str:
        counts = f"({self.right} right, {self.wrong} wrong, {self.missed} missed)"
        return f"{name:<32} precision {self.precision:.3f}  recall {self.recall:.3f}  {counts}"


# The sets by how they were written (tests/labelled/README.md); the first ones have no name of their own.
SETS = ("", "further", "ordinary", "mails", "trial", "rare")


def lines(part: str, what: str, language: str, name: str = "") -> Iterator[dict[str, Any]]:
    """The lines of one set; of a set that is not there, none."""
    file = LABELLED / part / f"{what}.{language}{'.' if name else ''}{name}.jsonl"
    if file.is_file():
        for line in file.read_text("utf-8").splitlines():
            yield json.loads(line)


def score_signals(part: str, language: str, name: str = "") -> Tally:
    tally = Tally()
    for item in lines(part, "signals", language, name):
        found = _facts_in(item)
        wanted, also = set(item["facts"]), set(item.get("also", ()))
        tally.right += len(found & wanted)
        tally.wrong += len(found - wanted - also)
        tally.missed += len(wanted - found)
        if found - wanted - also or wanted - found:
            tally.faults.append(f"+{sorted(found - wanted - also)} -{sorted(wanted - found)} {item['text']}")
    return tally


def _facts_in(item: dict[str, Any]) -> set[str]:
    text = item["text"]
    language = language_of([text])
    named = mentions(text, WRITTEN_AT, JAKARTA, BusinessDays("ID"), preferred=language)
    signals = signals_in(
        text,
        named,
        language=language,
        outgoing=item["outgoing"],
        subject="",
        attachments=(),
        written_on=WRITTEN_AT.date(),
    )
    return {signal.fact.value for signal in signals}


def score_dates(part: str, language: str, name: str = "") -> Tally:
    """An answer is right when it ends on the labelled day; abstaining where the label says "ambiguous" is neither."""
    tally = Tally()
    for item in lines(part, "dates", language, name):
        written_at = datetime.fromisoformat(item["written"])
        zone = ZoneInfo(item["zone"])
        today = written_at.astimezone(zone).date()
        named = mentions(item["text"], written_at, zone, BusinessDays(item["country"]), preferred=language)
        found = {m.window.ends_on for m in named if not m.past and m.window.ends_on >= today}
        wanted = {date.fromisoformat(w["until"]) for w in item["windows"]}
        accepted = wanted | {date.fromisoformat(day) for day in item.get("accept", ())}
        right = found & accepted
        missed = max(0, len(wanted) - len(right)) if not item.get("ambiguous") else 0
        tally.right += len(right)
        tally.wrong += len(found - accepted)
        tally.missed += missed
        if found - accepted or missed:
            days = f"{sorted(map(str, found))} wanted {sorted(map(str, accepted))} ({today:%a} {today})"
            tally.faults.append(f"{days}: {item['text']}")
    return tally


def main(arguments: list[str]) -> None:
    """``python bench/labelled.py [--misses]``: both parts; misses are shown of ``dev`` only."""
    for part in ("dev", "unseen"):
        for language in ("en", "id"):
            for what, score in (("signals", score_signals), ("dates", score_dates)):
                for name in SETS:
                    tally = score(part, language, name)
                    if tally.right + tally.wrong + tally.missed:
                        print(tally.row(f"{what} {language} {name or 'first'} ({part})"))
                    if "--misses" in arguments and part == "dev":
                        print("\n".join(f"    {fault}" for fault in tally.faults))
