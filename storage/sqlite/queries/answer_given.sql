-- Somebody who was owed the outcome of this task has been told it.
UPDATE tasks
SET answer_owed = 0
WHERE
    id = :task_id
    AND team_id = :team_id
    AND answer_owed = 1
    AND finished_at IS NOT NULL
