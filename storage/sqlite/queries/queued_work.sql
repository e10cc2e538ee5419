-- How many tasks of each type are queued, for now or for later, and since when the oldest has
-- waited. Only the index of what is queued is read, and one task of each group.
SELECT
    queued.task_type,
    queued.is_due,
    queued.tasks,
    min(
        coalesce(eldest.created_at, queued.first_due),
        coalesce(queued.first_due, eldest.created_at)
    ) AS since
FROM (
    SELECT
        task_type,
        not_before IS NULL OR not_before <= :now AS is_due,
        count(*) AS tasks,
        min(iif(not_before IS NULL, seq, NULL)) AS first_seq,
        min(not_before) AS first_due
    FROM tasks
    WHERE status = 'queued'
    GROUP BY 1, 2
) AS queued
LEFT JOIN tasks AS eldest ON eldest.seq = queued.first_seq
ORDER BY queued.task_type, queued.is_due
