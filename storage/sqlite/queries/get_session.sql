-- A member's session without its state.
SELECT member_id, health, profile_id, verified_at, updated_at, first_saved_at, version
FROM sessions
WHERE member_id = :member_id
