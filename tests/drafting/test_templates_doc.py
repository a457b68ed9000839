"""The page about templates and the code name the same variables."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

from draft_cases import DEWI, INTERVIEW_ID, LIAM, OWNER, PROPOSAL_EN, START, follow_up

from susul.cli.templates import templates
from susul.config import parse_config
from susul.drafting import Library
from susul.drafting.facts import Facts, gather
from susul.model import Step
from susul.owner import Voice

PAGE = (Path(__file__).parents[2] / "docs" / "templates.md").read_text("utf-8")
ROWS = re.findall(r"^\| `(\w+)` \| ([^|]+) \| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)
TYPES = {
    "text": str,
    "list of text": tuple,
    "yes or no": bool,
    "number": int,
    "table of text": dict,
}


def test_the_page_names_every_variable_in_order() -> None:
    assert [name for name, *_ in ROWS] == [field.name for field in fields(Facts)]


def test_the_page_tells_every_type_as_it_is() -> None:
    for case, to, code in ((PROPOSAL_EN, LIAM, "en"), (INTERVIEW_ID, DEWI, "id")):
        facts = gather(case, follow_up(case, Step.STATUS_CHECK, to), OWNER, code, START)
        for name, kind, example, _ in ROWS:
            assert type(getattr(facts, name)) is TYPES[kind], name
            assert re.fullmatch(r"`[^`]+`(, `[^`]+`)*", example), name


def test_what_is_never_empty_is_filled_even_where_nothing_is_known() -> None:
    from draft_cases import case_of

    for code in ("en", "id"):
        facts = gather(case_of(), follow_up(case_of(), Step.NUDGE), OWNER, code, START)
        for name, _, _, meaning in ROWS:
            if "never empty" in meaning:
                assert getattr(facts, name), name


def test_the_page_names_every_key_of_the_voice_as_config_takes_it() -> None:
    block = PAGE.partition("```toml\n")[2].partition("```")[0]
    owner = parse_config(tomllib.loads(block)).owner

    assert set(tomllib.loads(block)["owner"]) == {"headline", "links", "sign_off", "formality", "extra"}
    for field in fields(Voice):
        assert getattr(owner.voice, field.name), field.name
    assert "`owner.headline`" in PAGE


def test_the_page_names_every_command() -> None:
    assert set(re.findall(r"`susul templates (\w+)", PAGE)) == set(templates.commands)


def test_the_page_names_every_occasion_and_family_that_templates_use() -> None:
    for name in Library().templates:
        what = name.rpartition("/")[2].partition(".")[0]
        for part in what.split("-"):
            assert f"`{part}`" in PAGE, part
