-- As `list_tasks.sql`, for one acting member, of one task type or of any.
--
-- `kind` steps through the index from one of the member's types to the next, as `claim_task.sql`
-- does, so that the newest of each are found without reading the others.
WITH RECURSIVE bound (seq) AS (
    SELECT
        CASE
            WHEN :before IS NULL THEN 9223372036854775807
            ELSE coalesce((SELECT seq FROM tasks WHERE id = :before), 0)
        END
),
kind (team_id, task_type) AS (
    SELECT members.team_id, coalesce(:task_type, '')
    FROM members
    WHERE members.id = :member_id AND (:team_id IS NULL OR members.team_id = :team_id)
    UNION ALL
    SELECT
        kind.team_id,
        (
            SELECT min(tasks.task_type)
            FROM tasks
            WHERE
                tasks.team_id = kind.team_id
                AND tasks.member_id = :member_id
                AND tasks.task_type > kind.task_type
        )
    FROM kind
    WHERE :task_type IS NULL AND kind.task_type IS NOT NULL
),
chosen (seq) AS (
    SELECT newest.value
    FROM bound
    CROSS JOIN kind
    CROSS JOIN json_each(:statuses) AS wanted
    CROSS JOIN json_each(
        (
            SELECT json_group_array(seq)
            FROM (
                SELECT tasks.seq
                FROM tasks
                WHERE
                    tasks.team_id = kind.team_id
                    AND tasks.member_id = :member_id
                    AND tasks.task_type = kind.task_type
                    AND tasks.status = wanted.value
                    AND tasks.seq < bound.seq
                ORDER BY tasks.seq DESC
                LIMIT :limit
            )
        )
    ) AS newest
    ORDER BY newest.value DESC
    LIMIT :limit
)
SELECT
    tasks.*,
    sessions.health AS session_health,
    (SELECT paused_at FROM members WHERE members.id = tasks.member_id) AS paused_at,
    CASE
        WHEN tasks.status = 'queued'
            THEN (
                SELECT json_group_array(
                    json_object(
                        'member_id', member_id,
                        'task_type', task_type,
                        'reason', reason,
                        'until', until,
                        'strikes', strikes
                    )
                )
                FROM holds
                WHERE
                    holds.member_id = tasks.member_id
                    AND holds.task_type IN ('', tasks.task_type)
                    AND holds.until > :now
            )
    END AS holds
FROM chosen
CROSS JOIN tasks ON tasks.seq = chosen.seq
LEFT JOIN sessions ON sessions.member_id = tasks.member_id
ORDER BY tasks.seq DESC
