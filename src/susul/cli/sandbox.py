"""``susul sandbox``."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import click

from susul.cli import times
from susul.errors import UsageError

FILES = click.Path(path_type=Path)


@click.command()
@click.option("--mbox", type=FILES, metavar="FILE", help="Serve this mailbox file.")
@click.option("--ics", type=FILES, metavar="FILE", help="Serve this calendar file too.")
@click.option("--me", metavar="ADDRESS", default="rina@rinawijaya.example", help="Whose mailbox it is.")
@click.option("--tz", metavar="ZONE", default="Asia/Jakarta", help="The calendar's time zone.")
@click.option("--port", type=int, default=0, help="The port; a free one where none is given.")
@click.option(
    "--home",
    type=FILES,
    metavar="DIR",
    help="Write config.toml, credentials.json and token.json for it into this folder.",
)
def sandbox(mbox: Path | None, ics: Path | None, me: str, tz: str, port: int, home: Path | None) -> None:
    """Serve a mailbox over the Gmail and Calendar REST APIs on loopback, to try things out.

    Without --mbox it serves the sample mailbox of susul demo. Stop it with Ctrl-C.
    """
    from susul.sample import sample_mailbox
    from susul.sandbox import Mailbox, Sandbox
    from susul.sandbox.seed import fill_from_ics, fill_from_mbox

    if mbox or ics:
        box = Mailbox(me, "", tz)
        if mbox:
            _must_be_file(mbox)
            fill_from_mbox(box, mbox)
        if ics:
            _must_be_file(ics)
            fill_from_ics(box, ics)
    else:
        box = Mailbox.from_json(sample_mailbox(times.now()))
    with Sandbox.serve(box, port=port) as serving:
        if home:
            write_home(home, serving.api_root, serving.token(), serving.credentials())
            click.echo(f"SUSUL_HOME={home}")
        click.echo(f"Serving {box.address} at {serving.api_root} (Ctrl-C stops)")
        threading.Event().wait()


def _must_be_file(path: Path) -> None:
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", hint="Check the path.")


def write_home(home: Path, api_root: str, token: object, credentials: object) -> None:
    """A per-user folder that points at a sandbox."""
    from susul.places import find_places

    places = find_places(home)
    places.make()
    places.config_file.write_text(f'[google]\napi_root = "{api_root}"\n', "utf-8")
    for path, value in ((places.token_file, token), (places.credentials_file, credentials)):
        path.write_text(json.dumps(value), "utf-8")
        path.chmod(0o600)
