"""Sentences with the days that a careful reader finds in them, and those that are known to be misread.

``misread.txt`` holds the latter under the name of their file. A test that compares a whole file with it fails as well
when a sentence is read worse as when one of the list is read right: then it is struck from the list.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from susul.days import BusinessDays
from susul.reading.dates import mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, when and where it was written, and the days that it names to wait for.

    ``accepted`` are right, ``wanted`` may not be missed, and at least ``fewest`` are to be found. ``begins`` says of
    some days where the window begins that they end.
    """

    text: str
    language: str
    written_at: datetime
    country: str
    wanted: frozenset[date]
    accepted: frozenset[date]
    fewest: int = 0
    begins: frozenset[tuple[date, date]] = frozenset()


def is_misread(sentence: Sentence) -> bool:
    """Whether a day is read that is not meant, a day that is meant is not, or a window begins elsewhere."""
    zone = sentence.written_at.tzinfo
    assert isinstance(zone, ZoneInfo)
    days = BusinessDays(sentence.country)
    named = mentions(sentence.text, sentence.written_at, zone, days, preferred=sentence.language)
    today = sentence.written_at.date()
    windows = [mention.window for mention in named if not mention.past and mention.window.ends_on >= today]
    ends = {window.ends_on for window in windows}
    begins = {(window.starts_on, window.ends_on) for window in windows}
    elsewhere = [pair for pair in sentence.begins if pair[1] in ends and pair not in begins]
    return not sentence.wanted <= ends <= sentence.accepted or len(ends) < sentence.fewest or bool(elsewhere)


def misread(sentences: Iterable[Sentence]) -> set[str]:
    return {sentence.text for sentence in sentences if is_misread(sentence)}


def known_to_be_misread(name: str) -> set[str]:
    """The sentences that ``misread.txt`` lists under the name of a file."""
    listed: dict[str, set[str]] = {}
    under: set[str] = set()
    for line in (HERE / "misread.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            under = listed.setdefault(line.removeprefix("# "), set())
        elif line:
            under.add(line)
    return listed.get(name, set())


def from_json(path: Path) -> Iterator[Sentence]:
    """The lines of a file as ``tests/labelled/README.md`` describes them."""
    for line in map(json.loads, path.read_text("utf-8").splitlines()):
        zone = ZoneInfo(line["zone"])
        windows = [(window["from"], date.fromisoformat(window["until"])) for window in line["windows"]]
        ends = frozenset(until for _, until in windows)
        yield Sentence(
            line["text"],
            path.name.split(".")[1],
            datetime.fromisoformat(line["written"]).astimezone(zone),
            line["country"],
            wanted=frozenset(),  # a day of "accept" may stand for one of the windows
            accepted=ends | {date.fromisoformat(day) for day in line.get("accept", ())},
            fewest=0 if line.get("ambiguous") else len(ends),
            begins=frozenset((date.fromisoformat(begins), until) for begins, until in windows if begins),
        )
