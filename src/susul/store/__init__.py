"""One SQLite file: the copy of the mail, the cursor, the ledger and the owner's words. Nothing else opens it."""

from susul.store.database import Store, open_store

__all__ = ["Store", "open_store"]
