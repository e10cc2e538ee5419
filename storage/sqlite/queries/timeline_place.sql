-- Which line of all is the one with this number, from 0, in a task's timeline.
SELECT task_events.seq
FROM tasks
JOIN task_events ON task_events.task_seq = tasks.seq
WHERE tasks.id = :task_id AND tasks.team_id = :team_id
ORDER BY task_events.seq
LIMIT 1 OFFSET :number
