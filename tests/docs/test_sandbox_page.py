"""docs/sandbox.md: what it types at the sandbox is what the sandbox takes, and it does what the page says."""

from __future__ import annotations

import re
import shlex
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from susul.sandbox import Mailbox, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text("utf-8")
CONTROLS = [line for line in re.findall(r"^curl .*$", PAGE, re.MULTILINE) if "/sandbox/" in line]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox.serve(Mailbox("rina@rinawijaya.example", "Rina", "Asia/Jakarta")) as serving:
        yield serving


def typed(line: str, sandbox: Sandbox) -> int:
    """The status that a line of curl brings from ``sandbox``."""
    words = shlex.split(line, comments=True)
    address = urlsplit(next(word for word in words if word.startswith("http://127.0.0.1:8765/")))
    connection = HTTPConnection(urlsplit(sandbox.api_root).netloc, timeout=10)
    body = words[words.index("-d") + 1] if "-d" in words else None
    connection.request(words[words.index("-X") + 1], address.path, body)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def test_every_control_on_the_page_is_one_that_the_sandbox_takes(sandbox: Sandbox) -> None:
    assert len(CONTROLS) > 5
    assert {line: typed(line, sandbox) for line in CONTROLS} == dict.fromkeys(CONTROLS, 204)


def test_what_goes_wrong_by_the_page_goes_wrong_and_is_mended_by_it(sandbox: Sandbox) -> None:
    denied, boxes, no_refresh, well, *_ = CONTROLS

    typed(denied, sandbox)
    assert sandbox.oauth.deny
    typed(boxes, sandbox)
    assert (sandbox.oauth.deny, len(sandbox.oauth.drop_scopes)) == (False, 1)
    typed(no_refresh, sandbox)
    assert not sandbox.oauth.refresh_tokens
    typed(well, sandbox)
    assert (sandbox.oauth.deny, sandbox.oauth.drop_scopes, sandbox.oauth.refresh_tokens) == (False, frozenset(), True)
