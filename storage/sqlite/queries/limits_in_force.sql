-- Limits that keep tasks of an account back which are due; for whoever wants to be told.
SELECT
    members.team_id,
    holds.member_id,
    holds.task_type,
    holds.reason,
    holds.until
FROM members
JOIN holds ON holds.member_id = members.id
WHERE
    members.id = :member_id
    AND holds.until > :now
    AND holds.reason IN ('invitation_limit_reached', 'rate_limited', 'day_cap', 'week_cap')
    AND EXISTS (
        SELECT 1
        FROM webhook_endpoints
        WHERE team_id = members.team_id AND url IS NOT NULL AND disabled_at IS NULL
    )
    AND EXISTS (
        SELECT 1
        FROM tasks
        WHERE
            status = 'queued'
            AND tasks.member_id = holds.member_id
            AND (holds.task_type = '' OR tasks.task_type = holds.task_type)
            AND (tasks.not_before IS NULL OR tasks.not_before <= :now)
    )
