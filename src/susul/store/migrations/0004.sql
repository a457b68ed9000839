-- Whether the owner asked for the draft by name (susul draft): then it is theirs, and no run changes it.
ALTER TABLE ledger ADD COLUMN requested INTEGER NOT NULL DEFAULT 0;
