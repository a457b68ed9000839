"""``susul init``: a short dialogue that writes a commented ``config.toml``."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from susul import languages
from susul.cli import terminal
from susul.config import country_named, parse_config, zone_named
from susul.errors import SusulError, UsageError
from susul.guesses import guess
from susul.model import Kind
from susul.places import find_places, system_locale, system_zone
from susul.private_files import keep_copy, write_private
from susul.settings_text import config_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

ABOUT_KINDS = {
    Kind.INTERVIEW: "thank-yous after interviews, and status checks",
    Kind.APPLICATION: "applications that nobody has answered",
    Kind.MEETING: "recaps of meetings, and meeting requests without an answer",
    Kind.PROPOSAL: "proposals, quotations and offers of yours",
    Kind.PROJECT: "questions and deadlines with clients",
    Kind.TASK: "tasks that you gave to colleagues",
}
ON_AT_FIRST = tuple(kind for kind in Kind if kind is not Kind.TASK)


@click.command()
@click.option("--yes", is_flag=True, help="Ask nothing: take what this machine tells.")
@click.option("--force", is_flag=True, help="Write a new file where there is one; the old one is kept beside it.")
def init(yes: bool, force: bool) -> None:
    """Write a config.toml with every setting explained in it.

    Asks for your name, country, time zone and language, and what to follow up. What this machine tells is proposed, and
    Enter takes it. Everything can be changed in the file later.
    """
    places = find_places()
    path = places.config_file
    _require_no_file(path, force=force)
    guesses = guess(system_zone(), system_locale())
    if yes:
        chosen = _unasked(guesses)
    else:
        _require_terminal()
        chosen = _ask(guesses)
    text = config_file(chosen)
    places.make()
    if kept := keep_copy(path):
        click.echo(f"Kept the old one as {kept}.")
    write_private(path, text)
    terminal.say(f"Wrote {path}. Every setting is explained in it.")
    if not places.token_file.exists():
        click.echo("Next: susul login")


def _unasked(guesses: Mapping[str, str]) -> dict[str, Any]:
    """What is taken without asking. A locale alone (en_US on most servers) tells no country worth relying on."""
    sure = {"owner.language"} | ({"owner.country", "owner.time_zone"} if guesses["owner.time_zone"] else set())
    return {key: value for key, value in guesses.items() if value and key in sure}


def _require_no_file(path: Path, *, force: bool) -> None:
    if path.exists() and not force:
        hint = "susul config shows what is in force. susul init --force writes a new file and keeps a copy of this one."
        raise UsageError(f"{path} is there already, and stays as it is.", hint=hint)


def _require_terminal() -> None:
    if not sys.stdin.isatty():
        hint = "susul init --yes asks none, and takes what this machine tells."
        raise UsageError("susul init asks questions, but no terminal is there to answer them.", hint=hint)


def _ask(guesses: Mapping[str, str]) -> dict[str, Any]:
    """The answers by path of the setting. What is left empty is left to the account."""
    terminal.say(
        "Enter takes what stands in [brackets], - leaves it out; what is left out comes from your Google account."
    )
    answers = {
        "owner.name": _answer("Your name, as it stands under your mails", "", str),
        "owner.country": _answer("Country whose holidays count (two letters)", guesses["owner.country"], country_named),
        "owner.time_zone": _answer("Time zone", guesses["owner.time_zone"], lambda text: zone_named(text).key),
        "owner.language": _answer(
            f"Language where a conversation doesn't show its own ({', '.join(languages.codes())})",
            guesses["owner.language"],
            _language,
        ),
    }
    chosen: dict[str, Any] = {key: value for key, value in answers.items() if value}
    click.echo("What can be followed up:")
    for kind, about in ABOUT_KINDS.items():
        click.echo(f"  {kind.value:<12} {about}")
    wanted = _answer("Which of them (- for none)", " ".join(ON_AT_FIRST), _kinds)
    return chosen | _switches(wanted.split())


def _answer(question: str, proposal: str, checked: Callable[[str], str]) -> str:
    """One answer, asked for again until it can be used."""
    while True:
        given = str(click.prompt(question, default=proposal, show_default=bool(proposal))).strip()
        if given in ("", "-"):
            return ""
        try:
            return checked(given)
        except SusulError as error:
            terminal.say(f"  {error.sentence} {error.hint}", err=True)


def _language(text: str) -> str:
    code = text.lower()
    parse_config({"owner": {"language": code}})
    return code


def _kinds(text: str) -> str:
    """The kinds named in ``text``, with blanks between them. Raises UsageError."""
    named = text.lower().replace(",", " ").split()
    for word in named:
        if word not in set(Kind):
            near = get_close_matches(word, list(Kind), n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(Kind)}."
            raise UsageError(f"{word} is not one of them.", hint=hint)
    return " ".join(named)


def _switches(wanted: list[str]) -> dict[str, bool]:
    """The settings that turn kinds on and off, where that is not so by default."""
    off: dict[str, bool] = {f"policy.{kind}.follow_up": False for kind in ON_AT_FIRST if kind not in wanted}
    return off | ({"policy.general.internal": True} if Kind.TASK in wanted else {})
