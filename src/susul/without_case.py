"""A conversation that is no case, for the draft that the owner asks for in it: an offer out of the blue, say. Pure.

Nothing but the mail of that one thread is looked at: what these people wrote elsewhere must not lead the draft astray.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from susul.cases.linking import link
from susul.cases.people import others, wrote
from susul.cases.story import tell
from susul.decide import decide
from susul.model import Kind, Nature, Step
from susul.plan import Planned, case_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from susul.model import Case, FollowUp, Message, Reading
    from susul.owner import Owner
    from susul.policy import Policy
    from susul.record import Record

# What can be said to somebody with whom the owner has nothing in hand; any other step speaks of what they have.
STEPS = (Step.DECLINE,)
UNSOUGHT = (Kind.APPLICATION, Kind.PROJECT)


def conversation_alone(
    mail: Iterable[Message],
    readings: Mapping[str, Reading],
    owner: Owner,
    policy: Policy,
    record: Record,
    now: datetime,
) -> Planned | None:
    """The thread ``mail`` as if it were a case; None where no person wrote in it, or it lies in spam or trash."""
    current = [message for message in mail if message.sent_at <= now]
    for matter in link(current, readings, (), owner):
        story = tell(matter, owner, policy, now)
        if any(wrote(told) and not told.heard_only for told in story.case.told):
            story = replace(story, case=replace(story.case, id=case_id(story.case)))
            return Planned(story.case, decide(story, owner, policy, record, now), story)
    return None


def nothing_presumed(case: Case, step: Step) -> Case:
    """``case`` as it is turned down: who never wrote to them has applied for nothing and has no project with them.

    And what a stranger's subject says ("Exciting opportunity") is not what the owner would call it.
    """
    in_hand = any(told.outgoing or told.reading.nature is Nature.RECEIPT for told in case.told)
    if step is not Step.DECLINE or case.kind not in UNSOUGHT or in_hand:
        return case
    return replace(case, kind=Kind.PROJECT, topic=replace(case.topic, about=""))


def seen_by_all(follow_up: FollowUp, planned: Planned, owner: Owner) -> FollowUp:
    """Where the owner got the mail in blind copy, the answer goes to its writer alone: nobody else knows of them."""
    answered = next((t.message for t in planned.case.told if t.message.id == follow_up.reply_to), None)
    if answered is None or owner.is_me(answered.sender.email):
        return follow_up
    named = any(owner.is_me(address.email) for address in (*answered.to, *answered.cc))
    return follow_up if named or not others(answered, owner) else replace(follow_up, cc=())
