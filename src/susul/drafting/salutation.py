"""How to greet the people a draft goes to, by the evidence of the conversation; neutral where there is none.

The owner's own way of addressing a person counts most, then how the person signs and how others call them. An address's
local part is never taken for a name: a wrong name is worse than none.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from susul.drafting.cleaning import is_filler, is_plain, one_line
from susul.drafting.greetings import Form, Greeting, is_name, read_form, read_greeting, without_degrees
from susul.owner import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from susul.drafting.wording import Wording
    from susul.model import Address, Case, Told

MOST_NAMED = 3
MESSAGES_LOOKED_AT = 40
TEXT_LOOKED_AT = 20_000  # characters of one message


@dataclass(frozen=True, slots=True)
class Salutation:
    """A greeting line, the word for "you", the names greeted, and whether it is formal."""

    greeting: str
    you: str
    names: tuple[str, ...]
    formal: bool


@dataclass(frozen=True, slots=True)
class _Addressed:
    """One person: the opener that goes with them (as somebody wrote it, or empty), and the form. No form: unknown."""

    opener: str
    form: Form | None
    group: str = ""


def salute(case: Case, to: Sequence[Address], words: Wording, *, casual: bool = False) -> Salutation:
    """The greeting for ``to`` in ``words``; none that is bound to an hour, since nobody knows when it will be sent.

    ``casual``: where nobody's way of greeting is known, the owner wants the language's casual one.
    """
    recent = case.told[-MESSAGES_LOOKED_AT:]
    people = [_addressed(person, recent, words) for person in to]
    plain = words.salutation.casual if casual else words.salutation.default
    if len(people) == 1:
        return _greet_one(people[0], words, plain)
    return _greet_several(people, words, plain)


def _greet_one(person: _Addressed, words: Wording, plain: str) -> Salutation:
    said = words.salutation
    opener = _timeless(person.opener, words)
    if person.group:
        line = said.known.format(opener=opener, name=person.group) if opener else said.nobody
        return Salutation(line, said.you_unsure, (), formal=_is_formal(line, words))
    if person.form is None:
        line = opener + "," if opener and not _needs_name(opener, words) else said.nobody
        return Salutation(line, said.you_unsure, (), formal=_is_formal(line, words))
    name = _titled(person.form, opener or plain, words)
    if said.needs_title and not person.form.title and not opener:
        return Salutation(said.untitled.format(name=name), said.you_unsure, (name,), formal=True)
    if plain == said.casual and not person.form.title and len(name.split()) > 1:
        plain = said.default  # "Hi Helen Park," is neither casual nor polite
    line = said.known.format(opener=opener, name=name) if opener else plain.format(name=name)
    return Salutation(line, person.form.you or said.you, (name,), formal=_is_formal(line, words))


def _greet_several(people: Sequence[_Addressed], words: Wording, plain: str) -> Salutation:
    said = words.salutation
    forms = [person.form for person in people if person.form is not None]
    uneven = _lacks_title(forms, words) or _mixes_names(forms)
    if not people or len(forms) < len(people) or len(people) > MOST_NAMED or uneven:
        line, you = _unnamed(len(people), words)
        return Salutation(line, you, (), formal=_is_formal(said.several, words))
    opener = _timeless(next((p.opener for p in people if p.opener), ""), words)
    names = tuple(_titled(form, opener or plain, words) for form in forms)
    joined = ", ".join(names[:-1]) + words.lists["and"] + names[-1]
    line = said.known.format(opener=opener, name=joined) if opener else plain.format(name=joined)
    return Salutation(line, _you_of_several(forms, words), names, formal=_is_formal(line, words))


def _lacks_title(forms: Sequence[Form], words: Wording) -> bool:
    """A greeting that gives one person a title and another none would slight the other."""
    titled = [bool(form.title) for form in forms]
    return any(titled) != all(titled) or (words.salutation.needs_title and not any(titled))


def _unnamed(count: int, words: Wording) -> tuple[str, str]:
    said = words.salutation
    if count == 2:
        return said.two, said.you_two
    return (said.several, said.you_all) if count else (said.nobody, said.you_unsure)


def _mixes_names(forms: Sequence[Form]) -> bool:
    """ "Grace and Sam Okafor": one by the first name, one by the full name."""
    whole = [len(form.name.split()) > 1 for form in forms if not form.title]
    return any(whole) and not all(whole)


def _you_of_several(forms: Sequence[Form], words: Wording) -> str:
    if words.salutation.needs_title and all(form.you for form in forms):
        spelt = [you for _, _, you in words.salutation.titles]
        return words.lists["and"].join(sorted({form.you for form in forms}, key=spelt.index))
    return words.salutation.you_two if len(forms) == 2 else words.salutation.you_all


def _titled(form: Form, opener: str, words: Wording) -> str:
    title = form.title
    if _is_formal(opener, words):
        title = dict(words.salutation.formal_titles).get(title, title)
    return f"{title} {form.name}".strip()


def _is_formal(line: str, words: Wording) -> bool:
    first = words.salutation.default.partition(" ")[0].lower().rstrip(".,")
    return first in [word.lower().rstrip(".,") for word in line.split()[:2]]


def _timeless(opener: str, words: Wording) -> str:
    if opener.lower() in words.salutation.times_of_day:
        return words.salutation.timeless
    return opener[:1].upper() + opener[1:]


def _needs_name(opener: str, words: Wording) -> bool:
    return _is_formal(opener, words) or opener.lower() == "dear"


def _addressed(person: Address, told: Sequence[Told], words: Wording) -> _Addressed:
    names = _known_names(person, told, words)
    by_owner = _as_the_owner_did(person, names, told, words)
    if by_owner is not None:
        return by_owner
    form = _as_others_did(names, told, words) if words.salutation.needs_title else None
    opener = _their_opener(person, told, words)
    if form is not None:
        return _Addressed(opener if form.title else "", form)
    first_name = _first_name(person, names, told, words)
    shown = None if first_name else _form_of(person.name, words)
    if shown is not None and shown.title and shown.name in names:
        return _Addressed(opener, shown)
    name = first_name or (names[0] if names else "")
    return _Addressed("" if words.salutation.needs_title else opener, Form("", name, "") if name else None)


def _known_names(person: Address, told: Sequence[Told], words: Wording) -> tuple[str, ...]:
    """How the person is called: by their own signatures, last first, then by the display names in headers."""
    signed = [item.reading.sign_off for item in reversed(told) if _from(item, person)]
    shown = [person.name, *(item.message.sender.name for item in reversed(told) if _from(item, person))]
    forms = (_form_of(name, words) for name in [*signed, *shown] if name)
    found = [form.name for form in forms if form is not None and form.name and _is_person(form.name, words)]
    return tuple(dict.fromkeys(found))


def _form_of(name: str, words: Wording) -> Form | None:
    return read_form(_unreversed(without_degrees(one_line(name), words.salutation)), words.salutation)


def _unreversed(name: str) -> str:
    """ "Lee, Hannah" as "Hannah Lee"."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and given.strip() else name


def _is_person(name: str, words: Wording) -> bool:
    return (
        is_plain(name)
        and is_name(name)
        and not is_filler(name)
        and not {w.lower() for w in name.split()} & words.salutation.groups
    )


def _from(item: Told, person: Address) -> bool:
    return not item.outgoing and canonical(item.message.sender.email) == canonical(person.email)


def _name_words(names: Sequence[str]) -> set[str]:
    return {word.lower().strip(".") for name in names for word in name.split()}


def _as_the_owner_did(person: Address, names: Sequence[str], told: Sequence[Told], words: Wording) -> _Addressed | None:
    for item in reversed(told):
        if not item.outgoing or not _is_to(item, person):
            continue
        greeting = read_greeting(item.reading.text, words.salutation)
        if greeting is None:
            continue
        alone = len(item.message.to) == 1
        if greeting.group and alone and not names and is_plain(greeting.group):
            return _Addressed(greeting.opener, None, group=greeting.group)
        form = _form_for(greeting, names, alone)
        if form is not None:
            return _Addressed(greeting.opener, form)
    return None


def _is_to(item: Told, person: Address) -> bool:
    return any(canonical(to.email) == canonical(person.email) for to in (*item.message.to, *item.message.cc))


def _form_for(greeting: Greeting, names: Sequence[str], alone: bool) -> Form | None:
    """The form in ``greeting`` that means a person of these names, or the only one where nothing is known of them."""
    known = _name_words(names)
    for form in greeting.forms:
        if _name_words([form.name]) & known:
            return form
    only = greeting.forms[0] if len(greeting.forms) == 1 and alone and not names else None
    return only if only is not None and only.name else None


def _as_others_did(names: Sequence[str], told: Sequence[Told], words: Wording) -> Form | None:
    """The title with which anybody in the conversation calls a person of these names ("Ibu Dewi")."""
    known = _name_words(names)
    spelt = {written: (title, you) for written, title, you in words.salutation.titles}
    for title, name in _titles_in(told, set(spelt)):
        if name.lower() in known:
            return Form(spelt[title][0], name, spelt[title][1])
    return None


def _titles_in(told: Sequence[Told], titles: set[str]) -> Iterator[tuple[str, str]]:
    for item in sorted(told, key=lambda one: not one.outgoing):
        sources = (item.reading.text[:TEXT_LOOKED_AT], item.message.sender.name, item.reading.sign_off)
        for source in sources:
            written = source.split()
            for before, after in pairwise(written):
                name = after.strip(",.;:!?()")
                if before.lower().lstrip("(") in titles and is_name(name):
                    yield before.lower().lstrip("("), name


def _their_opener(person: Address, told: Sequence[Told], words: Wording) -> str:
    """The opener with which the person greeted, where the draft can greet back the same way."""
    for item in reversed(told):
        if _from(item, person):
            greeting = read_greeting(item.reading.text, words.salutation)
            if greeting is not None and greeting.opener and greeting.forms:
                return greeting.opener
    return ""


def _first_name(person: Address, names: Sequence[str], told: Sequence[Told], words: Wording) -> str:
    """The first name, where they sign with it, call the owner by theirs, or others in the conversation use it."""
    for item in reversed(told):
        if _from(item, person):
            if len(item.reading.sign_off.split()) == 1 and item.reading.sign_off in names:
                return item.reading.sign_off
            greeting = read_greeting(item.reading.text, words.salutation)
            form = greeting.forms[0] if greeting is not None and greeting.forms else None
            if form is not None and not form.title and len(form.name.split()) == 1 and names:
                return _first_of_two(names[0])
    return next((first for name in names if (first := _first_of_two(name)) and _is_called(first, name, told)), "")


def _first_of_two(name: str) -> str:
    """The first of two words. Of three and more, which one people say is not known."""
    return name.split(maxsplit=1)[0] if len(name.split()) == 2 else ""


def _is_called(first: str, name: str, told: Sequence[Told]) -> bool:
    last = name.rsplit(maxsplit=1)[-1]
    for item in told:
        written = [word.strip(",.;:!?()") for word in item.reading.text[:TEXT_LOOKED_AT].split()]
        if any(word == first and after != last for word, after in pairwise([*written, ""])):
            return True
    return False
