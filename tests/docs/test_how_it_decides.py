"""The user's page of the rules names the numbers that are in force by default."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

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
    waits = {(s, k) for s, keys in POLICY.items() for k in keys if re.search(r"_after$|_again$|lapses|max_check_ins", k)}
    untold = waits - named - {("meeting", "nudge_again"), ("task", "status_check_again"), ("reading", "chases_after")}
    assert not untold
