"""To whom a follow-up goes, and which message it replies to.

Addresses come from the mail of the case; the calendar's are used for the people of an event only. No-reply addresses,
lists, bounced addresses and the owner are never written to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from susul.cases.people import answer_addresses, can_be_answered, each_once, guests, is_generated, others, wrote
from susul.cases.waits import Basis
from susul.cases.words import says
from susul.model import Address, Answer, Event, Message, Nature, Told
from susul.owner import Owner, canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from susul.cases.story import Story


@dataclass(frozen=True, slots=True)
class Recipients:
    """``reply_to`` is the message that the draft replies to; None begins a new thread.

    ``quotes``: everybody addressed has seen that conversation, so it may stand below the draft.
    """

    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()
    reply_to: Message | None = None
    quotes: bool = True


NOBODY = Recipients(())


def for_wait(story: Story, owner: Owner) -> Recipients:
    """Those who owe the answer that ``story.wait`` waits for."""
    wait = story.wait
    assert wait is not None
    if wait.basis is Basis.INVITATION and wait.event:
        return _still_to_answer(story, wait.event, owner)
    if wait.told is None or wait.appointment:
        return _after_interview(story, wait.event, owner) if wait.event else NOBODY
    message = wait.told.message
    if wait.told.outgoing:
        to, cc = list(message.to), list(message.cc)
    else:
        to, cc = list(answer_addresses(message)), [*message.to, *message.cc]
    return _addressed(story, to, cc, _last_in_thread(story, message.thread_id), owner)


def for_event(story: Story, event: Event, owner: Owner) -> Recipients:
    """The outside people who took part in ``event`` in To, the owner's colleagues in Cc."""
    took_part = [g for g in guests(event, owner) if g.answer is not Answer.DECLINED]
    known = {canonical(a.email): a for t in story.case.told for a in (t.message.sender, *t.message.to, *t.message.cc)}
    people = [known.get(canonical(g.email)) or Address(g.name, g.email) for g in took_part]
    to = [a for a in people if not owner.is_colleague(a.email)]
    cc = [a for a in people if owner.is_colleague(a.email)]
    if not to and event.organizer and not owner.is_me(event.organizer) and not is_generated(event.organizer):
        to = [known.get(canonical(event.organizer)) or Address("", event.organizer)]
    if not event.attendees and story.case.told:
        to = [a for t in story.case.told if wrote(t) for a in (t.message.sender,)]
    return _addressed(story, to, cc, _thread_shared_with(story, to), owner)


def for_rejection(story: Story, owner: Owner) -> Recipients:
    """Who rejected, or the person of the case where a machine did."""
    rejection = story.rejection
    assert rejection is not None
    if not says("unmonitored", rejection.reading.text):
        direct = _addressed(story, answer_addresses(rejection.message), (), rejection.message, owner)
        if direct.to:
            return direct
    person = next(
        (t for t in reversed(story.case.told) if wrote(t) and not owner.is_colleague(t.message.sender.email)), None
    )
    if person is None:
        return NOBODY
    return _addressed(
        story, answer_addresses(person.message), (), _last_in_thread(story, person.message.thread_id), owner
    )


def for_conversation(story: Story, owner: Owner) -> Recipients:
    """Who wrote last, the others of that conversation in Cc; where nobody did, those whom the owner wrote to last."""
    heard = [t for t in reversed(story.case.told) if not t.heard_only]
    people = [t for t in heard if wrote(t)]
    person = next((t for t in people if not owner.is_colleague(t.message.sender.email)), None) or next(
        iter(people), None
    )
    if person:
        last = _last_in_thread(story, person.message.thread_id)
        cc = others(last, owner) if last else ()
        return _addressed(story, answer_addresses(person.message), cc, last, owner)
    own = next((t.message for t in heard if t.outgoing), None)
    return _addressed(story, own.to, own.cc, _last_in_thread(story, own.thread_id), owner) if own else NOBODY


def _still_to_answer(story: Story, event: Event, owner: Owner) -> Recipients:
    """The guests who have not answered the owner's invitation."""
    silent = [g for g in guests(event, owner) if g.answer is Answer.NEEDS_ACTION]
    known = {canonical(a.email): a for t in story.case.told for a in (*t.message.to, *t.message.cc)}
    to = [known.get(canonical(g.email)) or Address(g.name, g.email) for g in silent]
    return _addressed(story, to, (), _thread_shared_with(story, to), owner)


def _after_interview(story: Story, event: Event, owner: Owner) -> Recipients:
    """After an interview the one who wrote last about it decides; everybody else of that mail is in Cc."""
    person = next(
        (t for t in reversed(story.case.told) if wrote(t) and not owner.is_colleague(t.message.sender.email)), None
    )
    if person is None:
        return for_event(story, event, owner)
    last = _last_in_thread(story, person.message.thread_id)
    cc = others(last, owner) if last else ()
    return _addressed(story, answer_addresses(person.message), cc, last, owner)


def _addressed(
    story: Story, to: Iterable[Address], cc: Iterable[Address], reply_to: Message | None, owner: Owner
) -> Recipients:
    lists = _lists(story.case.told)

    def allowed(address: Address) -> bool:
        key = canonical(address.email)
        return (
            can_be_answered(address)
            and not owner.is_me(address.email)
            and key not in story.undelivered
            and key not in lists
        )

    first = each_once(a for a in to if allowed(a))
    outside = tuple(a for a in first if not owner.is_colleague(a.email))
    chosen = outside or first
    named = {canonical(a.email) for a in chosen}
    copied = tuple(a for a in each_once([*first, *cc]) if allowed(a) and canonical(a.email) not in named)
    return Recipients(chosen, copied, reply_to, _all_saw(story, (*chosen, *copied), reply_to))


def _all_saw(story: Story, people: Sequence[Address], reply_to: Message | None) -> bool:
    """Whether each of ``people`` takes part in the thread: nobody is shown a conversation that was not theirs."""
    if reply_to is None:
        return True
    thread = [t.message for t in story.case.told if t.message.thread_id == reply_to.thread_id]
    seen = {canonical(a.email) for m in thread for a in (m.sender, *m.reply_to, *m.to, *m.cc)}
    return all(canonical(a.email) in seen for a in people)


def _lists(told: Sequence[Told]) -> frozenset[str]:
    """The addresses of mailing lists in the conversation (RFC 2369 List-Post, RFC 2919 List-Id).

    Many lists write under their own address: "Sorcha via Makers <makers@…>".
    """
    by_list = [t.message.headers for t in told if t.reading.nature is Nature.LIST]
    named = " ".join(headers.get("list-post", "") + headers.get("list-id", "") for headers in by_list)
    if not named:
        return frozenset()
    return frozenset(
        canonical(a.email)
        for t in told
        for a in (t.message.sender, *t.message.reply_to, *t.message.to, *t.message.cc)
        if a.email in named or a.email.replace("@", ".") in named
    )


def _last_in_thread(story: Story, thread: str) -> Message | None:
    """The newest message of a person or the owner in ``thread``: replies hang below it."""
    mail = [
        t
        for t in story.case.told
        if t.message.thread_id == thread and (t.outgoing or t.reading.nature is Nature.PERSON)
    ]
    return mail[-1].message if mail else None


def _thread_shared_with(story: Story, people: Sequence[Address]) -> Message | None:
    """The newest thread in which one of ``people`` takes part."""
    wanted = {canonical(a.email) for a in people}
    for t in reversed(story.case.told):
        everybody = {canonical(a.email) for a in (t.message.sender, *t.message.to, *t.message.cc)}
        if wanted & everybody and (t.outgoing or t.reading.nature in (Nature.PERSON, Nature.CALENDAR)):
            return _last_in_thread(story, t.message.thread_id) or t.message
    return None
