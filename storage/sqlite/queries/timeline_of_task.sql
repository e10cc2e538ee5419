-- Lines of one task, the oldest first.
SELECT
    task_events.seq,
    task_events.at,
    task_events.name,
    task_events.detail,
    tasks.id AS task_id,
    tasks.task_type,
    (
        SELECT count(*)
        FROM task_events AS earlier
        WHERE earlier.task_seq = tasks.seq AND earlier.seq < task_events.seq
    ) AS number
FROM tasks
JOIN task_events ON task_events.task_seq = tasks.seq
WHERE tasks.id = :task_id AND tasks.team_id = :team_id AND task_events.seq > :after
ORDER BY task_events.seq
