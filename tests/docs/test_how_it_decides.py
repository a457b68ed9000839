"""The user's page of the rules names the numbers that are in force by default."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from susul.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-it-decides.md").read_text("utf-8")
POLICY = tomllib.loads((ROOT / "src" / "susul" / "policy.toml").read_text("utf-8"))
NAMED = re.findall(r"\*\*([^*]+)\*\*\s\(`(\w+)\.(\w+)`\)", PAGE)


@pytest.mark.parametrize(("said", "section", "key"), NAMED)
def test_a_number_of_the_page_is_the_default(said: str, section: str, key: str) -> None:
    value = POLICY[section][key]
    assert said == (", ".join(map(str, value)) if isinstance(value, list) else str(value))


def test_the_page_names_every_waiting_time() -> None:
    named = {(section, key) for _, section, key in NAMED}
    waiting = re.compile(r"_after$|_again$|lapses|max_check_ins")
    waits = {(section, key) for section, keys in POLICY.items() for key in keys if waiting.search(key)}
    untold = waits - named - {("reading", "chases_after")}
    assert not untold


MAIL = """From 1 {date}
From: {sender}
To: {to}
Date: {date}
Subject: Proposal: teacher training
Message-ID: <{id}@mail.example>
X-GM-THRID: 77
X-Gmail-Labels: {label}
Content-Type: text/plain; charset=utf-8

{text}

"""
RINA, HELEN = "Rina Wijaya <rina@rinawijaya.example>", "Helen Park <helen@mosaic.example>"
SENT = MAIL.format(
    date="Mon, 06 Jul 2026 09:00:00 +0700",
    sender=RINA,
    to=HELEN,
    id="p1",
    label="Sent",
    text="Dear Helen,\n\nAttached is our proposal for the teacher training. I would be glad to hear what you think.",
)


@pytest.mark.parametrize(
    ("answer", "due_on"),
    [
        ("let us look at it first", "2026-07-14"),
        ("masih kami proses", "2026-07-14"),
        ("we will contact you", "2026-07-22"),
        ("nanti kami kabari", "2026-07-22"),
    ],
)
def test_an_answer_that_the_page_quotes_waits_as_long_as_the_page_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], answer: str, due_on: str
) -> None:
    row = next(line for line in PAGE.splitlines() if f'"{answer}"' in line)
    days = re.search(r"\b(4|10)\b\**(?: \(`[^`]+`\))? business days", row)
    mbox = tmp_path / "mail.mbox"
    said = f"Dear Rina,\n\n{answer.capitalize()}.\n\nHelen"
    told = MAIL.format(date="Wed, 08 Jul 2026 09:00:00 +0700", sender=HELEN, to=RINA, id="a1", label="Inbox", text=said)
    mbox.write_text(SENT + told)

    with pytest.raises(SystemExit):
        main([
            *("scan", "--json", "--as-of", "2026-07-09T10:00", "--mbox", str(mbox)),
            *("--me", "rina@rinawijaya.example", "--tz", "Asia/Jakarta", "--country", "ID"),
        ])  # fmt: skip
    (case,) = json.loads(capsys.readouterr().out)["cases"]

    assert days is not None
    assert {"2026-07-14": "4", "2026-07-22": "10"}[due_on] == days[1]
    assert (case["step"], case["due_at"]) == ("status_check", f"{due_on}T09:00:00+07:00")
