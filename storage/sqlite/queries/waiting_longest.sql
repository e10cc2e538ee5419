-- The team's queued tasks that were accepted first.
SELECT id
FROM tasks
WHERE team_id = :team_id AND status = 'queued'
ORDER BY seq
LIMIT :limit
