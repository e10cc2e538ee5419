-- A known person by the case-folded vanity.
SELECT *
FROM people
WHERE member_id = :member_id AND vanity_key = :vanity_key
