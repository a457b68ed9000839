"""Turns a case and its next step into the variables of the templates (``docs/templates.md`` lists them).

Every value is ready to stand in a sentence of the case's language, and empty where the conversation does not say it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from susul.cases.runs import is_name_like
from susul.drafting.agenda import agenda_items
from susul.drafting.cleaning import is_filler, is_plain, one_line
from susul.drafting.closings import closing_line, sign_off
from susul.drafting.phrases_of_time import day_in_words, moments_in_words
from susul.drafting.salutation import salute
from susul.drafting.wording import Wording, wording
from susul.model import Case, Event, Fact, FollowUp, Kind, Sense, Step, Told
from susul.owner import Formality

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from susul.owner import Owner, Voice

JOBS = (Kind.INTERVIEW, Kind.APPLICATION)
SENT_AS = {Kind.APPLICATION: Fact.APPLICATION, Kind.INTERVIEW: Fact.APPLICATION, Kind.PROPOSAL: Fact.PROPOSAL}
NEW_DAYS_AFTER = (2, 3)  # business days from now that a meeting is offered on
LONGEST_VALUE = 60  # characters: a longer role, company or subject would fill the mail
LONGEST_WORDS = 9


@dataclass(frozen=True, slots=True)
class Facts:
    """The variables that every template can use."""

    greeting: str
    closing: str
    you: str
    names: tuple[str, ...]
    several: bool
    kind: str
    step: str
    check_ins: int
    role: str
    company: str
    position: str
    about: str
    matter: str
    document: str
    asked: str
    promised: str
    promised_when: str
    deadline: str
    event_when: str
    event_title: str
    proposed: str
    new_days: str
    sent_when: str
    agenda: tuple[str, ...]
    attachments: tuple[str, ...]
    owner_name: str
    placeholders: bool
    headline: str = ""
    links: tuple[str, ...] = ()
    sign_off: str = ""
    formality: str = Formality.NEUTRAL.value
    extra: dict[str, str] = field(default_factory=dict)


def gather(
    case: Case,
    follow_up: FollowUp,
    owner: Owner,
    language: str,
    now: datetime,
    *,
    placeholders: bool = True,
) -> Facts:
    """Everything the templates may say, in the words of ``language``."""
    words, voice = wording(language), owner.voice
    moment = max(now, follow_up.due_at).astimezone(owner.zone)
    salutation = salute(case, follow_up.to, words, casual=voice.formality is Formality.CASUAL)
    today = moment.date()
    event = event_of(case, follow_up, moment)
    role, company = _fitting(case.topic.role, 6), _fitting(case.topic.company, 5)
    about = _with_article(_fitting(case.topic.about, 7), words)
    took_place = event.starts_at if event else _fixed_by_mail(case, moment)
    document = _document(case, words)
    promised, deadline = _named_days(case, follow_up)
    position = _position(role, company, words)
    facts = Facts(
        greeting=salutation.greeting,
        closing=closing_line(case, owner, language, formal=salutation.formal),
        you=salutation.you,
        names=salutation.names,
        several=len(follow_up.to) > 1,
        kind=case.kind.value,
        step=follow_up.step.value,
        check_ins=follow_up.ordinal,
        role=role,
        company=company,
        position=position,
        about=about,
        matter=position if case.kind in JOBS else _matter(case.kind, about, document, words),
        document=document,
        asked=_fitting(case.topic.asked),
        promised=day_in_words(promised, today, words.dates) if promised else "",
        promised_when=_when_named(promised, today, words) if promised else "",
        deadline=day_in_words(deadline, today, words.dates) if deadline else "",
        event_when=_on(took_place.astimezone(owner.zone).date(), today, words) if took_place else "",
        event_title=_fitting(one_line(event.summary)) if event else "",
        proposed=_proposed(case, follow_up, owner, today, words),
        new_days=_new_days(owner, today, words),
        sent_when=_sent_when(case, follow_up, owner, today, words),
        agenda=agenda_items(event.description, words.agenda) if event else (),
        attachments=_attachments(case, follow_up),
        owner_name=owner_name(case, owner),
        placeholders=placeholders,
    )
    return in_the_voice(facts, voice, language)


def in_the_voice(facts: Facts, voice: Voice, language: str) -> Facts:
    """``facts`` with what the owner's config says of them."""
    return replace(
        facts,
        headline=voice.headline,
        links=voice.links,
        sign_off=sign_off(voice, language),
        formality=voice.formality.value,
        extra=dict(voice.extra),
    )


def owner_name(case: Case, owner: Owner, address: str = "") -> str:
    """The owner's name as the account has it; without one, the name on the owner's own mail in the case.

    With ``address``, the name that the owner's mail from that alias carried comes first.
    """
    names = [one.message.sender.name for one in reversed(case.told) if one.outgoing and one.message.sender.name]
    there = [
        one.message.sender.name
        for one in reversed(case.told)
        if address and one.outgoing and one.message.sender.name and one.message.sender.email == address.lower()
    ]
    return one_line(next(iter([*there, *([owner.name] if owner.name else []), *names]), ""))


def event_of(case: Case, follow_up: FollowUp, moment: datetime) -> Event | None:
    """The event that the step is about; for a later step, the last one that was over at ``moment``."""
    named = (event for event in case.events if follow_up.event in (event.id or event.uid, event.uid))
    past = (
        e for e in sorted(case.events, key=_ends_at, reverse=True) if e.ends_at <= moment and e.status != "cancelled"
    )
    return next(named, None) or (None if follow_up.step is Step.NUDGE else next(past, None))


def _fixed_by_mail(case: Case, moment: datetime) -> datetime | None:
    """When an interview or meeting was that is in no calendar: the last time fixed in words, not after ``moment``."""
    signals = (s for one in reversed(case.told) for s in one.reading.signals if s.fact is Fact.SCHEDULE)
    fixed = (s.starts_at for s in signals if s.sense in (Sense.FIXED, Sense.MOVED) and s.starts_at is not None)
    return next((at for at in fixed if at <= moment), None)


def _ends_at(event: Event) -> datetime:
    return event.ends_at


def _fitting(value: str, most_words: int = LONGEST_WORDS) -> str:
    """``value`` where it can stand in a sentence; empty where it is too long, or holds markup or template syntax."""
    line = one_line(value)
    fits = len(line) <= LONGEST_VALUE and len(line.split()) <= most_words
    return line if fits and is_plain(line) and is_name_like(line) and not is_filler(line) else ""


def _with_article(about: str, words: Wording) -> str:
    """``about`` as it stands after a preposition: "the brand refresh", but "scanning the photo archive"."""
    article = words.matter["article"]
    if not about or not article or set(about.lower().split()[:2]) & set(words.matter["no_article"]):
        return about
    return f"{article} {about}"


def _position(role: str, company: str, words: Wording) -> str:
    name = (
        ("position_at" if company else "position") if role else ("position_company" if company else "position_unnamed")
    )
    return str(words.matter[name]).format(role=role, company=company)


def _matter(kind: Kind, about: str, document: str, words: Wording) -> str:
    name = kind.value if about else f"{kind.value}_unnamed"
    return str(words.matter[name]).format(about=about, document=document)


def _document(case: Case, words: Wording) -> str:
    """What the owner calls the paper they sent: "proposal", "quotation"."""
    known: Sequence[str] = words.matter["documents"]
    for one in reversed(case.told):
        if one.outgoing:
            said = {
                word.strip(".,:;!?()").lower() for word in f"{one.message.subject} {one.reading.text[:4000]}".split()
            }
            found = next((name for name in known if name in said), "")
            if found:
                return found
    return known[0]


def _named_days(case: Case, follow_up: FollowUp) -> tuple[date | None, date | None]:
    """The day that they named, and the one that the owner named; at most one of them is set."""
    if follow_up.promised is None:
        return None, _own_deadline(case, follow_up)
    day = follow_up.promised.ends_on
    theirs = any(s.window == follow_up.promised for one in case.told if not one.outgoing for s in one.reading.signals)
    own = any(s.window == follow_up.promised for one in case.told if one.outgoing for s in one.reading.signals)
    return (None, day) if own and not theirs else (day, None)


def _own_deadline(case: Case, follow_up: FollowUp) -> date | None:
    if case.kind not in (Kind.PROJECT, Kind.TASK):
        return None
    asked = (one for one in case.told if one.outgoing and one.message.id in (follow_up.trigger, follow_up.reply_to))
    windows = [s.window for one in asked for s in one.reading.signals if s.window and s.fact is Fact.REQUEST]
    return windows[-1].ends_on if windows else None


def names_a_day(case: Case, follow_up: FollowUp) -> bool:
    """Whether the step follows on a day that they named."""
    return _named_days(case, follow_up)[0] is not None


def _on(day: date, today: date, words: Wording) -> str:
    return words.dates.on.format(day=day_in_words(day, today, words.dates))


def _when_named(day: date, today: date, words: Wording) -> str:
    pattern = words.dates.after if day < today else words.dates.on
    return pattern.format(day=day_in_words(day, today, words.dates))


def _proposed(case: Case, follow_up: FollowUp, owner: Owner, today: date, words: Wording) -> str:
    """The time that the owner proposed: an event's with its hour, a mail's with hours only where it names several."""
    if follow_up.step is not Step.NUDGE:
        return ""
    event = next((e for e in case.events if follow_up.event in (e.id or e.uid, e.uid)), None)
    if event is not None:
        return moments_in_words([event.starts_at.astimezone(owner.zone)], today, words)
    moments = [m.astimezone(owner.zone) for m in _offered(case)]
    if len(set(moments)) > 1:
        return moments_in_words(moments, today, words)
    days = [m.date() for m in moments] or list(_offered_days(case))
    return day_in_words(days[-1], today, words.dates) if days else ""


def _last_schedule(case: Case) -> Iterator[Told]:
    for one in reversed(case.told):
        if one.outgoing and any(s.fact is Fact.SCHEDULE for s in one.reading.signals):
            yield one
            return


def _offered(case: Case) -> Iterator[datetime]:
    for one in _last_schedule(case):
        yield from (s.starts_at for s in one.reading.signals if s.fact is Fact.SCHEDULE and s.starts_at is not None)


def _offered_days(case: Case) -> Iterator[date]:
    for one in _last_schedule(case):
        yield from (s.window.ends_on for s in one.reading.signals if s.fact is Fact.SCHEDULE and s.window is not None)


def offers_a_past_day(case: Case, follow_up: FollowUp, owner: Owner) -> bool:
    """Whether a day that the owner proposed is over when the draft is due: it can't be proposed again."""
    if follow_up.step is not Step.NUDGE or follow_up.event:
        return False
    due_on = follow_up.due_at.astimezone(owner.zone).date()
    days = [m.astimezone(owner.zone).date() for m in _offered(case)] or list(_offered_days(case))
    return bool(days) and min(days) < due_on


def _new_days(owner: Owner, today: date, words: Wording) -> str:
    days = (owner.days.after(today, count) for count in NEW_DAYS_AFTER)
    return words.lists["or"].join(day_in_words(day, today, words.dates) for day in days)


def _sent_when(case: Case, follow_up: FollowUp, owner: Owner, today: date, words: Wording) -> str:
    """When the owner sent what is waiting for an answer."""
    sent = _sent(case, follow_up)
    return _on(sent.message.sent_at.astimezone(owner.zone).date(), today, words) if sent else ""


def _sent(case: Case, follow_up: FollowUp) -> Told | None:
    wanted = SENT_AS.get(case.kind)
    own = [one for one in reversed(case.told) if one.outgoing]
    matching = (one for one in own if any(s.fact is wanted for s in one.reading.signals))
    triggering = (one for one in own if one.message.id == follow_up.trigger)
    return next(matching, None) or next(triggering, None)


def _attachments(case: Case, follow_up: FollowUp) -> tuple[str, ...]:
    sent = _sent(case, follow_up)
    return tuple(_safe_names(sent.message.attachments)) if sent else ()


def _safe_names(names: Iterable[str]) -> Iterator[str]:
    yield from (line for name in names if (line := one_line(name)) and len(line) <= LONGEST_VALUE)
