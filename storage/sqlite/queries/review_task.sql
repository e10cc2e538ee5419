-- Somebody has looked into an unconfirmed task of this team.
INSERT INTO reviewed_tasks (task_seq, at)
SELECT seq, :now
FROM tasks
WHERE id = :task_id AND team_id = :team_id AND status = 'unconfirmed'
ON CONFLICT DO NOTHING
