-- Extend a lease that is in force; one that has run out is never revived.
UPDATE leases
SET expires_at = :now + :ttl, ttl = :ttl
WHERE member_id = :member_id AND token = :token AND expires_at > :now
RETURNING *
