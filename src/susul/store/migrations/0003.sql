-- What the owner said with ignore, close or snooze: about a thread, an appointment, an address or a domain.
CREATE TABLE words (
  word TEXT NOT NULL,
  about TEXT NOT NULL,
  target TEXT NOT NULL,
  said_at TEXT NOT NULL,
  until_on TEXT,
  PRIMARY KEY (word, about, target)
) STRICT;
