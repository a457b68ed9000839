"""Every template on sample facts: to look at, and to find its faults before a draft needs it.

The samples are words of the language (``languages/<code>/preview.toml``): ``rich`` knows everything that a conversation
can tell, ``sparse`` nothing but what is always known.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from susul import languages
from susul.drafting.facts import JOBS, Facts, in_the_voice
from susul.drafting.templates import ANY, FAMILY, OCCASIONS, SUFFIX, Found, Library, TemplateFaultError
from susul.model import Kind, Step
from susul.owner import Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RICH, SPARSE = "rich", "sparse"
KINDS_OF_ANY = (Kind.PROPOSAL, Kind.PROJECT, Kind.MEETING, Kind.TASK)
WHATS = (*Kind, *FAMILY.values(), ANY)


@dataclass(frozen=True, slots=True)
class Preview:
    """A template's text on one sample."""

    name: str
    purpose: str
    kind: Kind
    sample: str
    text: str


def sample_facts(
    language: str, sample: str, kind: Kind, step: str, *, placeholders: bool = True, voice: Voice | None = None
) -> Facts:
    """The facts of ``sample`` ("rich" or "sparse") for a template of ``step``; ``voice`` is the owner's, where known.

    Raises LookupError without samples.
    """
    known: dict[str, Any] = languages.table(language, "preview")
    if not known:
        raise LookupError(f"there are no samples for {language}")
    values = {**known["always"], **known[sample], "kind": kind.value, "step": step, "placeholders": placeholders}
    values["matter"] = values["position"] if kind in JOBS else values["matters"][kind.value]
    facts = msgspec.convert({name: value for name, value in values.items() if name != "matters"}, Facts)
    return in_the_voice(facts, voice, language) if voice else facts


def kinds_of(name: str) -> tuple[Kind, ...]:
    """The kinds that the template ``name`` is used for."""
    what = name.rpartition("/")[2].partition(".")[0].partition("-")[0]
    named = tuple(kind for kind in Kind if what in (kind.value, FAMILY.get(kind)))
    return named or KINDS_OF_ANY


def previews(
    library: Library, names: Iterable[str] = (), *, placeholders: bool = True, voice: Voice | None = None
) -> Iterator[Preview]:
    """The templates ``names`` (none: all) of the languages that there are samples for.

    Raises TemplateFaultError at the first fault.
    """
    for name in names or library.templates:
        found = library.templates[name]
        if found.language in languages.codes():
            for kind in kinds_of(name):
                for sample in (RICH, SPARSE):
                    facts = sample_facts(
                        found.language, sample, kind, found.step, placeholders=placeholders, voice=voice
                    )
                    yield Preview(name, found.purpose, kind, sample, library.render(name, facts))


def faults(
    library: Library, voice: Voice | None = None, *, names: Iterable[str] | None = None
) -> list[TemplateFaultError]:
    """What is wrong with the templates (or those ``names``), each fault once, in the order of their names and lines."""
    found: dict[tuple[str, int, str], TemplateFaultError] = {}
    for name in library.templates if names is None else names:
        for fault in (*_undeclared(library, name), *_failing(library, name, voice or Voice())):
            found.setdefault((fault.name, fault.line, fault.reason), fault)
    return [found[key] for key in sorted(found)]


def _undeclared(library: Library, name: str) -> list[TemplateFaultError]:
    try:
        return library.undeclared(name, [field.name for field in fields(Facts)])
    except TemplateFaultError as fault:
        return [fault]


def _failing(library: Library, name: str, voice: Voice) -> Iterator[TemplateFaultError]:
    """What goes wrong on the samples."""
    found = library.templates[name]
    known = found.language if found.language in languages.codes() else languages.codes()[0]
    for kind in kinds_of(name):
        for sample, placeholders in ((RICH, True), (SPARSE, True), (RICH, False), (SPARSE, False)):
            facts = sample_facts(known, sample, kind, found.step, placeholders=placeholders, voice=voice)
            try:
                library.render(name, facts)
            except TemplateFaultError as fault:
                yield fault


def misnamed(folder: Path) -> list[tuple[str, str]]:
    """The files in the owner's ``folder`` that no draft is ever written with, each with the nearest right name."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    names = [path.relative_to(folder).as_posix() for path in paths if not path.name.endswith("~")]
    return [(name, nearest_name(name)) for name in names if not is_name(name)]


def is_name(name: str) -> bool:
    """Whether ``name`` is ``<language>/<step>/<what>[-<occasion>].<n>.j2`` with parts that are known."""
    parts = name.split("/")
    if len(parts) != len(("language", "step", "what")) or not parts[2].endswith(SUFFIX):
        return False
    found = Found(name, Path(name), own=True)
    return (
        found.language in languages.codes()
        and found.step in list(Step)
        and found.what in WHATS
        and (found.occasion in OCCASIONS or "-" not in parts[2])
        and found.variant.isdecimal()
    )


def nearest_name(name: str) -> str:
    """The bundled template whose name comes nearest to ``name``; empty where none does."""
    names = list(Library().templates)
    near = get_close_matches(name if name.endswith(SUFFIX) else name + SUFFIX, names, n=1, cutoff=0.5)
    return next(iter(near), "")
