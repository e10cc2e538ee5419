-- Take some due deliveries, one for each target that is not busy, those that have waited longest. Who
-- took them and is gone keeps them until `next_at` only.
--
-- `waiting` steps from one target to the next, so that thousands of deliveries to one that is down are
-- one step.
WITH RECURSIVE waiting (target) AS (
    SELECT min(target)
    FROM webhook_deliveries
    WHERE state = 'pending'
    UNION ALL
    SELECT (
        SELECT min(target)
        FROM webhook_deliveries
        WHERE state = 'pending' AND target > waiting.target
    )
    FROM waiting
    WHERE waiting.target IS NOT NULL
),
oldest (seq) AS (
    SELECT (
        SELECT seq
        FROM webhook_deliveries
        WHERE state = 'pending' AND target = waiting.target AND next_at <= :now
        ORDER BY next_at
        LIMIT 1
    )
    FROM waiting
    WHERE
        waiting.target IS NOT NULL
        AND waiting.target NOT IN (SELECT busy.value FROM json_each(:busy) AS busy)
)
UPDATE webhook_deliveries
SET next_at = :now + :ttl, claimed_until = :now + :ttl
WHERE
    seq IN (
        SELECT webhook_deliveries.seq
        FROM oldest
        JOIN webhook_deliveries ON webhook_deliveries.seq = oldest.seq
        ORDER BY webhook_deliveries.next_at
        LIMIT :limit
    )
RETURNING seq
