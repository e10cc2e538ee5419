-- The accounts that have work which could be done now, and no live lease.
--
-- `account` and `waiting` step through the index from one member to the next, and from one of its
-- types to the next, so the cost is the number of such pairs and never the number of tasks: ten
-- thousand invitations behind a weekly limit are one step. (Comparing both columns at once would
-- read every task of a pair before the next one is found.) No task itself is looked at.
-- `claim_task.sql` looks for due tasks in the same way, and `acquire_lease.sql` knows a lease that
-- cannot be right in the same way.
WITH RECURSIVE account (member_id) AS (
    SELECT min(member_id)
    FROM tasks
    WHERE status = 'queued'
    UNION ALL
    SELECT (
        SELECT min(member_id)
        FROM tasks
        WHERE status = 'queued' AND member_id > account.member_id
    )
    FROM account
    WHERE account.member_id IS NOT NULL
),
waiting (member_id, task_type) AS (
    SELECT
        account.member_id,
        (
            SELECT min(task_type)
            FROM tasks
            WHERE status = 'queued' AND member_id = account.member_id
        )
    FROM account
    WHERE account.member_id IS NOT NULL
    UNION ALL
    SELECT
        waiting.member_id,
        (
            SELECT min(task_type)
            FROM tasks
            WHERE
                status = 'queued'
                AND member_id = waiting.member_id
                AND task_type > waiting.task_type
        )
    FROM waiting
    WHERE waiting.task_type IS NOT NULL
),
workable (member_id) AS (
    SELECT waiting.member_id
    FROM waiting
    JOIN sessions ON sessions.member_id = waiting.member_id AND sessions.health = 'signed_in'
    JOIN members ON members.id = waiting.member_id AND members.paused_at IS NULL
    WHERE
        waiting.task_type IS NOT NULL
        AND NOT EXISTS (
            SELECT 1
            FROM holds
            WHERE
                holds.member_id = waiting.member_id
                AND holds.task_type IN ('', waiting.task_type)
                AND holds.until > :now
        )
        AND (
            EXISTS (
                SELECT 1
                FROM tasks
                WHERE
                    status = 'queued'
                    AND tasks.member_id = waiting.member_id
                    AND tasks.task_type = waiting.task_type
                    AND tasks.not_before IS NULL
            )
            OR EXISTS (
                SELECT 1
                FROM tasks
                WHERE
                    status = 'queued'
                    AND tasks.member_id = waiting.member_id
                    AND tasks.task_type = waiting.task_type
                    AND tasks.not_before <= :now
            )
        )
    UNION
    SELECT member_id
    FROM tasks
    WHERE lease_token IS NOT NULL
)
SELECT member_id
FROM workable
WHERE
    NOT EXISTS (
        SELECT 1
        FROM leases
        WHERE
            leases.member_id = workable.member_id
            AND leases.expires_at > :now
            AND leases.expires_at <= :now + 2 * leases.ttl
    )
ORDER BY member_id
