-- An event that says nothing but that events arrive.
INSERT INTO webhook_events (id, team_id, type, at, detail, fans_out)
SELECT :event_id, team_id, 'webhook.test', :now, '{}', 0
FROM webhook_endpoints
WHERE id = :webhook_id AND team_id = :team_id AND url IS NOT NULL
RETURNING seq
