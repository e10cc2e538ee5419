-- How many tasks of these types an account has that were accepted and never submitted, apart from
-- those that their clients want done later.
SELECT
    (
        SELECT count(*)
        FROM json_each(:task_types) AS kind
        CROSS JOIN tasks
        WHERE
            tasks.status = 'queued'
            AND tasks.member_id = :member_id
            AND tasks.task_type = kind.value
            AND (tasks.not_before IS NULL OR tasks.wait_reason <> 'schedule')
    ) + (
        SELECT count(*)
        FROM tasks
        WHERE
            lease_token IS NOT NULL
            AND member_id = :member_id
            AND status = 'running'
            AND task_type IN (SELECT value FROM json_each(:task_types) AS kind)
    ) AS waiting
