-- Where the secret of a team's callbacks is kept.
SELECT *
FROM webhook_endpoints
WHERE team_id = :team_id AND url IS NULL
