"""``susul sandbox``."""

from __future__ import annotations

import contextlib
import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from susul.cli import terminal, times
from susul.config import zone_named
from susul.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from susul.sandbox import Mailbox

FILES = click.Path(path_type=Path)


@click.command()
@click.option("--mbox", type=FILES, metavar="FILE", help="Serve this mailbox file.")
@click.option("--ics", type=FILES, metavar="FILE", help="Serve this calendar file too.")
@click.option("--me", metavar="ADDRESS", default="", help="Whose mailbox it is; goes with --mbox and --ics.")
@click.option("--tz", metavar="ZONE", default="Asia/Jakarta", help="The calendar's time zone.")
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="PORT", default=0, help="The port; a free one where none is given."
)
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
        if "@" not in me:
            raise UsageError("With files, the sandbox must know whose mailbox it is.", hint="Add --me you@example.com.")
        box = Mailbox(me, "", zone_named(tz).key)
        _fill(box, mbox, fill_from_mbox)
        _fill(box, ics, fill_from_ics)
    else:
        box = Mailbox.from_json(sample_mailbox(times.now()))
    try:
        with Sandbox.serve(box, port=port) as serving:
            _tell(serving.api_root, box.address, home)
            if home:
                write_home(home, serving.api_root, serving.token(), serving.credentials())
            with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is how it is stopped
                threading.Event().wait()
    except OSError as error:
        raise UsageError(
            f"Port {port} can't be used: {error.strerror}.", hint="Leave --port out for a free one."
        ) from error


def _tell(api_root: str, address: str, home: Path | None) -> None:
    terminal.say(f"Serving {address} at {api_root} (Ctrl-C stops)")
    if home:
        terminal.say(f"In another terminal: SUSUL_HOME={home} susul scan")
    else:
        terminal.say("With --home DIR it also writes a folder that susul scan and susul sync can use.")


def _fill(box: Mailbox, path: Path | None, fill: Callable[[Mailbox, Path], object]) -> None:
    if path is None:
        return
    if not path.is_file():
        raise UsageError(f"{path} is not a file.", hint="Check the path.")
    try:
        fill(box, path)
    except ValueError as error:
        raise UsageError(f"{path} can't be served: {error}.", hint="It must be an mbox or an ics file.") from error


def write_home(home: Path, api_root: str, token: object, credentials: object) -> None:
    """A per-user folder that points at a sandbox."""
    from susul.places import PRIVATE_FILE, find_places

    places = find_places(home)
    places.make()
    contents = {
        places.config_file: f'[google]\napi_root = "{api_root}"\n',
        places.token_file: json.dumps(token),
        places.credentials_file: json.dumps(credentials),
    }
    for path, content in contents.items():
        path.touch(PRIVATE_FILE)
        path.chmod(PRIVATE_FILE)
        path.write_text(content, "utf-8")
