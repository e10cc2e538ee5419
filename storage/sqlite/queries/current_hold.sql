-- The hold that is in force now, if any.
SELECT *
FROM holds
WHERE member_id = :member_id AND task_type = :task_type AND until > :now
