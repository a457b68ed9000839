"""Spares a run without news the import of pyparsing, a fifth of all that it imports.

httplib2 imports it for one thing: to read the challenge of a 401. With this it does so when there is one.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

_LATE = "httplib2.auth"


class _LateModule(ModuleType):
    """A module whose code runs when the first of its names is asked for (``importlib``'s runs on any import)."""

    def __getattr__(self, name: str) -> Any:
        spec = self.__spec__
        if name.startswith("__") or spec is None or spec.loader is None:
            raise AttributeError(name)
        spec.loader.exec_module(self)
        return vars(self)[name]


def load_grammar_late() -> None:
    """Puts a module that loads itself when it is first used in the place of ``httplib2.auth``."""
    package = find_spec("httplib2")
    if _LATE in sys.modules or package is None or package.origin is None:
        return
    module = _LateModule(_LATE)
    module.__spec__ = spec_from_file_location(_LATE, Path(package.origin).with_name("auth.py"))
    sys.modules[_LATE] = module
