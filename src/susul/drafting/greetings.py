"""Reads the greeting of a mail: "Yth. Ibu Dewi," is an opener, a title and a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from susul import languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from susul.drafting.wording import Salutations

LONGEST_GREETING = 80  # characters; a longer first line is a sentence
LONGEST_NAME = 30
MOST_NAME_WORDS = 4
LINES_LOOKED_AT = 3
ENDS = " ,.:!;-–—"
SIGNS_BETWEEN = (",", "&", "/")


@cache
def _separators() -> tuple[str, ...]:
    """What stands between two names: signs, and "and" in every language, for people mix them."""
    return (*SIGNS_BETWEEN, *(languages.table(code, "drafting")["lists"]["and"] for code in languages.codes()))


@dataclass(frozen=True, slots=True)
class Form:
    """How one person is addressed: the title as written ("Pak", "" for none), the name, and the title's "you"."""

    title: str
    name: str
    you: str


@dataclass(frozen=True, slots=True)
class Greeting:
    """A greeting line: its opener as written, and the people it names; ``group`` where it greets a desk or all."""

    opener: str
    forms: tuple[Form, ...]
    group: str = ""


def read_greeting(text: str, words: Salutations) -> Greeting | None:
    """The greeting that ``text`` begins with; None where its first lines hold none.

    One that names nobody ("Assalamualaikum Wr. Wb.") may have one below it that does ("Yth. Bapak Hadi,").
    """
    nameless: Greeting | None = None
    for line in _first_lines(text):
        greeting = _read_line(line, words)
        if greeting is None:
            continue
        names_somebody = bool(greeting.forms or greeting.group)
        if names_somebody and (nameless is None or greeting.opener or greeting.group or greeting.forms[0].title):
            return greeting
        nameless = nameless or greeting
    return nameless


def _first_lines(text: str) -> Iterator[str]:
    lines = (line.strip() for line in text[:2000].splitlines())
    filled = (line for line in lines if line)
    for _, line in zip(range(LINES_LOOKED_AT), filled, strict=False):
        if len(line) <= LONGEST_GREETING:
            yield line


def _read_line(line: str, words: Salutations) -> Greeting | None:
    opener = _opener(line, words)
    rest = line[len(opener) :].strip(ENDS)
    if not opener and not (line[-1] in ",:" and rest):
        return None
    if not rest:
        return Greeting(opener, ())
    if {word.strip(ENDS).lower() for word in rest.split()} & words.groups:
        return Greeting(opener, (), group=rest) if opener else None
    parts = [part for part in _parts(rest, words) if not _are_degrees(part, words)]
    forms = tuple(read_form(part, words) for part in parts)
    if not forms or any(form is None for form in forms) or (not opener and not forms[0]):
        return None
    named = tuple(form for form in forms if form is not None)
    if not opener and not named[0].title and len(rest.split()) > 1:
        return None  # "First of all," opens a sentence, not a mail
    return Greeting(opener, named)


def _opener(line: str, words: Salutations) -> str:
    lowered = line.lower()
    for opener in sorted(words.openers, key=len, reverse=True):
        follows = lowered[len(opener) : len(opener) + 1]
        if lowered.startswith(opener) and not follows.isalnum():
            return line[: len(opener)]
    return ""


def _parts(rest: str, words: Salutations) -> Iterable[str]:
    double = {title for title, _, _ in words.titles if "/" in title}
    parts = [rest]
    for separator in _separators():
        parts = [
            piece
            for part in parts
            for piece in ([part] if separator == "/" and _begins_with(part, double) else part.split(separator))
        ]
    return [part.strip() for part in parts if part.strip()]


def _begins_with(part: str, titles: set[str]) -> bool:
    return part.split(maxsplit=1)[0].lower() in titles if part.split() else False


def read_form(part: str, words: Salutations) -> Form | None:
    """ "Ibu Dewi Lestari, S.H." as title and name; None where the words are no name."""
    title, you = "", ""
    names = without_degrees(part, words).split()
    known = {written: (spelt, alone) for written, spelt, alone in words.titles}
    while names and names[0].lower() in (known if len(names) == 1 else known.keys() | words.ranks):
        spelt, alone = known.get(names[0].lower(), ("", ""))
        title, you = (title or _as_written(names[0], spelt)), (you or alone)
        names = names[1:]
    name = " ".join(names)
    if not is_name(name) and not (title and not names):
        return None
    return Form(title, name, you)


def _as_written(word: str, spelt: str) -> str:
    """Whoever is written "Dr." is no "dr.": the one is a scholar, the other a physician."""
    return word if word == spelt.capitalize() else spelt


def without_degrees(name: str, words: Salutations) -> str:
    """ "Dr. Hadi Wiratma, M.Si." as "Dr. Hadi Wiratma"."""
    first, *behind = name.split(",")
    kept = first.split()
    while len(kept) > 1 and not name.isupper() and _is_degree(kept[-1], words, sure=False):
        kept.pop()
    return ",".join([" ".join(kept), *(part for part in behind if not _are_degrees(part, words))])


def _are_degrees(part: str, words: Salutations) -> bool:
    """Whether ``part``, which stands behind a comma, is made of degrees and nothing else."""
    degrees = part.split()
    return bool(degrees) and all(_is_degree(word, words, sure=True) for word in degrees)


def _is_degree(word: str, words: Salutations, *, sure: bool) -> bool:
    """Whether ``word`` is a degree; ``sure``: where one may be expected, so that its shape says enough ("M.Stat.")."""
    letters = [piece for piece in word.strip("()").split(".") if piece]
    if "".join(letters).lower() in words.degrees:
        return sure or len(letters) > 1 or word.isupper()
    return sure and len(letters) > 1 and word[0].isupper() and max(map(len, letters)) > 1


def is_name(words: str) -> bool:
    """Whether ``words`` can stand as a person's name in a greeting: one to four words that begin like names do."""
    names = words.split()
    return (
        0 < len(names) <= MOST_NAME_WORDS and len(words) <= LONGEST_NAME and all(_is_name_word(name) for name in names)
    )


def _is_name_word(word: str) -> bool:
    letters = word.replace("'", "").replace("’", "").replace("-", "").rstrip(".")
    return letters.isalpha() and (
        word[0].isupper()
        or word.lower() in {"van", "von", "de", "der", "den", "bin", "binti", "al", "da", "di", "la", "le"}
    )
