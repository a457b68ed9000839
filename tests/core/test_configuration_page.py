"""The page about settings, and the file that ``susul init`` writes, say what the code says."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest

from susul.config import Config, parse_config
from susul.settings import all_settings
from susul.settings_text import config_file, configuration_page

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"


def test_the_page_is_made_from_the_code() -> None:
    """``make docs`` (SUSUL_UPDATE_DOCS=1) writes it anew."""
    if os.environ.get("SUSUL_UPDATE_DOCS"):
        PAGE.write_text(configuration_page(), "utf-8")

    assert PAGE.read_text("utf-8") == configuration_page(), "docs/configuration.md is out of date: run make docs"


@pytest.mark.parametrize("setting", all_settings(), ids=lambda setting: setting.path)
def test_every_setting_says_in_one_line_what_it_means(setting: object) -> None:
    (known,) = [one for one in all_settings() if one is setting]

    assert len(known.meaning) > 15, f"{known.path} has no Says(…) in config.py or comment in policy.toml"
    assert known.meaning[0].islower() or not known.meaning[0].isalpha() or known.meaning.startswith("IANA")
    assert not known.meaning.endswith(".")
    assert len(known.meaning) < 100


def test_every_example_is_one_that_config_takes() -> None:
    for setting in all_settings():
        if setting.example is not None:
            parse_config({setting.section: {setting.key: setting.example}})


def test_the_written_file_without_choices_changes_nothing() -> None:
    assert parse_config(tomllib.loads(config_file({}))).effective_policy() == Config().effective_policy()
    assert parse_config(tomllib.loads(config_file({}))).owner == Config().owner


def test_each_commented_key_holds_the_default() -> None:
    """With every # before a key taken away, nothing changes either, and no key is missing."""
    bared = tomllib.loads(re.sub(r"^#(?! )", "", config_file({}), flags=re.MULTILINE))

    config = parse_config(bared)
    assert (config.owner, config.google, config.read) == (Config().owner, Config().google, Config().read)
    assert config.effective_policy() == Config().effective_policy()
    assert {setting.path for setting in all_settings()} <= {
        f"{section}.{key}"
        for section, values in [*bared.items(), *((f"policy.{name}", table) for name, table in bared["policy"].items())]
        for key in values
    }
