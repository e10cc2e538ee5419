-- Take an account that nobody holds. The token grows with every change of hands, also over a
-- release, because the row is never deleted. No lease lasts twice as long as it is taken for: one
-- that seems to is from a clock that was wrong.
INSERT INTO leases (member_id, owner, token, expires_at, ttl)
VALUES (:member_id, :owner, 1, :now + :ttl, :ttl)
ON CONFLICT (member_id) DO UPDATE SET
    owner = excluded.owner,
    token = leases.token + 1,
    expires_at = excluded.expires_at,
    ttl = excluded.ttl
WHERE leases.expires_at <= :now OR leases.expires_at > :now + 2 * :ttl
RETURNING *
