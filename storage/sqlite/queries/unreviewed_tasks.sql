-- The team's unconfirmed tasks that nobody has looked into yet, the newest first.
SELECT tasks.*, NULL AS session_health, NULL AS paused_at, NULL AS holds
FROM tasks
WHERE
    team_id = :team_id
    AND status = 'unconfirmed'
    AND NOT EXISTS (SELECT 1 FROM reviewed_tasks WHERE reviewed_tasks.task_seq = tasks.seq)
ORDER BY seq DESC
LIMIT :limit
