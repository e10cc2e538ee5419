-- One member.
SELECT *
FROM members
WHERE id = :member_id
