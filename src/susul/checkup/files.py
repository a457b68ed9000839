"""The owner's files: config, templates, client, sign-in, their rights, and the disk they lie on."""

from __future__ import annotations

import os
import shlex
import shutil
from typing import TYPE_CHECKING

from susul.checkup import Finding, failed, failed_by, note, ok
from susul.config import load_config
from susul.drafting import Library
from susul.drafting.preview import faults, misnamed
from susul.errors import ConfigError
from susul.places import PRIVATE_FILE, PRIVATE_FOLDER
from susul.private_files import is_open_to_others

if TYPE_CHECKING:
    from pathlib import Path

    from susul.config import Config
    from susul.places import Places

LEAST_FREE, LITTLE_FREE = 50 << 20, 500 << 20  # bytes on the disk that holds the state
NEW_CLIENT = "Run susul login, which prints the steps one by one (docs/google-setup.md has them at length)."


def config_file(places: Places) -> Finding:
    if not places.config_file.is_file():
        return ok("config", "There is no config.toml: the defaults hold (susul init writes one).")
    load_config(places.config_file)
    return ok("config", f"{places.config_file} is sound.")


def templates(places: Places, config: Config) -> Finding:
    """Whether the owner's own templates can be rendered on the samples. The bundled ones were tested before."""
    library = Library(places.templates)
    own = [name for name, one in library.templates.items() if one.own]
    wrong = faults(library, config.owner.voice, names=own)
    if wrong:
        first = wrong[0]
        says = (
            f"{len(wrong)} of the templates' lines can't be rendered: {first.name}, line {first.line}: {first.reason}."
        )
        return failed("templates", says, "susul templates check lists them all; mend or delete your copy.", 2)
    strange = misnamed(places.templates) if places.templates.is_dir() else []
    if strange:
        name, nearest = strange[0]
        says = f"No draft is ever written with templates/{name}."
        if nearest:
            says = f"No draft is ever written with templates/{name} (the nearest right name: {nearest})."
        return note("templates", says, "Rename or delete it; susul templates check lists all such files.")
    if not own:
        return ok("templates", "You have no templates of your own; the bundled ones are used.")
    return ok("templates", f"Your {len(own)} own templates can be rendered.")


def client(places: Places, config: Config) -> Finding:
    """credentials.json: a Desktop client of the owner's own."""
    from susul.sources.google.client_secrets import read_client
    from susul.sources.google.endpoints import Endpoints

    endpoints = Endpoints.of(config.google.api_root or None)
    if not places.credentials_file.exists() and places.token_file.exists():
        says = "There is no credentials.json; the saved sign-in works without it, a new one wouldn't."
        return note("client", says, "Keep the file of your OAuth client as credentials.json.")
    try:
        read_client(places.credentials_file, endpoints)
    except ConfigError as error:
        return failed_by("client", error, NEW_CLIENT)
    return ok("client", "credentials.json is a client of type Desktop app.")


def rights(places: Places) -> Finding:
    """Files 0600 and folders 0700: mail and a sign-in are in them."""
    if os.name != "posix":
        return ok("rights", "Windows keeps your own folder to yourself.")
    there = [path for path in _private(places) if path.exists()]
    open_to_others = [path for path in there if is_open_to_others(path)]
    if open_to_others:
        names = shlex.join(map(str, open_to_others))
        says = f"Others on this machine may get at {', '.join(path.name for path in open_to_others)}."
        return failed("rights", says, f"Run: chmod go-rwx {names}")
    barred = [path for path in there if not os.access(path, os.R_OK | os.W_OK)]
    if barred:
        says = f"You may not read or write {', '.join(map(str, barred))}."
        return failed("rights", says, "Give them back to your user with chown; a run as root may have taken them.")
    return ok("rights", f"Only you can read your files (folders {PRIVATE_FOLDER:o}, files {PRIVATE_FILE:o}).")


def _private(places: Places) -> list[Path]:
    state = [places.database.with_name(places.database.name + end) for end in ("", "-wal", "-shm")]
    folders = dict.fromkeys((places.config, places.state))
    return [*folders, places.config_file, places.credentials_file, places.token_file, *state]


def disk(places: Places) -> Finding:
    folder = next(one for one in (places.state, *places.state.parents) if one.exists())
    free = shutil.disk_usage(folder).free
    says = f"{free >> 20:,} MB are free where the state lies."
    if free < LEAST_FREE:
        return failed("disk", says, "Make room on that disk before the next run.")
    return note("disk", says, "Make room on that disk soon.") if free < LITTLE_FREE else ok("disk", says)
