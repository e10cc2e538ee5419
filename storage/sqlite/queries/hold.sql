-- Keep a task type from being claimed for a while; an earlier end never shortens a hold.
INSERT INTO holds (member_id, task_type, until, reason)
VALUES (:member_id, :task_type, :until, :reason)
ON CONFLICT (member_id, task_type) DO UPDATE SET
    until = excluded.until,
    reason = excluded.reason
WHERE excluded.until > holds.until
