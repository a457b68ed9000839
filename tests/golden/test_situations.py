"""Every worked situation comes out as the protocol asks, but for those that ``not_yet.toml`` owns up to."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from situations import FOLDER, Situation, faults, situations

if TYPE_CHECKING:
    from pathlib import Path

NOT_YET: dict[str, str] = tomllib.loads((FOLDER / "not_yet.toml").read_text("utf-8"))
ALL = list(situations())


@pytest.mark.parametrize("situation", [pytest.param(s, id=s["id"]) for s in ALL])
def test_the_situation_holds(situation: Situation, tmp_path: Path) -> None:
    found = faults(situation, tmp_path)

    if situation["id"] in NOT_YET:
        assert found, "it holds now: take it out of not_yet.toml"
    else:
        assert found == [], situation["about"]


def test_the_list_names_only_situations_that_exist() -> None:
    assert set(NOT_YET) <= {situation["id"] for situation in ALL}


def test_there_are_enough_situations_in_both_languages() -> None:
    indonesian = [
        s for s in ALL if any(e.get("language") == "id" for e in s["expect"]) or s.get("tz") == "Asia/Jakarta"
    ]

    assert len(ALL) >= 80
    assert len(indonesian) >= 40
