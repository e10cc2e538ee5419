-- delivered | dead -> pending: begin once more, with the same event. What is on its way already is
-- tried at once. An endpoint that is switched off is told nothing.
UPDATE webhook_deliveries
SET
    state = 'pending',
    attempts = iif(state = 'pending', attempts, 0),
    next_at = iif(claimed_until > :now, next_at, :now),
    claimed_until = iif(claimed_until > :now, claimed_until, NULL)
WHERE
    id = :delivery_id
    AND EXISTS (
        SELECT 1
        FROM webhook_endpoints
        WHERE
            webhook_endpoints.id = webhook_deliveries.endpoint_id
            AND team_id = :team_id
            AND disabled_at IS NULL
    )
RETURNING id
