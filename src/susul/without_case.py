"""A conversation that is no case, for the draft that the owner asks for in it: an offer out of the blue, say. Pure.

Nothing but the mail of that one thread is looked at: what these people wrote elsewhere must not lead the draft astray.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from susul.cases.linking import link
from susul.cases.people import answer_addresses, each_once, wrote
from susul.cases.story import tell
from susul.decide import decide
from susul.errors import Failed
from susul.model import Kind, Nature, Step
from susul.owner import canonical
from susul.plan import Planned, case_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from susul.model import Address, Case, FollowUp, Message, Reading, Told
    from susul.owner import Owner
    from susul.policy import Policy
    from susul.record import Record

# What can be said to somebody with whom the owner has nothing in hand; any other step speaks of what they have.
STEPS = (Step.DECLINE,)
UNSOUGHT = (Kind.APPLICATION, Kind.PROJECT)
IN_BLIND_COPY = "You got that mail in blind copy, and an answer would go to others, who don't know of you."


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
    """Where the owner got the mail in blind copy, the answer goes to its writer alone: nobody else knows of them.

    In place of the writer it may go to the one address at which they want answers (Reply-To), and to whom the owner
    wrote there since. Raises Failed where that leaves nobody.
    """
    answered = next((told for told in planned.case.told if told.message.id == follow_up.reply_to), None)
    heard = _last_heard(answered, planned.case) if answered else None
    if answered is None or heard is None or any(owner.is_me(a.email) for a in (*heard.to, *heard.cc)):
        return follow_up
    asked_for = each_once(answer_addresses(heard))
    since = (*answered.message.to, *answered.message.cc) if answered.outgoing else ()
    to = _of(follow_up.to, (heard.sender, *since, *(asked_for if len(asked_for) == 1 else ())))
    if not to:
        raise Failed(IN_BLIND_COPY, hint="Answer it yourself in Gmail.")
    return replace(follow_up, to=to, cc=_of(follow_up.cc, since))


def _of(people: Iterable[Address], knowing: Iterable[Address]) -> tuple[Address, ...]:
    known = {canonical(address.email) for address in knowing}
    return tuple(address for address in people if canonical(address.email) in known)


def _last_heard(answered: Told, case: Case) -> Message | None:
    """The mail that the draft answers; where that is the owner's own, what they had heard in that thread."""
    if not answered.outgoing:
        return answered.message
    thread = (t for t in reversed(case.told) if t.message.thread_id == answered.message.thread_id)
    return next((t.message for t in thread if wrote(t) and not t.heard_only), None)
