"""What Susul's own reading makes of the texts once they are sent: none may undo or close a case."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from susul.days import BusinessDays
from susul.drafting import Library
from susul.drafting.preview import Preview, previews
from susul.model import Address, Fact, Message, Step
from susul.owner import Owner
from susul.reading import read

ZONE = ZoneInfo("Europe/London")
TOM = Address("Tom Whitaker", "tom@whitaker.example")
OWNER = Owner((TOM.email,), TOM.name, ZONE, BusinessDays("GB"), "en")
LIBRARY = Library()
SHOWN = [*previews(LIBRARY), *previews(LIBRARY, placeholders=False)]
ABOUT_TIMES = (Step.NUDGE.value, Step.DECLINE.value)


def facts_in(shown: Preview) -> set[Fact]:
    message = Message(
        id="m1",
        thread_id="t1",
        message_id="<m1@whitaker.example>",
        sent_at=datetime(2026, 7, 16, 9, tzinfo=ZONE),
        sender=TOM,
        subject="Re: Packaging for the autumn range",
        to=(Address("Helen Park", "helen.park@mosaicmuseum.example"),),
        text=f"{shown.text}\nTom\n",
    )
    return {signal.fact for signal in read(message, OWNER).signals}


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: f"{shown.name}-{shown.kind}-{shown.sample}")
def test_only_a_decline_withdraws_and_no_text_closes_the_case(shown: Preview) -> None:
    facts = facts_in(shown)
    step = shown.name.split("/")[1]

    assert (Fact.WITHDRAWAL in facts) == (step == Step.DECLINE.value)
    assert Fact.CLOSING not in facts
    assert Fact.APPLICATION not in facts
    assert step in ABOUT_TIMES or Fact.SCHEDULE not in facts
