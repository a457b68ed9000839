"""``susul config``."""

from __future__ import annotations

from contextlib import closing
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from susul.cli import completing, terminal
from susul.cli.messages import in_words
from susul.config import load_config
from susul.errors import SusulError, UsageError
from susul.in_force import InForce, as_json, in_force
from susul.places import Places, find_places, system_zone
from susul.settings import all_settings, as_toml, sections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from susul.account import Identity

VERSION = 1
VALUES, ORIGINS = 30, 24  # columns that values and origins take, where there is room


@click.command()
@click.argument("key", required=False, metavar="[KEY]", shell_complete=completing.setting_keys)
@click.option("--json", "printed_as_json", is_flag=True, help="Print it as JSON.")
def config(key: str | None, printed_as_json: bool) -> None:
    """Show what is in force and where each value comes from.

    KEY is a setting such as owner.time_zone, or a section such as policy.proposal. A value comes from config.toml (with
    its line), from your account or its calendar as the last run saw it, from this machine, or it is the default.
    """
    places = find_places()
    loaded = load_config(places.config_file)
    text = places.config_file.read_text("utf-8") if places.config_file.is_file() else ""
    found = in_force(loaded, text, _known(places), system_zone())
    chosen = [one for one in found if key is None or key in (one.setting.path, one.setting.section)]
    if key and not chosen:
        chosen = [one for one in found if one.setting.section.startswith(f"{key}.")]
    if key and not chosen:
        raise UsageError(f"{key} is not a known setting.", hint=_nearest(key))
    if printed_as_json:
        shown = {"version": VERSION, "file": str(places.config_file), "settings": [as_json(one) for one in chosen]}
        click.echo(terminal.as_json(shown))
    elif len(chosen) == 1:
        _show_one(chosen[0])
    else:
        _show_all(chosen, places)


def _known(places: Places) -> Identity | None:
    """What the last run heard from the account; None without one, and where the state can't be read."""
    from susul.account import stored_identity
    from susul.store import open_store

    if not places.database.is_file():
        return None
    try:
        with closing(open_store(places.database)) as store:
            return stored_identity(store)
    except SusulError as error:
        terminal.say(f"susul: {error.sentence} What the account told is left out.", err=True)
        return None


def _nearest(key: str) -> str:
    paths = [setting.path for setting in all_settings()]
    near = get_close_matches(key, [*paths, *sections()], n=1) or [p for p in paths if p.rpartition(".")[2] == key][:1]
    return f"Did you mean {near[0]}?" if near else "susul config shows them all."


def _show_one(one: InForce) -> None:
    setting = one.setting
    terminal.say(f"{setting.path} = {as_toml(one.value)}")
    for name, value in (
        ("from", in_words(one.origin)),
        ("default", as_toml(setting.default)),
        ("may be", in_words(setting.allowed)),
        ("meaning", in_words(setting.meaning)),
    ):
        terminal.say(f"  {in_words(name):<9} {value}", indent=12)


def _show_all(chosen: Sequence[InForce], places: Places) -> None:
    is_there = places.config_file.is_file()
    missing = "" if is_there else f" {in_words('(not there: susul init writes it)')}"
    terminal.say(f"# {places.config_file}{missing}")
    longest = max(len(one.setting.key) for one in chosen)
    wide = max(min(VALUES, terminal.columns() - longest - ORIGINS), 0)
    for section in dict.fromkeys(one.setting.section for one in chosen):
        click.echo("")
        click.echo(terminal.heading(f"[{section}]"))
        for one in chosen:
            if one.setting.section == section:
                value = terminal.one_line(as_toml(one.value), 60)
                line = f"{one.setting.key:<{longest}} = {value:<{wide}}  # {in_words(one.origin)}"
                terminal.say(line, indent=longest + len(" = "))
