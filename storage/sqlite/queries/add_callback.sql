-- Another place where the end of a task is told.
INSERT INTO task_callbacks (task_seq, url, target, endpoint_id)
VALUES (:task_seq, :url, :target, :webhook_id)
ON CONFLICT DO NOTHING
