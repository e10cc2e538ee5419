-- A new API key, by its digest.
INSERT INTO api_keys (id, team_id, name, digest, hint, scope, created_at)
VALUES (:key_id, :team_id, :name, :digest, :hint, :scope, :now)
RETURNING *
