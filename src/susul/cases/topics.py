"""What a matter is about, in the conversation's own words: role, company, subject, and what the owner asked for.

Subjects, titles and bodies are read as runs of words between breaks; the words that surround a name are data
(``languages/<code>/topics.toml``, all languages together, for mail mixes them). Whatever isn't sure stays empty: a
wrong name is worse than none.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from susul import languages
from susul.cases.requests import requested
from susul.cases.runs import Run, Word, is_name_like, joined, runs_of, starts_with
from susul.cases.titles import bare_segments
from susul.domains import organisation
from susul.model import Event, Nature, Told, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from susul.owner import Owner

TEXT_LOOKED_AT = 20_000  # characters of one message
MESSAGES_LOOKED_AT = 40
LONGEST_ROLE = 6  # words
LONGEST_COMPANY = 5
LONGEST_ABOUT = 7
SHORTEST_LABEL = 3  # letters of a domain that may be taken for a name
SPOKEN, TITLED = 3, 2  # how much it counts that a sentence names a role, that a subject does


def topic_of(told: Sequence[Told], events: Sequence[Event], owner: Owner, language: str) -> Topic:
    """The topic of the conversation ``told`` and its ``events``. ``language`` is tried first for what was asked."""
    told = told[-MESSAGES_LOOKED_AT:]
    titles = _titles(told, events, owner)
    company = _company(told, events, owner)
    return Topic(
        role=_role(told, events, titles, company),
        company=company,
        about=_about(told, titles, company),
        asked=requested([one.reading.text for one in reversed(told) if _by_hand(one)][:1], language),
    )


@cache
def _listed(section: str, name: str) -> frozenset[str]:
    return frozenset(word for code in languages.codes() for word in languages.table(code, "topics")[section][name])


@cache
def _phrases(section: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The phrases of ``section.after`` by their first word, the longest first."""
    phrases = sorted((tuple(said.split()) for said in _listed(section, "after")), key=len, reverse=True)
    return {first: tuple(p for p in phrases if p[0] == first) for first in {phrase[0] for phrase in phrases}}


def _by_hand(one: Told) -> bool:
    return one.outgoing and one.reading.nature is Nature.PERSON


def _titles(told: Sequence[Told], events: Sequence[Event], owner: Owner) -> list[list[Run]]:
    """The subjects and event titles, newest first, each as its segments."""
    people = {owner.name, *(a.name for one in told for a in (one.message.sender, *one.message.to))}
    names = [name.lower().split() for name in sorted(people) if name]
    marks = _listed("marks", "before_colon") | _listed("marks", "reply")
    subjects = [one.message.subject for one in reversed(told) if one.reading.nature is not Nature.BOUNCE]
    written = dict.fromkeys([*subjects, *(event.summary for event in events)])
    return [segments for title in written if (segments := bare_segments(title, names, marks))]


def _company(told: Sequence[Told], events: Sequence[Event], owner: Owner) -> str:
    """The name that the counterpart's domain spells, as they write it; else one with a legal form, or an employer's."""
    labels = _labels(told, events, owner)
    runs = [run for text in _all_texts(told, events) for run in runs_of(text)]
    found = Counter(name for run in runs for label in labels for name in _named_like(run, label))
    if not found:
        found = Counter([*_with_legal_form(told), *_employers(told)])
    return max(found, key=lambda name: (found[name], len(name)), default="")


def _labels(told: Sequence[Told], events: Sequence[Event], owner: Owner) -> set[str]:
    """The organisations' own parts of the counterpart's domains ("acme" of acme.co.id)."""
    emails = {a.email for one in told for a in (one.message.sender, *one.message.to, *one.message.cc)}
    emails |= {event.organizer for event in events} | {guest.email for event in events for guest in event.attendees}
    theirs = (email for email in emails if email and not owner.is_me(email) and not owner.is_colleague(email))
    labels = (organisation(email).partition(".")[0].replace("-", "") for email in theirs)
    return {label for label in labels if len(label) >= SHORTEST_LABEL}


def _all_texts(told: Sequence[Told], events: Sequence[Event]) -> Iterator[str]:
    """Everything that may spell the organisation's name, signatures included."""
    for one in told:
        yield one.message.subject[:300]
        yield one.message.sender.name[:100]
        yield (one.message.text or one.reading.text)[:TEXT_LOOKED_AT]
    for event in events:
        yield event.summary[:300]
        yield event.description[:2000]


def _named_like(run: Run, label: str) -> Iterator[str]:
    """The names in ``run`` that spell ``label`` without their spaces, with the capitalised words that follow."""
    for start, word in enumerate(run):
        if word.capital and word.squashed and label.startswith(word.squashed):
            length = _spelling(run[start:], label)
            if length:
                end = next((i for i in range(start + length, len(run)) if not _goes_on(run[i])), len(run))
                has_form = start > 0 and run[start - 1].lower in _listed("company", "legal_before")
                yield joined(run[start - has_form : min(end, start + LONGEST_COMPANY)])


def _goes_on(word: Word) -> bool:
    """Whether ``word`` can belong to a company's name; its departments don't."""
    return word.capital and word.lower not in _listed("company", "departments")


def _spelling(words: Sequence[Word], label: str) -> int:
    """How many of ``words`` spell ``label``; 0 where they don't."""
    spelt = ""
    for count, word in enumerate(words[:LONGEST_COMPANY], 1):
        spelt += word.squashed
        if spelt == label or (count > 1 and label.removeprefix(spelt) in _listed("company", "endings")):
            return count
        if not label.startswith(spelt):
            return 0
    return 0


def _with_legal_form(told: Sequence[Told]) -> Iterator[str]:
    for one in told:
        for run in runs_of(one.message.text[:TEXT_LOOKED_AT]) if not one.outgoing else ():
            for place, word in enumerate(run):
                if word.text.isupper() and word.lower in _listed("company", "legal_before"):
                    name = _capitals(run[place + 1 :])[:LONGEST_COMPANY]
                    if name:
                        yield joined((word, *name))


def _employers(told: Sequence[Told]) -> Iterator[str]:
    """The names that follow a role: "the Data Analyst role at Arunika Analytics"."""
    for one in told:
        for run in runs_of(one.reading.text[:TEXT_LOOKED_AT]):
            for place, word in enumerate(run[:-1]):
                if place and word.lower in _listed("company", "at") and _ends_a_role(run[place - 1]):
                    name = _capitals(run[place + 1 :])
                    if 0 < len(name) <= LONGEST_COMPANY:
                        yield joined(name)


def _ends_a_role(word: Word) -> bool:
    return word.lower in _listed("role", "before") or (word.capital and word.lower in _listed("role", "heads"))


def _role(told: Sequence[Told], events: Sequence[Event], titles: Sequence[list[Run]], company: str) -> str:
    votes: Counter[str] = Counter()
    texts = [one.reading.text for one in reversed(told)] + [event.description for event in events]
    for run in (run for text in texts for run in runs_of(text[:TEXT_LOOKED_AT])):
        for role in _spoken_roles(run):
            votes[_without(role, company)] += SPOKEN
    for segments in titles:
        for role in _titled_roles(segments):
            votes[_without(role, company)] += TITLED
    fitting = [role for role in votes if _can_be_role(role, company)]
    return max(fitting, key=lambda role: votes[role], default="")


def _spoken_roles(run: Run) -> Iterator[str]:
    for place, word in enumerate(run):
        if word.lower in _listed("role", "before"):
            yield joined(_capitals_before(run[:place]))
        after = _after_phrase(run[place:], "role")
        if after:
            yield joined(_capitals(after))


def _after_phrase(run: Run, section: str) -> Run:
    """What follows in ``run`` where it begins with a phrase of ``section.after``, without its determiner."""
    for phrase in _phrases(section).get(run[0].lower, ()):
        if starts_with(run, phrase):
            rest = run[len(phrase) :]
            return rest[1:] if rest and rest[0].lower in _listed("about", "determiners") else rest
    return ()


def _titled_roles(segments: Sequence[Run]) -> Iterator[str]:
    """The role in the segments of a subject: what follows the words for interview or application."""
    lead = _lead_length(segments[0])
    if not lead:
        return
    said = segments[0][:lead]
    rest = segments[0][lead:]
    if not rest and len(segments) > 1:
        links = next((i for i, w in enumerate(segments[1]) if w.lower not in _listed("role", "links")), 0)
        said, rest = (*said, *segments[1][:links]), segments[1][links:]
    name = _capitals(rest)
    is_explicit = any(word.lower in _listed("role", "explicit") for word in said)
    if is_explicit or any(word.lower in _listed("role", "heads") for word in name):
        yield joined(name)


def _lead_length(run: Run) -> int:
    """How many words of ``run`` lead to the role; 0 where none of them is a word for interview or application."""
    kinds, leads, links = (_listed("role", name) for name in ("kinds", "leads", "links"))
    kind = next((place for place, word in enumerate(run) if word.lower not in leads or word.lower in kinds), len(run))
    if kind == len(run) or run[kind].lower not in kinds:
        return 0
    after = (place for place in range(kind + 1, len(run)) if run[place].lower not in links | kinds)
    return next(after, len(run))


def _capitals(run: Run) -> Run:
    """The capitalised words that ``run`` begins with, over a joining word between two of them."""
    end = 0
    for place, word in enumerate(run):
        if word.capital:
            end = place + 1
        elif not end or place != end or word.lower not in _listed("role", "joining"):
            break
    return run[:end]


def _capitals_before(run: Run) -> Run:
    """The capitalised words that ``run`` ends with, over a joining word between two of them."""
    start = len(run)
    for place in range(len(run) - 1, -1, -1):
        word = run[place]
        if word.capital and word.lower not in _listed("about", "determiners"):
            start = place
        elif start == len(run) or place != start - 1 or word.lower not in _listed("role", "joining"):
            break
    return run[start:]


def _without(role: str, company: str) -> str:
    """``role`` without a company's name at its end ("Kepala Gerai Bumi Rasa")."""
    if company and role.lower().endswith(f" {company.lower()}"):
        return role[: -len(company)].strip()
    return role


def _can_be_role(role: str, company: str) -> bool:
    words = role.lower().split()
    empty = (
        _listed("role", "leads") | _listed("role", "links") | _listed("role", "kinds") | _listed("about", "date_words")
    )
    return (
        0 < len(words) <= LONGEST_ROLE
        and is_name_like(role)
        and not f"{company.lower()} ".startswith(f"{role.lower()} ")
        and any(word not in empty for word in words)
    )


def _about(told: Sequence[Told], titles: Sequence[list[Run]], company: str) -> str:
    """The subject of the work; the owner's own sentence wins where it says the title's words and more."""
    titled = next((about for segments in titles if (about := _titled_about(segments, company))), "")
    spoken = [about for one in reversed(told) if _by_hand(one) for about in _spoken_abouts(one)]
    if not titled:
        return next(iter(spoken), "")
    return next((about for about in spoken if f" {titled.lower()} " in f" {about.lower()} "), titled)


def _titled_about(segments: Sequence[Run], company: str) -> str:
    if _lead_length(segments[0]):
        return ""  # a job's subject: what it names is the role
    leads = _listed("about", "leads")
    for run in segments:
        start = next((place for place, word in enumerate(run) if word.lower not in leads), len(run))
        name = _until(run[start:], _listed("about", "date_words"))
        while name and name[-1].lower in _listed("about", "trails"):
            name = name[:-1]
        about = joined(name)
        if _can_be_about(about) and about.lower() != company.lower():
            return _in_sentence_case(about, company) if start == 0 else about
    return ""


def _in_sentence_case(about: str, company: str) -> str:
    """A title's first capital is only a capital, where the words that follow have none."""
    first, *rest = about.split()
    is_common = first[1:].islower() and rest and all(word[:1].islower() for word in rest)
    return " ".join([first.lower(), *rest]) if is_common and first.lower() not in company.lower().split() else about


def _spoken_abouts(one: Told) -> Iterator[str]:
    for run in runs_of(one.reading.text[:TEXT_LOOKED_AT]):
        for place in range(len(run)):
            after = _after_phrase(run[place:], "about")
            name = _until(after, _listed("about", "stops"))
            ends_in_verb = len(name) < len(after) and after[len(name)].lower in _listed("about", "persons")
            if not ends_in_verb and _can_be_about(joined(name)):
                yield joined(name)


def _can_be_about(about: str) -> bool:
    return 0 < len(about.split()) <= LONGEST_ABOUT and is_name_like(about) and len(about) > SHORTEST_LABEL


def _until(run: Run, stops: Iterable[str]) -> Run:
    end = next((place for place, word in enumerate(run) if word.lower in stops), len(run))
    return run[:end]
