-- A new team.
INSERT INTO teams (id, name, created_at)
VALUES (:team_id, :name, :now)
RETURNING *
