-- Accounts are as young as they were.
UPDATE sessions
SET first_saved_at = first_saved_at + :moved_by
