"""docs/architecture.md names every room of the house."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "susul"
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
DIAGRAM = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
NAMED = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", DIAGRAM.sub("", PAGE)))))
# The sandbox follows Google's API, and is told in its own docstrings; the rest is data or told as one.
TOLD_AS_ONE = ("sandbox", "sample", "languages", "sources/takeout", "reading/dates", "schedule", "checkup", "store")


def modules() -> list[str]:
    found = [path.relative_to(SOURCES).as_posix() for path in sorted(SOURCES.rglob("*.py"))]
    return [name for name in found if not name.startswith(TOLD_AS_ONE) and "/__" not in f"/{name}"]


@pytest.mark.parametrize("module", modules())
def test_the_page_names_a_module(module: str) -> None:
    folder, _, name = module.removesuffix(".py").rpartition("/")

    assert name in NAMED or folder in ("cli", "report")
    assert folder.rpartition("/")[2] in NAMED or not folder


@pytest.mark.parametrize("folder", TOLD_AS_ONE)
def test_the_page_names_a_room_that_is_told_as_one(folder: str) -> None:
    assert (SOURCES / folder).is_dir()
    assert folder.rpartition("/")[2] in NAMED


def test_what_the_page_names_as_a_file_is_there() -> None:
    for name in re.findall(r"`((?:[\w]+/)*[\w]+\.(?:py|toml|json))`", PAGE):
        assert list(SOURCES.rglob(name.rpartition("/")[2])) or (ROOT / name).exists() or name == "config.toml", name
