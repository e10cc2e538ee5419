-- As `list_tasks.sql`, for one task type, from the index that has the type in it.
WITH bound (seq) AS (
    SELECT
        CASE
            WHEN :before IS NULL THEN 9223372036854775807
            ELSE coalesce((SELECT seq FROM tasks WHERE id = :before), 0)
        END
),
chosen (seq) AS (
    SELECT newest.value
    FROM bound
    CROSS JOIN teams
    CROSS JOIN json_each(:statuses) AS wanted
    CROSS JOIN json_each(
        (
            SELECT json_group_array(seq)
            FROM (
                SELECT tasks.seq
                FROM tasks
                WHERE
                    tasks.team_id = teams.id
                    AND tasks.task_type = :task_type
                    AND tasks.status = wanted.value
                    AND tasks.seq < bound.seq
                ORDER BY tasks.seq DESC
                LIMIT :limit
            )
        )
    ) AS newest
    WHERE :team_id IS NULL OR teams.id = :team_id
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
