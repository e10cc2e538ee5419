-- Accounts whose work somebody has stopped until he resumes it.
ALTER TABLE members ADD COLUMN paused_at INTEGER;
