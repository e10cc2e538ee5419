-- How many of the team's tasks have ended how since then, by day (in UTC, counted from 1970).
SELECT finished_at / 86400000000 AS day, is_write, status, count(*) AS tasks
FROM tasks
WHERE team_id = :team_id AND finished_at >= :since
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3
