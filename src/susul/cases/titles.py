"""Subjects and event titles without what programs and calendars put around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.cases.runs import Run, runs_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

LONGEST_TITLE = 300  # characters
LONGEST_TAG = 60
MOST_MARKS = 10
MARKUP = frozenset("{}<>")


def bare_segments(title: str, people: Sequence[Sequence[str]], marks: Collection[str]) -> list[Run]:
    """The segments of ``title`` without reply marks, list tags, a calendar's date, and the names of ``people``.

    ``people`` holds names as lower-case words; ``marks`` what may stand before a colon without meaning.
    """
    if MARKUP.intersection(title[:LONGEST_TITLE]):
        return []  # what stands between template or markup signs is not a name either
    bare = _without_marks(" ".join(title[:LONGEST_TITLE].split()), marks)
    bare = bare.partition(" @ ")[0]
    segments = (_without_people(run, people) for run in runs_of(bare))
    return [run for run in segments if run]


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


def _without_people(run: Run, people: Sequence[Sequence[str]]) -> Run:
    said = [word.lower for word in run]
    for name in people:
        if set(said) <= set(name):
            return ()
        if len(name) > 1 and said[-len(name) :] == list(name):
            return run[: -len(name)]
    return run
