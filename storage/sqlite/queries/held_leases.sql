-- The leases in force.
SELECT *
FROM leases
WHERE expires_at > :now
ORDER BY member_id
