"""What Susul knows about languages, as data: one folder a language, read with ``table``.

A new language is a new folder here (and one under ``templates/``); no code names a language.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def codes() -> tuple[str, ...]:
    """The languages there are, by their ISO 639 codes, sorted."""
    folders = (entry for entry in files(__name__).iterdir() if entry.is_dir())
    return tuple(sorted(folder.name for folder in folders if not folder.name.startswith("_")))


@cache
def table(code: str, name: str) -> dict[str, Any]:
    """The data file ``name`` (without ``.toml``) of the language ``code``; empty where the language has none.

    The value is shared: callers must not change it.
    """
    source = files(__name__) / code / f"{name}.toml"
    return tomllib.loads(source.read_text("utf-8")) if source.is_file() else {}


@cache
def learned(code: str, name: str) -> dict[str, Any]:
    """The file ``name`` (without ``.json``) that was computed for a language; empty where there is none."""
    source = files(__name__) / code / f"{name}.json"
    return dict(json.loads(source.read_text("utf-8"))) if source.is_file() else {}


@cache
def messages(code: str) -> bytes:
    """The compiled gettext catalogue of what people read in the terminal; empty where the language has none."""
    source = files(__name__) / code / "messages.mo"
    return source.read_bytes() if source.is_file() else b""
