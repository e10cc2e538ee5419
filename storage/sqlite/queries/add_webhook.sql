-- A new endpoint; without a URL, the one that keeps the secret of the team's callbacks.
INSERT INTO webhook_endpoints (id, team_id, url, event_types, created_at, secret)
VALUES (:webhook_id, :team_id, :url, :event_types, :now, :secret)
RETURNING *
