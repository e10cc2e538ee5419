-- How many tasks of each type have ended how, since the beginning.
SELECT task_type, outcome, code, tasks
FROM task_tallies
ORDER BY task_type, outcome, code
