-- Who is signed in to the dashboard, by the digest of the cookie's token; each goes by an API key,
-- and ends with it.
CREATE TABLE dashboard_sessions (
    digest TEXT NOT NULL PRIMARY KEY,
    key_id TEXT NOT NULL REFERENCES api_keys (id),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX dashboard_sessions_by_end ON dashboard_sessions (expires_at);

-- Unconfirmed tasks that a person has looked into.
CREATE TABLE reviewed_tasks (
    task_seq INTEGER PRIMARY KEY REFERENCES tasks (seq),
    at INTEGER NOT NULL
) STRICT;

-- What has ended lately, for the days of a plot.
CREATE INDEX tasks_by_end ON tasks (team_id, finished_at, is_write, status)
WHERE finished_at IS NOT NULL;
