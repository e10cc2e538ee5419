-- The newest line of any timeline.
SELECT coalesce(max(seq), 0) AS seq
FROM task_events
