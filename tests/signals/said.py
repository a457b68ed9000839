"""Reads one text the way the reading stage does, for the tests beside it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from susul.days import BusinessDays
from susul.reading.dates import mentions
from susul.reading.signals import signals_in

if TYPE_CHECKING:
    from susul.model import Fact, Signal

ZONE = ZoneInfo("Asia/Jakarta")
# A Wednesday.
WRITTEN_AT = datetime(2026, 6, 3, 10, 0, tzinfo=ZONE)


def said(
    text: str,
    *,
    outgoing: bool = False,
    subject: str = "",
    attachments: tuple[str, ...] = (),
    language: str = "und",
    at: datetime = WRITTEN_AT,
    doubting: bool = True,
) -> tuple[Signal, ...]:
    named = mentions(text, at, ZONE, BusinessDays(""), preferred=language)
    return signals_in(
        text,
        named,
        language=language,
        outgoing=outgoing,
        subject=subject,
        attachments=attachments,
        written_on=at.date(),
        doubting=doubting,
    )


def facts(text: str, *, outgoing: bool = False) -> set[str]:
    return {signal.fact.value for signal in said(text, outgoing=outgoing)}


def only(text: str, fact: Fact, *, outgoing: bool = False) -> Signal:
    """The one signal of ``fact`` in ``text``; fails where there is none."""
    found = [signal for signal in said(text, outgoing=outgoing) if signal.fact is fact]
    assert found, f"no {fact.value} in: {text}"
    return found[0]
