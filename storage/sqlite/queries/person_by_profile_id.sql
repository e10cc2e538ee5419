-- A known person by the id that never changes.
SELECT *
FROM people
WHERE member_id = :member_id AND profile_id = :profile_id
