-- How many endpoints a team has.
SELECT count(*) AS endpoints
FROM webhook_endpoints
WHERE team_id = :team_id AND url IS NOT NULL
