"""``susul demo``."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from susul.cli import terminal, times
from susul.cli.sandbox import write_home

if TYPE_CHECKING:
    from susul.account import Account


@click.command()
@click.option("--all", "everything", is_flag=True, help="Show the silent cases too.")
def demo(everything: bool) -> None:
    """Start the sandbox with a sample mailbox, scan and sync it, and show the plan and the drafts.

    No account, no config, no network beyond this machine.
    """
    from susul.account import open_account
    from susul.config import load_config
    from susul.places import find_places
    from susul.sample import sample_mailbox
    from susul.sandbox import Mailbox, Sandbox
    from susul.store import open_store
    from susul.syncing import scan_account, sync_account

    now = times.now()
    with (
        tempfile.TemporaryDirectory(prefix="susul-demo-") as folder,
        Sandbox.serve(Mailbox.from_json(sample_mailbox(now))) as sandbox,
    ):
        write_home(Path(folder), sandbox.api_root, sandbox.token(), sandbox.credentials())
        places = find_places(Path(folder))
        config = load_config(places.config_file)
        store = open_store(places.database)
        try:
            account = open_account(places, config)
            click.echo("1. susul scan: what is waiting, and why\n")
            scanned = scan_account(account, store, places, config, now, terminal.progress())
            terminal.show_plan(scanned, everything=everything)
            click.echo("\n2. susul sync: writing the drafts that are due\n")
            synced = sync_account(account, store, places, config, now, terminal.progress())
            for line in synced.done.lines:
                click.echo(f"  {terminal.one_line(line, 200)}")
            click.echo("\n3. Read back from the Drafts folder\n")
            _show_drafts(account)
            again = sync_account(account, store, places, config, now, terminal.progress())
            click.echo(f"4. A second sync wrote {again.done.counts.total()} drafts: nothing changed.")
            click.echo(f"   Sending calls that were tried: {len(sandbox.violations)}.")
        finally:
            store.close()


def _show_drafts(account: Account) -> None:
    """The drafts as the mailbox holds them now, read through the API."""
    for placed in account.drafts.list():
        message = account.drafts.get(placed.draft_id).message
        first = account.gmail.thread(placed.thread_id)[0]
        click.echo(f"  In the thread “{terminal.one_line(first.subject)}”")
        click.echo(f"  To: {', '.join(a.email for a in message.to)}")
        click.echo(f"  Subject: {terminal.one_line(message.subject)}\n")
        own, _, _ = message.text.partition("\n>")
        for line in own.splitlines():
            click.echo(f"  | {terminal.one_line(line, 200)}".rstrip())
        click.echo("")
