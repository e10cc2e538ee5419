-- What is needed to send a delivery; the old secret while it still signs.
SELECT
    webhook_deliveries.id,
    webhook_deliveries.claimed_until,
    webhook_deliveries.attempts,
    webhook_deliveries.target,
    coalesce(webhook_deliveries.callback_url, webhook_endpoints.url) AS url,
    webhook_endpoints.secret,
    iif(webhook_endpoints.old_secret_until > :now, webhook_endpoints.old_secret, NULL) AS old_secret,
    webhook_events.id AS event_id,
    webhook_events.type AS event_type,
    webhook_events.team_id,
    webhook_events.at AS event_at,
    webhook_events.detail,
    webhook_events.body,
    tasks.id AS task_id
FROM webhook_deliveries
JOIN webhook_events ON webhook_events.seq = webhook_deliveries.event_seq
JOIN webhook_endpoints ON webhook_endpoints.id = webhook_deliveries.endpoint_id
LEFT JOIN tasks ON tasks.seq = webhook_events.task_seq
WHERE webhook_deliveries.seq = :delivery_seq
