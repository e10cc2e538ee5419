-- Pauses last as long as they would have; a time that a caller has asked for stays.
UPDATE tasks
SET not_before = not_before + :moved_by
WHERE status = 'queued' AND not_before IS NOT NULL AND wait_reason IN ('pacing', 'limit')
