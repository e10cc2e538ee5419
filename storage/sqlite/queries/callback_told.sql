-- A callback has told the end of the task that it was asked for: its client is owed nothing any more.
UPDATE tasks
SET answer_owed = 0
WHERE
    seq = (SELECT task_seq FROM webhook_events WHERE seq = :event_seq)
    AND answer_owed = 1
    AND finished_at IS NOT NULL
