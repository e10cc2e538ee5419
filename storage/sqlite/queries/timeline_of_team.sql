-- Lines of a team's tasks, the oldest first, among some of all teams': a look is as dear as what it
-- looks at, whatever it finds.
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
FROM task_events
JOIN tasks ON tasks.seq = task_events.task_seq
WHERE
    task_events.seq > :after
    AND task_events.seq <= :up_to
    AND tasks.team_id = :team_id
ORDER BY task_events.seq
