-- One task with what decides why it waits, its place in the queue, what its account's pace depends
-- on, and its timeline as a JSON array: one statement, so that all of it is of the same moment.
--
-- The place is counted in the index: of tasks without a time, those in front alone are read.
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
    END AS holds,
    CASE
        WHEN tasks.status = 'queued'
            THEN (
                SELECT count(*)
                FROM tasks AS ahead
                WHERE
                    ahead.status = 'queued'
                    AND ahead.member_id = tasks.member_id
                    AND ahead.task_type = tasks.task_type
                    AND ahead.not_before IS NULL
                    AND ahead.seq <= tasks.seq
            ) + (
                SELECT count(*)
                FROM tasks AS ahead
                WHERE
                    ahead.status = 'queued'
                    AND ahead.member_id = tasks.member_id
                    AND ahead.task_type = tasks.task_type
                    AND ahead.not_before IS NOT NULL
                    AND ahead.seq <= tasks.seq
            )
    END AS position,
    sessions.first_saved_at AS signed_in_since,
    CASE
        WHEN tasks.status = 'queued'
            THEN (SELECT max(at) FROM charges WHERE charges.member_id = tasks.member_id)
    END AS last_charged,
    (
        SELECT json_group_array(
            json_object('at', line.at, 'name', line.name, 'detail', json(line.detail))
        )
        FROM (
            SELECT at, name, detail
            FROM task_events
            WHERE task_events.task_seq = tasks.seq
            ORDER BY task_events.seq
        ) AS line
    ) AS events
FROM tasks
LEFT JOIN sessions ON sessions.member_id = tasks.member_id
WHERE tasks.id = :task_id AND (:team_id IS NULL OR tasks.team_id = :team_id)
