"""What a mail of the owner's changes in a matter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from susul.cases.people import guests, others, outside
from susul.cases.requests import requested
from susul.cases.waits import THEIR_DATE, THEIR_WORD, Basis, evidence_of
from susul.cases.words import says
from susul.domains import organisation
from susul.model import Fact, Nature, Signal, State, Told, WaitingOn
from susul.owner import canonical

if TYPE_CHECKING:
    from susul.cases.appointment import Appointment
    from susul.cases.facts import Facts
    from susul.cases.tale import Tale

MEETING = (Basis.MEETING_REQUEST, Basis.INVITATION)


def is_side_remark(tale: Tale, t: Told) -> bool:
    """Whether the mail reaches nobody of the other side of its thread: a forward, a word to a colleague."""
    before = tale.told[: tale.told.index(t)]
    in_thread = [e for e in before if e.message.thread_id == t.message.thread_id]
    earlier = [e.message for e in in_thread if e.outgoing or e.reading.nature is Nature.PERSON]
    known = outside([a for message in earlier for a in others(message, tale.owner)], tale.owner)
    known = tuple(a for a in known if canonical(a.email) not in tale.undelivered)
    reached = {canonical(a.email) for a in (*t.message.to, *t.message.cc)}
    organisations = {organisation(email) for email in reached} - {""}
    return bool(known) and not any(
        canonical(a.email) in reached or organisation(a.email) in organisations for a in known
    )


def owner_wrote(tale: Tale, t: Told, facts: Facts) -> None:
    if tale.state is State.REJECTED:
        tale.thanked.add(tale.rejection.message.id if tale.rejection else "")
        if not facts.has(Fact.APPLICATION):
            return
    if facts.has(Fact.WITHDRAWAL):
        tale.settle(State.DECLINED, WaitingOn.NOBODY)
    elif _says_thanks_for_an_appointment(tale, t, facts):
        return
    elif facts.has(Fact.APPLICATION) and not _chases(tale, t, tale.applied):
        tale.applied = True
        _begin(tale, Basis.APPLICATION, t, facts.first(Fact.APPLICATION))
    elif facts.has(Fact.PROPOSAL) and not _chases(tale, t, tale.proposed):
        tale.proposed = True
        _begin(tale, Basis.PROPOSAL, t, facts.first(Fact.PROPOSAL))
    elif facts.wants_nothing():
        _owner_closes(tale)
    elif tale.wait and _acknowledges(tale, t):
        return
    elif tale.wait and _is_addition(tale, t):
        _add_to_wait(tale, t, facts)
    elif tale.wait and not _asks_beside_invitation(tale, facts):
        _check_in(tale, t, facts)
    else:
        _owner_asks(tale, t, facts)


def _chases(tale: Tale, t: Told, sent_before: bool) -> bool:
    """Whether the owner waits already for an answer to what they sent: a second mail about it chases it.

    After a word of theirs it may be a new version; only what is attached is certain to be one.
    """
    if tale.wait is None:
        return False
    if tale.wait.basis in THEIR_WORD:
        return sent_before and not t.message.attachments
    return tale.wait.basis is not Basis.INVITATION or not t.message.attachments


def _begin(tale: Tale, basis: Basis, t: Told, signal: Signal | None) -> None:
    tale.new_stage()
    tale.open(tale.wait_for(basis, t, signal))


def _says_thanks_for_an_appointment(tale: Tale, t: Told, facts: Facts) -> bool:
    """Whether this is the thank-you or recap for an appointment that ended shortly before; the wait goes on."""
    ended = [a for a in tale.ended_before(t.message.sent_at) if a.key not in tale.thanked]
    due = [a for a in ended if not facts.asks() or _in_time(tale, a, t)]
    text, subject = t.reading.text, t.message.subject
    thanks = facts.has(Fact.THANKS) or says("thanks", text) or says("recap", subject, text)
    if not due or not thanks:
        return False
    tale.thanked.update(a.key for a in _thanked_by(t, due, tale))
    if tale.wait and tale.wait.basis is Basis.INTERVIEW:
        tale.wait = replace(tale.wait, told=t)
        return True
    return not (facts.asks() and _wants_something(t, facts))


def _in_time(tale: Tale, appointment: Appointment, t: Told) -> bool:
    """Later than thanks are due, who asks does so because nothing came back, however politely."""
    lapses = tale.policy.interview.thank_you_lapses if appointment.interview else tale.policy.meeting.recap_lapses
    last = tale.owner.days.after(tale.day(appointment.event.ends_at), lapses)
    return tale.day(t.message.sent_at) <= last


def _wants_something(t: Told, facts: Facts) -> bool:
    """Whether thanks come with a request for a thing or by a day; "please correct me" waits for nothing."""
    return facts.deadline() is not None or bool(requested([t.reading.text], t.reading.language))


def _thanked_by(t: Told, due: list[Appointment], tale: Tale) -> list[Appointment]:
    """Those of ``due`` whose people the mail reaches; all of them where it reaches none by name."""
    reached = {canonical(a.email) for a in (*t.message.to, *t.message.cc)}
    met = [a for a in due if reached & {canonical(g.email) for g in guests(a.event, tale.owner)}]
    return met or due


def _owner_closes(tale: Tale) -> None:
    if tale.wait and tale.wait.basis in THEIR_DATE:
        return  # "noted, thank you" leaves the date that they named standing
    answered = tale.wait is not None and tale.wait.basis in THEIR_WORD
    tale.settle(State.ANSWERED if answered else State.CLOSED, WaitingOn.NOBODY)


def _acknowledges(tale: Tale, t: Told) -> bool:
    """An answer to the word that they have just given leaves it standing ("I look forward to Friday")."""
    if tale.wait is None or tale.wait.basis not in THEIR_WORD or tale.they_wrote_on is None:
        return False
    return tale.owner.days.between(tale.they_wrote_on, tale.day(t.message.sent_at)) < tale.policy.reading.chases_after


def _is_addition(tale: Tale, t: Told) -> bool:
    """A second mail on the day of the first, or of an invitation, adds to it ("forgot the attachment")."""
    if tale.wait is None or tale.check_ins or not tale.policy.reading.same_day_addition:
        return False
    opened = tale.wait.told
    if not (opened.outgoing if opened else tale.wait.basis is Basis.INVITATION):
        return False
    began_at = opened.message.sent_at if opened else tale.wait.evidence.at
    return tale.day(began_at) == tale.day(t.message.sent_at)


def _asks_beside_invitation(tale: Tale, facts: Facts) -> bool:
    """A request with a day of its own is another matter than the invitation that is still unanswered."""
    return tale.wait is not None and tale.wait.basis is Basis.INVITATION and facts.deadline() is not None


def _add_to_wait(tale: Tale, t: Told, facts: Facts) -> None:
    assert tale.wait is not None
    window = facts.deadline() or tale.wait.window
    tale.wait = replace(tale.wait, told=t, window=window)


def _check_in(tale: Tale, t: Told, facts: Facts) -> None:
    """The owner writes again because nothing came: it counts, and the wait starts anew from here."""
    assert tale.wait is not None
    if facts.fixes_time() and facts.dates_meeting() and not facts.asks():
        tale.settle(State.OPEN, WaitingOn.NOBODY)  # agreed; "until then, all the best" agrees to nothing
        return
    tale.check_ins.append(t)
    tale.spent = tale.spent or tale.wait.basis in (Basis.WE_CONTACT, Basis.ON_HOLD)
    tale.kept_in_touch = tale.kept_in_touch or tale.wait.basis is Basis.SLOW
    window = facts.deadline() if tale.wait.basis in (Basis.REQUEST, Basis.TASK) else None
    starts_at = facts.proposed_at() or (tale.wait.starts_at if tale.wait.basis in MEETING else None)
    basis = _own_basis(tale) if tale.wait.basis in THEIR_WORD else tale.wait.basis
    meeting = facts.meeting()
    if basis is Basis.REQUEST and meeting and (meeting.starts_at or meeting.window):
        basis = Basis.MEETING_REQUEST  # what was asked for turns out to be a meeting; "or we talk on the phone" is none
    tale.wait = replace(
        tale.wait,
        basis=basis,
        day_0=tale.day(t.message.sent_at),
        told=t,
        event=None,
        appointment=(),
        window=window,
        starts_at=starts_at,
        on_day=False,
        doubled=False,
        evidence=evidence_of("check_in", t, None),
    )


def _own_basis(tale: Tale) -> Basis:
    """What the owner waits for after writing once more, when it was their word that had set the date."""
    if tale.job:
        return Basis.INTERVIEW if any(a.interview for a in tale.ended_before(tale.now)) else Basis.APPLICATION
    return Basis.PROPOSAL if tale.proposed else Basis.REQUEST


def _owner_asks(tale: Tale, t: Told, facts: Facts) -> None:
    """The ball was with the owner; after this mail it is with them, if it asks for something."""
    if facts.fixes_time() and not facts.asks():
        tale.settle(State.OPEN, WaitingOn.NOBODY)
    elif _leaves_it_with_owner(tale, facts):
        return
    elif facts.proposes_meeting() and not tale.job and not tale.proposed:
        _begin(tale, Basis.MEETING_REQUEST, t, facts.meeting())
    elif tale.suspended and not facts.asks():
        tale.open(tale.suspended)
    elif tale.job and _owed_in_job(tale, facts):
        _owner_follows_up(tale, Basis.REPLY, t, facts)
    elif tale.proposed and tale.state is not State.WON:
        _owner_follows_up(tale, Basis.PROPOSAL, t, facts)
    elif facts.asks() and _is_about_work(t, tale):
        tale.asked_project = True
        _begin(tale, Basis.TASK if _to_colleagues(tale, t) else Basis.REQUEST, t, facts.request())


def _leaves_it_with_owner(tale: Tale, facts: Facts) -> bool:
    """The owner asks for nothing, and has promised what they asked for, or answers a mail that wanted no answer."""
    return not facts.asks() and ((tale.they_asked and facts.has(Fact.PROMISE)) or tale.they_closed)


def _owner_follows_up(tale: Tale, basis: Basis, t: Told, facts: Facts) -> None:
    """The owner writes after an answer of theirs. Days later, and asked for nothing, it is a check-in all the same."""
    day, heard_on = tale.day(t.message.sent_at), tale.they_wrote_on
    days_later = heard_on is not None and tale.owner.days.between(heard_on, day) >= tale.policy.reading.chases_after
    tale.open(tale.wait_for(basis, t, None))
    if days_later and facts.asks() and not tale.they_asked:
        tale.check_ins.append(t)


def _owed_in_job(tale: Tale, facts: Facts) -> bool:
    """In a job matter the next word is theirs, unless an appointment stands or they are still to be answered."""
    return tale.state is not State.WON and (facts.asks() or not any(tale.lies_ahead(a) for a in tale.appointments))


def _is_about_work(t: Told, tale: Tale) -> bool:
    """A question to a private address is a project's only where the mail speaks of work."""
    if any(organisation(a.email) for a in t.message.to if not tale.owner.is_me(a.email)):
        return True
    return says("work", t.message.subject, *(told.reading.text for told in tale.told))


def _to_colleagues(tale: Tale, t: Told) -> bool:
    to = [a for a in t.message.to if not tale.owner.is_me(a.email)]
    return bool(to) and all(tale.owner.is_colleague(a.email) for a in to)
