-- Accept a task.
INSERT INTO tasks (
    id, team_id, member_id, dialect, task_type, is_write, status, created_at, not_before,
    wait_reason, attempts, request, input, content_digest, answer_owed
)
VALUES (
    :task_id, :team_id, :member_id, :dialect, :task_type, :is_write, 'queued', :now, :not_before,
    :wait_reason, 0, :request, :input, :content_digest, :answer_owed
)
RETURNING seq
