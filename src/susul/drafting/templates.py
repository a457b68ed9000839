"""The template packs: the owner's own folder first, then the bundled one.

A template is ``<language>/<step>/<what>.<n>.j2``. ``what`` is a kind of case (``interview``), a family (``job``
for interview and application) or ``any``; with an occasion after a hyphen (``job-promised``) it is for that occasion
only. ``n`` numbers the variants. The first line is a Jinja comment that says what the template is for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from susul.drafting.facts import JOBS, Facts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from jinja2.sandbox import SandboxedEnvironment

    from susul.model import Kind, Step

SUFFIX = ".j2"
ANY = "any"
OCCASIONS = ("promised", "passed", "offer", "again")  # the most telling first
FAMILY = dict.fromkeys(JOBS, "job")
# What a template can do wrong besides Jinja's own errors.
FAILURES = (TypeError, ArithmeticError, LookupError, AttributeError, ValueError, OSError, RecursionError)
UNDEFINED = re.compile(r"'(\w{1,100})' is undefined")  # as Jinja says it
LONE_MARKS = frozenset(",.;:?!")
LONGEST_TEXT = 20_000  # characters: whatever a template does, a draft stays a mail


class TemplateFaultError(ValueError):
    """A template that can't be rendered: where, and why."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(f"{name}, line {line}: {reason}")
        self.name, self.line, self.reason = name, line, reason


@dataclass(frozen=True, slots=True)
class Found:
    """One template: its name (the path below the pack), its file, and whether it is the owner's own."""

    name: str
    path: Path
    own: bool

    @property
    def language(self) -> str:
        return self.name.split("/")[0]

    @property
    def step(self) -> str:
        return self.name.split("/")[1]

    @property
    def what(self) -> str:
        """The kind of case, family of kinds or "any"."""
        return self._last.partition(".")[0].partition("-")[0]

    @property
    def occasion(self) -> str:
        """The occasion that it is for; empty for any."""
        return self._last.partition(".")[0].partition("-")[2]

    @property
    def variant(self) -> str:
        return self._last.removesuffix(SUFFIX).partition(".")[2]

    @property
    def _last(self) -> str:
        return self.name.split("/")[2]

    @property
    def purpose(self) -> str:
        """What the template's first line says that it is for; empty where it says nothing."""
        first = self.path.read_text("utf-8", "replace").partition("\n")[0].strip()
        return first.strip("{}#- ") if first.startswith("{#") else ""


def bundled_templates() -> Path:
    """The pack that comes with Susul: inside an installed package, at the top level of a checkout."""
    package = Path(__file__).parents[1]
    packaged = package / "templates"
    return packaged if packaged.is_dir() else package.parents[1] / "templates"


class Library:
    """The templates of the owner's folder (None: only the bundled ones) and of the bundled pack."""

    def __init__(self, own_folder: Path | None = None) -> None:
        self.own_folder = own_folder

    @cached_property
    def templates(self) -> Mapping[str, Found]:
        """All templates by name, sorted; an own one stands in place of the bundled one of the same name."""
        found = {one.name: one for folder, own in self._folders() for one in _in_folder(folder, own=own)}
        return dict(sorted(found.items()))

    def _folders(self) -> Iterator[tuple[Path, bool]]:
        yield bundled_templates(), False
        if self.own_folder is not None and self.own_folder.is_dir():
            yield self.own_folder, True

    @cached_property
    def _environment(self) -> SandboxedEnvironment:
        from jinja2 import FunctionLoader, StrictUndefined  # loaded late: most commands draft nothing
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        return ImmutableSandboxedEnvironment(
            loader=FunctionLoader(self._source),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # the result is plain text; the HTML is made from it, escaped
            cache_size=400,
        )

    def _source(self, name: str) -> str | None:
        found = self.templates.get(name)
        return found.path.read_text("utf-8") if found else None

    def variants(self, language: str, step: Step, kind: Kind, occasions: Sequence[str] = ()) -> list[str]:
        """The names of the templates for a step, in the order of their numbers.

        The first of ``occasions`` that has templates wins, then those without an occasion; for each the kind's own come
        before its family's and those for any kind. Raises LookupError where there are none.
        """
        whats = [kind.value, FAMILY.get(kind, ANY), ANY]
        for occasion in [*(f"-{name}" for name in occasions), ""]:
            for what in whats:
                names = self._numbered(f"{language}/{step.value}/{what}{occasion}.")
                if names:
                    return names
        raise LookupError(f"there is no template for {language}/{step.value}")

    def _numbered(self, start: str) -> list[str]:
        numbers = ((name, name[len(start) : -len(SUFFIX)]) for name in self.templates if name.startswith(start))
        return [name for name, number in sorted(numbers, key=lambda one: one[1].zfill(9)) if number.isdigit()]

    def render(self, name: str, facts: Facts) -> str:
        """The text of a template: paragraphs on one line each, lists with one item a line.

        Raises TemplateFaultError for a variable that there isn't, a syntax error, or an act that the sandbox forbids.
        """
        from jinja2 import TemplateError

        values = {field.name: getattr(facts, field.name) for field in fields(facts)}
        try:
            pieces = self._environment.get_template(name).generate(values)
            return reflow(_joined(pieces))
        except (TemplateError, *FAILURES) as error:
            raise TemplateFaultError(name, _line_of(error, name), _message_of(error)) from error

    def undeclared(self, name: str, known: Collection[str]) -> list[TemplateFaultError]:
        """The variables that the template asks for and that are not among ``known``, in branches not taken, too.

        Raises TemplateFaultError for a template that isn't one.
        """
        from jinja2 import TemplateError, nodes
        from jinja2.meta import find_undeclared_variables

        try:
            tree = self._environment.parse(self._source(name) or "", name)
        except (TemplateError, *FAILURES) as error:
            raise TemplateFaultError(name, _line_of(error, name), _message_of(error)) from error
        unknown = find_undeclared_variables(tree) - set(known) - set(self._environment.globals)
        asked = [(node.lineno, node.name) for node in tree.find_all(nodes.Name) if node.name in unknown]
        return [TemplateFaultError(name, line, undefined(variable, known)) for line, variable in dict.fromkeys(asked)]


def undefined(variable: str, known: Collection[str]) -> str:
    """That there is no such variable, with the nearest that there is."""
    near = get_close_matches(variable, known, n=1)
    missing = f"there is no variable {variable!r}"
    return f"{missing}; did you mean {near[0]!r}?" if near else missing


def _message_of(error: BaseException) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is no text in UTF-8"
    message = str(getattr(error, "message", None) or error).rstrip(".")
    missing = UNDEFINED.fullmatch(message)
    if missing:
        return undefined(missing[1], [field.name for field in fields(Facts)])
    # Jinja's words for a name that the one table, ``extra``, doesn't hold.
    return message.replace("'dict object' has no attribute", "extra, which is [owner.extra] in config.toml, has no")


def _in_folder(folder: Path, *, own: bool) -> Iterator[Found]:
    for path in folder.glob(f"*/*/*{SUFFIX}"):
        yield Found(path.relative_to(folder).as_posix(), path, own)


def _joined(pieces: Iterator[str]) -> str:
    kept: list[str] = []
    length = 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece)
        if length > LONGEST_TEXT:
            raise ValueError("the text is too long")
    return "".join(kept)


def _line_of(error: BaseException, name: str) -> int:
    """The line in the template: a syntax error knows it, else the template's deepest frame; 1 where neither does."""
    line = getattr(error, "lineno", 0) or 1
    frame = error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename in (name, "<template>"):
            line = frame.tb_lineno
        frame = frame.tb_next
    return line


def reflow(text: str) -> str:
    """``text`` with its paragraphs' lines joined, so that a template can hold one sentence a line; lists stay lists."""
    blocks: list[list[str]] = [[]]
    for line in (_one_spaced(raw) for raw in text.splitlines()):
        if not line:
            blocks.append([])
        elif line.startswith("- ") or not blocks[-1] or blocks[-1][-1].startswith("- ") or blocks[-1][-1].endswith(":"):
            blocks[-1].append(line)
        else:
            blocks[-1][-1] += f" {line}"
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _one_spaced(line: str) -> str:
    """``line`` with single spaces, and none before the punctuation that an empty variable left alone."""
    words: list[str] = []
    for word in line.split():
        if word in LONE_MARKS and words:
            words[-1] += word
        else:
            words.append(word)
    return " ".join(words)
