-- All teams, the oldest first.
SELECT *
FROM teams
ORDER BY created_at, id
