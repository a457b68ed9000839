"""How well ``susul.reading.dates`` reads the published time expressions of ``../shared/corpora/dates``, and how fast.

    python bench/reading_dates.py [--misses]

What counts, decided from the published answers alone:

* Microsoft Recognizers and Duckling (English) are assistants' tests; only their *deadline-like* rows are asked:
  expressions of a day or days (not clock times, durations, repetitions or holidays) whose published window ends on or
  after the reference day and at most 400 days later, and is no longer than a year. Of a "past or future" pair the
  future one is the answer. Of "next week Mon or Tue" they publish this week's Tuesday; such pairs are not asked.
* dateparser (Indonesian) is asked all rows with a published translation but the one bare duration ("5 minggu").

A row is *right* when the last day of the window read lies inside the published window, *wrong* when it does not,
*abstained* when nothing was read there. Both English sets write month/day, so the country is the United States.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import time
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from susul.days import BusinessDays
from susul.reading.dates import Mention, mentions
from susul.reading.dates.calendar_periods import plus_months

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "dates"
UTC = ZoneInfo("UTC")
HORIZON, LONGEST = timedelta(days=400), timedelta(days=370)
DAY = timedelta(days=1)
ENGLISH_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


Asked = tuple[int, int, date, date]  # where the expression stands, and its published window


@dataclass(frozen=True)
class Row:
    text: str
    start: int
    end: int
    written_at: datetime
    first: date
    last: date
    may_be_past: bool = False
    others: tuple[tuple[int, int, date, date], ...] = ()  # the other expressions asked of the same text


@dataclass
class Score:
    name: str
    right: int = 0
    abstained: int = 0
    wrong: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return self.right + self.abstained + self.wrong

    def line(self) -> str:
        answers = self.right + self.wrong
        return (
            f"{self.name:34} asked {self.asked:4}  right {self.right:4} ({self.right / max(1, self.asked):6.1%})  "
            f"abstained {self.abstained:4}  wrong {self.wrong:3} ({self.wrong / max(1, answers):6.1%} of the answers)"
        )


def recognizers() -> Iterator[Row]:
    cases = json.loads((CORPUS / "recognizers_en_DateTimeModel.json").read_text("utf-8-sig"))
    for case in cases:
        reference = case.get("Context", {}).get("ReferenceDateTime")
        if not reference:
            continue
        written_at = datetime.fromisoformat(reference).replace(tzinfo=UTC)
        asked: list[Asked] = [
            (result["Start"], result["End"] + 1, *window)
            for result in case["Results"]
            if "Start" in result and (window := _recognizers_window(result, written_at.date()))
        ]
        asked = [this for this in asked if not _is_out_of_order(case["Input"], asked, this)]
        for start, end, first, last in asked:
            yield Row(case["Input"], start, end, written_at, first, last, others=tuple(asked))


def _is_out_of_order(text: str, asked: list[Asked], this: Asked) -> bool:
    """One of two days joined by "or" of which the published second lies before the first: "next week Mon or Tue"."""
    pairs = [(this, other) for other in asked if other[0] > this[0]] + [
        (other, this) for other in asked if other[0] < this[0]
    ]
    return any(text[one[1] : two[0]].strip() == "or" and two[2] < one[2] for one, two in pairs)


def _recognizers_window(result: dict[str, object], today: date) -> tuple[date, date] | None:
    kind = str(result.get("TypeName", "")).removeprefix("datetimeV2.")
    resolution = result.get("Resolution")
    if kind not in ("date", "daterange", "datetime", "datetimerange") or not isinstance(resolution, dict):
        return None
    windows = [window for value in resolution["values"] if (window := _window_of(value, today))]
    ahead = [window for window in windows if window[1] >= today and _asked(window, today)]
    return min(ahead, default=None)


def _window_of(value: dict[str, str], today: date) -> tuple[date, date] | None:
    if value.get("value", "not resolved") != "not resolved":
        day = date.fromisoformat(value["value"][:10])
        return day, day
    start, end = value.get("start"), value.get("end")
    if not (start or end):
        return None
    last = date.fromisoformat(end[:10]) if end else date.fromisoformat(str(start)[:10])
    first = date.fromisoformat(start[:10]) if start else min(today, last - DAY)
    return (first if end else first - DAY), last


def _asked(window: tuple[date, date], today: date) -> bool:
    return window[1] >= today and window[1] - today <= HORIZON and window[1] - window[0] <= LONGEST


DUCKLING_DAY = re.compile(r"\((-?\d+), (\d+), (\d+), (\d+), (\d+), (\d+)\)")


def duckling() -> Iterator[Row]:
    written_at = datetime(2013, 2, 12, 4, 30, tzinfo=ZoneInfo("Etc/GMT+2"))
    with (CORPUS / "duckling_en_time_examples.csv").open(encoding="utf-8") as rows:
        for text, value in list(csv.reader(rows))[1:]:
            window = _duckling_window(value, written_at.date())
            if window and _asked(window, written_at.date()):
                yield Row(text, 0, len(text), written_at, *window)


def _duckling_window(value: str, today: date) -> tuple[date, date] | None:
    days = [date(*map(int, found[:3])) for found in DUCKLING_DAY.findall(value) if int(found[0]) > 0]
    grain = re.search(r"\b(Day|Week|Month|Quarter|Year|Hour|Minute|Second)\b", value)
    if not days or grain is None or "Holiday" in value:
        return None
    if grain[1] in ("Hour", "Minute", "Second") and (days[0] - today).days < 2:
        return None
    if len(days) == 2:
        return days[0], max(days[0], days[1] - DAY)
    if "OpenInterval" in value:
        return None
    length = {"Week": 7, "Month": 0, "Quarter": 0, "Year": 0}.get(grain[1], 1)
    months = {"Month": 1, "Quarter": 3, "Year": 12}.get(grain[1], 0)
    end = plus_months(days[0], months) if months else days[0] + timedelta(days=length)
    return days[0], end - DAY


def dateparser() -> Iterator[Row]:
    written_at = datetime(2026, 6, 10, 10, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
    with (CORPUS / "dateparser_id_cases.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            day = _translated(row["expected"], written_at)
            if day:
                yield Row(row["text_id"], 0, len(row["text_id"]), written_at, day, day, may_be_past=True)


def _translated(expected: str, written_at: datetime) -> date | None:
    """The day that an English translation like "3 week ago" or "06 september 2015" means."""
    ago = re.fullmatch(r"(in )?(\d+) (second|minute|day|week|month|year)( ago)?", expected)
    if ago and (ago[1] or ago[4]):
        count = int(ago[2]) * (1 if ago[1] else -1)
        if ago[3] in ("month", "year"):
            return plus_months(written_at.date(), count * (12 if ago[3] == "year" else 1))
        return (written_at + timedelta(**{f"{ago[3]}s": count})).date()
    written = re.search(r"(\d{1,2}) ([a-z]+) (\d{4})", expected)
    if written and written[2] in ENGLISH_MONTHS:
        return date(int(written[3]), ENGLISH_MONTHS.index(written[2]) + 1, int(written[1]))
    return None


def score(name: str, rows: Iterator[Row], days: BusinessDays) -> Score:
    result = Score(name)
    for row in rows:
        zone = ZoneInfo(str(row.written_at.tzinfo))
        named = mentions(row.text, row.written_at, zone, days)
        over = [mention for mention in named if mention.start < row.end and mention.end > row.start]
        over = [mention for mention in over if row.may_be_past or not mention.past]
        _count(result, row, over)
    return result


def _count(result: Score, row: Row, over: list[Mention]) -> None:
    said = f"{row.text[row.start : row.end]!r} in {row.text!r} on {row.written_at:%a %Y-%m-%d}: {row.first}..{row.last}"
    if not over:
        result.abstained += 1
        result.misses.append(f"abstained  {said}")
        return
    last = max(over, key=lambda mention: mention.window.ends_on)
    # "Monday or Tuesday" is two expressions there and one window here, which ends with the later.
    within = [other for other in row.others if other[0] < last.end and last.start < other[1]]
    if any(
        first <= last.window.ends_on <= end for first, end in [(row.first, row.last), *(other[2:] for other in within)]
    ):
        result.right += 1
        return
    result.wrong += 1
    result.misses.append(f"WRONG      {said}, read {last.quote!r} {last.window.starts_on}..{last.window.ends_on}")


def false_mentions(days: BusinessDays) -> str:
    """How many of Recognizers' texts without any time expression get a mention."""
    cases = json.loads((CORPUS / "recognizers_en_DateTimeModel.json").read_text("utf-8-sig"))
    empty = [case["Input"] for case in cases if not case["Results"]]
    hit = [text for text in empty if mentions(text, datetime(2018, 6, 13, tzinfo=UTC), UTC, days)]
    return f"texts without a time expression: {len(empty)}, read as a day: {len(hit)} {hit}"


def speed() -> str:
    words = "Thank you for the call about the proposal, which we have now shared with the whole team and our partners. "
    plain = words * (20_000 // len(words))
    dated = (
        plain[:9000]
        + "We will be back by end of next week, at the latest on Friday, 19 June 2026 at 10:00. "
        + plain[:9000]
    )
    written_at = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
    days = BusinessDays("ID")
    parts = []
    for name, text in (("20 kB without days", plain), ("20 kB with three", dated), ("1 MB without days", plain * 50)):
        mentions(text, written_at, UTC, days)
        taken = []
        for _ in range(25):
            began = time.perf_counter()
            mentions(text, written_at, UTC, days)
            taken.append(time.perf_counter() - began)
        parts.append(f"{name} {sorted(taken)[12] * 1000:.2f} ms")
    return "speed (median): " + ", ".join(parts)


def main() -> None:
    print(speed())
    if not CORPUS.is_dir():
        print("corpora/dates: absent, skipped")
        return
    scores = [
        score("Recognizers (English)", recognizers(), BusinessDays("US")),
        score("Duckling (English)", duckling(), BusinessDays("US")),
        score("dateparser (Indonesian)", dateparser(), BusinessDays("ID")),
    ]
    for result in scores:
        print(result.line())
        if "--misses" in sys.argv:
            print(*(f"    {miss}" for miss in result.misses), sep="\n")
    print(false_mentions(BusinessDays("US")))


if __name__ == "__main__":
    main()
