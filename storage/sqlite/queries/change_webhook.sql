-- Change where an endpoint is and what it is told, and whether; `disabled_at` stays as it was while it
-- stays disabled.
UPDATE webhook_endpoints
SET
    url = :url,
    event_types = :event_types,
    disabled_at = iif(:disabled_reason IS NULL, NULL, coalesce(disabled_at, :now)),
    disabled_reason = :disabled_reason
WHERE id = :webhook_id AND team_id = :team_id AND url IS NOT NULL
RETURNING *
