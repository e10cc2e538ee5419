-- The task, if it is submitting under this lease.
SELECT seq, baseline
FROM tasks
WHERE
    id = :task_id
    AND member_id = :member_id
    AND status = 'submitting'
    AND lease_token = :token
