"""Checks Susul's pages with axe-core in a real browser: light and dark, wide and narrow, every language.

Needs node, npm and Chromium, so it is no part of ``make test``. Run it as ``.venv/bin/python bench/accessibility.py
[FOLDER]``: it installs axe-core and puppeteer-core into FOLDER (a temporary one without it), writes the report of the
sample mailbox and the gallery there, and ends with 1 where axe finds a violation that is serious or critical, or where
a page is wider than its window.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from susul import languages
from susul.account import open_account
from susul.cli.sandbox import write_home
from susul.config import load_config
from susul.drafting import Library
from susul.drafting.gallery import gallery
from susul.outcomes import follow_ups
from susul.places import find_places
from susul.policy import load_policy
from susul.progressing import no_progress
from susul.report.gallery import page as gallery_page
from susul.report.page import report_page
from susul.run import Run
from susul.sample import sample_mailbox
from susul.sandbox import Mailbox, Sandbox
from susul.store import open_store
from susul.syncing import scan_account

MOMENT = datetime(2026, 7, 20, 3, 0, tzinfo=UTC)
SCHEMES = ("light", "dark")
WIDTHS = (1000, 390)
GRAVE = ("serious", "critical")
PACKAGES = ("axe-core", "puppeteer-core")


def pages(folder: Path) -> list[Path]:
    """The pages, written into ``folder``."""
    written = [folder / "gallery.html"]
    written[0].write_text(gallery_page(list(gallery(Library(), load_policy()))), "utf-8")
    with Sandbox.serve(Mailbox.from_json(sample_mailbox(MOMENT))) as sandbox:
        home = folder / "home"
        shutil.rmtree(home, ignore_errors=True)
        write_home(home, sandbox.api_root, sandbox.token(), sandbox.credentials())
        places = find_places(home)
        config = load_config(places.config_file)
        with closing(open_store(places.database)) as store, closing(open_account(places, config)) as account:
            scanned = scan_account(Run(account, store, places, config, MOMENT, no_progress))
    found = follow_ups(scanned.plan, (), scanned.owner.zone)
    for code in languages.codes():
        written.append(folder / f"report-{code}.html")
        written[-1].write_text(report_page(scanned, found, code), "utf-8")
    return written


def check(folder: Path) -> int:
    """How many grave faults there are."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    npm, node = shutil.which("npm"), shutil.which("node")
    if not (browser and npm and node):
        sys.exit("This needs chromium, node and npm.")
    subprocess.run([npm, "install", "--silent", "--prefix", str(folder), *PACKAGES], check=True)
    triples = [(str(page), scheme, str(width)) for page in pages(folder) for scheme in SCHEMES for width in WIDTHS]
    script = shutil.copy(Path(__file__).with_suffix(".js"), folder)
    command = [node, script, *(word for triple in triples for word in triple)]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, "CHROMIUM": browser}
    )
    grave = 0
    for line in done.stdout.splitlines():
        one = json.loads(line)
        name = f"{Path(one['file']).name}, {one['scheme']}, {one['width']} px"
        print(f"{name}: {one['passes']} rules pass, {len(one['violations'])} fail{', too wide' * one['wide']}")
        for sort in ("violations", "incomplete"):
            for rule, impact, count, where in one[sort]:
                print(f"  {sort}: {rule} ({impact}) {count} times, first at {where}")
        grave += one["wide"] + sum(impact in GRAVE for _, impact, _, _ in one["violations"])
    return grave


def main() -> int:
    given = Path(sys.argv[1]) if sys.argv[1:] else None
    if given:
        given.mkdir(parents=True, exist_ok=True)
        return 1 if check(given.resolve()) else 0
    with tempfile.TemporaryDirectory(prefix="susul-axe-") as folder:
        return 1 if check(Path(folder)) else 0


if __name__ == "__main__":
    sys.exit(main())
