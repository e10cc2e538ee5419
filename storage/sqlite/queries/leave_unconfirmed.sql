-- submitting -> unconfirmed.
UPDATE tasks
SET
    status = 'unconfirmed',
    finished_at = :now,
    lease_token = NULL,
    error = :error,
    evidence = :evidence
WHERE
    id = :task_id
    AND member_id = :member_id
    AND status = 'submitting'
    AND lease_token = :token
RETURNING seq
