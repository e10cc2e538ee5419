-- Wait for an account no longer.
DELETE FROM lease_requests
WHERE member_id = :member_id AND owner = :owner
