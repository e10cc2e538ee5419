-- running -> submitting: the point of no return, for writes only.
UPDATE tasks
SET status = 'submitting', submitted_at = :now, baseline = :baseline
WHERE
    id = :task_id
    AND member_id = :member_id
    AND status = 'running'
    AND lease_token = :token
    AND is_write = 1
RETURNING seq, task_type
