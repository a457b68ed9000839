-- One value of each: the account, Gmail's history id, since when the mail was read.
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- Mail as the sources deliver it (JSON of susul.model.Message).
CREATE TABLE messages (
  id TEXT PRIMARY KEY,
  thread_id TEXT NOT NULL,
  sent_at TEXT NOT NULL,
  value BLOB NOT NULL
) STRICT;
CREATE INDEX messages_by_thread ON messages (thread_id);

-- What a message says (JSON of susul.model.Reading); made anew when the reading or the owner changes.
CREATE TABLE readings (id TEXT PRIMARY KEY, basis TEXT NOT NULL, value BLOB NOT NULL) STRICT;

-- The calendar of the last run (JSON of susul.model.Event).
CREATE TABLE events (id TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;

-- Threads whose reading failed and is owed; the cursor may pass them because they stand here.
CREATE TABLE owed_threads (id TEXT PRIMARY KEY) STRICT;

-- One row for each draft that was ever intended. (trigger, step) names it for ever.
CREATE TABLE ledger (
  "trigger" TEXT NOT NULL,
  step TEXT NOT NULL,
  rfc822_id TEXT NOT NULL UNIQUE,
  thread TEXT,
  digest TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at TEXT NOT NULL,
  draft_id TEXT NOT NULL DEFAULT '',
  message_id TEXT NOT NULL DEFAULT '',
  case_id TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY ("trigger", step)
) STRICT;

-- What each run did, for people.
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  started_at TEXT NOT NULL,
  summary TEXT NOT NULL
) STRICT;
