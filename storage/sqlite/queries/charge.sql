-- Count a write against the account's limits, in the transaction that makes it `submitting`.
INSERT INTO charges (task_seq, member_id, task_type, at, spread)
VALUES (:task_seq, :member_id, :task_type, :now, :spread)
