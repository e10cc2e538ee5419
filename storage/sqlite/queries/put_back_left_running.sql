-- running -> queued, for what earlier leases on this account left behind: nothing irreversible
-- has happened. The try stays counted, so that a task that kills its runner comes to an end.
UPDATE tasks
SET status = 'queued', lease_token = NULL
WHERE
    member_id = :member_id
    AND lease_token <> :token
    AND status = 'running'
RETURNING seq, id, attempts
