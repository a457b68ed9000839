"""The signals of one message, asked in the words that a story needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from susul.model import Fact, Sense, Signal, Told, Window

if TYPE_CHECKING:
    from datetime import datetime

COURTESY_LENGTH = 160  # characters: a longer mail says more than thanks
WELCOME_LENGTH = 400  # characters: one that opens with "you're welcome" may go on with small talk
GREETING_LENGTH = 80  # characters beside "you're welcome": a greeting, a name, a kind word
# What takes a matter up again after "please do not follow up".
NEWS = frozenset({Fact.QUESTION, Fact.REQUEST, Fact.PROMISE, Fact.CHECK_BACK, Fact.SCHEDULE, Fact.OFFER, Fact.PROPOSAL})
SMALL_TALK = frozenset({Fact.THANKS, Fact.CLOSING, Fact.INTEREST})


@dataclass(frozen=True, slots=True)
class Facts:
    """What one message says."""

    signals: tuple[Signal, ...]
    length: int

    def has(self, fact: Fact) -> bool:
        return any(signal.fact is fact for signal in self.signals)

    def first(self, fact: Fact) -> Signal | None:
        return next((signal for signal in self.signals if signal.fact is fact), None)

    def sense(self, fact: Fact, sense: Sense) -> Signal | None:
        return next((s for s in self.signals if s.fact is fact and s.sense is sense), None)

    def dated(self, fact: Fact) -> Signal | None:
        """The signal of ``fact`` whose window ends last."""
        dated = [signal for signal in self.signals if signal.fact is fact and signal.window]
        return max(dated, key=lambda s: s.window.ends_on if s.window else s.window, default=None)  # type: ignore[arg-type,return-value] # all have one

    def asks(self) -> bool:
        return self.has(Fact.QUESTION) or self.has(Fact.REQUEST)

    def request(self) -> Signal | None:
        """The request with the latest deadline, else the first request or question."""
        return (
            self.dated(Fact.REQUEST)
            or self.dated(Fact.QUESTION)
            or self.first(Fact.REQUEST)
            or self.first(Fact.QUESTION)
        )

    def deadline(self) -> Window | None:
        request = self.request()
        return request.window if request else None

    def meeting(self) -> Signal | None:
        """The proposed meeting: with its time where one is named ("next week, perhaps Tuesday at 10"), else its day."""
        proposed = [s for s in self.signals if s.fact is Fact.SCHEDULE and s.sense is Sense.PROPOSED]
        timed = [s for s in proposed if s.starts_at]
        return next(iter(timed or [s for s in proposed if s.window] or proposed), None)

    def proposes_meeting(self) -> bool:
        return self.meeting() is not None

    def proposed_at(self) -> datetime | None:
        meeting = self.meeting()
        return meeting.starts_at if meeting else None

    def fixes_time(self) -> bool:
        """Whether it agrees to a time; "I can come to you" beside a proposed one agrees to nothing."""
        return self.sense(Fact.SCHEDULE, Sense.FIXED) is not None and not self.proposes_meeting()

    def names_time(self) -> bool:
        """Whether it invites to, fixes or moves an appointment."""
        return any(s.fact is Fact.SCHEDULE and s.sense is not Sense.NO_SHOW for s in self.signals)

    def only_cancels(self) -> bool:
        """Whether an appointment is called off and no other is named."""
        senses = {s.sense for s in self.signals if s.fact is Fact.SCHEDULE}
        return Sense.CANCELLED in senses and senses <= {Sense.CANCELLED, Sense.NO_SHOW}

    def dates_meeting(self) -> bool:
        """Whether an appointment is named with its day."""
        return any(s.fact is Fact.SCHEDULE and (s.starts_at or s.window) for s in self.signals)

    def wants_nothing(self) -> bool:
        return self.has(Fact.CLOSING) and not self.asks() and not self.names_time()

    def is_news(self) -> bool:
        """Whether it takes the matter further: a question, an answer in sight, a time, an offer."""
        return any(signal.fact in NEWS for signal in self.signals)

    def is_courtesy(self, *, praise: bool) -> bool:
        """Thanks and good wishes only: it answers nothing. ``praise``: kind words alone are courtesy too."""
        facts = {signal.fact for signal in self.signals}
        closes = self.has(Fact.CLOSING) and (praise or self._says_little_more())
        polite = self.has(Fact.THANKS) or closes or (praise and self.has(Fact.INTEREST))
        return (
            polite
            and facts <= SMALL_TALK
            and not self.sense(Fact.INTEREST, Sense.KEEP_IN_TOUCH)
            and self.length <= (WELCOME_LENGTH if praise and self._welcomes() else COURTESY_LENGTH)
        )

    def _welcomes(self) -> bool:
        return self.sense(Fact.CLOSING, Sense.COURTESY) is not None

    def _says_little_more(self) -> bool:
        """What stands beside a courtesy may be the answer, in words that no phrase knows."""
        quoted = sum(len(signal.quote) for signal in self.signals)
        return not self._welcomes() or self.length - quoted <= GREETING_LENGTH


def facts_of(told: Told) -> Facts:
    return Facts(told.reading.signals, len(told.reading.text))
