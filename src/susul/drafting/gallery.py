"""Every template on a conversation like those it is for, drafted as a real one: what the owner would find in Drafts.

The conversations are words of the language (``languages/<code>/gallery.toml``).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from susul import languages
from susul.days import BusinessDays
from susul.drafting.facts import Facts, gather
from susul.drafting.preview import kinds_of
from susul.drafting.reply import compose
from susul.model import (
    Address,
    Attendee,
    Case,
    Event,
    FollowUp,
    Kind,
    Message,
    Nature,
    Reading,
    Signal,
    Step,
    Told,
    Topic,
    Window,
)
from susul.model import Fact as Says
from susul.owner import Owner, Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from susul.drafting.templates import Found, Library
    from susul.model import Draft
    from susul.policy import Policy

FIRST_DAY = date(2026, 7, 6)  # a Monday; the dates in the samples go with it
DUE_AFTER = 10  # days
PROMISED_ON = date(2026, 7, 10)
DEADLINE_ON = date(2026, 7, 14)
ABOUT_MEETINGS = (Step.THANK_YOU, Step.RECAP, Step.NUDGE)  # where any kind will do, one with a meeting shows most
AHEAD = 17  # days to a meeting that is still to come
SENT_AS = {Kind.APPLICATION: Says.APPLICATION, Kind.PROPOSAL: Says.PROPOSAL}


@dataclass(frozen=True, slots=True)
class Shown:
    """One template's draft, and the facts that it was made from (those that say something, as text)."""

    name: str
    purpose: str
    own: bool
    language: str
    step: str
    kind: Kind
    draft: Draft
    facts: tuple[tuple[str, str], ...]


def gallery(library: Library, policy: Policy, names: Iterable[str] = (), voice: Voice | None = None) -> Iterator[Shown]:
    """The drafts of the templates ``names`` (none: all), by language and step. Raises TemplateFaultError."""
    chosen = [library.templates[name] for name in names] or list(library.templates.values())
    order = list(Step)
    known = [found for found in chosen if languages.table(found.language, "gallery") and found.step in order]
    for found in sorted(known, key=lambda found: (found.language, order.index(Step(found.step)))):
        yield _shown(found, library, policy, voice or Voice())


def _shown(found: Found, library: Library, policy: Policy, voice: Voice) -> Shown:
    step, kind = Step(found.step), _kind_for(found, library)
    owner = sample_owner(found.language, voice)
    case = sample_case(found.language, kind, step, found.occasion)
    follow_up = sample_follow_up(case, step, found.occasion)
    now = follow_up.due_at
    facts = gather(case, follow_up, owner, found.language, now, placeholders=policy.general.placeholders)
    draft = compose(case, follow_up, owner, policy, library, now, template=found.name)
    return Shown(found.name, found.purpose, found.own, found.language, step.value, kind, draft, tuple(_told(facts)))


def _kind_for(found: Found, library: Library) -> Kind:
    """A kind of case that the template is really used for: one that has none more particular."""
    kinds = sorted(kinds_of(found.name), key=lambda kind: kind is not Kind.MEETING or found.step not in ABOUT_MEETINGS)
    occasions = [found.occasion] if found.occasion else []
    used = (k for k in kinds if found.name in library.variants(found.language, Step(found.step), k, occasions))
    return next(used, kinds[0])


def sample_owner(language: str, voice: Voice) -> Owner:
    """Who writes the drafts of ``language``."""
    known = languages.table(language, "gallery")["owner"]
    days = BusinessDays(known["country"])
    return Owner((known["email"],), known["name"], ZoneInfo(known["zone"]), days, language, voice=voice)


def sample_case(language: str, kind: Kind, step: Step, occasion: str = "") -> Case:
    """A conversation of ``kind`` in which ``step`` could come next; on an ``occasion``, one that shows it."""
    known = languages.table(language, "gallery")
    sample, me = known[kind.value], Address(known["owner"]["name"], known["owner"]["email"])
    zone = ZoneInfo(known["owner"]["zone"])
    people = tuple(Address(**person) for person in sample["people"])
    copied = tuple(Address(**person) for person in sample.get("copied", ()))
    last = _last_words(known["last"], kind, (occasion, step.value))
    mails = [*_mails(sample, step), *([_last(last, sample, people[0])] if last else [])]
    told = tuple(_told_mail(n, mails, sample, me, (people, copied), kind, zone) for n in range(len(mails)))
    ahead = step is Step.NUDGE and occasion != "passed"
    events = (_event(sample["event"], (*people, *copied), me, zone, ahead=ahead),) if "event" in sample else ()
    domain, topic = people[0].email.rpartition("@")[2], Topic(**sample["topic"])
    return Case(f"{language}-{kind}", kind, told, events, people, domain, language, sample["subject"], topic)


def _mails(sample: Mapping[str, Any], step: Step) -> list[Mapping[str, Any]]:
    """The conversation; a meeting request that is nudged has no answer yet."""
    own_only = step is Step.NUDGE and any(mail["from"] == "me" for mail in sample["mails"])
    return [mail for mail in sample["mails"] if not own_only or mail["from"] == "me"]


def _last_words(known: Mapping[str, Any], kind: Kind, names: Iterable[str]) -> str:
    """What they write last: for the first of ``names`` with words, those for the kind before those for any."""
    tables = (known.get(kind.value, {}), known)
    return next((str(table[name]) for name in names for table in tables if name in table), "")


def _last(text: str, sample: Mapping[str, Any], person: Address) -> dict[str, Any]:
    first_name = person.name.split()[0]
    day = max(mail["day"] for mail in sample["mails"]) + 2
    return {"from": "them", "day": day, "sign_off": first_name, "text": f"{text}\n\n{first_name}"}


def _told_mail(
    number: int,
    mails: Sequence[Mapping[str, Any]],
    sample: Mapping[str, Any],
    me: Address,
    others: tuple[tuple[Address, ...], tuple[Address, ...]],
    kind: Kind,
    zone: ZoneInfo,
) -> Told:
    mail, (people, copied) = mails[number], others
    outgoing = mail["from"] == "me"
    text = mail["text"].strip()
    message = Message(
        id=f"m{number}",
        thread_id="thread",
        message_id=f"<m{number}@sample.example>",
        sent_at=_at(mail["day"], 9 + number, zone),
        sender=me if outgoing else people[0],
        subject=sample["subject"] if number == 0 else f"Re: {sample['subject']}",
        to=people if outgoing else (me, *people[1:]),
        cc=copied,
        references=tuple(f"<m{before}@sample.example>" for before in range(number)),
        text=text,
        attachments=tuple(mail.get("attachments", ())),
    )
    signals = tuple(_signals(mail, kind)) if outgoing else ()
    return Told(message, Reading(message.id, "", Nature.PERSON, text, signals, sign_off=mail["sign_off"]), outgoing)


def _signals(mail: Mapping[str, Any], kind: Kind) -> Iterator[Signal]:
    """What the owner's mail says, as far as drafts use it."""
    if kind in SENT_AS and mail.get("attachments"):
        yield Signal(SENT_AS[kind], mail["text"], "")
    if kind in (Kind.PROJECT, Kind.TASK):
        yield Signal(Says.REQUEST, mail["text"], "", window=Window(None, DEADLINE_ON))


def _event(sample: Mapping[str, Any], people: Iterable[Address], me: Address, zone: ZoneInfo, *, ahead: bool) -> Event:
    begins = _at(AHEAD if ahead else sample["day"], 10, zone)
    guests = tuple(Attendee(person.email, person.name) for person in people)
    return Event(
        uid="event@sample.example",
        summary=sample["summary"],
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
        description=sample["description"],
        organizer=me.email,
        attendees=guests,
        id="event",
    )


def _at(day: int, hour: int, zone: ZoneInfo) -> datetime:
    return datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, hour, tzinfo=zone) + timedelta(days=day)


def sample_follow_up(case: Case, step: Step, occasion: str = "") -> FollowUp:
    """``step`` as the case calls for it on ``occasion``."""
    last = case.told[-1].message
    event = case.events[0].id if case.events and step in ABOUT_MEETINGS else None
    promised = Window(None, PROMISED_ON) if occasion == "promised" or step is Step.CHECK_BACK else None
    again = occasion == "again" or step in (Step.LAST_CALL, Step.KEEP_IN_TOUCH)
    return FollowUp(
        step=step,
        due_at=last.sent_at + timedelta(days=DUE_AFTER),
        lapses_at=None,
        trigger=last.id,
        to=case.people,
        cc=last.cc,
        reply_to=last.id,
        event=event,
        ordinal=int(again),
        promised=promised,
        time_passed=occasion == "passed",
    )


def _told(facts: Facts) -> Iterator[tuple[str, str]]:
    for field in fields(facts):
        value = getattr(facts, field.name)
        said = ", ".join(value) if isinstance(value, tuple) else value
        if isinstance(value, bool):
            said = "yes" if value else "no"
        if isinstance(value, dict):
            said = ", ".join(f"{name}: {fact}" for name, fact in value.items())
        if said not in ("", None):
            yield field.name, str(said)
