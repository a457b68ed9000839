"""``susul templates``: the template packs, and the owner's own over them."""

from __future__ import annotations

import os
import textwrap
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from susul import languages
from susul.app import template_faults
from susul.cli import completing, terminal
from susul.config import load_config
from susul.drafting import Library, bundled_templates
from susul.drafting.preview import RICH, faults, misnamed, previews
from susul.drafting.templates import SUFFIX, Found
from susul.errors import Failed, UsageError
from susul.places import PRIVATE_FILE, PRIVATE_FOLDER, Places, find_places
from susul.report.as_json import draft_as_json

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from susul.drafting.gallery import Shown
    from susul.drafting.preview import Preview

VERSION = 1
LANGUAGE = click.option(
    "--language",
    metavar="CODE",
    default="",
    shell_complete=completing.language_codes,
    help="Only those of one language, e.g. en.",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")


@click.group()
def templates() -> None:
    """The texts that drafts are made from: look at them, copy them to change them, check your own.

    Your own lie in the folder templates/ of your Susul folder; one with the name of a bundled one stands over it. NAME
    is a template as the list shows it, or a folder of it such as en/status_check.
    """


@templates.command(name="list")
@LANGUAGE
@AS_JSON
def list_(language: str, as_json: bool) -> None:
    """Every template, with what it is for, and whether one of yours stands over it."""
    chosen = _chosen(_library(), (), language)
    if as_json:
        click.echo(terminal.as_json({"version": VERSION, "templates": [_as_json(found) for found in chosen]}))
        return
    longest = max((len(found.name) for found in chosen), default=0)
    for found in chosen:
        mark = "yours" if found.own else ""
        line = f"{found.name:<{longest}}  {mark:<5}  {terminal.one_line(found.purpose, 200)}".rstrip()
        click.echo(terminal.fitted(line, indent=4))
    own = sum(found.own for found in chosen)
    terminal.say(f"{terminal.counted(len(chosen), 'template')}, {own} of them yours.", err=True)


@templates.command()
@click.argument("name", shell_complete=completing.template_names)
@click.option("--bundled", is_flag=True, help="The bundled one, even where yours stands over it.")
def show(name: str, bundled: bool) -> None:
    """Print one template as it is written."""
    library = Library() if bundled else _library()
    (found, *others) = _chosen(library, (name,))
    if others:
        raise UsageError(f"{name} is a folder of {len(others) + 1} templates.", hint=f"Name one, such as {found.name}.")
    click.echo(found.path.read_text("utf-8", "replace"), nl=False)


@templates.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME…", shell_complete=completing.template_names)
@click.option("--force", is_flag=True, help="Write over a copy that you have already.")
def copy(names: tuple[str, ...], force: bool) -> int:
    """Copy bundled templates into your own folder, to change them there.

    A file that is there already stays as it is, unless --force.
    """
    places, kept = find_places(), 0
    for found in _chosen(Library(), names):
        target = places.templates / found.name
        if _copied(found, target, places, force=force):
            click.echo(str(target))
        else:
            kept += 1
            terminal.say(f"susul: {target} is there already, and stays as it is. (--force writes over it.)", err=True)
    return 1 if kept else 0


@templates.command()
@AS_JSON
def check(as_json: bool) -> int:
    """Try every template, yours and the bundled ones, and say what is wrong with which line; exit code 2 if any is.

    A file in your folder whose name no draft would ever use is told with the nearest right name.
    """
    places = find_places()
    library = Library(places.templates)
    found = faults(library, load_config(places.config_file).owner.voice)
    strange = misnamed(places.templates) if places.templates.is_dir() else []
    wrong = [_fault_as_json(library.templates[one.name].path, one.line, one.reason) for one in found]
    wrong += [_fault_as_json(places.templates / name, None, _misnamed(nearest)) for name, nearest in strange]
    if as_json:
        click.echo(terminal.as_json({"version": VERSION, "checked": len(library.templates), "faults": wrong}))
    else:
        for fault in wrong:
            where = fault["file"] if fault["line"] is None else f"{fault['file']}, line {fault['line']}"
            terminal.say(f"{where}: {fault['reason']}")
        own = sum(one.own for one in library.templates.values())
        result = f"{terminal.counted(len(wrong), 'fault')}" if wrong else "nothing is wrong"
        terminal.say(f"Checked {terminal.counted(len(library.templates), 'template')}, {own} of them yours: {result}.")
    return UsageError.exit_code if wrong else 0


@templates.command()
@click.argument("names", nargs=-1, metavar="[NAME…]", shell_complete=completing.template_names)
@LANGUAGE
@click.option(
    "--html", "page", type=click.Path(path_type=Path), metavar="FILE", help="Write one page with all of them."
)
@AS_JSON
def preview(names: tuple[str, ...], language: str, page: Path | None, as_json: bool) -> None:
    """Show what templates say on samples: one that knows everything, and for a NAME one that knows nothing as well.

    With --html FILE as whole drafts on invented conversations, with the facts that each was made from; --json prints
    those.
    """
    library = _library()
    chosen = [found.name for found in _chosen(library, names, language)]
    if page or as_json:
        shown = _drafted(library, chosen)
        if page:
            _write_page(page, shown)
        if as_json:
            click.echo(terminal.as_json({"version": VERSION, "drafts": [_shown_as_json(one) for one in shown]}))
        return
    with template_faults():
        told: set[tuple[str, str]] = set()  # most templates say the same for each kind of case
        for one in previews(library, chosen, voice=load_config(find_places().config_file).owner.voice):
            if (names or one.sample == RICH) and (one.name, one.text) not in told:
                told.add((one.name, one.text))
                _show(one)


def _library() -> Library:
    return Library(find_places().templates)


def _chosen(library: Library, names: Sequence[str], language: str = "") -> list[Found]:
    """The templates that ``names`` mean, each a template or a folder of them (none: all). Raises UsageError."""
    spoken = languages.codes()
    if language and language not in spoken:
        raise UsageError(f"{language!r} is not spoken here.", hint=f"Known: {', '.join(spoken)}.")
    meant = [found for name in names for found in _meant(library, name)] if names else list(library.templates.values())
    return [found for found in dict.fromkeys(meant) if language in ("", found.language)]


def _meant(library: Library, name: str) -> list[Found]:
    wanted = name.strip("/")
    for exact in (wanted, wanted + SUFFIX):
        if exact in library.templates:
            return [library.templates[exact]]
    within = [found for found in library.templates.values() if found.name.startswith(f"{wanted}/")]
    if not within:
        raise UsageError(f"There is no template {name}.", hint=_nearest(wanted, library.templates))
    return within


def _nearest(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, [*known, *(one.removesuffix(SUFFIX) for one in known)], n=1)
    return f"Did you mean {near[0]}?" if near else "susul templates list shows them all."


def _copied(found: Found, target: Path, places: Places, *, force: bool) -> bool:
    """Whether it was written: a copy that only the owner can read, in folders that only the owner can enter."""
    try:
        places.make()
        for folder in reversed([target.parent, *target.parent.parents]):
            if folder.is_relative_to(places.templates):
                folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        if force:
            target.unlink(missing_ok=True)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    except FileExistsError:
        return False
    except OSError as error:
        raise Failed(f"{target} can't be written: {error.strerror}.") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write((bundled_templates() / found.name).read_bytes())
    return True


def _misnamed(nearest: str) -> str:
    useless = "no draft is ever written with a file of this name"
    return f"{useless}; the nearest right name is {nearest}" if nearest else useless


def _drafted(library: Library, names: Sequence[str]) -> list[Shown]:
    from susul.drafting.gallery import gallery

    config = load_config(find_places().config_file)
    with template_faults():
        return list(gallery(library, config.effective_policy(), names, config.owner.voice))


def _write_page(path: Path, shown: Sequence[Shown]) -> None:
    from susul.report.gallery import page

    try:
        path.write_text(page(shown), "utf-8")
    except OSError as error:
        raise Failed(f"{path} can't be written: {error.strerror}.", hint="Choose another file.") from error
    terminal.say(f"Wrote {terminal.counted(len(shown), 'draft')} into {path}.", err=True)


def _show(one: Preview) -> None:
    click.echo(terminal.heading(f"{one.name} ({one.kind.value}, {one.sample})"))
    terminal.say(terminal.one_line(one.purpose, 200))
    click.echo("")
    for line in one.text.splitlines():
        for part in textwrap.wrap(line, terminal.columns() - 4) or [""]:
            click.echo(f"  | {terminal.one_line(part, 200)}".rstrip())
    click.echo("")


def _as_json(found: Found) -> dict[str, Any]:
    return {
        "name": found.name,
        "language": found.language,
        "step": found.step,
        "kind": found.what,
        "occasion": found.occasion or None,
        "variant": found.variant,
        "purpose": found.purpose,
        "own": found.own,
        "file": str(found.path),
    }


def _fault_as_json(path: Path, line: int | None, reason: str) -> dict[str, Any]:
    return {"file": str(path), "line": line, "reason": reason}


def _shown_as_json(one: Shown) -> dict[str, Any]:
    return {
        "name": one.name,
        "language": one.language,
        "step": one.step,
        "kind": one.kind.value,
        "own": one.own,
        "facts": dict(one.facts),
        "draft": draft_as_json(one.draft),
    }
