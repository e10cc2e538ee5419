-- A team's endpoints, the oldest first.
SELECT *
FROM webhook_endpoints
WHERE team_id = :team_id AND url IS NOT NULL
ORDER BY created_at, id
