-- A team's keys, revoked ones too, the oldest first.
SELECT *
FROM api_keys
WHERE team_id = :team_id
ORDER BY created_at, id
