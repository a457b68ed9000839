"""What Susul can say to people, found in its source: sentences, errors with their hints, and the help of commands.

A message is a text as ``str.format`` takes it: what an f-string fills in has a name made from the expression.
"""

from __future__ import annotations

import ast
import inspect
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

import susul
from susul.cases.linking import Fit
from susul.cli import COMMANDS, group
from susul.settings import all_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SOURCE = Path(susul.__file__).parent
# What these print or hold is for machines, for the page of templates, or a file that says itself what it is.
SILENT = (
    "reading",
    "sandbox",
    "sample",
    "store/migrations",
    "store/runs.py",
    "report",
    "settings_text.py",
    "cli/manpage.py",
)
SENTENCE = re.compile(r"(?!(?:SELECT|INSERT|UPDATE|DELETE) )[A-Z“{].* .*[.?!:][)”]?", re.DOTALL)
FILLED_LATER = re.compile(r"\{[a-z_]+\}")
SPOKEN_CALLS = frozenset({"in_words", "say"})
ERRORS = frozenset({
    "SusulError", "UsageError", "ConfigError", "SignInNeeded", "AlreadyRunning", "TryLater", "AmbiguousWrite",
    "StateUnwritable", "Failed", "NotFound", "HistoryExpired", "WrongThread", "CallRefused",
})  # fmt: skip
HINTS = frozenset({"hint", "help", "kept"})
# What click and the operating system say through us.
OF_OTHERS = (
    "Usage:", "Options:", "Commands:", "Arguments:", "Options", "Commands", "Show this message and exit.",
    "Show the version and exit.", "Show this message.", "[OPTIONS]", "COMMAND", "[ARGS]...",
    "No such command {name}.", "No such option {name}.", "No such option {name}. Did you mean {near}?",
    "No such option: {name}", "No such option: {name} Did you mean {near}?",
    "No such command {name}. Did you mean {near}?",
    "Missing argument {name}.", "Missing option {name}.", "Missing command.", "Option {name} requires an argument.",
    "Got unexpected extra argument ({name})", "Got unexpected extra arguments ({names})",
    "Invalid value for {name}: {why}", "{value} is not a valid integer.", "{value} is not a valid integer range.",
    "{value} is not in the range {range}.",
    "{value} is not one of {choices}.", "{kind} {path} does not exist.", "Path {path} does not exist.",
    "File {path} does not exist.", "Option {name} does not take a value.",
    "{help}  [default: {value}]", "{help}  [{range}]",
    "{help}  [default: {value}; {range}]", "{help}  [required]", "Aborted!",
    "Permission denied", "No space left on device", "No such file or directory", "Is a directory", "Not a directory",
    "Read-only file system", "File exists",
)  # fmt: skip


@cache
def messages() -> dict[str, str]:
    """Every message that must have a translation: its plural by its singular, an empty one where it has none."""
    found = dict.fromkeys([*OF_OTHERS, *help_texts(), *_of_settings(), *_of_links()], "")
    for path in _modules():
        tree = ast.parse(path.read_text("utf-8"))
        found |= dict.fromkeys(_said_in(tree), "") | dict(_counted_in(tree))
    return found


@cache
def literals() -> set[str]:
    """Every text in the source, and with blanks for ``_``: a fragment of a sentence may be translated, too."""
    found = set()
    for path in _modules():
        found |= {text for node in ast.walk(ast.parse(path.read_text("utf-8"))) if (text := _message(node))}
    return found | {text.replace("_", " ") for text in found} | {part for text in found for part in paragraphs(text)}


def _modules() -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*.py")):
        if not path.relative_to(SOURCE).as_posix().startswith(SILENT):
            yield path


def _said_in(tree: ast.Module) -> Iterator[str]:
    passed_over = set(_unsaid(tree))
    for node in ast.walk(tree):
        text = _message(node)
        if text and id(node) not in passed_over and SENTENCE.fullmatch(text):
            yield from paragraphs(text)
        if isinstance(node, ast.Call) and _name(node.func) in ERRORS | SPOKEN_CALLS:
            yield from filter(_has_words, map(_message, _either(node.args[:1])))
        if isinstance(node, ast.keyword) and node.arg in HINTS:
            yield from filter(_has_words, map(_message, _either([node.value])))


def _either(arguments: Iterable[ast.expr]) -> Iterator[ast.expr]:
    for one in arguments:
        yield from (one.body, one.orelse) if isinstance(one, ast.IfExp) else (one,)


def _has_words(message: str) -> bool:
    return any(c.isalpha() for c in re.sub(r"\{[^}]*\}", "", message))


def _unsaid(tree: ast.Module) -> Iterator[int]:
    """Docstrings, and the pieces of f-strings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and isinstance(node.body[0], ast.Expr):
            yield id(node.body[0].value)
        if isinstance(node, ast.JoinedStr):
            yield from map(id, node.values)
        if isinstance(node, ast.FormattedValue) and node.format_spec:
            yield from map(id, ast.walk(node.format_spec))


def _counted_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) == "counted" and len(node.args) == 2:
            noun = _message(node.args[1])
            if noun:
                yield f"{{number}} {noun}", f"{{number}} {noun}s"


def _message(node: ast.AST) -> str:
    """A text or f-string as ``str.format`` takes it, without the white space around it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _escaped(node.value).strip()
    if isinstance(node, ast.JoinedStr):
        return _pattern(node).strip()
    return ""


def _pattern(node: ast.JoinedStr) -> str:
    names: list[str] = []
    text = ""
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            name = _name(part.value)
            names.append(name)
            text += f"{{{name if names.count(name) == 1 else f'{name}_{names.count(name)}'}}}"
        elif isinstance(part, ast.Constant):
            text += _escaped(str(part.value))
    return text


def _escaped(text: str) -> str:
    """Braces that are not ours to fill; a text that is filled in later says ``{name}`` itself."""
    return text if FILLED_LATER.search(text) else text.replace("{", "{{").replace("}", "}}")


def _name(node: ast.AST) -> str:
    """What a value is called: the last word of the expression that gives it."""
    match node:
        case ast.Name(name):
            return name.strip("_").lower()
        case ast.Attribute(base, "value" | "name"):
            return _name(base)
        case ast.Attribute(_, name):
            return name.strip("_") if name[0].isupper() else name.strip("_").lower()
        case ast.Call(ast.Attribute(base, "replace" | "strip" | "capitalize" | "astimezone")):
            return _name(base)
        case ast.Call(ast.Attribute(_, "join" | "one_line" | "total"), [first, *_]):
            return _name(first)
        case ast.Call(ast.Name("len" | "map" | "one_line" | "_short" | "sorted" | "str"), [*_, last]):
            return _name(last)
        case ast.Call(function):
            return _name(function)
        case ast.Subscript(_, ast.Constant(str(name))):
            return name
        case ast.Subscript(base) | ast.BinOp(base) | ast.BoolOp(_, [base, *_]) | ast.GeneratorExp(base):
            return _name(base)
    return "value"


def _of_settings() -> Iterator[str]:
    """What each setting means and may be, except lists of names."""
    for setting in all_settings():
        yield _escaped(setting.meaning)
        if " from " not in setting.allowed and not setting.allowed.startswith('"'):
            yield _escaped(setting.allowed)


def _of_links() -> Iterator[str]:
    """Why two things are one matter; ``susul explain`` tells it."""
    yield from (f"linked by {fit.name.lower()}" for fit in Fit if fit)


def help_texts() -> Iterator[str]:
    for name in COMMANDS:
        yield from _help_of(group.get_command(click.Context(group), name))
    yield from _help_of(group, deeper=False)


def _help_of(command: click.Command | None, *, deeper: bool = True) -> Iterator[str]:
    assert command is not None
    yield from paragraphs(_escaped(command.help or ""))
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            yield _escaped(parameter.help)
    if deeper and isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from _help_of(inner)


def paragraphs(text: str) -> Iterable[str]:
    """The paragraphs of a text, each on one line, as they are looked up."""
    whole = inspect.cleandoc(text).split("\n\n")
    return [" ".join(paragraph.split()) for paragraph in whole if paragraph.strip() and "\b" not in paragraph]
