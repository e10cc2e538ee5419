-- Remove some events that nobody has to be told any more: few enough that nobody waits long for it.
DELETE FROM webhook_events
WHERE
    seq IN (
        SELECT old.seq
        FROM webhook_events AS old
        WHERE
            old.at <= :now - :kept_for
            AND NOT EXISTS (
                SELECT 1
                FROM webhook_deliveries
                WHERE webhook_deliveries.event_seq = old.seq AND webhook_deliveries.state = 'pending'
            )
        ORDER BY old.at
        LIMIT 100
    )
