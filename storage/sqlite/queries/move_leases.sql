-- Leases end when they would have.
UPDATE leases
SET expires_at = expires_at + :moved_by
