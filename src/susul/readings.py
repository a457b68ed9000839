"""The readings of many messages, and what a stored one rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.fingerprint import fingerprint
from susul.progressing import no_progress

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from susul.model import Message, Reading
    from susul.owner import Owner
    from susul.progressing import Progress


def reading_basis(owner: Owner) -> str:
    """What a stored reading depends on besides the message; another basis makes it void."""
    days = owner.days
    return f"{fingerprint()}|{','.join(owner.addresses)}|{owner.zone.key}|{days.country}|{days.collective_leave}"


def read_all(
    messages: Sequence[Message], known: Mapping[str, Reading], owner: Owner, progress: Progress = no_progress
) -> dict[str, Reading]:
    """A reading for every message, the known ones taken over."""
    from susul.reading import read  # takes longer to load than a run takes to ask for the mail

    readings = {message.id: known[message.id] for message in messages if message.id in known}
    fresh = [message for message in messages if message.id not in readings]
    for done, message in enumerate(fresh, 1):
        readings[message.id] = read(message, owner)
        progress("Understanding mail", done, len(fresh))
    return readings
