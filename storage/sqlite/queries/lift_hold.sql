-- End a hold early.
DELETE FROM holds
WHERE member_id = :member_id AND task_type = :task_type AND until > :now
RETURNING member_id
