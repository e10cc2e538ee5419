-- running | submitting -> succeeded.
UPDATE tasks
SET
    status = 'succeeded',
    finished_at = :now,
    lease_token = NULL,
    output = :output,
    evidence = :evidence
WHERE
    id = :task_id
    AND member_id = :member_id
    AND status IN ('running', 'submitting')
    AND lease_token = :token
RETURNING seq, team_id
