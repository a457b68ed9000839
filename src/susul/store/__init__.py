"""The owner's copy of the mail, the cursor and the ledger of drafts, in one SQLite file. Nothing else opens it."""

from susul.store.database import Store, open_store

__all__ = ["Store", "open_store"]
