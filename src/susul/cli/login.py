"""``susul login`` and ``susul logout``."""

from __future__ import annotations

import click

from susul.config import load_config
from susul.places import find_places


@click.command()
@click.option("--no-browser", is_flag=True, help="Print the link, and paste the address you end up at.")
def login(no_browser: bool) -> None:
    """Sign in to Google with your own credentials.json (a Desktop app client)."""
    from susul.sources.google import auth

    places = find_places()
    places.make()
    config = load_config(places.config_file)
    auth.sign_in(
        places.credentials_file,
        places.token_file,
        auth.scopes_for(labels=config.gmail.labels),
        show=click.echo,
        api_root=config.google.api_root or None,
        ask=(lambda text: str(click.prompt(text, prompt_suffix=""))) if no_browser else None,
    )
    click.echo("Signed in. Try: susul scan")


@click.command()
def logout() -> None:
    """Sign out: revoke the access at Google and delete the token."""
    from susul.sources.google import auth

    places = find_places()
    config = load_config(places.config_file)
    was_in = auth.sign_out(places.token_file, api_root=config.google.api_root or None)
    click.echo("Signed out." if was_in else "You were not signed in.")
