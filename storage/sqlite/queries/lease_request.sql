-- The request for an account that is in force, if there is one.
SELECT owner
FROM lease_requests
WHERE member_id = :member_id AND until > :now
