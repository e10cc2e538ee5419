-- What was or is on its way to a team's endpoints and callbacks, or to one of them, the newest first.
--
-- For every endpoint the newest few are read from the index, then the newest of all of them are kept,
-- as `list_tasks.sql` does it. `before` leaves an unknown id without anything before it.
WITH bound (seq) AS (
    SELECT
        CASE
            WHEN :before IS NULL THEN 9223372036854775807
            ELSE coalesce((SELECT seq FROM webhook_deliveries WHERE id = :before), 0)
        END
),
chosen (seq) AS (
    SELECT newest.value
    FROM bound
    CROSS JOIN webhook_endpoints
    CROSS JOIN json_each(
        (
            SELECT json_group_array(seq)
            FROM (
                SELECT webhook_deliveries.seq
                FROM webhook_deliveries
                WHERE
                    webhook_deliveries.endpoint_id = webhook_endpoints.id
                    AND webhook_deliveries.seq < bound.seq
                    AND (:state IS NULL OR webhook_deliveries.state = :state)
                ORDER BY webhook_deliveries.seq DESC
                LIMIT :limit
            )
        )
    ) AS newest
    WHERE
        webhook_endpoints.team_id = :team_id
        AND (:webhook_id IS NULL OR webhook_endpoints.id = :webhook_id)
        AND (:callbacks_only = 0 OR webhook_endpoints.url IS NULL)
    ORDER BY newest.value DESC
    LIMIT :limit
)
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
FROM chosen
CROSS JOIN webhook_deliveries ON webhook_deliveries.seq = chosen.seq
JOIN webhook_events ON webhook_events.seq = webhook_deliveries.event_seq
JOIN webhook_endpoints ON webhook_endpoints.id = webhook_deliveries.endpoint_id
LEFT JOIN tasks ON tasks.seq = webhook_events.task_seq
ORDER BY webhook_deliveries.seq DESC
