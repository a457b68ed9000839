"""``susul sync``."""

from __future__ import annotations

import click

from susul.cli import times
from susul.cli.messages import in_words
from susul.places import find_places
from susul.quiet import failed_start_noted, listen


@click.command()
def sync() -> int:
    """Read what changed, then write, update and withdraw drafts.

    Made for cron: it says nothing when nothing changed. It never sends.
    """
    heard = listen(times.now)
    if heard and not heard.news:
        return 0
    from susul.cli import terminal
    from susul.cli.session import signed_in

    with signed_in(starting=failed_start_noted(find_places(), times.now), reads_all=True) as session:
        from susul.syncing import sync_account  # while the first answers are under way

        synced = sync_account(session.run(), heard.history if heard else None)
    for line in synced.done.lines:
        terminal.say(terminal.one_line(in_words(line), 200), indent=2)
    if synced.put_off:
        terminal.say(f"{synced.put_off} more drafts are due; they wait for the next run.")
    if synced.labelling.line:
        click.echo(terminal.one_line(in_words(synced.labelling.line), 300), err=True)
    terminal.say_owed(synced.scanned)
    return synced.exit_code
