"""The labels of an exported mail, from its ``X-Gmail-Labels`` header. The names are data, in ``takeout.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from susul.charsets import decode_words, one_line
from susul.owner import canonical
from susul.reading.mime import SYSTEM_LABELS

_LABEL = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^,]+))')


@cache
def exported_words() -> dict[str, Any]:
    """``takeout.toml``."""
    return tomllib.loads((files("susul.sources.takeout") / "takeout.toml").read_text("utf-8"))


@cache
def _ids() -> dict[str, str]:
    tables = exported_words()["labels"].values()
    return {label.lower(): label for label in SYSTEM_LABELS} | {
        name: label for table in tables for name, label in table.items()
    }


def labels_of(header_value: str) -> frozenset[str]:
    """Gmail's label ids and the owner's label names in an X-Gmail-Labels value: a list with commas, maybe encoded."""
    names = (one_line(label[1] or label[2] or "") for label in _LABEL.finditer(decode_words(header_value)))
    return frozenset(_ids().get(name.lower(), name) for name in names) - {""}


def labels_without_header(sender: str, owner_addresses: tuple[str, ...]) -> frozenset[str]:
    """Mail from one of the owner's addresses is sent mail; nothing is known about any other."""
    own = {canonical(address) for address in owner_addresses}
    return frozenset({"SENT"}) if sender and canonical(sender) in own else frozenset()
