-- How many runs in a row failed to read a thread: one that never can be read must not hold up the others for ever.
ALTER TABLE owed_threads ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;

-- The digest of the text that an update was about to lay, while it is not known whether it did.
ALTER TABLE ledger ADD COLUMN intended TEXT NOT NULL DEFAULT '';
