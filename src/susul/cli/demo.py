"""``susul demo``."""

from __future__ import annotations

import tempfile
import textwrap
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from susul.cli import terminal, times
from susul.cli.messages import in_words
from susul.cli.sandbox import write_home
from susul.model import Kind, Step, Write

if TYPE_CHECKING:
    from susul.account import Account
    from susul.app import Scanned
    from susul.store import Store


@click.command()
@click.option("--all", "everything", is_flag=True, help="Show the silent cases and every draft.")
def demo(everything: bool) -> None:
    """Start the sandbox with a sample mailbox, scan and sync it, and show the plan and the drafts.

    No account, no config, no network beyond this machine.
    """
    from susul.account import open_account
    from susul.config import load_config
    from susul.places import find_places
    from susul.run import Run
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
        with closing(open_store(places.database)) as store, closing(open_account(places, config)) as account:
            terminal.say("1. susul scan: what is waiting, and why\n")
            scanned = scan_account(Run(account, store, places, config, now, terminal.progress()))
            terminal.show_plan(scanned, everything=everything, links=False)
            terminal.say("\n2. susul sync: writing the drafts that are due\n")
            synced = sync_account(Run(account, store, places, config, now, terminal.progress()))
            for line in synced.done.lines:
                terminal.say(f"  {terminal.one_line(in_words(line), 200)}", indent=4)
            terminal.say("\n3. Read back from the Drafts folder\n")
            _show_drafts(account, store, synced.scanned, everything=everything)
            again = sync_account(Run(account, store, places, config, now, terminal.progress()))
            terminal.say(f"4. A second sync wrote {again.done.counts.total()} drafts: nothing changed.")
            terminal.say(f"   Sending calls that were tried: {len(sandbox.violations)}.")


def _show_drafts(account: Account, store: Store, scanned: Scanned, *, everything: bool) -> None:
    """The drafts as the mailbox holds them now, read through the API: one of each sort, or all."""
    chosen = {p.case.id for p in scanned.plan.due()} if everything else _one_of_each(scanned)
    order = [planned.case.id for planned in scanned.plan.due()]
    shown = sorted((row for row in store.ledger() if row.case in chosen), key=lambda row: order.index(row.case))
    for row in shown:
        message = account.drafts.get(row.draft_id).message
        first = account.gmail.thread(message.thread_id)[0]
        terminal.say(f"  In the thread “{terminal.one_line(first.subject)}”")
        terminal.say(f"  To: {', '.join(a.email for a in message.to)}")
        terminal.say(f"  Subject: {terminal.one_line(message.subject)}\n")
        own, _, _ = message.text.partition("\n>")
        for line in own.splitlines():
            for part in textwrap.wrap(terminal.one_line(line, 2000), terminal.columns() - 6) or [""]:
                click.echo(f"  | {part}".rstrip())
        click.echo("")
    others = len(scanned.plan.due()) - len(shown)
    if others > 0:
        terminal.say(f"  … and {others} more (susul demo --all shows them).\n")


def _one_of_each(scanned: Scanned) -> set[str]:
    """A thank-you in Indonesian, a status check of a proposal in English, a rejection reply."""
    wanted = (
        lambda p, step: step is Step.THANK_YOU and p.case.language == "id",
        lambda p, step: step is Step.STATUS_CHECK and p.case.kind is Kind.PROPOSAL and p.case.language == "en",
        lambda _, step: step is Step.REJECTION_REPLY,
    )
    due = [(p, p.decision.follow_up.step) for p in scanned.plan.due() if isinstance(p.decision, Write)]
    firsts = (next((p.case.id for p, step in due if fits(p, step)), None) for fits in wanted)
    return {found for found in firsts if found}
