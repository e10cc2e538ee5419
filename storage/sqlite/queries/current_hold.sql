-- The hold for this reason that is in force now, on the type or on the whole account.
SELECT *
FROM holds
WHERE
    member_id = :member_id
    AND task_type IN ('', :task_type)
    AND reason = :reason
    AND until > :now
ORDER BY until DESC
LIMIT 1
