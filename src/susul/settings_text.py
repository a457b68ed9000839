"""The settings as texts: the ``config.toml`` that ``susul init`` writes, and the page docs/configuration.md."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from susul.settings import POLICY, Setting, all_settings, as_toml, sections

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDEST = 100
ABOUT_FILE = """\
# The settings of Susul. Every key may be left out. A line like #key = value holds the default: take the # away to
# change it. susul config shows what is in force and where it comes from; susul doctor checks it.
"""
ABOUT_POLICY = """\
# The etiquette: when a follow-up is due, how many there are, when to stop. "business days" skip weekends and the
# public holidays of your country; times are your local time.
"""
ABOUT_PAGE = """\
# Configuration

<!-- Made from src/susul/config.py and src/susul/policy.toml by: make docs -->

Susul needs no configuration. What you want otherwise stands in `config.toml` in Susul's folder (on Linux
`~/.config/susul`, or where `SUSUL_HOME` points); `susul init` writes one with every key in it, commented out.
An unknown key is an error that names the nearest right one. `susul config` shows what is in force and where each value
comes from: `config.toml` with the line, else your account or calendar, else this machine, else the default.

Texts stand in quotes (`"Rina"`), times are texts like `"09:00"`, lists stand in brackets, `true` and `false` have no
quotes. Each heading below is a table of the file: write `[owner]` on a line of its own, its keys under it.
"""
ABOUT_POLICY_PAGE = """\
The sections that begin with `policy.` are the etiquette: when a follow-up is due, how many there are, when to stop.
*Business days* skip weekends and the public holidays of your country; times are your local time.
"""


def config_file(chosen: Mapping[str, Any]) -> str:
    """A ``config.toml`` in which the values ``chosen`` (by path) stand, and all others as comments."""
    blocks = [ABOUT_FILE]
    for section in sections():
        if section.startswith(POLICY) and not any(POLICY in block for block in blocks[1:]):
            blocks.append(ABOUT_POLICY)
        mine = [setting for setting in all_settings() if setting.section == section]
        blocks.append("\n".join([f"[{section}]", *(_entry(setting, chosen) for setting in mine), ""]))
    return "\n".join(blocks)


def _entry(setting: Setting, chosen: Mapping[str, Any]) -> str:
    example = f"; for example {as_toml(setting.example)}" if setting.example is not None else ""
    said = textwrap.wrap(f"{_sentence(setting.meaning)}{example}.", WIDEST - 2, break_long_words=False)
    value = chosen.get(setting.path)
    line = f"#{setting.key} = {as_toml(setting.default)}" if value is None else f"{setting.key} = {as_toml(value)}"
    return "\n".join([*(f"# {part}" for part in said), line])


def configuration_page() -> str:
    """docs/configuration.md."""
    blocks = [ABOUT_PAGE]
    for section in sections():
        if section.startswith(POLICY) and ABOUT_POLICY_PAGE not in blocks:
            blocks.append(ABOUT_POLICY_PAGE)
        rows = [_row(setting) for setting in all_settings() if setting.section == section]
        head = [f"## {section}", "", "| key | default | may be | meaning |", "| --- | --- | --- | --- |"]
        blocks.append("\n".join([*head, *rows, ""]))
    return "\n".join(blocks)


def _row(setting: Setting) -> str:
    example = "" if setting.example is None else f" Example: `{as_toml(setting.example)}`."
    cells = (
        f"`{setting.key}`",
        f"`{as_toml(setting.default)}`",
        setting.allowed,
        f"{_sentence(setting.meaning)}.{example}",
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _sentence(meaning: str) -> str:
    return meaning[:1].upper() + meaning[1:]
