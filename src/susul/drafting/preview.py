"""Every template on sample facts: to look at, and to find its faults before a draft needs it.

The samples are words of the language (``languages/<code>/preview.toml``): ``rich`` knows everything that a conversation
can tell, ``sparse`` nothing but what is always known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from susul import languages
from susul.drafting.facts import JOBS, Facts
from susul.drafting.templates import FAMILY, Library, TemplateFaultError
from susul.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

RICH, SPARSE = "rich", "sparse"
KINDS_OF_ANY = (Kind.PROPOSAL, Kind.PROJECT, Kind.MEETING, Kind.TASK)


@dataclass(frozen=True, slots=True)
class Preview:
    """A template's text on one sample."""

    name: str
    purpose: str
    kind: Kind
    sample: str
    text: str


def sample_facts(language: str, sample: str, kind: Kind, step: str, *, placeholders: bool = True) -> Facts:
    """The facts of ``sample`` ("rich" or "sparse") for a template of ``step``. Raises LookupError without samples."""
    known: dict[str, Any] = languages.table(language, "preview")
    if not known:
        raise LookupError(f"there are no samples for {language}")
    values = {**known["always"], **known[sample], "kind": kind.value, "step": step, "placeholders": placeholders}
    values["matter"] = values["position"] if kind in JOBS else values["matters"][kind.value]
    return msgspec.convert({name: value for name, value in values.items() if name != "matters"}, Facts)


def kinds_of(name: str) -> tuple[Kind, ...]:
    """The kinds that the template ``name`` is used for."""
    what = name.rpartition("/")[2].partition(".")[0].partition("-")[0]
    named = tuple(kind for kind in Kind if what in (kind.value, FAMILY.get(kind)))
    return named or KINDS_OF_ANY


def previews(library: Library, *, placeholders: bool = True) -> Iterator[Preview]:
    """All templates of the languages that there are samples for. Raises TemplateFaultError at the first fault."""
    for name, found in library.templates.items():
        language, step, _ = name.split("/")
        if language in languages.codes():
            for kind in kinds_of(name):
                for sample in (RICH, SPARSE):
                    facts = sample_facts(language, sample, kind, step, placeholders=placeholders)
                    yield Preview(name, found.purpose, kind, sample, library.render(name, facts))


def faults(library: Library) -> list[TemplateFaultError]:
    """What is wrong with the templates, one fault for each that has any, in the order of their names."""
    found: dict[str, TemplateFaultError] = {}
    for name in library.templates:
        language, step, _ = name.split("/")
        known = language if language in languages.codes() else languages.codes()[0]
        for kind in kinds_of(name):
            for sample, placeholders in ((RICH, True), (SPARSE, True), (RICH, False), (SPARSE, False)):
                try:
                    library.render(name, sample_facts(known, sample, kind, step, placeholders=placeholders))
                except TemplateFaultError as fault:
                    found.setdefault(name, fault)
    return list(found.values())
