-- Take a vanity from whoever had it before: LinkedIn lets people change and pass them on.
DELETE FROM people
WHERE member_id = :member_id AND vanity_key = :vanity_key AND profile_id <> :profile_id
