-- Who performs tasks: one row for each runner's process, from its start to its orderly end. Of one that
-- was killed the row stays, and is seen no more.
CREATE TABLE runners (
    owner TEXT NOT NULL PRIMARY KEY,
    seen_at INTEGER NOT NULL,
    own_bytes INTEGER NOT NULL,
    browser_bytes INTEGER NOT NULL,
    CONSTRAINT memory_counted CHECK (own_bytes >= 0 AND browser_bytes >= 0)
) STRICT, WITHOUT ROWID;
