-- How long each step of tasks' lives has taken, since it is counted; the shortest first.
SELECT task_type, step, up_to, tasks, total
FROM task_times
ORDER BY task_type, step, up_to = 0, up_to
