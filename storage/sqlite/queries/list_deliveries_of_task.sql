-- As `list_deliveries.sql`, for what tells the end of one task: it has one event at most.
SELECT
    webhook_deliveries.id,
    webhook_deliveries.seq,
    iif(webhook_endpoints.url IS NULL, NULL, webhook_endpoints.id) AS webhook_id,
    webhook_events.id AS event_id,
    webhook_events.type AS event_type,
    webhook_events.at AS event_at,
    tasks.id AS task_id,
    coalesce(webhook_deliveries.callback_url, webhook_endpoints.url) AS url,
    webhook_deliveries.state,
    webhook_deliveries.attempts,
    webhook_deliveries.next_at,
    webhook_deliveries.last_at,
    webhook_deliveries.last_status,
    webhook_deliveries.last_error
FROM tasks
JOIN webhook_events ON webhook_events.task_seq = tasks.seq
JOIN webhook_deliveries ON webhook_deliveries.event_seq = webhook_events.seq
JOIN webhook_endpoints ON webhook_endpoints.id = webhook_deliveries.endpoint_id
WHERE
    tasks.id = :task_id
    AND tasks.team_id = :team_id
    AND webhook_endpoints.team_id = :team_id
    AND (:webhook_id IS NULL OR webhook_endpoints.id = :webhook_id)
    AND (:callbacks_only = 0 OR webhook_endpoints.url IS NULL)
    AND (:state IS NULL OR webhook_deliveries.state = :state)
    AND webhook_deliveries.seq < CASE
        WHEN :before IS NULL THEN 9223372036854775807
        ELSE coalesce((SELECT seq FROM webhook_deliveries WHERE id = :before), 0)
    END
ORDER BY webhook_deliveries.seq DESC
LIMIT :limit
