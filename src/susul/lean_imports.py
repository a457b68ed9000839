"""Libraries loaded without the parts that Susul never uses: those take longer to import than all that is used.

Both ways keep to what Python documents of ``sys.modules`` and ``__path__``. Should a library be built otherwise some
day, it is loaded as a whole again; that costs time and nothing else, and a test notices it.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def left_out(*names: str) -> Iterator[None]:
    """While the block runs, whoever imports one of these modules, in any thread, gets an empty one in its place."""
    empty = {name: ModuleType(name) for name in names if name not in sys.modules}
    sys.modules.update(empty)
    try:
        yield
    finally:
        for name, module in empty.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def keep_apart(package: ModuleType, name: str) -> None:
    """Makes the modules of ``package.name`` importable one by one, without the ``__init__`` that imports them all."""
    full_name = f"{package.__name__}.{name}"
    folders = [str(folder) for path in package.__path__ if (folder := Path(path) / name).is_dir()]
    if folders and full_name not in sys.modules:
        inner = ModuleType(full_name)
        inner.__path__ = folders
        sys.modules.setdefault(full_name, inner)  # whole at once: another thread may be waiting for it
