-- Runners were last seen as long ago as before.
UPDATE runners
SET seen_at = seen_at + :moved_by
