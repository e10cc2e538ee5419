-- Forget a hold and its strikes, whether it is over or not.
DELETE FROM holds
WHERE member_id = :member_id AND task_type = :task_type AND reason = :reason
RETURNING member_id
