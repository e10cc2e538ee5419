-- running -> queued.
UPDATE tasks
SET
    status = 'queued',
    lease_token = NULL,
    attempts = attempts - :uncounted,
    not_before = :not_before,
    wait_reason = :wait_reason
WHERE
    id = :task_id
    AND member_id = :member_id
    AND status = 'running'
    AND lease_token = :token
RETURNING seq, attempts
