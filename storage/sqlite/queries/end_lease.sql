-- End a lease at once, for `release` and `expire`; the row keeps its token.
UPDATE leases
SET expires_at = :now
WHERE member_id = :member_id AND token = :token AND expires_at > :now
