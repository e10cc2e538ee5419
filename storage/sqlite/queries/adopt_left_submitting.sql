-- Take over what earlier leases on this account left submitting; it stays submitting.
UPDATE tasks
SET lease_token = :token
WHERE
    member_id = :member_id
    AND lease_token <> :token
    AND status = 'submitting'
RETURNING *
