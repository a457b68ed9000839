"""A real browser on a hostile mailbox: no script runs, nothing of a mail becomes an element."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from report_scenes import HELEN, LATER, OFFER, mail, page_of, scan

from susul.model import Address

if TYPE_CHECKING:
    from pathlib import Path

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
RUN = "document.title='ran'"
SCRIPT = f'<script>{RUN}</script><img src=x onerror="{RUN}"><svg onload="{RUN}">'


def dom(page: str, folder: Path) -> str:
    """The document as the browser holds it once it is loaded."""
    file = folder / "page.html"
    file.write_text(page, "utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}", "--dump-dom"]
    done = subprocess.run(
        [CHROMIUM, *flags, file.as_uri()], check=True, capture_output=True, text=True, encoding="utf-8", timeout=60
    )
    return done.stdout


@pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")
def test_no_script_of_a_mail_runs(tmp_path: Path) -> None:
    hostile = Address(SCRIPT, HELEN.email)
    page = page_of(scan(mail(9, f"{OFFER}{SCRIPT}", subject=SCRIPT), mail(8, f"{SCRIPT} {LATER}", sender=hostile)))

    assert "<title>ran</title>" in dom(f"<!doctype html><title>x</title>{SCRIPT}", tmp_path)  # the trap works
    seen = dom(page, tmp_path)

    assert "<title>Follow-ups: what waits for an answer</title>" in seen
    assert not any(tag in seen for tag in ("<script", "<img", "<svg"))
    assert "&lt;script&gt;" in seen


@pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")
def test_the_policy_alone_stops_a_script_that_got_in(tmp_path: Path) -> None:
    page = page_of(scan(mail(9, OFFER))).replace("<main>", f"<main>{SCRIPT}")

    assert "<title>ran</title>" not in dom(page, tmp_path)
