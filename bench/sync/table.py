"""Rows of figures, as text for a terminal and as Markdown: medians of the runs of one contestant on one case."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from statistics import median
from typing import TYPE_CHECKING

from measuring import MIB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measuring import Ran
    from served import Spent

COLUMNS = ("case", "who", "runs", "units", "requests", "MB", "wall s", "(best)", "CPU s", "peak MB", "what came of it")


@dataclass(frozen=True, slots=True)
class Row:
    """One measured run. ``seconds`` may end before the process does: at the first draft."""

    case: str
    who: str
    seconds: float
    cpu: float | None = None
    peak: int | None = None
    units: int | None = None
    requests: int | None = None
    size: int | None = None
    note: str = ""

    @classmethod
    def of(cls, case: str, who: str, ran: Ran, spent: Spent | None = None, note: str = "") -> Row:
        ended = "" if ran.code == 0 else f"exit code {ran.code}"
        told = ", ".join(filter(None, (note, ended)))
        row = cls(case, who, ran.seconds, ran.cpu, ran.peak, note=told)
        return replace(row, units=spent.units, requests=spent.requests, size=spent.size) if spent else row


@dataclass(slots=True)
class Table:
    """All runs so far, by case and contestant in the order in which they first came."""

    rows: defaultdict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: Row) -> Row:
        self.rows[row.case, row.who].append(row)
        return row

    def markdown(self) -> Iterator[str]:
        yield f"| {' | '.join(COLUMNS)} |"
        yield f"|:--|:--|{'--:|' * (len(COLUMNS) - 3)}:--|"
        for (case, who), rows in self.rows.items():
            notes = "; ".join(dict.fromkeys(row.note for row in rows if row.note))
            yield f"| {case} | {who} | {len(rows)} | {' | '.join(_figures(rows))} | {notes} |"


def shown(row: Row) -> str:
    """One run on one line."""
    figures = zip(COLUMNS[3:10], _figures([row]), strict=True)
    told = ", ".join(f"{name} {figure}" for name, figure in figures if figure and name != "(best)")
    return f"{row.case} - {row.who}: {told} {row.note}"


def _figures(rows: list[Row]) -> tuple[str, ...]:
    seconds = [row.seconds for row in rows]
    return (
        _middle([row.units for row in rows], "{:,.0f}"),
        _middle([row.requests for row in rows], "{:,.0f}"),
        _middle([row.size and row.size / MIB for row in rows], "{:.2f}"),
        f"{median(seconds):.2f}",
        f"{min(seconds):.2f}",
        _middle([row.cpu for row in rows], "{:.2f}"),
        _middle([row.peak and row.peak / MIB for row in rows], "{:.0f}"),
    )


def _middle(values: list[float | None] | list[int | None], form: str) -> str:
    known = [value for value in values if value is not None]
    return form.format(median(known)) if known else ""
