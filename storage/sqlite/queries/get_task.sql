-- One task of this team.
SELECT *
FROM tasks
WHERE id = :task_id AND team_id = :team_id
