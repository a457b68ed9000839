"""How well and how fast mail is read, in one table: ``make bench``.

The labelled sentences of ``tests/labelled`` (``unseen`` is the honest figure), the corpora where they are there
(``../shared/corpora``), and the speed of reading whole messages.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import labelled
import reading_corpora
import reading_dates
from susul.days import BusinessDays
from susul.owner import Owner
from susul.reading import read
from susul.reading.mime import from_rfc5322

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
PARAGRAPH = (
    "Thank you for sending the figures for the second module. We have gone through them with the warehouse and found "
    "two rows that do not add up, which I have marked. The delivery of the shelves is planned as discussed, and the "
    "colours are those of the sample that you left with us. "
)
NEWSLETTER = "<table><tr><td style='padding:4px'><p>{}</p><a href='https://example.com/x'>Read on</a></td></tr></table>"
OWNER = Owner(("rina@rinawijaya.example",), zone=ZoneInfo("Asia/Jakarta"), days=BusinessDays("ID"))


def mail(subtype: str, body: str) -> bytes:
    head = (
        "From: Helen Park <helen@mosaic.example>\r\nTo: rina@rinawijaya.example\r\nSubject: Second module\r\n"
        f"Date: Wed, 10 Jun 2026 09:00:00 +0700\r\nContent-Type: text/{subtype}; charset=utf-8\r\n\r\n"
    )
    return (head + body).encode()


def speed() -> Iterator[str]:
    """Milliseconds from the bytes of a mail to its reading, medians of 15."""
    lines = "\r\n\r\n".join([PARAGRAPH] * 70)
    page = f"<html><body>{NEWSLETTER.format(PARAGRAPH) * 520}</body></html>"
    for name, raw in (
        ("a 20 kB text mail", mail("plain", lines[:20_000])),
        ("a 200 kB HTML newsletter", mail("html", page[:200_000])),
    ):
        taken = []
        for _ in range(16):
            began = perf_counter()
            read(from_rfc5322(raw, id="1", thread_id="1", labels=frozenset()), OWNER)
            taken.append(perf_counter() - began)
        yield f"{name:<52} {median(taken[1:]) * 1000:8.2f} ms"


def main(arguments: list[str]) -> None:
    print("Speed")
    print("\n".join(speed()))
    print("\nLabelled sentences")
    labelled.main(arguments)
    print("\nCorpora")
    if not CORPORA.is_dir():
        print("not here, skipped")
        return
    for score in (*reading_corpora.quotes(CORPORA), *reading_corpora.bounces(CORPORA)):
        print(score)
    reading_dates.main()


if __name__ == "__main__":
    main(sys.argv[1:])
