-- Take an account that nobody holds. The token grows with every change of hands, also over a
-- release, because the row is never deleted. No lease lasts twice as long as it was taken for: one
-- that seems to is from a clock that was wrong. While somebody has asked for the account, nobody else
-- gets it.
INSERT INTO leases (member_id, owner, token, expires_at, ttl)
SELECT :member_id, :owner, 1, :now + :ttl, :ttl
WHERE
    NOT EXISTS (
        SELECT 1
        FROM lease_requests
        WHERE
            lease_requests.member_id = :member_id
            AND lease_requests.owner <> :owner
            AND lease_requests.until > :now
    )
ON CONFLICT (member_id) DO UPDATE SET
    owner = excluded.owner,
    token = leases.token + 1,
    expires_at = excluded.expires_at,
    ttl = excluded.ttl
WHERE leases.expires_at <= :now OR leases.expires_at > :now + 2 * leases.ttl
RETURNING *
