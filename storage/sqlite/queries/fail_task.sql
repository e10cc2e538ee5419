-- running | submitting -> failed.
UPDATE tasks
SET
    status = 'failed',
    finished_at = :now,
    lease_token = NULL,
    error = :error,
    evidence = :evidence
WHERE
    id = :task_id
    AND member_id = :member_id
    AND status IN ('running', 'submitting')
    AND lease_token = :token
RETURNING seq, submitted_at
