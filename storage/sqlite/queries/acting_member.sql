-- The team's oldest admin. `caller.sql` picks the same one.
SELECT *
FROM members
WHERE team_id = :team_id AND role = 'admin'
ORDER BY joined_at, id
LIMIT 1
