-- The task, if it is running or submitting under this lease.
SELECT seq
FROM tasks
WHERE
    id = :task_id
    AND member_id = :member_id
    AND lease_token = :token
