-- Remove an endpoint, and with it what is on its way there.
DELETE FROM webhook_endpoints
WHERE id = :webhook_id AND team_id = :team_id AND url IS NOT NULL
