"""Titles: those of mails and events, without what programs put around them, and those of jobs, wherever they stand.

A job's name is found by its head, as English puts it last ("Data Analyst") and Indonesian first ("Staf Gudang"), or by
the words around it ("the position of …"). The words are data (``languages/<code>/topics.toml``, section ``role``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from susul.cases.runs import Run, Word, after_phrase, is_name_like, joined, listed, phrases, runs_of, undetermined

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

LONGEST_TITLE = 300  # characters
LONGEST_TAG = 60
MOST_MARKS = 10
MARKUP = frozenset("{}<>")
SHORTEST_NAME = 3  # letters of a first name that may be cut off
LONGEST_ROLE = 6  # words
LONGEST_LABEL = 4
REACH = 8  # words that are looked at before or after what announces a role
LONGEST_TAIL = 2  # small words that belong to a head before them: "admin toko", "guru bahasa inggris"
MOST_BESIDE = 2  # words beside a role in a title that doesn't speak of a job itself


@dataclass(frozen=True, slots=True)
class Segment:
    """The words between two breaks of a title. ``of_person``: a counterpart's name stands before them."""

    words: Run
    of_person: bool = False


def bare_segments(
    title: str, own: Sequence[str], people: Sequence[Sequence[str]], marks: Collection[str]
) -> list[Segment]:
    """The segments of ``title`` without reply marks, list tags, a calendar's date, and the names of people.

    ``own`` is the owner's name and ``people`` the others', as lower-case words; ``marks`` what may stand before a
    colon without meaning.
    """
    title = title[:LONGEST_TITLE].replace(" <> ", " / ").replace("_", " - ")
    if MARKUP.intersection(title):
        return []  # what stands between template or markup signs is not a name either
    bare = _without_marks(" ".join(title.split()), marks)
    bare = bare.partition(" @ ")[0]
    return list(_segments(runs_of(bare), own, people))


def _segments(runs: Iterable[Run], own: Sequence[str], people: Sequence[Sequence[str]]) -> Iterator[Segment]:
    of_person = False
    for run in runs:
        words = _without_person(run, own)
        for name in people:
            rest = _without_person(words, name)
            if len(rest) < len(words):
                of_person, words = True, rest
        if words:
            yield Segment(words, of_person and len(words) == len(run))
        of_person = len(words) < len(run) and of_person


def _without_marks(title: str, marks: Collection[str]) -> str:
    for _ in range(MOST_MARKS):
        tag, closed, rest = title[1 : LONGEST_TAG + 2].partition("]")
        if title.startswith("[") and closed and rest.strip():
            title = title[len(tag) + 2 :].lstrip()
            continue
        head, colon, rest = title.partition(":")
        if not colon or head.partition("[")[0].strip().lower() not in marks:
            return title
        title = rest.lstrip()
    return title


def _without_person(run: Run, name: Sequence[str]) -> Run:
    """``run`` without the words of ``name`` that it ends with; nothing where it is that name."""
    end = len(run)
    while end and run[end - 1].capital and run[end - 1].lower in name and _is_only_a_name(run[end - 1]):
        end -= 1
    return run[:end] if end < len(run) and len("".join(name)) >= SHORTEST_NAME else run


def _is_only_a_name(word: Word) -> bool:
    return word.lower not in listed("role", "heads", "first")


def spoken_roles(run: Run) -> Iterator[Run]:
    """The roles that the words of ``run`` announce: "the Data Analyst role", "posisi staf gudang"."""
    before, surely = listed("role", "before"), listed("role", "before_named")
    named, shaped = phrases("role", "after"), phrases("role", "after_job")
    for place, word in enumerate(run):
        if place and word.lower in before:
            yield _role_before(run[max(0, place - REACH) : place], named=word.lower in surely)
        for known in (named, shaped):
            if word.lower in known:
                yield _role_after(undetermined(after_phrase(run, place, known))[:REACH], named=known is named)


def labelled_roles(runs: Sequence[Run]) -> Iterator[Run]:
    """The roles that stand after a label: "Position: Data Analyst"."""
    labels = listed("role", "labels")
    for run, following in pairwise(runs):
        if len(run) <= LONGEST_LABEL and joined(run).lower() in labels:
            yield _role_after(following[:REACH], named=True)


def titled_roles(segments: Sequence[Segment], *, about_job: bool) -> Iterator[Run]:
    """The roles that a title names. ``about_job``: the conversation is about one, so that a bare role is enough."""
    is_marked = any(word.lower in listed("role", "kinds") for segment in segments for word in segment.words)
    for segment in segments:
        spoken = [role for role in spoken_roles(segment.words) if role]
        yield from spoken
        pieces = list(_pieces(segment.words))
        if not spoken and not (segment.of_person and len(pieces) == 1):
            yield from filter(None, (_bare_role(piece, is_marked=is_marked, about_job=about_job) for piece in pieces))


def is_job_title(segments: Sequence[Segment]) -> bool:
    """Whether a title begins or ends with a word for interview or application."""
    kinds = listed("role", "kinds")
    for words in (segment.words for segment in segments):
        rest = _without_leads(words, listed("role", "leads", "after_kinds"))
        if (rest and rest[0].lower in kinds) or words[-1].lower in kinds:
            return True
    return False


@cache
def _no_role() -> frozenset[str]:
    """Words of which alone no role is made."""
    return listed("role", "leads", "after_kinds", "kinds", "before", "plain") | listed("about", "date_words")


def can_be_role(role: str, company: str) -> bool:
    """Whether ``role`` is short, and more than the words around a role, and not the company's name."""
    words = role.lower().split()
    empty = _no_role()
    return (
        0 < len(words) <= LONGEST_ROLE
        and is_name_like(role)
        and not f"{company.lower()} ".startswith(f"{role.lower()} ")
        and any(word not in empty for word in words)
    )


def has_head(run: Run) -> bool:
    """Whether ``run`` is named as a job is."""
    return _span(run) == (0, len(run))


def _pieces(words: Run) -> Iterator[Run]:
    """What stands before, between and after the words for interview or application."""
    kinds = listed("role", "kinds")
    start = 0
    for place in range(len(words) + 1):
        if place == len(words) or words[place].lower in kinds:
            leads = listed("role", "leads", "after_kinds", "adjectives") if start else listed("role", "leads")
            yield _without_leads(words[start:place], leads)
            start = place + 1


def _without_leads(words: Run, leads: Collection[str]) -> Run:
    start = next((place for place, word in enumerate(words) if word.lower not in leads), len(words))
    return words[start:]


def _bare_role(piece: Run, *, is_marked: bool, about_job: bool) -> Run:
    found = _span(piece)
    if found is None:
        return ()
    start, end = found
    if any(word.lower in listed("role", "held_by") for word in piece[:start]):
        return ()
    if _is_vague(piece[start:end]) or (end < len(piece) and piece[end].lower in listed("role", "things")):
        return ()
    stands_alone = start == 0 and len(piece) - end <= MOST_BESIDE
    return piece[start:end] if is_marked or (about_job and stands_alone) else ()


def _role_before(run: Run, *, named: bool) -> Run:
    """The role that ``run`` ends with; ``named``: any capitalised name is one here."""
    found = _span(run)
    if found and found[1] == len(run) and _is_anchored(run, found[0]):
        return run[slice(*found)]
    if not named:
        return ()
    start = len(run)
    for place in range(len(run) - 1, -1, -1):
        if run[place].capital and not _breaks(run, place):
            start = place
        elif start == len(run) or place != start - 1 or not _joins(run, place):
            break
    return _unless_plain(run[start:])


def _is_anchored(run: Run, start: int) -> bool:
    """Small words are a name only where a determiner or preposition says where it begins."""
    if not run[start].capital and _is_vague(run[start:]):
        return False
    if run[start].capital or start == 0:
        return start > 0 or len(run) < REACH
    return run[start - 1].lower in listed("role", "anchors")


def _is_vague(name: Run) -> bool:
    """Whether ``name`` is a word that is also said of the people one meets ("the manager"), and no more than that."""
    return len(name) == 1 and name[0].lower in listed("role", "vague")


def _role_after(run: Run, *, named: bool) -> Run:
    """The role that ``run`` begins with; ``named``: any capitalised name is one here."""
    run = _without_leads(run, listed("role", "adjectives"))
    found = _span(run)
    if found is not None and found[0] == 0 and (named or not _is_vague(run[: found[1]])):
        return run[: found[1]]
    return _unless_plain(capitals(run)) if named else ()


def _unless_plain(name: Run) -> Run:
    return () if any(word.lower in listed("role", "plain", "adjectives") for word in name) else name


def capitals(run: Run) -> Run:
    """The capitalised words that ``run`` begins with, over a joining word between two of them."""
    end = next((place for place in range(len(run)) if not _is_of_name(run, place)), len(run))
    return run[:end]


def _is_of_name(run: Run, place: int) -> bool:
    return (run[place].capital and not _breaks(run, place)) or _joins(run, place)


def _span(run: Run) -> tuple[int, int] | None:
    """Where in ``run`` the words stand that are named as a job is; the last such name, up to the first break."""
    heads, first = listed("role", "heads"), listed("role", "first")
    place = next((at for at in range(len(run) - 1, -1, -1) if run[at].lower in heads), None)
    if place is None:
        place = next((at for at in range(len(run)) if run[at].lower in first), None)
        return None if place is None else (_with_level(run, place), _extended(run, place + 1))
    start = _start(run, place)
    goes_on = run[start].lower in first or (place + 1 < len(run) and run[place + 1].lower in listed("role", "onward"))
    return (start, _extended(run, place + 1) if goes_on else _after_level(run, place + 1))


def _start(run: Run, head: int) -> int:
    start = head
    for place in range(head - 1, max(-1, head - LONGEST_ROLE), -1):
        if _joins(run, place):
            continue
        if _breaks(run, place) or (run[head].capital and not run[place].capital):
            break
        start = place
    return _with_level(run, start)


def _with_level(run: Run, start: int) -> int:
    return start - 1 if start and run[start - 1].lower in listed("role", "levels") else start


def _after_level(run: Run, end: int) -> int:
    return end + 1 if end < len(run) and run[end].capital and run[end].lower in listed("role", "levels") else end


def _extended(run: Run, end: int) -> int:
    """The end of a name that goes on after its head: over capitals, or else over a few small words."""
    onward = listed("role", "onward")
    last = end
    while last < len(run) and (_is_of_name(run, last) or (last == end and run[last].lower in onward)):
        last += 1
    if last > end or (run[end - 1].capital and run[end - 1].lower not in listed("role", "incomplete")):
        return last
    things = listed("role", "things")
    small = (at for at in range(end, min(len(run), end + LONGEST_TAIL)) if _breaks(run, at) or run[at].lower in things)
    return next(small, min(len(run), end + LONGEST_TAIL))


def _joins(run: Run, place: int) -> bool:
    """Whether a joining word stands between two capitalised ones."""
    if not 0 < place < len(run) - 1 or run[place].lower not in listed("role", "joining"):
        return False
    return run[place - 1].capital and run[place + 1].capital and not _breaks(run, place + 1)


def _is_abbreviation(run: Run, place: int) -> bool:
    """Whether the word is in capitals among others that are not: "IT", "US" and "SAT" are no pronouns or days."""
    word = run[place].text
    return len(word) > 1 and word.isupper() and not all(other.text.isupper() for other in run)


def _breaks(run: Run, place: int) -> bool:
    word = run[place]
    if _is_abbreviation(run, place):
        return False
    if word.lower in listed("role", "stops", "kinds", "held_by") or word.lower in listed("company", "legal_before"):
        return True
    if word.lower in listed("about", "date_words") or word.text.isdigit():
        return True
    return not word.capital and word.lower in listed("role", "before", "adjectives")
