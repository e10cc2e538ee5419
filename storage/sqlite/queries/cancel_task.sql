-- queued -> cancelled.
UPDATE tasks
SET
    status = 'cancelled',
    finished_at = :now,
    error = :error,
    not_before = NULL,
    wait_reason = NULL
WHERE id = :task_id AND team_id = :team_id AND status = 'queued'
RETURNING *
