-- A member's session with its encrypted state.
SELECT member_id, health, profile_id, verified_at, updated_at, first_saved_at, version, state
FROM sessions
WHERE member_id = :member_id
