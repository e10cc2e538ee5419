-- Something that a team wants to be told, unless it was told under this name since then.
INSERT INTO webhook_events (id, team_id, type, at, subject, detail)
SELECT :event_id, :team_id, :type, :now, :subject, :detail
WHERE
    EXISTS (
        SELECT 1
        FROM webhook_endpoints
        WHERE
            team_id = :team_id
            AND url IS NOT NULL
            AND disabled_at IS NULL
            AND (event_types IS NULL OR instr(event_types, '"' || :type || '"'))
    )
    AND NOT EXISTS (SELECT 1 FROM webhook_events WHERE subject = :subject AND at > :told_since)
