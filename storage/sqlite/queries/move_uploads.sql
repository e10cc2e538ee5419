-- Files are kept as long as was promised.
UPDATE uploads
SET created_at = created_at + :moved_by, expires_at = expires_at + :moved_by
