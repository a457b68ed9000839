"""Days in the sample's bodies, in the words of the mail's language.

``{day:+2b}`` is "Thursday 12 June", with the year where it is another one; ``{date:+2b}`` always has the year;
``{weekday:+2b}`` is "Thursday" where that is plain enough, which is in the week after the mail. ``{clock:interview}``
is the hour of one of the thread's own ``times``, whose names stand for days everywhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from susul.drafting.phrases_of_time import day_in_words
from susul.drafting.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from susul.sample.moments import Moments

PLACEHOLDER = re.compile(r"\{(\w+):([^{}]{1,40})\}")
PLAIN_WEEKDAY = range(2, 7)  # days ahead: not "tomorrow", and not the same weekday again


@dataclass(frozen=True, slots=True)
class Scene:
    """What a thread's words are told against. ``times`` are its named moments."""

    language: str
    moments: Moments
    times: Mapping[str, datetime]

    def fill(self, text: str, sent_at: datetime) -> str:
        """``text`` with every placeholder in words. Raises ValueError for one that is not known."""
        return PLACEHOLDER.sub(lambda match: self._in_words(match[1], match[2], sent_at.date()), text)

    def _in_words(self, form: str, told: str, sent_on: date) -> str:
        dates = wording(self.language).dates
        if form == "clock":
            return self.times[told].strftime(dates.clock)
        day = self._day(told)
        if form == "weekday" and (day - sent_on).days in PLAIN_WEEKDAY:
            return dates.weekdays[day.weekday()]
        if form in ("day", "weekday"):
            return day_in_words(day, sent_on, dates)
        if form == "date":
            return day_in_words(day, date.min, dates)
        raise ValueError(f"{form!r} is not a placeholder")

    def _day(self, told: str) -> date:
        return self.times[told].date() if told in self.times else self.moments.day(told)
