-- One task with what decides why it waits, and its timeline as a JSON array: one statement, so
-- that state and timeline are of the same moment.
SELECT
    tasks.*,
    sessions.health AS session_health,
    holds.until AS held_until,
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
LEFT JOIN holds ON holds.member_id = tasks.member_id AND holds.task_type = tasks.task_type
WHERE tasks.id = :task_id AND (:team_id IS NULL OR tasks.team_id = :team_id)
