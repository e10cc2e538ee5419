-- Forget some keys that are no longer kept: more than one for each new one, so that they never
-- pile up, and few enough that nobody waits for it.
DELETE FROM idempotency_keys
WHERE
    (team_id, key) IN (
        SELECT ending.team_id, ending.key
        FROM idempotency_keys AS ending
        WHERE ending.expires_at <= :now
        ORDER BY ending.expires_at
        LIMIT 10
    )
