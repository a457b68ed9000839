"""The report as one HTML page that loads nothing and runs no script. Pure: the same scan gives the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, StrictUndefined

from susul.outcomes import tallies, tally
from susul.report.frame import COLOURS, POLICY, harmless
from susul.report.sentences import part_again, said_again
from susul.report.view import REASON, Words, sections
from susul.report.words import Days, named, report_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import Template

    from susul.app import Scanned
    from susul.outcomes import FollowedUp, Tally


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of outcomes, in words."""

    what: str
    sent: int
    answered: int
    open: int
    unanswered: int
    median: str


def report_page(scanned: Scanned, followed_up: Sequence[FollowedUp], code: str) -> str:
    """The whole page in the language ``code``."""
    plan, owner = scanned.plan, scanned.owner
    words, days = report_words(code), Days(code)
    made = days.moment(plan.as_of.astimezone(owner.zone))
    address = harmless(owner.addresses[0], REASON)
    shown = sections(scanned, code)
    return _template().render(
        code=code,
        policy=POLICY,
        style=COLOURS + _text("report.css"),
        words=words,
        made=words.page["made"].format(address=address, moment=made, zone=owner.zone.key),
        sections=shown,
        found=bool(plan.planned),
        rows=[_row(one, code) for one in _tallied(followed_up)],
        coverage=list(_coverage(scanned, code, made)),
        complete=scanned.coverage.complete,
        warnings=[_again(warning, code) for warning in scanned.warnings],
    )


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_text("report.html.j2"))


@cache
def _text(name: str) -> str:
    return (files("susul.report") / name).read_text("utf-8")


def _again(text: str, code: str) -> Words:
    said, language = said_again(text, code)
    return Words(harmless(said, REASON), "" if language == code else language)


def _tallied(followed_up: Sequence[FollowedUp]) -> Iterator[Tally]:
    if followed_up:
        yield from tallies(followed_up)
        yield tally(followed_up)


def _row(one: Tally, code: str) -> Row:
    words = report_words(code)
    kind = named(words.kinds, one.kind) if one.kind else words.outcomes["all"]
    step = named(words.steps, one.step) if one.step else words.outcomes["own"]
    median = words.outcomes["no_median"] if one.median_days is None else Days(code).number(one.median_days)
    return Row(f"{kind}: {step}" if one.kind else kind, one.sent, one.answered, one.open, one.unanswered, median)


def _coverage(scanned: Scanned, code: str, made: str) -> Iterator[tuple[str, Words]]:
    words, read = report_words(code).coverage, scanned.coverage
    since = Days(code).day(read.since.astimezone(scanned.owner.zone)) if read.since else words["everything"]
    yield words["made"], Words(made)
    yield words["since"], Words(since)
    for name, count in (("threads", read.threads), ("messages", read.messages), ("events", read.events)):
        yield words[name], Words(str(count))
    if read.complete:
        yield words["missing"], Words(words["complete"])
    for what, count in read.skipped.items():
        said, language = part_again(what, code)
        yield words["missing"], Words(f"{count} {harmless(said, REASON)}", "" if language == code else language)
