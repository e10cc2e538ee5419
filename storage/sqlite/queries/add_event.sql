-- One line in a task's timeline.
INSERT INTO task_events (task_seq, at, name, detail)
VALUES (:task_seq, :now, :name, :detail)
