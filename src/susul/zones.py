"""Which country a time zone lies in: the owner's country, where nobody has said it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _countries() -> dict[str, str]:
    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[2]: row[0] for row in rows}


def country_of(zone: str) -> str:
    """ISO 3166 code of the country of an IANA zone; empty for a zone of no country (``UTC``)."""
    return _countries().get(zone, "")
