-- Take an account that nobody holds. The token grows with every change of hands, also over a
-- release, because the row is never deleted.
INSERT INTO leases (member_id, owner, token, expires_at)
VALUES (:member_id, :owner, 1, :expires_at)
ON CONFLICT (member_id) DO UPDATE SET
    owner = excluded.owner,
    token = leases.token + 1,
    expires_at = excluded.expires_at
WHERE leases.expires_at <= :now
RETURNING *
