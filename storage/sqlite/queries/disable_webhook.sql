-- Tell an endpoint nothing any more, because it said so itself.
UPDATE webhook_endpoints
SET disabled_at = :now, disabled_reason = 'gone'
WHERE id = :webhook_id AND url IS NOT NULL AND disabled_at IS NULL
