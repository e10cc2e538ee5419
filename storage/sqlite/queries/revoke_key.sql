-- End a key that is still valid.
UPDATE api_keys
SET revoked_at = :now
WHERE id = :key_id AND revoked_at IS NULL
RETURNING id
