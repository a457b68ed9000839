"""What a report shows, as plain values in the reader's language: sections of cases, each with its time line. Pure.

Words of mail are cut and made harmless here; escaping is the template's.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from susul import languages
from susul.asked_for import of_case
from susul.cases.people import wrote
from susul.cases.waits import QUOTE_LENGTH
from susul.gmail_links import case_link
from susul.model import Silent, State, Wait, WaitingOn, Write
from susul.report.frame import harmless, harmless_lines
from susul.report.sentences import said_again
from susul.report.words import Days, ReportWords, named, report_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from susul.app import Scanned
    from susul.model import Address, Decision, Draft, Event, Evidence, FollowUp, Signal, Told
    from susul.plan import Planned

SUBJECT, NAME, QUOTE, REASON, OPENING, DRAFT = 160, 80, 300, 600, 120, 6_000  # characters shown at most
MOST_PEOPLE, MOST_SIGNALS, MOST_MOMENTS = 4, 8, 200
# The sections in their order, and whether their cases begin folded.
SECTIONS = {"due": False, "drafts": False, "waiting": False, "yours": False, "quiet": True, "closed": True}
STILL_OPEN = (State.OPEN, State.ON_HOLD)


@dataclass(frozen=True, slots=True)
class Words:
    """Words with their language, empty where it is the page's own or unknown."""

    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said: what it comes to, when, and the words."""

    label: str
    quote: Words
    day: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a time line. ``at`` is ISO 8601 with its offset, ``when`` the same in words."""

    at: str
    when: str
    who: str
    note: str = ""
    said: tuple[Said, ...] = ()
    title: Words | None = None  # of an appointment
    ahead: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """The draft that is due, without signature's quote."""

    to: str
    cc: str
    subject: Words
    text: Words


@dataclass(frozen=True, slots=True)
class ShownCase:
    """One case as the page shows it."""

    id: str
    kind: str
    subject: Words
    who: str
    standing: str
    next: str
    next_at: str  # ISO 8601; empty without a next step
    last: str  # the day of the last thing that happened
    why: Words
    evidence: tuple[Said, ...]
    moments: tuple[Moment, ...]
    left_out: int
    link: str
    draft: ShownDraft | None


@dataclass(frozen=True, slots=True)
class Section:
    """Cases that stand alike."""

    name: str
    title: str
    empty: str
    folded: bool
    cases: tuple[ShownCase, ...]


def sections(scanned: Scanned, code: str) -> tuple[Section, ...]:
    """Every case of the plan in the section where it belongs, in the plan's order."""
    view = _View(scanned, code)
    groups: dict[str, list[ShownCase]] = {name: [] for name in SECTIONS}
    for planned in scanned.plan.planned:
        groups[section_of(planned, scanned)].append(view.case(planned))
    words = view.words.sections
    return tuple(
        Section(name, words[name].title, words[name].empty, folded, tuple(groups[name]))
        for name, folded in SECTIONS.items()
    )


def section_of(planned: Planned, scanned: Scanned) -> str:
    decision = planned.decision
    if isinstance(decision, Silent) and of_case(planned, scanned.asked_for):
        return "drafts"
    if isinstance(decision, Write):
        return "drafts" if lies_in_drafts(decision, scanned) else "due"
    if isinstance(decision, Wait):
        return "waiting"
    if decision.waiting_on is WaitingOn.ME:
        return "yours"
    return "quiet" if decision.state in STILL_OPEN else "closed"


def lies_in_drafts(decision: Write, scanned: Scanned) -> bool:
    return (decision.follow_up.trigger, decision.follow_up.step) in scanned.in_drafts


@dataclass(frozen=True, slots=True)
class _View:
    """One scan in one language."""

    scanned: Scanned
    code: str

    @property
    def words(self) -> ReportWords:
        return report_words(self.code)

    @property
    def days(self) -> Days:
        return Days(self.code, self.local(self.scanned.plan.as_of).year)

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.scanned.owner.zone)

    def day(self, at: datetime) -> str:
        return self.days.day(self.local(at))

    def case(self, planned: Planned) -> ShownCase:
        case, decision = planned.case, planned.decision
        step = decision.follow_up if isinstance(decision, Write | Wait) else None
        moments = sorted(self.moments(planned), key=lambda moment: moment[0])
        past = [at for at, _ in moments if at <= self.scanned.plan.as_of]
        return ShownCase(
            id=f"case-{case.id}",
            kind=named(self.words.kinds, case.kind),
            subject=self.foreign(harmless(case.subject, SUBJECT) or self.words.page["no_subject"], case.language),
            who=self.people(case.people, case.organisation),
            standing=self.standing(decision),
            next=self.what_comes(planned),
            next_at=self.local(step.due_at).isoformat() if step else "",
            last=self.day(past[-1]) if past else "",
            why=self.why(decision.reason),
            evidence=tuple(self.evidence(one, planned) for one in decision.evidence[:MOST_SIGNALS]),
            moments=tuple(moment for _, moment in moments[-MOST_MOMENTS:]),
            left_out=max(0, len(moments) - MOST_MOMENTS),
            link=self.link(planned),
            draft=self.draft(planned.draft, case.language) if planned.draft else None,
        )

    def foreign(self, text: str, language: str) -> Words:
        """``text`` with its language, where that is another than the page's."""
        return Words(text, language if language in languages.codes() and language != self.code else "")

    def why(self, reason: str) -> Words:
        said, language = said_again(reason, self.code)
        return self.foreign(harmless(said, REASON), language)

    def people(self, people: Iterable[Address], organisation: str) -> str:
        names = [harmless(a.name or a.email, NAME) for a in people][:MOST_PEOPLE]
        shown = ", ".join(name for name in names if name) or self.words.page["nobody"]
        return f"{shown} ({harmless(organisation, NAME)})" if organisation else shown

    def standing(self, decision: Decision) -> str:
        return f"{named(self.words.states, decision.state)}, {named(self.words.waiting_on, decision.waiting_on)}"

    def what_comes(self, planned: Planned) -> str:
        decision, asked = planned.decision, of_case(planned, self.scanned.asked_for)
        lying = [self.words.next["asked_for"].format(step=named(self.words.steps, step)) for step in asked]
        if lying and isinstance(decision, Silent):
            return "; ".join(lying)
        return "; ".join([self.of_itself(decision), *lying])

    def of_itself(self, decision: Decision) -> str:
        if isinstance(decision, Write | Wait):
            return self.next_step(decision, decision.follow_up)
        assert isinstance(decision, Silent)
        return self.words.next["yours" if decision.waiting_on is WaitingOn.ME else "nothing"]

    def next_step(self, decision: Write | Wait, step: FollowUp) -> str:
        if isinstance(decision, Write):
            name = "in_drafts" if lies_in_drafts(decision, self.scanned) else "due"
        else:
            name = "waits"
        if step.lapses_at and name != "in_drafts":
            name += "_until"
        return self.words.next[name].format(
            step=named(self.words.steps, step.step),
            moment=self.days.moment(self.local(step.due_at)),
            day=self.day(step.lapses_at) if step.lapses_at else "",
        )

    def evidence(self, evidence: Evidence, planned: Planned) -> Said:
        told = next((t for t in planned.case.told if t.message.id == evidence.message), None)
        language = told.reading.language if told else planned.case.language
        cut = "…" if len(evidence.quote) == QUOTE_LENGTH else ""
        words = self.foreign(harmless(evidence.quote, QUOTE) + cut, language)
        return Said(named(self.words.facts, evidence.fact), words, self.day(evidence.at))

    def link(self, planned: Planned) -> str:
        return case_link(planned, self.scanned)

    # The time line

    def moments(self, planned: Planned) -> Iterator[tuple[datetime, Moment]]:
        for told in planned.case.told:
            yield told.message.sent_at, self.mail(told)
        for event in planned.case.events:
            yield event.starts_at, self.appointment(event, planned.case.language)

    def mail(self, told: Told) -> Moment:
        at = self.local(told.message.sent_at)
        who = harmless(told.message.sender.name or told.message.sender.email, NAME)
        by_machine = not told.outgoing and not wrote(told)
        return Moment(
            at=at.isoformat(),
            when=self.days.moment(at),
            who=self.words.page["you"] if told.outgoing else who,
            note=named(self.words.natures, told.reading.nature) if by_machine else "",
            said=tuple(self.what_it_says(told)),
            own=told.outgoing,
        )

    def what_it_says(self, told: Told) -> Iterator[Said]:
        """The signals with their words, those of the same words together; where there is none, how the mail begins."""
        language = told.reading.language
        for words, group in groupby(told.reading.signals[:MOST_SIGNALS], key=lambda signal: signal.quote):
            facts = dict.fromkeys(self.fact(signal) for signal in group)
            yield Said(", ".join(facts), self.foreign(harmless(words, QUOTE), language))
        opening = "" if told.reading.signals else harmless(told.reading.text, OPENING)
        if opening:
            yield Said("", self.foreign(opening, language))

    def fact(self, signal: Signal) -> str:
        fact = named(self.words.facts, signal.fact)
        return f"{fact} ({self.days.day(signal.window.ends_on)})" if signal.window else fact

    def appointment(self, event: Event, language: str) -> Moment:
        at = self.local(event.starts_at)
        return Moment(
            at=at.isoformat(),
            when=self.day(event.starts_at) if event.all_day else self.days.moment(at),
            who=self.words.page["calendar"],
            note=named(self.words.event_status, event.status),
            title=self.foreign(harmless(event.summary, SUBJECT), language),
            ahead=event.starts_at > self.scanned.plan.as_of,
        )

    def draft(self, draft: Draft, language: str) -> ShownDraft:
        own, quoted, _ = draft.text.partition("\n>")
        above = own.rstrip().rpartition("\n\n")[0] if quoted else own  # without the line that heads the quote
        return ShownDraft(
            to=", ".join(_in_full(a) for a in draft.to[:MOST_PEOPLE]),
            cc=", ".join(_in_full(a) for a in draft.cc[:MOST_PEOPLE]),
            subject=self.foreign(harmless(draft.subject, SUBJECT), language),
            text=self.foreign(harmless_lines(above, DRAFT).strip(), language),
        )


def _in_full(address: Address) -> str:
    return harmless(f"{address.name} <{address.email}>".strip(), 2 * NAME)
