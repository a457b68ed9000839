"""What the package says of itself: its lowest versions are those that are tried, and its version is told in one place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import susul

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def lines_of(name: str) -> list[str]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_the_lowest_versions_that_are_tried_are_those_that_are_allowed() -> None:
    allowed = {re.sub(r"\s", "", wanted).replace(">=", "==") for wanted in PROJECT["dependencies"]}
    assert set(lines_of("constraints-lowest.txt")) == allowed


def test_no_upper_bound_keeps_a_mended_library_out() -> None:
    extras = [wanted for group in PROJECT["optional-dependencies"].values() for wanted in group]
    assert [wanted for wanted in (*PROJECT["dependencies"], *extras) if re.search(r"<|~=|==", wanted)] == []


def test_no_file_names_a_package_index() -> None:
    for name in ("constraints.txt", "constraints-lowest.txt", "requirements-dev.txt", "requirements-cues.txt"):
        assert [line for line in lines_of(name) if "://" in line or line.startswith("-")] == []


def test_the_version_stands_in_one_place() -> None:
    assert "version" in PROJECT["dynamic"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", susul.__version__)
    found = [path for path in (ROOT / "src").rglob("*.py") if susul.__version__ in path.read_text("utf-8")]
    assert [path.name for path in found] == ["__init__.py"]
