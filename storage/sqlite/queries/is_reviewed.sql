-- Whether somebody has looked into this task.
SELECT EXISTS (
    SELECT 1
    FROM reviewed_tasks
    JOIN tasks ON tasks.seq = reviewed_tasks.task_seq
    WHERE tasks.id = :task_id
) AS reviewed
