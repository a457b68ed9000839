"""The sample mailbox that ``susul demo`` works on: invented people, dated around the moment of the demo.

``threads/*.toml`` holds the mail, one ``[[thread]]`` a matter; their form is explained in ``susul.sample.records``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from susul.sample.persona import ADDRESS, ALIAS, COUNTRY, NAME, SIGNATURE, STUDIO, TIME_ZONE

if TYPE_CHECKING:
    from datetime import datetime


def sample_mailbox(now: datetime) -> dict[str, Any]:
    """The mailbox as it lies at ``now`` (aware), in the records that ``susul.sandbox.seed`` describes.

    No message is later than ``now``; whatever day and hour it is, each thread shows what it is there to show.
    """
    from susul.days import BusinessDays
    from susul.sample.moments import Moments
    from susul.sample.records import events_of, load_threads, messages_of

    moments = Moments(now, ZoneInfo(TIME_ZONE), BusinessDays(COUNTRY))
    threads = load_threads()
    return {
        "address": ADDRESS,
        "name": NAME,
        "time_zone": TIME_ZONE,
        "send_as": [
            {"address": ADDRESS, "name": NAME, "signature": SIGNATURE},
            {"address": ALIAS, "name": STUDIO, "signature": SIGNATURE},
        ],
        "labels": ["Susul/Ignore"],
        "messages": [record for thread in threads for record in messages_of(thread, moments)],
        "events": [record for thread in threads for record in events_of(thread, moments)],
    }
