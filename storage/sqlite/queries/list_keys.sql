-- All keys, revoked ones too, the oldest first.
SELECT *
FROM api_keys
ORDER BY created_at, id
