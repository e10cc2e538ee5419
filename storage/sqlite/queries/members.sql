-- A team's members, the oldest first.
SELECT *
FROM members
WHERE team_id = :team_id
ORDER BY joined_at, id
