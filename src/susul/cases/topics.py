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
from susul.cases.runs import (
    Run,
    Word,
    after_phrase,
    calm,
    is_name_like,
    joined,
    listed,
    phrases,
    runs_of,
    undetermined,
    until,
)
from susul.cases.titles import (
    LONGEST_TITLE,
    Segment,
    bare_segments,
    can_be_role,
    has_head,
    is_job_title,
    labelled_roles,
    spoken_roles,
    titled_roles,
)
from susul.domains import organisation
from susul.model import Event, Nature, Told, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from susul.owner import Owner

TEXT_LOOKED_AT = 8_000  # characters of one message
MESSAGES_LOOKED_AT = 40
LONGEST_COMPANY = 5
LONGEST_ABOUT = 7
SHORTEST_NUMBER = 4  # digits that count nothing, as in a quotation's number
SHORTEST_LABEL = 3  # letters of a domain that may be taken for a name
MOST_LABELS = 50  # organisations that are looked for; no matter has so many, and each costs a look at every word
ABOUT_ANOTHER_MAIL = (Nature.BOUNCE, Nature.DELAY, Nature.AUTO_REPLY)  # a program made their subjects
SPOKEN, TITLED = 3, 2  # how much it counts that a sentence names a role, that a subject does


def topic_of(told: Sequence[Told], events: Sequence[Event], owner: Owner, language: str) -> Topic:
    """The topic of the conversation ``told`` and its ``events``. ``language`` is tried first for what was asked."""
    told = told[-MESSAGES_LOOKED_AT:]
    names = _names(told, events)
    titles = _titles(told, events, owner, names)
    company = _company(told, events, owner)
    role = _role(told, events, titles, company, [*names, owner.name.lower().split()])
    return Topic(
        role=role,
        company=company,
        about=_about(told, titles, company, role, language),
        asked=requested(_open_words(told), language),
    )


def _open_words(told: Sequence[Told]) -> Iterator[str]:
    """What the owner wrote since the others wrote last, and the newest of it in any case; newest first."""
    newest = next((place for place in range(len(told) - 1, -1, -1) if _by_hand(told[place])), -1)
    for one in reversed(told[: newest + 1]):
        if not one.outgoing and one.reading.nature is Nature.PERSON:
            return
        if _by_hand(one):
            yield one.reading.text


def _by_hand(one: Told) -> bool:
    return one.outgoing and one.reading.nature is Nature.PERSON


def _names(told: Sequence[Told], events: Sequence[Event]) -> list[list[str]]:
    """The names of everybody but the owner, as lower-case words."""
    people = {
        a.name
        for one in told
        for a in (one.message.sender, *one.message.to)
        if not one.outgoing or a != one.message.sender
    }
    people |= {guest.name for event in events for guest in event.attendees}
    return [name.lower().split() for name in sorted(people) if name]


def _titles(
    told: Sequence[Told], events: Sequence[Event], owner: Owner, names: Sequence[Sequence[str]]
) -> list[list[Segment]]:
    """The titles, each as its segments: people's subjects, newest first, then those of events and of programs."""
    own = owner.name.lower().split()
    marks = listed("marks", "before_colon", "reply")
    mails = [one for one in reversed(told) if one.reading.nature not in ABOUT_ANOTHER_MAIL]
    by_people = [one.message.subject for one in mails if one.reading.nature is Nature.PERSON]
    written = dict.fromkeys([*by_people, *(event.summary for event in events), *(one.message.subject for one in mails)])
    bare = (bare_segments(title, own, [name for name in names if name != own], marks) for title in written)
    return list({tuple(segments): segments for segments in bare if segments}.values())


def _company(told: Sequence[Told], events: Sequence[Event], owner: Owner) -> str:
    """The employer that they name with a role; else what their domain spells, as they write it, or a legal form marks.

    Who finds people for a client doesn't employ them, so a recruiter's own name is none.
    """
    theirs = [run for one in told if not one.outgoing for text in _words_of(one) for run in runs_of(text)]
    labels = _labels(told, events, owner)
    runs = [run for text in _all_texts(told, events) for run in runs_of(text)]
    spelt = Counter(name for run in runs for label in labels for name in _named_like(run, label))
    employers = Counter(name for run in theirs for name in _employers(run) if not _is_person(name, told, owner))
    finds_for_others = any(
        after_phrase(run, at, phrases("company", "clients")) for run in theirs for at in range(len(run))
    )
    if employers or finds_for_others:
        return next(iter(spelt.keys() & employers.keys()), "") or _most_said(employers)
    mine = [run for one in told if one.outgoing for run in runs_of(one.reading.text[:TEXT_LOOKED_AT])]
    found = Counter({name: count for name, count in spelt.items() if not _is_person(name, told, owner)})
    return _most_said(found or Counter([*_with_legal_form(told), *(name for run in mine for name in _employers(run))]))


def _words_of(one: Told) -> tuple[str, str]:
    return one.message.subject[:LONGEST_TITLE], one.reading.text[:TEXT_LOOKED_AT]


def _most_said(names: Counter[str]) -> str:
    return max(names, key=lambda name: (names[name], len(name)), default="")


def _is_person(name: str, told: Sequence[Told], owner: Owner) -> bool:
    """Whether ``name`` is that of somebody whose address says so too (reza@rezafirmansyah.example)."""
    words = set(name.lower().split())
    people = {a for one in told for a in (one.message.sender, *one.message.to, *one.message.cc)}
    mailboxes = (a.email.partition("@")[0] for a in people if a.name.lower().split() == name.lower().split())
    return words == set(owner.name.lower().split()) or any(word in mailbox for mailbox in mailboxes for word in words)


def _labels(told: Sequence[Told], events: Sequence[Event], owner: Owner) -> set[str]:
    """The organisations' own parts of the counterpart's domains ("acme" of acme.co.id)."""
    emails = {a.email for one in told for a in (one.message.sender, *one.message.to, *one.message.cc)}
    emails |= {event.organizer for event in events} | {guest.email for event in events for guest in event.attendees}
    theirs = (email for email in emails if email and not owner.is_me(email) and not owner.is_colleague(email))
    labels = (organisation(email).partition(".")[0].replace("-", "") for email in theirs)
    return set(sorted({label for label in labels if len(label) >= SHORTEST_LABEL})[:MOST_LABELS])


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
                has_form = start > 0 and run[start - 1].lower in listed("company", "legal_before")
                yield joined(run[start - has_form : min(end, start + LONGEST_COMPANY)])


def _goes_on(word: Word) -> bool:
    """Whether ``word`` can belong to a company's name; its departments don't."""
    return word.capital and word.lower not in listed("company", "departments")


def _spelling(words: Sequence[Word], label: str) -> int:
    """How many of ``words`` spell ``label``; 0 where they don't."""
    spelt = ""
    for count, word in enumerate(words[:LONGEST_COMPANY], 1):
        spelt += word.squashed
        if spelt == label or (count > 1 and label.removeprefix(spelt) in listed("company", "endings")):
            return count
        if not label.startswith(spelt):
            return 0
    return 0


def _with_legal_form(told: Sequence[Told]) -> Iterator[str]:
    for one in told:
        for run in runs_of(one.message.text[:TEXT_LOOKED_AT]) if not one.outgoing else ():
            for place, word in enumerate(run):
                if word.text.isupper() and word.lower in listed("company", "legal_before"):
                    name = _proper(run[place + 1 :])[:LONGEST_COMPANY]
                    if name:
                        yield joined((word, *name))


def _employers(run: Run) -> Iterator[str]:
    """The names that follow a role in ``run``: "the Data Analyst role at Arunika Analytics", "Staf Gudang di PT …"."""
    for place, word in enumerate(run[:-1]):
        is_at = word.lower in listed("company", "at")
        if place and (is_at or word.lower in listed("company", "at_legal")) and _ends_a_role(run[place - 1]):
            name = _proper(run[place + 1 :])
            is_legal = bool(name) and len(name) > 1 and name[0].lower in listed("company", "legal_before")
            if 0 < len(name) <= LONGEST_COMPANY and (is_at or is_legal):
                yield joined(name)


def _ends_a_role(word: Word) -> bool:
    return word.lower in listed("role", "before") or (word.capital and word.lower in listed("role", "heads"))


def _proper(run: Run) -> Run:
    """The capitalised words that ``run`` begins with."""
    end = next((place for place, word in enumerate(run) if not word.capital), len(run))
    return run[:end]


def _role(
    told: Sequence[Told],
    events: Sequence[Event],
    titles: Sequence[Sequence[Segment]],
    company: str,
    names: Sequence[Sequence[str]],
) -> str:
    """The role that is named most; those that are named as a job is count double."""
    texts = [*(one.reading.text for one in reversed(told)), *(event.description for event in events)]
    runs = [run for text in texts for run in runs_of(text[:TEXT_LOOKED_AT])]
    found = [(role, SPOKEN) for run in runs for role in spoken_roles(run)]
    found += [(role, SPOKEN) for role in labelled_roles(runs)]
    about_job = _speaks_of_job(runs)
    found += [(role, TITLED) for segments in titles for role in titled_roles(segments, about_job=about_job)]
    votes: Counter[str] = Counter()
    spelt: dict[str, list[str]] = {}
    for words, weight in found:
        role = calm(joined(_trimmed(words, company, names)), str.capitalize)
        if can_be_role(role, company):
            votes[role.lower()] += weight * (1 + has_head(words))
            spelt.setdefault(role.lower(), []).append(role)
    best = max(votes, key=lambda role: (votes[role], len(role)), default="")
    return max(spelt[best], key=_capitals_meant) if best else ""


def _capitals_meant(name: str) -> int:
    """How many words of ``name`` are capitalised for more than beginning a line."""
    first, *rest = name.split()
    capitals = sum(word[0].isupper() for word in rest)
    return capitals + (first[0].isupper() and (capitals > 0 or not rest)) - (first[0].isupper() and capitals == 0)


def _speaks_of_job(runs: Iterable[Run]) -> bool:
    signs = listed("role", "signs")
    return any(word.lower in signs for run in runs for word in run)


def _trimmed(words: Run, company: str, names: Sequence[Sequence[str]]) -> Run:
    """``words`` without the company's or a person's name at either end ("Kepala Gerai Bumi Rasa")."""
    for name in (company.lower().split(), *names):
        if name and len(words) > len(name):
            lower = [word.lower for word in words]
            if lower[-len(name) :] == list(name):
                words = words[: -len(name)]
            elif lower[: len(name)] == list(name):
                words = words[len(name) :]
    return words


def _about(told: Sequence[Told], titles: Sequence[Sequence[Segment]], company: str, role: str, language: str) -> str:
    """The subject of the work; the owner's own sentence wins where it says the title's words and more."""
    about_job = bool(role) or _speaks_of_job(run for one in told for run in runs_of(one.reading.text[:TEXT_LOOKED_AT]))
    about_work = [segments for segments in titles if not (about_job and is_job_title(segments))]
    titled = next(filter(None, (_titled_about(segments, company, role, language) for segments in about_work)), "")
    spoken = [about for one in reversed(told) if _by_hand(one) for about in _spoken_abouts(one)]
    if not titled:
        return next(iter(spoken), "")
    return next((about for about in spoken if f" {titled.lower()} " in f" {about.lower()} "), titled)


def _titled_about(segments: Sequence[Segment], company: str, role: str, language: str) -> str:
    """What a title names first; none where it names the role or is said to somebody."""
    title = " ".join(joined(segment.words) for segment in segments).lower()
    if role and f" {role.lower()} " in f" {title} ":
        return ""
    found = [about for segment in segments if (about := _named_in(segment.words, company, language))]
    # "Dealer meeting: service levels" is about the levels, "Site meeting" about the site.
    return next((about for about in found if " " in about), found[0] if found else "")


def _named_in(words: Run, company: str, language: str) -> str:
    start, name, trail = _core(words, language)
    about = joined(name)
    if not _can_be_about(about) or not _names_something(name) or about.lower() == company.lower():
        return ""
    return _in_sentence_case(name, trail, company) if start == 0 else calm(about, str.lower)


def _core(words: Run, language: str) -> tuple[int, Run, Run]:
    """Where in ``words`` the subject begins, the subject, and the words after it that only say what it is.

    Left out is what says that it is a proposal, a meeting or a reminder, its number and its date.
    """
    announced = (at for at, word in enumerate(words[:-1], 1) if word.lower in listed("about", "announcing"))
    start = next(announced, 0)
    while start < len(words) and _leads(words, start, language):
        start += 1
    dated = next((at for at in range(start, len(words)) if _begins_date(words, at)), len(words))
    end = dated
    while end > start and words[end - 1].lower in listed("about", "trails"):
        end -= 1
    return start, words[start:end], words[end:dated]


def _leads(words: Run, place: int, language: str) -> bool:
    """Whether the word at ``place`` only leads to the name; a noun that makes one with the next belongs to it."""
    word = words[place]
    if word.lower not in listed("about", "leads"):
        return _is_number(word)
    compounds = languages.table(language, "topics").get("about", {}).get("compounds", ())
    return word.lower not in compounds or place + 1 == len(words) or words[place + 1].lower in _after_leads()


@cache
def _after_leads() -> frozenset[str]:
    """Words that end what leads to a name, so that the word before them is none of it."""
    return listed("about", "links", "leads") - listed("about", "compounds")


def _begins_date(words: Run, place: int) -> bool:
    lower = words[place].lower
    if lower in listed("about", "date_words"):
        return True
    following = words[place + 1] if place + 1 < len(words) else None
    is_date = following is not None and (
        following.lower in listed("about", "date_words", "empty") or following.text[0].isdigit()
    )
    return is_date and lower in listed("about", "date_links")


def _is_number(word: Word) -> bool:
    """Whether ``word`` is a number or a reference ("021/SPH/VI/2026")."""
    return word.text[0].isdigit() and ("/" in word.text or (word.text.isdigit() and len(word.text) >= SHORTEST_NUMBER))


def _names_something(name: Run) -> bool:
    said = {word.lower for word in name}
    begins_well = name[0].lower not in listed("role", "held_by") and name[0].lower not in listed(
        "company", "at", "legal_before"
    )
    return begins_well and not said <= _no_name() and said.isdisjoint(listed("about", "clauses"))


@cache
def _no_name() -> frozenset[str]:
    """Words of which alone no subject is made."""
    return listed("about", "leads", "trails", "determiners", "empty") | listed("role", "kinds", "leads", "after_kinds")


def _in_sentence_case(name: Run, trail: Run, company: str) -> str:
    """A title's first capital is only a capital, where the words that follow have none."""
    first, rest = name[0], (*name[1:], *trail)
    is_common = first.text[1:].islower() and rest and not any(word.capital for word in rest)
    if not is_common or first.lower in company.lower().split():
        return calm(joined(name), str.lower)
    return " ".join([first.lower, *(word.text for word in name[1:])])


def _spoken_abouts(one: Told) -> Iterator[str]:
    known, stops = phrases("about", "after"), listed("about", "stops")
    for run in runs_of(one.reading.text[:TEXT_LOOKED_AT]):
        for place, word in enumerate(run):
            after = undetermined(after_phrase(run, place, known)) if word.lower in known else ()
            name = until(after, stops)
            ends_in_verb = len(name) < len(after) and after[len(name)].lower in listed("about", "persons")
            is_date = any(word.lower in listed("about", "date_words") for word in name)
            if name and not ends_in_verb and not is_date and _can_be_about(joined(name)):
                yield joined(name)


def _can_be_about(about: str) -> bool:
    return 0 < len(about.split()) <= LONGEST_ABOUT and is_name_like(about) and len(about) > SHORTEST_LABEL
