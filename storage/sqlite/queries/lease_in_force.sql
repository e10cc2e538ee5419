-- Whether this lease still gives the right to act.
SELECT 1
FROM leases
WHERE member_id = :member_id AND token = :token AND expires_at > :now
