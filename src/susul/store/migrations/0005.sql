-- The journal. ended_at is empty while a run is at work, and stays so where it was killed.
-- "times": runs in a row that changed nothing and ended alike share one row.
ALTER TABLE runs ADD COLUMN command TEXT NOT NULL DEFAULT 'sync';
ALTER TABLE runs ADD COLUMN ended_at TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN exit_code INTEGER;
ALTER TABLE runs ADD COLUMN failure TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
UPDATE runs SET ended_at = started_at,
  command = CASE WHEN summary LIKE '%"command": "draft"%' THEN 'draft' ELSE 'sync' END;

-- What a run decided anew and what it did, one row each, with the reason.
CREATE TABLE run_entries (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  what TEXT NOT NULL,
  case_id TEXT NOT NULL,
  step TEXT NOT NULL,
  subject TEXT NOT NULL,
  reason TEXT NOT NULL,
  rfc822_id TEXT NOT NULL
) STRICT;
CREATE INDEX run_entries_by_run ON run_entries (run);
CREATE INDEX run_entries_by_draft ON run_entries (rfc822_id);

-- What was decided last on each case: the journal tells only what became different.
CREATE TABLE decided (case_id TEXT PRIMARY KEY, decision TEXT NOT NULL) STRICT;
