-- The same secrets, encrypted with another key.
UPDATE webhook_endpoints
SET secret = :secret, old_secret = :old_secret
WHERE id = :webhook_id
