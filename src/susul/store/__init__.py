"""One SQLite file: the copy of the mail, the cursor, the ledger and the owner's words. Nothing else opens it.

A run may need no more than a ``glance`` at it, so the rest is imported when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from susul.store.database import Store, open_store

__all__ = ["Store", "open_store"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    from susul.store import database

    return getattr(database, name)
