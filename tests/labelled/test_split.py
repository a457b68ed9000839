"""The labelled sentences lie where their hash puts them, and none lies in both parts."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*/*.jsonl"))
DEV_ONLY = ("mails", "trial")  # see README.md


def texts(path: Path) -> list[str]:
    return [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]


def is_unseen(text: str) -> bool:
    return int(sha256(f"susul-1016{text}".encode()).hexdigest(), 16) % 3 == 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_line_lies_in_the_part_that_its_hash_names(path: Path) -> None:
    if path.name.split(".")[2] in DEV_ONLY:
        assert path.parent.name == "dev"
    else:
        assert {is_unseen(text) for text in texts(path)} == {path.parent.name == "unseen"}


def test_no_text_lies_in_both_parts() -> None:
    dev, unseen = (
        {text for path in FILES if path.parent.name == part for text in texts(path)} for part in ("dev", "unseen")
    )

    assert not dev & unseen
