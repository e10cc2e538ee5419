-- An account's holds, those that are over included; the longest comes first.
SELECT *
FROM holds
WHERE member_id = :member_id
ORDER BY until DESC, task_type, reason
