-- Say that a task needs a file.
INSERT INTO task_uploads (upload_id, task_seq)
VALUES (:upload_id, :task_seq)
ON CONFLICT DO NOTHING
