-- One task with what decides why it waits, its place in the queue, what its account's pace depends
-- on, and its timeline as a JSON array if that is wanted: one statement, so that all of it is of the
-- same moment.
--
-- The place is the one in the order in which `claim_task.sql` takes tasks of the type: what is due as
-- well, as it was accepted, and behind reads whose clients wait. For a task whose time has not come,
-- that is what will be due by then. It is counted in the indexes: of tasks without a time those of its
-- own block in front of it are read, and the sums of the blocks before; of the others those that are
-- due.
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
        WHEN tasks.status = 'queued' AND tasks.answer_owed = 1 AND tasks.is_write = 0
            THEN (
                SELECT count(*)
                FROM tasks AS ahead
                WHERE
                    ahead.status = 'queued'
                    AND ahead.answer_owed = 1
                    AND ahead.is_write = 0
                    AND ahead.member_id = tasks.member_id
                    AND ahead.task_type = tasks.task_type
                    AND ifnull(ahead.not_before, 0) <= max(:now, ifnull(tasks.not_before, 0))
                    AND ahead.seq <= tasks.seq
            )
        WHEN tasks.status = 'queued'
            THEN (
                SELECT ifnull(sum(queue_blocks.tasks), 0)
                FROM queue_blocks
                WHERE
                    queue_blocks.member_id = tasks.member_id
                    AND queue_blocks.task_type = tasks.task_type
                    AND queue_blocks.block < tasks.seq >> 6
            ) + (
                SELECT count(*)
                FROM tasks AS ahead
                WHERE
                    ahead.status = 'queued'
                    AND ahead.member_id = tasks.member_id
                    AND ahead.task_type = tasks.task_type
                    AND ahead.not_before IS NULL
                    AND ahead.seq BETWEEN (tasks.seq >> 6) << 6 AND tasks.seq
            ) + (
                SELECT count(*)
                FROM tasks AS ahead
                WHERE
                    ahead.status = 'queued'
                    AND ahead.member_id = tasks.member_id
                    AND ahead.task_type = tasks.task_type
                    AND ahead.not_before <= max(:now, ifnull(tasks.not_before, 0))
                    AND ahead.seq <= tasks.seq
            ) + (
                SELECT count(*)
                FROM tasks AS ahead
                WHERE
                    ahead.status = 'queued'
                    AND ahead.answer_owed = 1
                    AND ahead.is_write = 0
                    AND ahead.member_id = tasks.member_id
                    AND ahead.task_type = tasks.task_type
                    AND ifnull(ahead.not_before, 0) <= max(:now, ifnull(tasks.not_before, 0))
                    AND ahead.seq > tasks.seq
            )
    END AS position,
    sessions.first_saved_at AS signed_in_since,
    CASE
        WHEN tasks.status = 'queued'
            THEN (SELECT max(at) FROM charges WHERE charges.member_id = tasks.member_id)
    END AS last_charged,
    CASE
        WHEN :timeline
            THEN (
                SELECT json_group_array(
                    json_object('at', line.at, 'name', line.name, 'detail', json(line.detail))
                )
                FROM (
                    SELECT at, name, detail
                    FROM task_events
                    WHERE task_events.task_seq = tasks.seq
                    ORDER BY task_events.seq
                ) AS line
            )
    END AS events
FROM tasks
LEFT JOIN sessions ON sessions.member_id = tasks.member_id
WHERE tasks.id = :task_id AND (:team_id IS NULL OR tasks.team_id = :team_id)
