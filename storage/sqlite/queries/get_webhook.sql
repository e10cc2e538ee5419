-- One endpoint of a team.
SELECT *
FROM webhook_endpoints
WHERE id = :webhook_id AND team_id = :team_id AND url IS NOT NULL
