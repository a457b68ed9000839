"""``susul login`` and ``susul logout``."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from susul.cli import terminal, times
from susul.cli.messages import in_words
from susul.config import load_config
from susul.errors import SusulError
from susul.places import find_places
from susul.private_files import is_open_to_others, keep_to_owner

if TYPE_CHECKING:
    from pathlib import Path

    from susul.config import Config
    from susul.places import Places


@click.command()
@click.option("--no-browser", is_flag=True, help="Print the link, and paste the address you end up at.")
def login(no_browser: bool) -> None:
    """Sign in to Google with your own credentials.json (a Desktop app client).

    Where that file is missing or of the wrong kind, the steps that lead to it are printed. Susul asks for reading mail,
    for laying drafts (Google's wording says "send", and Susul can't) and for reading calendar events; with
    labels = true under [gmail] also for labelling threads. Nothing is saved unless every box was ticked. Where others
    on this machine may read credentials.json, as after a download, that ends here.

    On a machine without a browser: --no-browser, open the link anywhere, and paste the address at which the browser
    stops.
    """
    from susul.sources.google import auth
    from susul.sources.google.saved_sign_in import scopes_for

    places = find_places()
    places.make()
    _keep_to_owner(places.credentials_file)
    config = load_config(places.config_file)
    auth.sign_in(
        places.credentials_file,
        places.token_file,
        scopes_for(labels=config.gmail.labels),
        show=terminal.say,
        api_root=config.google.api_root or None,
        ask=(lambda text: str(click.prompt(in_words(text), prompt_suffix=""))) if no_browser else None,
    )
    terminal.say(f"Signed in as {_signed_in_address(places, config)}. Try: susul scan")


def _keep_to_owner(credentials: Path) -> None:
    """A browser saves a download so that everybody on the machine may read it."""
    try:
        if keep_to_owner(credentials):
            terminal.say(f"Only you can read {credentials.name} now (0600).")
        elif credentials.is_symlink() and credentials.is_file() and is_open_to_others(credentials):
            sentence = f"{credentials.name} is a link, so the file behind it is left as it is: others may read it."
            terminal.say(f"{in_words(sentence)} {in_words('See susul doctor.')}", err=True)
    except OSError as error:
        terminal.say(f"{credentials} can't be kept from others ({error.strerror}): see susul doctor.", err=True)


def _signed_in_address(places: Places, config: Config) -> str:
    """The address that was signed in, once both services have answered: an API may not be enabled. Raises SusulError.

    The sign-in itself is sound by then, and stays.
    """
    from susul.account import open_account

    with closing(open_account(places, config)) as account:
        try:
            address = account.gmail.profile().address
            account.calendar.events(times.now(), times.now() + timedelta(hours=1))
        except SusulError:
            terminal.say("The sign-in was saved, but the first call with it was refused.", err=True)
            raise
    return address


@click.command()
def logout() -> None:
    """Sign out: revoke the access at Google and delete the token."""
    from susul.sources.google import auth

    places = find_places()
    config = load_config(places.config_file)
    was_in = auth.sign_out(places.token_file, api_root=config.google.api_root or None)
    terminal.say("Signed out." if was_in else "You were not signed in.")
