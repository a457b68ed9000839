"""The owner's own word about a thread, an appointment, a person or an organisation, and what it does to a decision.

*Ignore*: no draft, whatever comes, until it is taken back. *Close*: what was open when it was said is finished; a later
mail of a person, or an appointment made later, is heard again. *Snooze*: no draft before a day; what is due earlier is
due on that day.

A word about a thread holds for the matter that the thread is part of, one about an appointment for the follow-up to
it. A word about an address or a domain (with its subdomains) holds where the follow-up would be addressed to one of
theirs, alone or with others. Who is only in copy is nobody's reason for silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from susul.cases.people import mailbox_of, wrote
from susul.days import at
from susul.model import Case, Decision, Evidence, Silent, State, Wait, WaitingOn, Write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime, time
    from zoneinfo import ZoneInfo

    from susul.cases.story import Story
    from susul.model import Message
    from susul.owner import Owner


class Word(StrEnum):
    """What the owner can say, the strongest first; each is a command of the same name."""

    IGNORE = "ignore"
    CLOSE = "close"
    SNOOZE = "snooze"


class About(StrEnum):
    """What a word can be about."""

    THREAD = "thread"
    EVENT = "event"
    ADDRESS = "address"
    DOMAIN = "domain"


Target = tuple[About, str]
LABELS = {"susul/ignore": Word.IGNORE, "susul/snooze": Word.SNOOZE}


@dataclass(frozen=True, slots=True)
class OwnersWord:
    """One word. ``target`` is a thread id, an event's id or iCalUID, an address as ``mailbox_of`` has it, or a domain.

    ``until_on``: the local day before which a snoozed case stays silent; None for the other words.
    """

    word: Word
    about: About
    target: str
    said_at: datetime
    until_on: date | None = None


Words = Mapping[Target, tuple[OwnersWord, ...]]


def by_target(said: Iterable[OwnersWord] = ()) -> Words:
    """The words by what they are about, so that a case finds its own among many."""
    found: defaultdict[Target, tuple[OwnersWord, ...]] = defaultdict(tuple)
    for word in said:
        found[word.about, word.target] += (word,)
    return dict(found)


def said_by_label(message: Message) -> frozenset[Word]:
    """What the owner's labels on ``message`` say; Gmail writes a label's ``/`` as ``-`` here and there."""
    labels = {label.casefold().replace("-", "/") for label in message.labels}
    return frozenset(LABELS[label] for label in labels & LABELS.keys())


def wakes_at(word: OwnersWord, due_time: time, zone: ZoneInfo) -> datetime | None:
    """When a snooze ends; None for the other words."""
    return at(word.until_on, due_time, zone) if word.until_on else None


@dataclass(frozen=True, slots=True)
class Heeding:
    """The owner's words applied to the decisions on one story. ``due_time``: when on its day a snoozed case wakes."""

    words: Words
    story: Story
    owner: Owner
    due_time: time
    now: datetime

    def heeded(self, case: Case, decision: Decision) -> Decision:
        """``decision`` on ``case`` as the owner wants it; the same one where no word holds for it."""
        said = self._about(case, decision)
        for word in reversed(said):
            if word.word is Word.IGNORE:
                return self._silenced(decision, State.IGNORED, word)
        for word in reversed(said):
            if word.word is Word.CLOSE and not self._has_news(decision, word.said_at):
                return self._silenced(decision, State.CLOSED, word)
        snoozes = [word for word in said if word.word is Word.SNOOZE]
        longest = max(snoozes, key=lambda word: word.until_on or word.said_at.date(), default=None)
        return self._put_off(decision, longest) if longest else decision

    # Which words hold

    def _about(self, case: Case, decision: Decision) -> list[OwnersWord]:
        """The words that hold for the decision, oldest first; they count for a plan of an earlier moment, too."""
        if not self.words:
            return []
        targets: set[Target] = {(About.THREAD, thread) for thread in self.story.case.threads}
        targets |= {(About.EVENT, name) for name in self._event_names(case, decision)} | self._people(decision)
        found = [word for target in targets for word in self.words.get(target, ())]
        return sorted(found, key=lambda word: (word.said_at, word.about, word.target))

    def _event_names(self, case: Case, decision: Decision) -> Iterator[str]:
        """The appointment that the step follows or asks about, and those of a case that has nothing else."""
        step = decision.follow_up if isinstance(decision, Write | Wait) else None
        if step and step.event is None and self.story.wait:
            yield from self.story.wait.appointment
            yield from (self.story.wait.event.id, self.story.wait.event.uid) if self.story.wait.event else ()
        for event in (*case.events, *(a.event for a in self.story.appointments)):
            if (step and step.event == (event.id or event.uid)) or (not case.told and event in case.events):
                yield from (event.id, event.uid)

    def _people(self, decision: Decision) -> set[Target]:
        """One of those whom the step would address; where there is none, what all of the other side share."""
        if isinstance(decision, Write | Wait):
            to = frozenset(mailbox_of(address.email) for address in decision.follow_up.to)
            return {target for email in to | self._answered_there(to) for target in _names_of(email)}
        emails = [mailbox_of(address.email) for address in self.story.case.people]
        outside = [email for email in emails if not self.owner.is_colleague(email)] or emails
        return set.intersection(*(set(_names_of(email)) for email in outside)) if outside else set()

    def _answered_there(self, to: frozenset[str]) -> set[str]:
        """Who wrote from another address and is answered at one of ``to`` (Reply-To)."""
        mail = (t.message for t in self.story.case.told if wrote(t) and t.message.reply_to)
        return {mailbox_of(m.sender.email) for m in mail if any(mailbox_of(a.email) in to for a in m.reply_to)}

    # What they do

    def _has_news(self, decision: Decision, said_at: datetime) -> bool:
        """Whether the decision stands on something that came after ``said_at``."""
        began = (self._began_at(evidence) for evidence in decision.evidence)
        return any(moment is not None and moment > said_at for moment in began)

    def _began_at(self, evidence: Evidence) -> datetime | None:
        """When the mail was written or the appointment made; a machine's mail is no news."""
        if evidence.message:
            told = next((t for t in self.story.case.told if t.message.id == evidence.message), None)
            if told is None:
                return evidence.at  # in another matter's thread
            return told.message.sent_at if told.outgoing or wrote(told) else None
        events = (*(a.event for a in self.story.appointments), *self.story.ahead)
        return next((event.created_at for event in events if event.uid == evidence.event), None)

    def _silenced(self, decision: Decision, state: State, word: OwnersWord) -> Silent:
        reason = f"You asked on {_day(word.said_at.astimezone(self.owner.zone))} to {word.word} {_named(word)}."
        return Silent(state, WaitingOn.NOBODY, reason, (*decision.evidence, _as_evidence(word)))

    def _put_off(self, decision: Decision, word: OwnersWord) -> Decision:
        """What is due before the snooze ends is due when it ends, also once it has ended: the draft stays the same."""
        wakes = wakes_at(word, self.due_time, self.owner.zone)
        if wakes is None or not isinstance(decision, Write | Wait) or decision.follow_up.due_at >= wakes:
            return decision
        step, evidence = decision.follow_up, (*decision.evidence, _as_evidence(word))
        reason = f"You asked to snooze {_named(word)} until {_day(wakes)}"
        if step.lapses_at and step.lapses_at <= wakes:
            too_late = f"{reason}, when it is too late for a {step.step.value.replace('_', ' ')}."
            return Silent(decision.state, decision.waiting_on, too_late, evidence)
        later = replace(step, due_at=wakes)
        if wakes > self.now:
            return Wait(decision.state, decision.waiting_on, f"{reason}.", evidence, later)
        return replace(decision, follow_up=later)


def _names_of(email: str) -> Iterator[Target]:
    """The address, its domain, and every domain above that."""
    yield About.ADDRESS, email
    domain = email.rpartition("@")[2]
    while domain:
        yield About.DOMAIN, domain
        domain = domain.partition(".")[2]


def _named(word: OwnersWord) -> str:
    if word.about in (About.ADDRESS, About.DOMAIN):
        return word.target
    return "this thread" if word.about is About.THREAD else "this appointment"


def _as_evidence(word: OwnersWord) -> Evidence:
    return Evidence("owner_said", f"susul {word.word} {word.target}", word.said_at)


def _day(moment: datetime) -> str:
    return f"{moment:%a %d %b %Y}"
