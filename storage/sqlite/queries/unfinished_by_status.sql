-- How many of the team's tasks have not ended, by status.
SELECT status, count(*) AS tasks
FROM tasks
WHERE team_id = :team_id AND status IN ('queued', 'running', 'submitting')
GROUP BY status
