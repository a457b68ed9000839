-- In which order owed conversations are read (susul.reading_order.Rank), and the one message where that is all there is
-- to read of one; empty: the whole conversation.
ALTER TABLE owed_threads ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE owed_threads ADD COLUMN message TEXT NOT NULL DEFAULT '';
