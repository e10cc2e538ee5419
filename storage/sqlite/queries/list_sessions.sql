-- All sessions without their states.
SELECT member_id, health, profile_id, verified_at, updated_at, first_saved_at, version
FROM sessions
ORDER BY member_id
