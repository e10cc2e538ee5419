-- Keep work from being claimed until then, in place of an earlier hold for the same reason.
INSERT INTO holds (member_id, task_type, reason, until, strikes)
VALUES (:member_id, :task_type, :reason, :until, :strikes)
ON CONFLICT (member_id, task_type, reason) DO UPDATE SET
    until = excluded.until,
    strikes = excluded.strikes
